import { sql } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import { isOnCluster } from '../../database/cluster.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { Announce } from '../../http/happenings.ts';
import { flowOf } from '../../lanes/flow.ts';
import { type Due, openLaneQueue } from '../../lanes/lane-queue.ts';
import { withLane } from '../../lanes/lane-work.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { FlowBringer } from '../../lanes/worker.ts';
import { inBatches } from '../../users/by-lane.ts';
import {
  dueFlips,
  emptyLane,
  filledLanes,
  lockSegmentLane,
  nextFlips,
  noteFilled,
  segmentsOfLane,
} from './lane.sql.ts';
import { type Look, lookAtPeople } from './look.sql.ts';
import { type MeaningRow, meaningRows, newestOf, settleMeaning } from './meanings.sql.ts';
import type { Meanings } from './meanings.ts';
import { recheckCatalogs } from './recheck.ts';
import { forgetSizes, noteSizes } from './size.sql.ts';

/** Name of the flow that fills live segments, and looks at people when time may have changed how they stand. */
const segmentsFlowName = 'segments';

/** What the flow needs. */
export type LiveTools = Pick<Context, 'db' | 'clock' | 'announce' | 'listenersRenewed'> & {
  meanings: Meanings;
};

/** How often one looks by itself while there is something. */
const [restMs, fillingRestMs] = [1_000, 200];
/** People whose time has come, in one transaction. */
const mostFlips = 2_000;
const hourMs = 3_600_000;

/**
 * The flow that keeps live segments: fills lanes by what a segment newly means, and looks at people as the instants come at which
 * how they stand may flip by time alone.
 */
export function segmentsFlow(tools: LiveTools): FlowBringer {
  const { db, clock } = tools;
  const readiness = openReadiness(tools);
  let nextAt: number | null = null;
  let isFilling = false;
  let notedHour = 0;

  /** Lanes to be filled by the newest meanings; what is filled everywhere is settled. */
  const findUnfilled = async (rows: readonly MeaningRow[]): Promise<number[]> => {
    const open = [...newestOf(rows).values()].filter(({ isSettled }) => !isSettled);
    isFilling = open.length > 0;
    if (open.length === 0) return [];
    const filled = await filledLanes(
      db,
      open.map(({ segmentId }) => segmentId),
    );
    const unfilled = new Set<number>();
    for (const meaning of open) {
      const own = filled.filter(({ segmentId }) => segmentId === meaning.segmentId);
      const isDone = ({ generation }: { generation: number }) =>
        !meaning.isGone && generation === meaning.generation;
      const todo = meaning.isGone
        ? own.map(({ lane }) => lane)
        : lanes.filter((lane) => !own.some((each) => each.lane === lane && isDone(each)));
      if (todo.length > 0) {
        if (await readiness.isReady(meaning.generation)) for (const lane of todo) unfilled.add(lane);
        continue;
      }
      if (meaning.isGone) await forgetSizes(db, meaning.segmentId);
      else if (!meaning.isRecheck) await noteSizes(db, [meaning.segmentId], clock.now());
      await settleMeaning(db, meaning);
      readiness.forget(meaning.generation);
    }
    return [...unfilled];
  };

  const look = async (): Promise<Due<number>[]> => {
    const rows = await meaningRows(db);
    nextAt = null;
    if (rows.length === 0) return [];
    const due = new Set(await findUnfilled(rows));
    const now = clock.now().getTime();
    for (const { lane, at } of await nextFlips(db))
      if (at.getTime() <= now) due.add(lane);
      else nextAt = Math.min(nextAt ?? Number.POSITIVE_INFINITY, at.getTime());
    return [...due].map((lane) => ({ lane, due: 0 }));
  };

  /** A point of each live segment's size, each hour. */
  const keepSizes = async (): Promise<void> => {
    const hour = Math.floor(clock.now().getTime() / hourMs);
    if (hour === notedHour) return;
    const live = [...newestOf(await meaningRows(db)).values()].filter(({ isGone }) => !isGone);
    await noteSizes(
      db,
      live.map(({ segmentId }) => segmentId),
      new Date(hour * hourMs),
    );
    notedHour = hour;
  };

  const plan = () =>
    flowOf<number>({
      name: segmentsFlowName,
      rank: 'patient',
      runners: 1,
      queue: openLaneQueue(),
      look,
      restMs: () => (isFilling ? fillingRestMs : restMs),
      untilKnownMs: () => (nextAt === null ? null : Math.max(0, nextAt - clock.now().getTime())),
      everySecond: [keepSizes, () => recheckCatalogs(db, clock.now())],
      work: async (connection, { lane }) => {
        const more = await withLane(connection, lane, segmentsFlowName, async () => {
          await fillLane({ ...tools, db: connection.db }, lane, readiness.isReady);
          return sweepLane({ ...tools, db: connection.db }, lane);
        });
        return { left: more ? [0] : [] };
      },
    });
  return { begin: async () => ({ flows: [plan()] }) };
}

type LaneTools = { db: Database; clock: Clock; announce: Announce; meanings: Meanings };

/** Segments that a lane is filled with in one transaction. */
const mostAtOnce = 20;

