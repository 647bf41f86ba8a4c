import type { Context } from '../http/context.ts';
import { flowOf } from '../lanes/flow.ts';
import { openLaneQueue } from '../lanes/lane-queue.ts';
import { withLane } from '../lanes/lane-work.ts';
import { lanes } from '../lanes/lanes.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import { dateLanes } from './dates/dates.sql.ts';
import type { Journeys } from './definition/published.ts';
import { closeIntakes, intakePlaces, openIntakes } from './enter/intakes.sql.ts';
import { linesToMove } from './enter/let-in-line.ts';
import { openSchedules, type ScheduledUntil } from './enter/open-schedules.ts';
import { journeysFlowName } from './flow-name.ts';
import { isEnding, isHeld, noteEmptied, type Published, publishedJourneys } from './journeys.sql.ts';
import { lanesInside } from './runs/inside.sql.ts';
import { followedEverywhere } from './runs/journey-lanes.sql.ts';
import { passLanes } from './runs/lane-lock.sql.ts';
import { asDue, nextWakes, parkedIn } from './runs/runs.sql.ts';
import { workLane } from './work-lane.ts';

/** Lanes in which people go on at once: a turn of few people is mostly waiting for the database. */
const runners = 3;
/** How often one looks by itself while there is something. */
const restMs = 1_000;

/** The flow that lets people go on in journeys, a lane at a time: as time comes, and as what they wait for happens. */
export function journeysFlow(context: Context & { journeys: Journeys }): FlowBringer {
  const { db, clock } = context;
  let nextAt: number | null = null;
  /** Versions that every lane goes by. */
  const settled = new Set<string>();
  /** Journeys that move, and of which nobody is parked. */
  const moving = new Set<number>();
  /** How far schedules are known to have come. */
  const scheduled: ScheduledUntil = new Map();

  const look = async () => {
    nextAt = null;
    const published = await publishedJourneys(db);
    if (published.length === 0) return [];
    const open = published.filter(({ id, version }) => !settled.has(`${id} ${version}`));
    const unfollowed = await followedEverywhere(
      db,
      open.map(({ id, version }) => ({ journeyId: id, version })),
      lanes,
    );
    const due = new Set<number>();
    for (const { id, version } of open) {
      const missing = unfollowed.get(id) ?? [];
      if (missing.length === 0) settled.add(`${id} ${version}`);
      for (const lane of missing) due.add(lane);
    }
    for (const { lane } of await lettingGo(published)) due.add(lane);
    for (const { lane } of await unparking(published)) due.add(lane);
    for (const lane of await lanesComingIn(published)) due.add(lane);
    const now = clock.now();
    const lines = await linesToMove(context);
    for (const lane of lines.lanes) due.add(lane);
    const dates = await datesToCome();
    for (const { lane, isLearnt, dueAt } of dates) if (!isLearnt || (dueAt && dueAt <= now)) due.add(lane);
    const wakes = await nextWakes(db);
    for (const { lane } of asDue(wakes, now)) due.add(lane);
    for (const { at } of [...wakes, ...dates.map(({ dueAt }) => ({ at: dueAt })), { at: lines.nextAt }])
      if (at && at > now) nextAt = Math.min(nextAt ?? Number.POSITIVE_INFINITY, at.getTime());
    return [...due].map((lane) => ({ lane, due: 0 }));
  };

  /** Where people are still to be let go; of a journey that all have left nobody asks again. */
  const lettingGo = async (published: readonly Published[]): ReturnType<typeof lanesInside> => {
    const stopped = published.filter(({ state }) => isEnding(state)).map(({ id }) => id);
    if (stopped.length === 0) return [];
    // Whoever saw one open may still let people in.
    await passLanes(db);
    const left = await lanesInside(db, stopped);
    await noteEmptied(
      db,
      stopped.filter((id) => !left.some((each) => each.journeyId === id)),
    );
    return left;
  };
  /** Where people came to be due while their journey was held, which moves again. */
  const unparking = async (published: readonly Published[]): ReturnType<typeof parkedIn> => {
    for (const { id, state } of published) if (isHeld(state)) moving.delete(id);
    const asked = published.filter(({ id, state }) => !isHeld(state) && !moving.has(id)).map(({ id }) => id);
    if (asked.length === 0) return [];
    const parked = await parkedIn(db, asked);
    for (const id of asked) if (!parked.some((each) => each.journeyId === id)) moving.add(id);
    return parked;
  };
  /** What lanes know of the dates of journeys that begin by them, and when the next one comes. */
  const datesToCome = async (): ReturnType<typeof dateLanes> => {
    const dated = (await context.journeys.open(db)).filter(({ entry }) => entry.trigger.date);
    return dated.length === 0 ? [] : dateLanes(db, dated);
  };
  /** Lanes in which an audience is still to enter a journey that takes people in; intakes that are through are closed. */
  const lanesComingIn = async (published: readonly Published[]): Promise<number[]> => {
    const open = await openIntakes(db);
    if (open.length === 0) return [];
    const places = await intakePlaces(
      db,
      open.map(({ id }) => id),
      lanes,
    );
    const missing = open.map(({ id, journeyId }) => {
      const done = new Set(
        places.filter((place) => place.intakeId === id && place.isDone).map(({ lane }) => lane),
      );
      const isOpen = published.some((each) => each.id === journeyId && each.state === 'open');
      return { id, isOpen, lanes: lanes.filter((lane) => !done.has(lane)) };
    });
    const through = missing.filter((each) => each.lanes.length === 0).map(({ id }) => id);
    if (through.length > 0) await closeIntakes(db, through);
    return missing.flatMap((each) => (each.isOpen ? each.lanes : []));
  };

  return {
    begin: async () => ({
      flows: [
        flowOf<number>({
          name: journeysFlowName,
          rank: 'steady',
          runners,
          queue: openLaneQueue(),
          look,
          restMs: () => restMs,
          untilKnownMs: () => (nextAt === null ? null : Math.max(0, nextAt - clock.now().getTime())),
          wokenFor: (due) => due,
          everySecond: [() => openSchedules(context, scheduled)],
          work: async (connection, { lane }) => {
            const more = await withLane(connection, lane, journeysFlowName, () =>
              workLane({ ...context, db: connection.db }, lane),
            );
            return { left: more ? [0] : [] };
          },
        }),
      ],
    }),
  };
}
