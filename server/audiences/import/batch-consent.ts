import { sql } from 'kysely';
import { recordWishes } from '../../consent/ledger.ts';
import { targetText } from '../../consent/standing.ts';
import { suppressAddresses } from '../../consent/suppress-stranger.ts';
import type { Suppression } from '../../consent/suppression.sql.ts';
import { addressFor, mediaOfTargets } from '../../consent/targets.ts';
import type { Wish } from '../../consent/wish.ts';
import type { Database } from '../../database/connect.ts';
import { byLane } from '../../users/by-lane.ts';
import { findHolders, loadUsers } from '../../users/find-users.ts';
import type { UserRef } from '../../users/identity.ts';
import type { User } from '../../users/user-row.ts';
import type { ReportLine } from './report-lines.ts';
import { lacksNumber, type ReadRow, type RowWish } from './row-reading.ts';
import type { ImportContext, Run } from './run.ts';

/** Somebody with the addresses they have at one time. */
type Person = UserRef & Pick<User, 'email' | 'phoneNumber' | 'whatsAppUserId'>;

/** A row of a batch with the user it was taken for, as it left them; null when it was refused. */
export interface TakenRow {
  number: number;
  read: ReadRow;
  user: Person | null;
}

interface PlannedWish {
  rowNumber: number;
  /** An opt-out that is recorded only where there is an opt-in for it to end. */
  endsOnly: boolean;
  wish: Wish;
}

/**
 * Records what a batch's rows say of consent: opt-ins with their proof for rows that were taken; opt-outs for every
 * address that can be read, of refused rows too, whoever has it or will have it. A plain no ends an earlier yes.
 * `again` says that a run which broke off may have recorded some of it already.
 */
export async function recordConsent(
  context: ImportContext,
  run: Run,
  rows: readonly TakenRow[],
  at: Date,
  again: boolean,
): Promise<ReportLine[]> {
  const { db } = context;
  const speaking = rows.filter(({ read }) => read.wishes.length > 0);
  if (speaking.length === 0) return [];
  const media = await mediaOfTargets(db, run.projectId);
  // As the last of their rows left them.
  const users = new Map(rows.flatMap(({ user }) => (user ? [[user.id, user] as const] : [])));
  const lines: ReportLine[] = [];
  const planned = speaking.flatMap((row) =>
    row.user ? ownWishes(run, row, row.user, users.get(row.user.id)!, media, lines) : [],
  );
  const elsewhere = await wishesByAddress(db, run, speaking, users, media, lines);
  const wishes = await whereSomethingEnds(db, [...planned, ...elsewhere]);
  const fresh = again ? await withoutRecorded(db, wishes) : wishes;
  const outcomes = await recordWishes(
    context,
    fresh.map(({ wish }) => wish),
    at,
  );
  outcomes.forEach((outcome, index) => {
    const line = {
      rowNumber: fresh[index]!.rowNumber,
      outcome: 'warning' as const,
      field: 'optIn',
      value: '',
    };
    if (outcome.outcome === 'optOutStands')
      lines.push({
        ...line,
        reason: `opted out on ${outcome.since.toISOString()}; that stands, for the file shows no newer consent`,
      });
    if (outcome.outcome === 'addressGone') lines.push({ ...line, ...gaveUp(fresh[index]!.wish.address) });
    if (outcome.outcome === 'unknownTarget')
      lines.push({ ...line, reason: 'the message type is not of this project; no consent was recorded' });
  });
  return lines;
}