/**
 * Fills a lane with the segments that mean something else there than they should, some in a transaction: so a crash leaves it
 * filled or not, and what happens there goes by one meaning or the other. Nobody enters or leaves by it unless that is wished.
 */
export async function fillLane(
  tools: LaneTools,
  lane: number,
  isReady: (generation: number) => Promise<boolean> = async () => true,
): Promise<void> {
  const { db } = tools;
  const open: MeaningRow[] = [];
  const unsettled = [...newestOf(await meaningRows(db)).values()].filter(({ isSettled }) => !isSettled);
  if (unsettled.length === 0) return;
  const filled = await segmentsOfLane(db, lane);
  for (const meaning of unsettled) {
    const isFilled = filled.some(({ generation }) => generation === meaning.generation);
    if (!isFilled && (await isReady(meaning.generation))) open.push(meaning);
  }
  for (const batch of inBatches(open, mostAtOnce))
    await db.transaction().execute((transaction) => fillWith(transaction, tools, lane, batch));
}

async function fillWith(
  transaction: Database,
  { clock, announce, meanings }: LaneTools,
  lane: number,
  open: readonly MeaningRow[],
): Promise<void> {
  await lockSegmentLane(transaction, lane);
  const newest = newestOf(await meaningRows(transaction));
  const before = new Map(
    (await segmentsOfLane(transaction, lane)).map((each) => [each.segmentId, each.generation]),
  );
  const todo = open.filter(
    ({ segmentId, generation }) =>
      // A newer one waits for its own time.
      newest.get(segmentId)?.generation === generation && before.get(segmentId) !== generation,
  );
  for (const { segmentId, isGone } of todo) if (isGone) await emptyLane(transaction, lane, segmentId);
  const read = await meanings.of(
    transaction,
    todo.flatMap(({ generation, isGone }) => (isGone ? [] : generation)),
  );
  const now = clock.now();
  const looks = todo.flatMap(({ generation, projectId }): Look[] => {
    const meaning = read.get(generation);
    return meaning ? [{ ...meaning, asked: { projectId, lane, now, among: null } }] : [];
  });
  await noteFilled(
    transaction,
    lane,
    todo.filter(({ generation }) => read.has(generation)),
  );
  const told = await lookAtPeople(transaction, lane, looks);
  const announced = told.filter(({ segmentId }) => before.has(segmentId) && newest.get(segmentId)?.announces);
  if (announced.length > 0) await announce(transaction, announced);
}

/** Looks at people of a lane whose time has come, in one transaction; answers whether more may wait. */
export async function sweepLane(
  { db, clock, announce, meanings }: LaneTools,
  lane: number,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await lockSegmentLane(transaction, lane);
    const now = clock.now();
    const due = await dueFlips(transaction, lane, now, mostFlips);
    if (due.length === 0) return false;
    const filled = await segmentsOfLane(transaction, lane);
    const read = await meanings.of(
      transaction,
      filled.map(({ generation }) => generation),
    );
    const looks = [...Map.groupBy(due, ({ segmentId }) => segmentId)].flatMap(
      ([segmentId, people]): Look[] => {
        const of = filled.find((each) => each.segmentId === segmentId);
        const meaning = of && read.get(of.generation);
        if (!meaning) return [];
        const among = people.map(({ userId }) => userId);
        return [{ ...meaning, asked: { projectId: of.projectId, lane, now, among } }];
      },
    );
    const told = await lookAtPeople(transaction, lane, looks);
    if (told.length > 0) await announce(transaction, told);
    return due.length === mostFlips;
  });
}

/**
 * When a lane may be filled by a meaning: when every process listens by it (`listenersRenewed`), and what had begun before that is over. All that is
 * written from then on is told, and all that was written before is seen.
 */
function openReadiness({ db, listenersRenewed }: LiveTools) {
  /** By generation: null while listeners are renewed, then the database's clock at that time, or true. */
  const known = new Map<number, string | true | null>();
  const begin = async (generation: number) => {
    known.set(generation, null);
    try {
      await listenersRenewed();
      const { rows } = await sql<{ at: string }>`SELECT clock_timestamp()::text AS at`.execute(db);
      known.set(generation, rows[0]?.at ?? null);
    } catch {
      known.delete(generation);
    }
  };
  return {
    isReady: async (generation: number): Promise<boolean> => {
      const since = known.get(generation);
      if (since === true) return true;
      if (since === undefined) void begin(generation);
      if (!since) return false;
      if (!(await isOver(db, since))) return false;
      known.set(generation, true);
      return true;
    },
    forget: (generation: number) => known.delete(generation),
  };
}

/** Whether all transactions that had begun at an instant, and have written or may yet, are over. */
async function isOver(db: Database, at: string): Promise<boolean> {
  const everybody = await isOnCluster(db);
  const { rows } = await sql<{ isOver: boolean }>`
    SELECT NOT EXISTS (
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start < ${at}::timestamptz
        -- What has only read for a minute is an export.
        AND (${everybody} OR backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '1 minute')) AS "isOver"`.execute(
    db,
  );
  return rows[0]?.isOver ?? false;
}
