import type { Database } from '../../database/connect.ts';
import type { FollowedJourney } from '../definition/journey.ts';
import { end, type Facts, type Step, type Tile, type Where } from '../definition/tile-kind.ts';
import type { Draw } from '../runs/draws.sql.ts';
import type { LeaveReason, Memory, Run } from '../runs/run.ts';
import type { LoggedStep } from '../runs/step-log.sql.ts';

/** What has become of a passage in a turn. */
export interface Walked {
  before: Run;
  /** Where it stands now; the last it was at where it is over. */
  run: Run;
  version: number;
  steps: LoggedStep[];
  /** Ways by which they go whenever they come to these tiles. */
  drawn: Pick<Draw, 'tile' | 'way'>[];
  /** Why it is over; null where it goes on. */
  left: { reason: LeaveReason; detail: string | null } | null;
  /** What is wrong, where it cannot go on by itself. */
  stuck: string | null;
}

/** Tiles that somebody may pass within a minute: beyond that they go in circles. */
const mostPassed = 100;
const minuteMs = 60_000;

/** What a tile's memory has where its deed is done. */
const isDone = ({ acted }: Memory): boolean => acted === true;

/** The memory of who has done a tile's deed. */
export const done = (memory: Memory = {}): Memory => ({ ...memory, acted: true });

/**
 * Lets passages of one lane go on as far as they can without anything being done outside of them: all that stand at one tile are looked at together.
 * Who comes to a tile that does something waits there for the turn that does it.
 */
export function walk(
  db: Database,
  where: Omit<Where, 'projectId'>,
  journeys: ReadonlyMap<number, FollowedJourney>,
  runs: readonly Run[],
): Promise<Walked[]> {
  const factsOf: WalkGround['factsOf'] = async (tile, those, { projectId }) =>
    (await tile.facts?.(db, { ...where, projectId }, those)) ?? new Map();
  return walkBy({ nowOf: () => where.now, factsOf }, journeys, runs);
}

/** When passages are looked at, and what is known of them then. */
export interface WalkGround {
  nowOf(run: Run): Date;
  factsOf(tile: Tile, runs: readonly Run[], journey: FollowedJourney): Promise<Facts>;
}

/** The same, where each passage may have an instant of its own. */
export async function walkBy(
  { nowOf, factsOf }: WalkGround,
  journeys: ReadonlyMap<number, FollowedJourney>,
  runs: readonly Run[],
): Promise<Walked[]> {
  const over: Walked[] = [];
  let open = runs.map(
    (run): Walked => ({
      ...{ before: run, run, version: journeys.get(run.journeyId)?.version ?? 0, steps: [], drawn: [] },
      ...{ left: null, stuck: null },
    }),
  );
  while (open.length > 0) {
    const onward: Walked[] = [];
    for (const group of Map.groupBy(
      open,
      ({ run }) => `${run.journeyId} ${run.tile} ${isDone(run.memory)}`,
    ).values()) {
      const first = group[0]!.run;
      const journey = journeys.get(first.journeyId);
      if (!journey) throw new Error(`journey ${first.journeyId} is not published`);
      const tile = journey.tiles.get(first.tile);
      const facts: Facts =
        tile?.facts && !isToAct(tile, first)
          ? await factsOf(
              tile,
              group.map(({ run }) => run),
              journey,
            )
          : new Map();
      for (const each of group) {
        const now = nowOf(each.run);
        const step = stepOf(journey, tile, each.run, facts.get(each.run.id), now);
        (take(journey, each, step, now) ? onward : over).push(each);
      }
    }
    open = onward;
  }
  return over;
}

/** Whether somebody was due while the journey was held, of whom those leave whose time came. Pure. */
const isOverdue = ({ overdue, wasHeld }: FollowedJourney, { wakeAt }: Run): boolean =>
  overdue === 'leave' &&
  wasHeld !== null &&
  wakeAt !== null &&
  wakeAt >= wasHeld.from &&
  wakeAt < wasHeld.until;

/** Whether somebody waits at a tile for its deed. Pure. */
export const isToAct = (tile: Tile, { memory }: Run): boolean => tile.act !== undefined && !isDone(memory);

/** What somebody does next. Pure. */
function stepOf(
  journey: FollowedJourney,
  tile: Tile | undefined,
  run: Run,
  fact: unknown,
  now: Date,
): Step | 'acts' {
  if (now.getTime() >= lifeEnd(journey, run).getTime()) return { leave: 'expired' };
  if (!tile) return { leave: 'journeyChanged' };
  if (isToAct(tile, run)) return 'acts';
  const step = tile.step(run, fact, now);
  // What was waited for and came ends no time: whoever did it goes on by it.
  const endsByTime = tile.takesTime && 'go' in step && step.isHeard !== true;
  return endsByTime && isOverdue(journey, run) ? { leave: 'expiredWhilePaused' } : step;
}

const lifeEnd = ({ longestLifeMs }: FollowedJourney, { enteredAt }: Run): Date =>
  new Date(enteredAt.getTime() + longestLifeMs);

/** Takes a step; true where the next one can be taken at once. */
function take(journey: FollowedJourney, walked: Walked, step: Step | 'acts', now: Date): boolean {
  const { run } = walked;
  if (step === 'acts') {
    walked.run = { ...run, wakeAt: now, hears: [] };
    return false;
  }
  const seen = step.seen === undefined ? {} : { seen: step.seen };
  if ('leave' in step) {
    walked.left = { reason: step.leave, detail: step.detail ?? null };
    walked.steps.push({ tile: run.tile, way: null, left: step.leave, ...seen });
    return false;
  }
  if ('stay' in step) {
    const latest = lifeEnd(journey, run);
    const wakeAt = step.stay === null || step.stay > latest ? latest : step.stay;
    if (isFresh(run)) walked.steps.push({ tile: run.tile, way: null, until: step.stay, ...seen });
    walked.run = { ...run, wakeAt, hears: step.hears, memory: { ...run.memory, ...step.memory } };
    return false;
  }
  const onward = journey.tiles.get(run.tile)?.ways.get(step.go);
  if (onward === undefined) throw new Error(`tile ${run.tile} has no way ${step.go}`);
  walked.steps.push({ tile: run.tile, way: step.go, to: onward, ...seen });
  if (step.holds) walked.drawn.push({ tile: run.tile, way: step.go });
  if (onward === end) {
    walked.left = { reason: 'finished', detail: null };
    return false;
  }
  return arrive(walked, onward, step.data, now);
}

/** Comes to a tile; false where somebody goes in circles, and waits for who looks at it. */
function arrive(walked: Walked, tile: string, found: Run['data'] | undefined, now: Date): boolean {
  const { run } = walked;
  const isSameMinute = now.getTime() - run.passedSince.getTime() < minuteMs;
  const passed = isSameMinute ? run.passed + 1 : 1;
  const passedSince = isSameMinute ? run.passedSince : now;
  const data = found ? { ...run.data, ...found } : run.data;
  walked.run = {
    ...run,
    tile,
    arrivedAt: now,
    wakeAt: now,
    hears: [],
    memory: {},
    data,
    passed,
    passedSince,
  };
  if (passed <= mostPassed) return true;
  walked.run = { ...walked.run, wakeAt: null };
  walked.stuck = `passed ${mostPassed} tiles within a minute: it goes in circles`;
  return false;
}

/** Whether somebody is looked at here for the first time. */
const isFresh = ({ hears, wakeAt, arrivedAt, memory }: Run): boolean =>
  hears.length === 0 && (isDone(memory) || (wakeAt !== null && wakeAt.getTime() <= arrivedAt.getTime()));
