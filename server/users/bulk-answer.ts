import { type Static, Type } from 'typebox';
import { ApiError, type ErrorCode } from '../http/errors.ts';
import type { RowRefusal, RowWarning } from './prepare-update.ts';

/** One refused row of a bulk call. */
export const rowFailure = Type.Object({
  index: Type.Integer({ description: 'Place of the row in the request, from 0' }),
  field: Type.String(),
  value: Type.Optional(Type.Unknown()),
  reason: Type.String(),
  code: Type.String(),
});

/** What was left out of a row that was taken, or taken as something else than may be meant. */
const rowWarning = Type.Object({
  index: Type.Integer({ description: 'Place of the row in the request, from 0' }),
  field: Type.String(),
  value: Type.Optional(Type.Unknown()),
  reason: Type.String(),
});

const names = Type.Array(Type.String());

/**
 * Who was not updated, in Iterable's lists, each person in one of them; `failedEmails` and `failedUserIds`, which are
 * what its client reads, name all but the malformed.
 */
const failedUpdatesSchema = Type.Object({
  invalidEmails: names,
  invalidUserIds: names,
  notFoundEmails: names,
  notFoundUserIds: names,
  invalidDataEmails: names,
  invalidDataUserIds: names,
  conflictEmails: names,
  conflictUserIds: names,
  forgottenEmails: names,
  forgottenUserIds: names,
  failedEmails: names,
  failedUserIds: names,
});

type FailedUpdates = Static<typeof failedUpdatesSchema>;

/**
 * Iterable's answer to bulk calls, with `failures` that say which rows were refused and why, and `warnings` that say
 * what was left out of those that were taken, or not taken as may be meant.
 */
export const bulkAnswerSchema = Type.Object({
  successCount: Type.Integer(),
  failCount: Type.Integer(),
  invalidEmails: Type.Array(Type.String()),
  invalidUserIds: Type.Array(Type.String()),
  createdFields: Type.Array(Type.String()),
  filteredOutFields: Type.Array(Type.String()),
  failedUpdates: failedUpdatesSchema,
  failures: Type.Array(rowFailure),
  warnings: Type.Array(rowWarning),
});

export type BulkAnswer = Static<typeof bulkAnswerSchema>;

/** A row as far as the answer names it. */
interface NamedRow {
  email?: string | undefined;
  userId?: string | undefined;
}

/** What came of one row: fields made or left out where it was taken. */
type RowOutcome =
  | { ok: true; createdFields?: string[]; filteredOutFields?: string[]; warnings?: RowWarning[] }
  | RowRefusal;

/** Builds the answer from the rows of a request and their outcomes, in the same order. */
export function bulkAnswer(rows: readonly NamedRow[], outcomes: readonly RowOutcome[]): BulkAnswer {
  const answer: BulkAnswer = {
    successCount: 0,
    failCount: 0,
    invalidEmails: [],
    invalidUserIds: [],
    createdFields: [],
    filteredOutFields: [],
    failedUpdates: {
      ...{ invalidEmails: [], invalidUserIds: [], notFoundEmails: [], notFoundUserIds: [] },
      ...{ invalidDataEmails: [], invalidDataUserIds: [], conflictEmails: [], conflictUserIds: [] },
      ...{ forgottenEmails: [], forgottenUserIds: [], failedEmails: [], failedUserIds: [] },
    },
    failures: [],
    warnings: [],
  };
  const created = new Set<string>();
  const filteredOut = new Set<string>();
  outcomes.forEach((outcome, index) => {
    if (outcome.ok) {
      answer.successCount++;
      for (const field of outcome.createdFields ?? []) created.add(field);
      for (const field of outcome.filteredOutFields ?? []) filteredOut.add(field);
      for (const warning of outcome.warnings ?? []) answer.warnings.push({ index, ...warning });
      return;
    }
    const { field, value, reason, code } = outcome;
    answer.failCount++;
    answer.failures.push({ index, field, value, reason, code });
    noteFailure(answer.failedUpdates, rows[index] ?? {}, outcome);
  });
  answer.invalidEmails = answer.failedUpdates.invalidEmails;
  answer.invalidUserIds = answer.failedUpdates.invalidUserIds;
  answer.createdFields = [...created];
  answer.filteredOutFields = [...filteredOut];
  return answer;
}

/** Puts a refused row into Iterable's list for it: by the name that was at fault, else by email before userId. */
function noteFailure(failed: FailedUpdates, row: NamedRow, { code, field, value }: RowRefusal): void {
  if (code === 'InvalidEmailAddressError') {
    failed.invalidEmails.push(row.email ?? String(value));
    return;
  }
  if (code === 'InvalidUserIdError') {
    failed.invalidUserIds.push(row.userId ?? String(value));
    return;
  }
  const kind = kindOfFailure[code] ?? 'invalidData';
  const atFault = kind === 'invalidData' ? null : field;
  // Of a conflict Iterable tells the name that is taken; of all else the row's own, as it was written.
  const named = (own: string | undefined) => (kind === 'conflict' ? String(value) : (own ?? String(value)));
  if (atFault === 'email') failed[`${kind}Emails`].push(named(row.email));
  else if (atFault === 'userId') failed[`${kind}UserIds`].push(named(row.userId));
  else if (row.email !== undefined) failed[`${kind}Emails`].push(row.email);
  else if (row.userId !== undefined) failed[`${kind}UserIds`].push(row.userId);
  if (row.email !== undefined) failed.failedEmails.push(row.email);
  else if (row.userId !== undefined) failed.failedUserIds.push(row.userId);
}

/** Which of Iterable's pairs of lists tells of a refusal; what is not here is invalid data. */
const kindOfFailure: Readonly<Partial<Record<ErrorCode, 'notFound' | 'conflict' | 'forgotten'>>> = {
  NotFound: 'notFound',
  EmailAlreadyExists: 'conflict',
  UserIdAlreadyExists: 'conflict',
  SharedPhoneNumber: 'conflict',
  Conflict: 'conflict',
  ForgottenUserError: 'forgotten',
};

/** The error of a call that takes a single row; its text names the field. */
export function refusalError({ code, field, value, reason }: RowRefusal): ApiError {
  const named = reason.startsWith(field) || reason.startsWith(`dataFields.${field}`);
  return new ApiError(code, named ? reason : `${field}: ${reason}`, { field, value });
}
