import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { Announce, Happening } from '../../http/happenings.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Journeys } from '../definition/published.ts';
import type { Where } from '../definition/tile-kind.ts';
import { enter } from '../enter/enter.ts';
import { asFollowed } from '../enter/enter-next.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import type { DateRule } from '../triggers/trigger-kind.ts';
import {
  changedAt,
  datedIn,
  dateLane,
  datePlace,
  datesOf,
  dropDates,
  dueDates,
  type KeptDate,
  type KnownDate,
  keepDates,
  peopleWithDate,
  placeDates,
} from './dates.sql.ts';

/** People whose dates are learnt, or who enter, in one transaction. */
const pageSize = 500;
/** Days that are remembered of one person: a date that comes back within so many changes lets them in once. */
const mostUsed = 20;

/** What following dates works with. */
export type DateTools = Pick<Context, 'db' | 'clock' | 'announce' | 'log'> & { journeys: Journeys };

/**
 * What is to be kept of a person's date: what lets them in is after `learntAt`, where the date is another than before or its rule is. Pure. Null where there
 * is nothing to keep.
 */
function toKeep(
  rule: DateRule,
  { value, zone, kept }: KnownDate,
  learntAt: Date,
  isNewRule = false,
): KeptDate | null {
  if (value === null && kept === null) return null;
  const isSame = !isNewRule && kept !== null && isDeepStrictEqual(kept.value, value);
  const since = isSame ? kept.since : learntAt;
  const used = kept?.used ?? [];
  const next = rule.next(value, zone, since, new Set(used));
  return { value, since, used, day: next?.day ?? null, dueAt: next?.at ?? null };
}

/** Follows dates of profiles that changed, in a lane that one has to oneself. */
export async function noteDates(
  transaction: Database,
  where: Where,
  { id }: PublishedJourney,
  rule: DateRule,
  happenings: readonly Happening[],
): Promise<void> {
  const learntAt = new Map(happenings.map(({ userId, at }) => [userId, at]));
  const known = await datesOf(transaction, where, id, rule, [...learntAt.keys()]);
  await keepDates(
    transaction,
    where,
    id,
    known.flatMap((each) => {
      const kept = toKeep(rule, each, learntAt.get(each.userId) ?? where.now);
      return kept ? { ...kept, userId: each.userId } : [];
    }),
  );
}

/**
 * Learns the dates of journeys that begin by them, and lets those enter whose date has come, in one lane; who has taken the lane's flow calls it. Each page is one
 * transaction, so that a crash repeats and loses none.
 */
export async function followDates(tools: DateTools, lane: number): Promise<void> {
  const dated = (await tools.journeys.open(tools.db)).filter(isDated);
  if (dated.length === 0) return;
  const now = tools.clock.now();
  for (const { journeyId, isLearnt, dueAt } of await dateLane(tools.db, lane, dated)) {
    const journey = dated.find(({ id }) => id === journeyId);
    if (!journey || (isLearnt && (dueAt === null || dueAt > now))) continue;
    try {
      while (await nextPage(tools, lane, journey, learnDates));
      while (await nextPage(tools, lane, journey, letIn));
    } catch (error) {
      // It is tried again with the next look, and keeps nobody else waiting.
      tools.log.error({ err: error, lane, journey: journeyId }, 'dates could not let people into a journey');
    }
  }
}

/** Forgets the dates of journeys that begin by something else now, in one lane. */
export async function dropOldDates({ db, journeys }: DateTools, lane: number): Promise<void> {
  const known = new Set(await datedIn(db, lane));
  if (known.size === 0) return;
  const old = (await journeys.open(db)).filter((each) => !isDated(each) && known.has(each.id));
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await db.transaction().execute((transaction) => dropDates(transaction, lane, ids));
}

const isDated = ({ entry }: PublishedJourney): boolean => entry.trigger.date !== undefined;

async function nextPage(
  { db, clock, announce, journeys }: DateTools,
  lane: number,
  newest: PublishedJourney,
  work: (
    transaction: Database,
    where: Where,
    journey: PublishedJourney,
    rule: DateRule,
    announce: Announce,
  ) => Promise<boolean>,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    const [journey] = await asFollowed(transaction, { announce, journeys }, lane, [newest], clock.now());
    const rule = journey?.entry.trigger.date;
    if (!journey || !rule) return false;
    return work(
      transaction,
      { projectId: journey.projectId, lane, now: clock.now() },
      journey,
      rule,
      announce,
    );
  });
}

/** Learns a page of dates by a rule that the lane does not know yet; answers whether more may come. */
async function learnDates(
  transaction: Database,
  where: Where,
  { id, version }: PublishedJourney,
  rule: DateRule,
): Promise<boolean> {
  const before = await datePlace(transaction, where.lane, id);
  const isBegun = before?.version === version;
  if (isBegun && before.isDone) return false;
  const afterUserId = isBegun ? before.afterUserId : 0;
  const ids = await peopleWithDate(transaction, where, rule, afterUserId, pageSize);
  // What comes after it was published, whenever a worker comes to it.
  const learntAt = (await changedAt(transaction, id)) ?? where.now;
  const known = await datesOf(transaction, where, id, rule, ids);
  await keepDates(
    transaction,
    where,
    id,
    known.flatMap((each) => {
      const kept = toKeep(rule, each, learntAt, before?.rule !== rule.text);
      return kept ? { ...kept, userId: each.userId } : [];
    }),
  );
  const isDone = ids.length < pageSize;
  await placeDates(transaction, where.lane, id, {
    ...{ version, isDone, rule: isDone ? rule.text : (before?.rule ?? '') },
    afterUserId: ids.at(-1) ?? afterUserId,
  });
  return !isDone;
}

/** Lets a page of those enter whose date has come; answers whether more may come. */
async function letIn(
  transaction: Database,
  where: Where,
  journey: PublishedJourney,
  rule: DateRule,
  announce: Announce,
): Promise<boolean> {
  const { lane, now } = where;
  const ids = await dueDates(transaction, lane, journey.id, now, pageSize);
  if (ids.length === 0) return false;
  const known = await datesOf(transaction, where, journey.id, rule, ids);
  const kept: (KeptDate & { userId: number })[] = [];
  const entering: { userId: number; day: string; at: Date }[] = [];
  for (const each of known) {
    const { userId } = each;
    // As the profile has it now, whatever is told of it a moment later.
    const next = toKeep(rule, each, now);
    if (!next) continue;
    const { day, dueAt } = next;
    if (day === null || dueAt === null || dueAt > now) {
      kept.push({ ...next, userId });
      continue;
    }
    entering.push({ userId, day, at: dueAt });
    const used = [...next.used, day].slice(-mostUsed);
    const later = rule.next(each.value, each.zone, dueAt, new Set(used));
    kept.push({ ...next, userId, since: dueAt, used, day: later?.day ?? null, dueAt: later?.at ?? null });
  }
  await enter(
    transaction,
    announce,
    lane,
    journey,
    entering.map(({ userId, day, at }) => ({
      ...{ userId, at, eventId: null, data: { date: day } },
      cause: { date: day, of: rule.path.join('.'), at },
    })),
    now,
  );
  await keepDates(transaction, where, journey.id, kept);
  return ids.length === pageSize;
}