/** Wishes for the person a row was taken for, about the addresses that the row left them: `last` is how later rows did. */
function ownWishes(
  run: Run,
  { number, read }: TakenRow,
  user: Person,
  last: Person,
  media: ReadonlyMap<string, string>,
  lines: ReportLine[],
): PlannedWish[] {
  const line = { rowNumber: number, outcome: 'warning', field: 'optIn' } as const;
  return read.wishes.flatMap((wish) => {
    const planned = planWish(run, number, user, wish, media);
    if (wish.action !== 'optIn') return planned;
    const stays = planned.filter(({ wish: { kind, targetId, address } }) => {
      const isLeft = address !== null && address !== addressFor(last, media.get(targetText(kind, targetId)));
      if (isLeft) lines.push({ ...line, ...gaveUp(address) });
      return !isLeft;
    });
    if (!lacksNumber(read)) return stays;
    const kept = stays.filter(
      ({ wish: { kind, targetId } }) => media.get(targetText(kind, targetId)) === 'email',
    );
    if (kept.length < stays.length)
      lines.push({
        ...{ ...line, value: read.update.phone ?? '' },
        reason: 'the number it is about cannot be read; no consent to texts was recorded',
      });
    return kept;
  });
}

const gaveUp = (address: string | null): Pick<ReportLine, 'value' | 'reason'> => ({
  value: address ?? '',
  reason: 'the person has another address since; no consent was recorded for it',
});

function planWish(
  run: Run,
  rowNumber: number,
  user: Person,
  wish: RowWish,
  media: ReadonlyMap<string, string>,
  address?: string,
): PlannedWish[] {
  const source = sourceOf(run, rowNumber, wish);
  const person = { lane: user.lane, userId: user.id, projectId: run.projectId };
  const target = (kind: Wish['kind'], targetId: number) => ({
    ...{ kind, targetId, source },
    address: address ?? addressFor(user, media.get(targetText(kind, targetId))),
  });
  if (wish.action === 'optIn') {
    const { action, method, wording, ip, happenedAt, undated } = wish;
    return wish.messageTypeIds.map((id) => ({
      ...{ rowNumber, endsOnly: false },
      wish: {
        ...{ ...person, ...target('messageType', id), action, method, wording, ip, happenedAt, undated },
        onlyThere: true,
      },
    }));
  }
  const ends = wish.action === 'no';
  const happenedAt = wish.action === 'no' ? run.now() : wish.happenedAt;
  const targets =
    ends && wish.messageTypeIds.length > 0
      ? wish.messageTypeIds.map((id) => target('messageType', id))
      : wish.channelIds.map((id) => target('channel', id));
  return targets.map((each) => ({
    ...{ rowNumber, endsOnly: ends },
    wish: { ...person, ...each, action: 'optOut' as const, method: 'import', happenedAt },
  }));
}

/** Wishes to be left alone for addresses of a row that are not those of the person it was taken for. */
async function wishesByAddress(
  db: Database,
  run: Run,
  rows: readonly TakenRow[],
  users: ReadonlyMap<number, Person>,
  media: ReadonlyMap<string, string>,
  lines: ReportLine[],
): Promise<PlannedWish[]> {
  const wanted = rows.flatMap(({ number, read, user: ref }) => {
    const user = ref && users.get(ref.id);
    const refusals = read.wishes.flatMap((wish) => (wish.action === 'optIn' ? [] : wish));
    const { phones, email } = read.addresses;
    const others = [
      ...phones.filter((phone) => phone !== user?.phoneNumber).map((phone) => ({ phone })),
      ...(email !== null && email !== user?.email ? [{ email }] : []),
    ];
    if (refusals.length > 0 && !user) lines.push(takenAllTheSame(number, others));
    return refusals.flatMap((wish) => others.map((key) => ({ number, wish, key })));
  });
  if (wanted.length === 0) return [];
  const bound = wanted.map(({ number, wish, key }) => ({ number, key, wish: reaching(wish, key, media) }));
  // First the record, then the look: who gains an address between the two is met by one of them.
  await suppressAddresses(
    db,
    run.projectId,
    bound.flatMap(({ number, key, wish }) => lasting(run, number, key, wish)),
  );
  const holders = await findHolders(
    db,
    run.projectId,
    wanted.map(({ key }) => key),
  );
  const people = await loadUsers(db, run.projectId, holders.flat());
  return bound.flatMap(({ number, wish, key }, index): PlannedWish[] =>
    holders[index]!.flatMap((ref) => {
      const person = people.get(ref.id);
      return person ? planWish(run, number, person, wish, media, addressOf(key)) : [];
    }),
  );
}

