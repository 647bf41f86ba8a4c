import type { CallerProject } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { findHolders, loadUsers } from '../users/find-users.ts';
import type { UserKey } from '../users/identity.ts';
import { readInstant } from '../users/instant.ts';
import { keyOfName, sharedNumber, type UserName } from '../users/named-user.ts';
import { type RowRefusal, storageRefusal } from '../users/prepare-update.ts';
import { type Ledger, missingSource, recordWishes, type WishOutcome } from './ledger.ts';
import { type TargetKind, targetText, type WishAction } from './standing.ts';
import { addressFor, mediaOfTargets, targetOf } from './targets.ts';
import { latestOf } from './time-to-come.ts';
import type { Wish } from './wish.ts';

/** A wish as an API caller states it. */
export interface WishRow extends UserName {
  action: WishAction;
  channelId?: number | undefined;
  messageTypeId?: number | undefined;
  method: string;
  source: string;
  wording?: string | undefined;
  ip?: string | undefined;
  happenedAt?: string | number | undefined;
}

/** What came of a row: recorded, waiting for the person's confirmation, or refused with the reason. */
export type WishRowOutcome = { ok: true; pending: boolean } | RowRefusal;

/** A row that can be tried: whom it means and what. */
interface ReadRow {
  key: UserKey;
  target: { kind: TargetKind; targetId: number };
  happenedAt: Date;
}

/** Records what callers state, each row on its own: one that cannot be taken says why and the others are taken. */
export async function recordRows(
  ledger: Ledger,
  project: CallerProject,
  rows: WishRow[],
  at: Date,
): Promise<WishRowOutcome[]> {
  const { db } = ledger;
  const outcomes: (WishRowOutcome | null)[] = rows.map(() => null);
  const read: { index: number; row: ReadRow }[] = [];
  rows.forEach((row, index) => {
    const result = storageRefusal(row) ?? readRow(row, project, at);
    if ('key' in result) read.push({ index, row: result });
    else outcomes[index] = result;
  });
  const holders = await findHolders(
    db,
    project.id,
    read.map(({ row }) => row.key),
  );
  const users = await loadUsers(db, project.id, holders.flat());
  const media = await mediaOfTargets(db, project.id);
  const wishes: { index: number; wish: Wish }[] = [];
  read.forEach(({ index, row: { key, target, happenedAt } }, place) => {
    const { action, method, source, wording, ip } = rows[index]!;
    // A refusal by a number is one of all who share it; an opt-in is one person's.
    const sharers = holders[place]!.flatMap(({ id }) => users.get(id) ?? []);
    if (sharers.length === 0 || (action === 'optIn' && sharers.length > 1)) {
      outcomes[index] = sharers.length > 1 ? sharedNumber(sharers.length, key) : unknownUser(key);
      return;
    }
    for (const user of sharers) {
      const address = addressFor(user, media.get(targetText(target.kind, target.targetId)));
      const person = { lane: user.lane, userId: user.id, projectId: project.id, address };
      const said = { action, method, source, wording, ip, happenedAt, onlyThere: action === 'optIn' };
      wishes.push({ index, wish: { ...person, ...target, ...said } });
    }
  });
  const recorded = await recordWishes(
    ledger,
    wishes.map(({ wish }) => wish),
    at,
  );
  wishes.forEach(({ index, wish }, place) => {
    outcomes[index] = outcomeOfWish(wish, recorded[place]!);
  });
  return outcomes.map((outcome) => outcome!);
}

function readRow(row: WishRow, project: CallerProject, at: Date): ReadRow | RowRefusal {
  try {
    if (row.source.trim() === '') throw missingSource('source');
    const target = targetOf(row);
    if (!target)
      throw new ApiError('BadParams', 'messageTypeId or channelId is missing; say what was agreed to', {
        field: 'messageTypeId',
      });
    const happenedAt = row.happenedAt === undefined ? at : readInstant('happenedAt', row.happenedAt);
    if (row.action === 'optIn' && happenedAt > latestOf(at))
      throw new ApiError(
        'BadParams',
        `happenedAt ${row.happenedAt} is yet to come, so that nobody can have agreed then; send the time at which the person agreed`,
        { field: 'happenedAt', value: row.happenedAt },
      );
    return { key: keyOfName(row, project), target, happenedAt };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { field, value } = error.params ?? {};
    return { ok: false, code: error.code, field: String(field), value, reason: error.message };
  }
}

function unknownUser(key: UserKey): RowRefusal {
  const [field, value] = Object.entries(key)[0]!;
  return { ok: false, code: 'NotFound', field, value, reason: `No user has the ${field} ${value}` };
}

/** What a ledger's outcome means to an API caller. */
export function outcomeOfWish(wish: Pick<Wish, 'kind' | 'targetId'>, outcome: WishOutcome): WishRowOutcome {
  const field = wish.kind === 'channel' ? 'channelId' : 'messageTypeId';
  const value = wish.targetId;
  switch (outcome.outcome) {
    case 'recorded':
      return { ok: true, pending: false };
    case 'pending':
      return { ok: true, pending: true };
    case 'optOutStands':
      return {
        ...{ ok: false, code: 'OptOutStands', field, value },
        reason: `The person opted out on ${outcome.since.toISOString()}; only a newer opt-in of their own with proof (keyword, webForm, doubleOptIn, inPerson, paper) undoes that`,
      };
    case 'unknownTarget':
      return {
        ok: false,
        code: 'NotFound',
        field,
        value,
        reason: `${field} ${value} is not of this project`,
      };
    case 'addressGone':
      return {
        ...{ ok: false, code: 'Conflict', field, value },
        reason: 'The person has another address by now; send it again if they agreed for that one',
      };
    case 'unknownUser':
      return { ok: false, code: 'NotFound', field: 'email', value: null, reason: 'The user is gone' };
  }
}
