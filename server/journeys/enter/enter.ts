import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { fnv1a } from '../../lanes/lanes.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Where } from '../definition/tile-kind.ts';
import { journeysFlowName } from '../flow-name.ts';
import { heldByPeople, heldSince } from '../leave/exit-rule.ts';
import { openCounts } from '../runs/counts.sql.ts';
import type { RefusalReason, Run } from '../runs/run.ts';
import { insertRuns, takeRunIds } from '../runs/runs.sql.ts';
import type { Caused } from '../triggers/trigger-kind.ts';
import { earlierEntries, keepEntries, keepRefused, type Refused } from './entries.sql.ts';
import { entriesInLine, lineUp } from './line.sql.ts';
import { mayEnter, withLine } from './may-enter.ts';
import { peopleOf } from './people-of.sql.ts';

/** Journeys that may send people on to one another, one after the other. */
const mostHops = 10;

/** What became of somebody who was to enter: their passage, or why there is none; neither where they wait in line for room. */
export type Entered =
  | { runId: number; reason: null }
  | { runId: null; reason: RefusalReason }
  | { runId: null; reason: null };

/** Somebody who is to enter, with what tells their passages apart. */
type Entrant = Caused & { key: string };

/**
 * Lets people of one lane, which one has to oneself, into a journey: all who may, in the order given. Where so many enter an hour or a day, they
 * wait in line until they are called (`let-in-line.ts`). Who may not is noted with the reason. Answers what became of each, by their places.
 */
export async function enter(
  transaction: Database,
  announce: Announce,
  lane: number,
  journey: PublishedJourney,
  caused: readonly Caused[],
  now: Date,
): Promise<Entered[]> {
  if (caused.length === 0) return [];
  const entrants = caused.map((each) => ({ ...each, key: keyOf(journey.entry.key, each.data) ?? '' }));
  const { entering, reasons } = await decide(transaction, lane, journey, entrants, now);
  if (journey.entry.rate) {
    const line = entering.map((each) => ({ ...each, hops: each.hops ?? 0 }));
    await lineUp(transaction, lane, { journeyId: journey.id, projectId: journey.projectId }, line, now);
    if (line.length > 0) await wakeWorkersOnCommit(transaction, [{ flow: journeysFlowName, lane, due: 0 }]);
    return reasons.map((reason): Entered => ({ runId: null, reason }));
  }
  const ids = await letIn(transaction, announce, lane, journey, entering, now);
  const runOf = new Map(entering.map((entrant, index) => [entrant, ids[index] ?? 0]));
  return entrants.map((entrant, place): Entered => {
    const runId = runOf.get(entrant);
    return runId === undefined
      ? { runId: null, reason: reasons[place] ?? 'notAudience' }
      : { runId, reason: null };
  });
}

/** Lets those enter who waited in line and were called, as far as they still may. Answers how many entered. */
export async function enterFromLine(
  transaction: Database,
  announce: Announce,
  lane: number,
  journey: PublishedJourney,
  called: readonly Entrant[],
  now: Date,
): Promise<number> {
  if (called.length === 0) return 0;
  const { entering } = await decide(transaction, lane, journey, called, now, true);
  await letIn(transaction, announce, lane, journey, entering, now);
  return entering.length;
}

/**
 * Who may enter of those who are to, in the order given, and why each of the others may not, by their places, which is noted. Whoever `waited` in line is
 * asked again about all but how long ago it was.
 */
async function decide(
  transaction: Database,
  lane: number,
  journey: PublishedJourney,
  entrants: readonly Entrant[],
  now: Date,
  waited = false,
): Promise<{ entering: Entrant[]; reasons: (RefusalReason | null)[] }> {
  const { entry, projectId } = journey;
  const where: Where = { projectId, lane, now };
  const userIds = [...new Set(entrants.map(({ userId }) => userId))];
  const there = await peopleOf(transaction, where, userIds, entry.only);
  const left = new Set<number>();
  for (const rule of journey.exits) {
    const since = entrants.map(({ userId, key, at, eventId }) => ({ userId, key, since: at, eventId }));
    for (const place of await heldSince(transaction, where, rule, since)) left.add(place);
    const people = await heldByPeople(transaction, where, rule, userIds);
    entrants.forEach(({ userId }, place) => {
      if (people.has(userId)) left.add(place);
    });
  }
  const asked = waited ? { ...entry, oldestMs: Number.POSITIVE_INFINITY } : entry;
  const barred = entrants.map((entrant, place) =>
    barredBy(asked, entrant, { isOf: there.get(entrant.userId), isOut: left.has(place) }, now),
  );
  const open = entrants.filter((_, place) => barred[place] === null);
  const earlier = await earlierEntries(transaction, lane, journey.id, userIds);
  const inLine = entry.rate && !waited ? await entriesInLine(transaction, lane, journey.id, userIds) : [];
  const decided = mayEnter(entry.limits, withLine(earlier, inLine, now), open, now);
  const limited = new Map(open.map((entrant, index) => [entrant, decided[index] ?? null]));
  const told = entrants.map((entrant, place) => barred[place] ?? limited.get(entrant) ?? null);
  const refused = entrants.flatMap(({ userId, key, cause }, place): Refused[] => {
    const reason = told[place] ?? null;
    return reason === null || reason === 'gone' ? [] : [{ userId, key, reason, cause }];
  });
  await keepRefused(transaction, lane, { journeyId: journey.id, projectId }, refused, now);
  return {
    entering: open.filter((entrant) => limited.get(entrant) === null),
    reasons: told.map((reason) => (reason === 'gone' ? 'notAudience' : reason)),
  };
}