type Refusal = Exclude<RowWish, { action: 'optIn' }>;
type AddressKey = { phone: string } | { email: string };

const addressOf = (key: AddressKey): string => ('phone' in key ? key.phone : key.email);

/** What a refusal means for one address: only what is sent there. */
function reaching(wish: Refusal, key: AddressKey, media: ReadonlyMap<string, string>): Refusal {
  const reaches = (kind: Wish['kind']) => (id: number) =>
    (media.get(targetText(kind, id)) === 'email') === 'email' in key;
  const channelIds = wish.channelIds.filter(reaches('channel'));
  return wish.action === 'no'
    ? { ...wish, channelIds, messageTypeIds: wish.messageTypeIds.filter(reaches('messageType')) }
    : { ...wish, channelIds };
}

/** What stays on record of a refusal for whoever has the address next; a plain no ends only what there is. */
function lasting(run: Run, rowNumber: number, key: AddressKey, wish: Refusal): Suppression[] {
  if (wish.action === 'no') return [];
  const said = { since: wish.happenedAt, source: sourceOf(run, rowNumber, wish) };
  return wish.channelIds.map((channelId) => ({ ...said, address: addressOf(key), channelId }));
}

const sourceOf = (run: Run, rowNumber: number, { source }: RowWish): string =>
  `${source} (import ${run.id}, ${run.fileName}, row ${rowNumber})`;

function takenAllTheSame(rowNumber: number, keys: readonly AddressKey[]): ReportLine {
  const addresses = keys.map(addressOf);
  const reason =
    addresses.length > 0
      ? `the wish to be left alone was recorded all the same, for ${addresses.join(' and ')}`
      : 'it asks to be left alone, but no number and no email in it can be read, so that nobody is known by it';
  return { rowNumber, outcome: 'warning', field: 'optIn', value: '', reason };
}

/** Leaves out a plain no where there is no opt-in that it could end. */
async function whereSomethingEnds(db: Database, wishes: readonly PlannedWish[]): Promise<PlannedWish[]> {
  const ending = wishes.filter(({ endsOnly }) => endsOnly);
  const open = new Set<string>();
  for (const [lane, group] of byLane(ending, ({ wish }) => wish.lane)) {
    const { rows } = await sql<{ userId: number; target: string }>`
      SELECT user_id AS "userId", kind || ':' || target_id AS target FROM subscription
      WHERE lane = ${lane} AND user_id = ANY(${group.map(({ wish }) => wish.userId)}::bigint[])
        AND status IN ('subscribed', 'pending')`.execute(db);
    for (const { userId, target } of rows) open.add(`${userId} ${target}`);
  }
  return wishes.filter(
    ({ endsOnly, wish }) => !endsOnly || open.has(`${wish.userId} ${targetText(wish.kind, wish.targetId)}`),
  );
}

/**
 * Leaves out opt-ins that a run which then broke off has put into the ledger: their source names their row. Opt-outs
 * are recorded again, since it may have broken off before they bound all who share the number.
 */
async function withoutRecorded(db: Database, wishes: readonly PlannedWish[]): Promise<PlannedWish[]> {
  const known = new Set<string>();
  for (const [lane, group] of byLane(wishes, ({ wish }) => wish.lane)) {
    const { rows } = await sql<{ source: string; target: string }>`
      SELECT source, kind || ':' || target_id AS target FROM consent_entry
      WHERE lane = ${lane} AND user_id = ANY(${group.map(({ wish }) => wish.userId)}::bigint[])
        AND source = ANY(${group.map(({ wish }) => wish.source)}::text[])`.execute(db);
    for (const row of rows) known.add(`${row.target} ${row.source}`);
  }
  return wishes.filter(
    ({ wish }) =>
      wish.action === 'optOut' || !known.has(`${targetText(wish.kind, wish.targetId)} ${wish.source}`),
  );
}
