import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { fnv1a } from '../../lanes/lanes.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Where } from '../definition/tile-kind.ts';
import { heldByPeople, heldSince } from '../leave/exit-rule.ts';
import { openCounts } from '../runs/counts.sql.ts';
import type { RefusalReason, Run } from '../runs/run.ts';
import { insertRuns, takeRunIds } from '../runs/runs.sql.ts';
import type { Caused } from '../triggers/trigger-kind.ts';
import { earlierEntries, keepEntries, keepRefused, type Refused } from './entries.sql.ts';
import { mayEnter } from './may-enter.ts';
import { peopleOf } from './people-of.sql.ts';

/** Journeys that may send people on to one another, one after the other. */
const mostHops = 10;

/** What became of somebody who was to enter. */
export type Entered = { runId: number; reason: null } | { runId: null; reason: RefusalReason };

/**
 * Lets people of one lane, which one has to oneself, into a journey: all who may, in the order given. Who may not is noted with the reason.
 * Answers what became of each, by their places.
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
  const { entry, projectId } = journey;
  const where: Where = { projectId, lane, now };
  const entrants = caused.map((each) => ({ ...each, key: keyOf(entry.key, each.data) ?? '' }));
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
  const barred = entrants.map((entrant, place) =>
    barredBy(entry, entrant, { isOf: there.get(entrant.userId), isOut: left.has(place) }, now),
  );
  const open = entrants.filter((_, place) => barred[place] === null);
  const earlier = await earlierEntries(transaction, lane, journey.id, userIds);
  const decided = mayEnter(entry.limits, earlier, open, now);
  const reasons = new Map(open.map((entrant, index) => [entrant, decided[index] ?? null]));
  const entering = open.filter((entrant) => reasons.get(entrant) === null);
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
  const refused = entrants.flatMap(({ userId, key, cause }, place): Refused[] => {
    const reason = barred[place] ?? reasons.get(entrants[place]!) ?? null;
    return reason === null || reason === 'gone' ? [] : [{ userId, key, reason, cause }];
  });
  await keepRefused(transaction, lane, { journeyId: journey.id, projectId }, refused, now);
  const counts = openCounts();
  counts.add(journey.id, journey.start, 'arrived', runs.length);
  counts.add(journey.id, journey.start, 'inside', runs.length);
  await counts.write(transaction, lane);
  const runOf = new Map(entering.map((entrant, index) => [entrant, ids[index] ?? 0]));
  return entrants.map((entrant, place): Entered => {
    const runId = runOf.get(entrant);
    if (runId !== undefined) return { runId, reason: null };
    const reason = barred[place] ?? reasons.get(entrant) ?? 'notAudience';
    return { runId: null, reason: reason === 'gone' ? 'notAudience' : reason };
  });
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