/** Lets people in who may enter. Answers the ids of their passages, by their places. */
async function letIn(
  transaction: Database,
  announce: Announce,
  lane: number,
  journey: PublishedJourney,
  entering: readonly Entrant[],
  now: Date,
): Promise<number[]> {
  const { projectId } = journey;
  const ids = await takeRunIds(transaction, entering.length);
  const runs = entering.map((entrant, index): Run & { cause: unknown } => ({
    ...newRun(journey, entrant, { id: ids[index] ?? 0, now }),
    cause: entrant.cause,
  }));
  await insertRuns(transaction, lane, runs);
  await announce(
    transaction,
    runs.map(({ id: runId, userId }) => ({
      ...({ kind: 'journey', what: 'entered' } as const),
      ...{ projectId, lane, userId, at: now, journeyId: journey.id, runId, reason: null, detail: null },
    })),
  );
  await keepEntries(transaction, lane, { journeyId: journey.id, projectId }, entering, now);
  const counts = openCounts();
  counts.add(journey.id, journey.start, 'arrived', runs.length);
  counts.add(journey.id, journey.start, 'inside', runs.length);
  counts.add(journey.id, journey.start, 'held out', runs.filter(({ isHeldOut }) => isHeldOut).length);
  await counts.write(transaction, lane);
  return ids;
}

/** Signs of what tells passages apart: cut off, two of them might be one. */
const longestKey = 255;

/** Why somebody may not enter whatever they did before, `gone` for who is no more; null for who may. `isOf`: whether they are of those it is for; undefined for who is gone. Pure. */
export function barredBy(
  entry: PublishedJourney['entry'],
  { at, data, hops = 0 }: Pick<Caused, 'at' | 'data' | 'hops'>,
  { isOf, isOut }: { isOf: boolean | undefined; isOut: boolean },
  now: Date,
): RefusalReason | 'gone' | null {
  if (isOf === undefined) return 'gone';
  if (hops > mostHops) return 'tooManyHops';
  if (now.getTime() - at.getTime() > entry.oldestMs) return 'tooOld';
  if (entry.key !== null && keyOf(entry.key, data) === null) return 'noKey';
  if (!isOf) return 'notAudience';
  return isOut ? 'exitRule' : null;
}

/** A passage as it begins. Pure. */
export const newRun = (
  journey: PublishedJourney,
  { userId, key, data, hops = 0 }: Pick<Caused, 'userId' | 'data' | 'hops'> & { key: string },
  { id, now }: { id: number; now: Date },
): Run => ({
  ...{ id, projectId: journey.projectId, journeyId: journey.id, userId, key, data, hops },
  ...{ enteredAt: now, tile: journey.start, arrivedAt: now, wakeAt: now, hears: [], memory: {} },
  ...{ passed: 0, passedSince: now, failures: 0, rank: journey.rank, isHeldOut: isHeldOut(journey, userId) },
});

/** What tells passages apart, of what came with the entry; null where it is missing or too long. */
export function keyOf(field: string | null, data: Caused['data']): string | null {
  if (field === null) return null;
  const value = data[field];
  if (typeof value === 'string') return value !== '' && value.length <= longestKey ? value : null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const parts = 1_000_000;

/** The same people are held out each time they enter. Pure. */
const isHeldOut = ({ id, entry }: PublishedJourney, userId: number): boolean =>
  ((fnv1a(`holdout ${id} ${userId}`) % parts) / parts) * 100 < entry.holdout;
