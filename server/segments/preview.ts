import { listChannels } from '../consent/channels.sql.ts';
import type { Context } from '../http/context.ts';
import { restAfter } from '../lanes/courtesy.ts';
import { laneCount, lanes } from '../lanes/lanes.ts';
import { answerKey } from '../lanes/ongoing-answers.sql.ts';
import { type Begun, type OfPeople, openOngoing } from '../lanes/ongoing-answers.ts';
import { type Between, between, inAll } from './estimate.ts';
import type { Asked, Definition } from './leaf-kind.ts';
import { type Reach, type ReachedChannel, reachOfLanes } from './reach.sql.ts';
import { conditionsOf, storedWithin } from './read-definition.ts';
import { tallyLanes } from './tally.sql.ts';

/** So many people are looked at before the first answer; a smaller project is counted to the last. */
const lookedAtOnce = 50_000;
/** Lanes of a first look. */
const firstLanes = 4;
/** Lanes that are counted between two looks whether somebody still wants to know. */
const lanesAtOnce = 4;
/** A little more is not worth telling. */
const growth = 1.2;

/** How many people a definition comes to. Projected where not all are looked at yet. */
export interface SegmentCount {
  count: number;
  /** Where the true number lies. */
  countBetween: Between;
  isCounted: boolean;
  /** People looked at. */
  judged: number;
  /** All people of the project. */
  people: number;
  /** How many each condition holds of, alone, in the order in which they stand. */
  each: { count: number; countBetween: Between }[];
  /** How long it takes to ask it of everybody, one lane after the other, in ms: as it took so far. */
  askedMs: number;
  /** How many may be written to in each channel, and why the others not. */
  reach: { channelId: number; people: Partial<Record<Reach, number>> }[];
}

/** What is counted so far. */
interface Sums {
  lanes: number;
  people: number;
  matching: number;
  each: number[];
  ms: number;
  reach: Map<number, Partial<Record<Reach, number>>>;
}

/**
 * Counts of definitions. The first comes at once, of lanes that stand for all where people are many, and becomes exact while it is
 * asked for again and again (`openOngoing`), as of the instant of the first.
 */
export function openCounts(context: Pick<Context, 'db' | 'clock' | 'log'>, atOnce = lookedAtOnce) {
  const { db, clock } = context;
  const ask = openOngoing(context, (json) => json as SegmentCount);

  /** Counts the next lanes, all at once. */
  async function countOn(
    sums: Sums,
    definition: Definition,
    at: Omit<Asked, 'lane'>,
    channels: readonly ReachedChannel[],
    howMany: number,
  ) {
    const next = lanes.slice(sums.lanes, sums.lanes + howMany);
    const begin = performance.now();
    const tallies = await tallyLanes(db, definition, at, next);
    sums.ms += performance.now() - begin;
    const reached = await reachOfLanes(db, definition, at, next, channels);
    sums.lanes += next.length;
    for (const { people, matching, each } of tallies) {
      sums.people += people;
      sums.matching += matching;
      sums.each = sums.each.map((count, index) => count + (each[index] ?? 0));
    }
    for (const { channelId, reach, people } of reached) {
      const known = sums.reach.get(channelId) ?? {};
      sums.reach.set(channelId, { ...known, [reach]: (known[reach] ?? 0) + people });
    }
  }

  async function begin(projectId: number, definition: Definition): Promise<Begun<SegmentCount>> {
    const channels = await listChannels(db, projectId);
    const at = { projectId, now: clock.now(), among: null };
    const sums: Sums = {
      ...{ lanes: 0, people: 0, matching: 0, ms: 0 },
      each: conditionsOf(definition.tree).map(() => 0),
      reach: new Map(channels.map(({ id }) => [id, {}])),
    };
    await countOn(sums, definition, at, channels, firstLanes);
    // As many more as it takes, by what the first ones had.
    const wanted = Math.ceil((atOnce - sums.people) / Math.max(1, sums.people / sums.lanes));
    if (wanted > 0) await countOn(sums, definition, at, channels, wanted);
    async function* rest(): AsyncGenerator<OfPeople<SegmentCount> | null> {
      let told = sums.people;
      while (sums.lanes < laneCount) {
        await restAfter(clock, () => countOn(sums, definition, at, channels, lanesAtOnce));
        const isNews = sums.people >= told * growth || sums.lanes === laneCount;
        if (isNews) told = sums.people;
        yield isNews ? ofPeople(sums) : null;
      }
    }
    return { ...ofPeople(sums), rest: sums.lanes === laneCount ? null : rest };
  }

  return (projectId: number, definition: Definition): Promise<SegmentCount> =>
    ask(answerKey(projectId, ['segment', storedWithin(definition)]), () => begin(projectId, definition));
}

function ofPeople({ lanes: counted, people, matching, each, ms, reach }: Sums): OfPeople<SegmentCount> {
  const part = counted / laneCount;
  const all = (figure: number) => inAll(figure, part);
  const ofReasons = (reasons: Partial<Record<Reach, number>>) =>
    Object.fromEntries(Object.entries(reasons).map(([reason, figure]) => [reason, all(figure)]));
  return {
    judged: people,
    answer: {
      count: all(matching),
      countBetween: between(matching, part),
      isCounted: counted === laneCount,
      judged: people,
      people: all(people),
      each: each.map((found) => ({ count: all(found), countBetween: between(found, part) })),
      askedMs: all(ms),
      reach: [...reach].map(([channelId, reasons]) => ({ channelId, people: ofReasons(reasons) })),
    },
  };
}
