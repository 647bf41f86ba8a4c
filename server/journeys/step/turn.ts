import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../../database/connect.ts';
import type { FollowedJourney } from '../definition/journey.ts';
import type { Journeys } from '../definition/published.ts';
import type { Settle, StepTools, Tile } from '../definition/tile-kind.ts';
import { enterNext } from '../enter/enter-next.ts';
import { heldByPeople } from '../leave/exit-rule.ts';
import { leaveByPeople } from '../leave/leave.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import type { Run } from '../runs/run.ts';
import { type DueRun, dueRuns, parkRuns, putOff, readRuns, setBack, stillInside } from '../runs/runs.sql.ts';
import { done, type Walked, walk } from './walk.ts';
import { writeTurn } from './write-turn.ts';

/** What a turn works with. */
export type TurnTools = Omit<StepTools, 'enterJourney'> & { journeys: Journeys; log: FastifyBaseLogger };

/** Passages that are looked at in one turn. */
const mostAtOnce = 1_000;
/** After so long passages of a journey that cannot be read are looked at again, in ms. */
const unreadMs = 60_000;
/** Those of them for whom something is done in one transaction. */
const mostActed = 500;

/**
 * Lets those passages of a lane go on that are due; who has taken the lane's flow calls it. Answers whether more are due. What is done for people and where they
 * are then is one transaction, so that a crash leaves both or neither.
 */
export async function turnLane(tools: TurnTools, lane: number): Promise<boolean> {
  const now = tools.clock.now();
  const published = await tools.journeys.ofLane(tools.db, lane);
  const due = await dueRuns(tools.db, lane, now, mostAtOnce);
  const parted = Map.groupBy(due, ({ journeyId }) => {
    if (published.held.has(journeyId)) return 'held';
    return published.journeys.has(journeyId) ? 'known' : 'unread';
  });
  // Each is passed over once, and not with each look.
  await parkRuns(tools.db, lane, parted.get('held') ?? [], now);
  const again = new Date(now.getTime() + unreadMs);
  const unread = (parted.get('unread') ?? []).map(({ id }) => ({ id, at: again }));
  await putOff(tools.db, lane, unread, now);
  const known = parted.get('known') ?? [];
  const groups = Map.groupBy(known, (run) => actOf(published.journeys, run));
  const { journeys } = published;
  for (const [acting, runs] of groups) {
    if (acting === null)
      await trying(tools, lane, runs, now, (some) => decide(tools, lane, journeys, some, now));
    else
      for (const group of inGroups(runs))
        await trying(tools, lane, group, now, (some) => act(tools, lane, journeys, acting, some, now));
  }
  return due.length > 0;
}

/** The deed that somebody waits for at a tile; null where there is none, or it is done. */
function actOf(
  journeys: ReadonlyMap<number, FollowedJourney>,
  { journeyId, tile, isActed }: DueRun,
): Tile | null {
  const found = journeys.get(journeyId)?.tiles.get(tile);
  return found?.act && !isActed ? found : null;
}

/** In parts of which each has no two passages of one person: what is done for somebody is told apart by who they are. */
function inGroups(runs: readonly DueRun[]): DueRun[][] {
  const groups: { of: DueRun[]; users: Set<number> }[] = [];
  for (const run of runs) {
    const group = groups.find(({ of, users }) => of.length < mostActed && !users.has(run.userId));
    if (group) {
      group.of.push(run);
      group.users.add(run.userId);
    } else groups.push({ of: [run], users: new Set([run.userId]) });
  }
  return groups.map(({ of }) => of);
}

/** Has a part of a turn done. Where it fails its halves are, so that one of whom nothing can be made waits for a while and keeps nobody else waiting. */
async function trying(
  tools: TurnTools,
  lane: number,
  runs: readonly DueRun[],
  now: Date,
  work: (runs: readonly DueRun[]) => Promise<void>,
): Promise<void> {
  try {
    await work(runs);
  } catch (error) {
    const half = Math.ceil(runs.length / 2);
    if (runs.length > 1) {
      await trying(tools, lane, runs.slice(0, half), now, work);
      await trying(tools, lane, runs.slice(half), now, work);
      return;
    }
    const [run] = runs;
    if (!run) throw error;
    tools.log.error(
      { err: error, lane, run: run.id },
      'somebody could not go on in a journey and is tried again',
    );
    await setBack(tools.db, lane, [run.id], error instanceof Error ? error.message : String(error), now);
  }
}

async function decide(
  { db, announce }: TurnTools,
  lane: number,
  journeys: ReadonlyMap<number, FollowedJourney>,
  due: readonly DueRun[],
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    const held = await readRuns(transaction, lane, due);
    await goOn(transaction, announce, lane, journeys, held, now);
  });
}

async function act(
  tools: TurnTools,
  lane: number,
  journeys: ReadonlyMap<number, FollowedJourney>,
  tile: Tile,
  due: readonly DueRun[],
  now: Date,
): Promise<void> {
  const { projectId } = due[0]!;
  const runs = await readRuns(tools.db, lane, due);
  if (runs.length === 0) return;
  const settle: Settle = async (transaction, last, those = runs) => {
    await holdJourneyLane(transaction, lane);
    const held = await readRuns(transaction, lane, those);
    const memories = await last(held);
    // What is done may take some of them out at once.
    const staying = await stillInside(transaction, lane, held);
    const acted = staying.map((run) => ({ ...run, memory: done(memories.get(run.id)) }));
    await goOn(transaction, tools.announce, lane, journeys, acted, now);
  };
  const enterJourney: StepTools['enterJourney'] = (transaction, ...next) =>
    enterNext(transaction, tools.announce, tools.journeys, ...next);
  // Of each person one passage is among them, so that what happens to somebody by it tells how far it has come.
  const hopsOf = new Map(runs.map(({ userId, hops }) => [userId, hops + 1]));
  const announce: TurnTools['announce'] = (transaction, happenings) =>
    tools.announce(
      transaction,
      happenings.map((each) => {
        const hops = hopsOf.get(each.userId);
        return hops === undefined ? each : { ...each, hops };
      }),
    );
  const caused = { ...tools, announce, people: { ...tools.people, announce }, enterJourney };
  await tile.act?.(caused, { projectId, lane, now }, runs, settle);
}

/** Lets held passages go on as far as they can, and writes it. */
async function goOn(
  transaction: Database,
  announce: TurnTools['announce'],
  lane: number,
  journeys: ReadonlyMap<number, FollowedJourney>,
  held: readonly Run[],
  now: Date,
): Promise<void> {
  const { left, staying } = await leaveByPeople(
    (rule, runs, { projectId }) =>
      heldByPeople(transaction, { projectId, lane, now }, rule, [
        ...new Set(runs.map(({ userId }) => userId)),
      ]),
    journeys,
    held,
  );
  const walked: Walked[] = [...left, ...(await walk(transaction, { lane, now }, journeys, staying))];
  await writeTurn(transaction, announce, lane, walked, now);
}
