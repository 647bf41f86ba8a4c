import { type Static, Type } from 'typebox';
import { ApiError } from '../http/errors.ts';
import type { RowRefusal, RowWarning } from './prepare-update.ts';

/** One refused row of a bulk call. */
export const rowFailure = Type.Object({
  index: Type.Integer({ description: 'Place of the row in the request, from 0' }),
  field: Type.String(),
  value: Type.Optional(Type.Unknown()),
  reason: Type.String(),
  code: Type.String(),
});

/** What was left out of a row that was taken. */
const rowWarning = Type.Object({
  index: Type.Integer({ description: 'Place of the row in the request, from 0' }),
  field: Type.String(),
  value: Type.Optional(Type.Unknown()),
  reason: Type.String(),
});

/**
 * Iterable's answer to bulk calls, with `failures` that say which rows were refused and why, and `warnings` that say
 * what was left out of those that were taken.
 */
export const bulkAnswerSchema = Type.Object({
  successCount: Type.Integer(),
  failCount: Type.Integer(),
  invalidEmails: Type.Array(Type.String()),
  invalidUserIds: Type.Array(Type.String()),
  createdFields: Type.Array(Type.String()),
  filteredOutFields: Type.Array(Type.String()),
  failedUpdates: Type.Object({
    invalidEmails: Type.Array(Type.String()),
    invalidUserIds: Type.Array(Type.String()),
    failedEmails: Type.Array(Type.String()),
    failedUserIds: Type.Array(Type.String()),
  }),
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
    failedUpdates: { invalidEmails: [], invalidUserIds: [], failedEmails: [], failedUserIds: [] },
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
    const row = rows[index];
    const { failedUpdates } = answer;
    if (code === 'InvalidEmailAddressError') failedUpdates.invalidEmails.push(row?.email ?? String(value));
    else if (code === 'InvalidUserIdError') failedUpdates.invalidUserIds.push(row?.userId ?? String(value));
    else if (row?.email !== undefined) failedUpdates.failedEmails.push(row.email);
    else if (row?.userId !== undefined) failedUpdates.failedUserIds.push(row.userId);
  });
  answer.invalidEmails = answer.failedUpdates.invalidEmails;
  answer.invalidUserIds = answer.failedUpdates.invalidUserIds;
  answer.createdFields = [...created];
  answer.filteredOutFields = [...filteredOut];
  return answer;
}

/** The error of a call that takes a single row; its text names the field. */
export function refusalError({ code, field, value, reason }: RowRefusal): ApiError {
  const named = reason.startsWith(field) || reason.startsWith(`dataFields.${field}`);
  return new ApiError(code, named ? reason : `${field}: ${reason}`, { field, value });
}
