import type { OutsideAnswer, OutsideCall } from '../../content/feeds/ask-feed.ts';
import { mostAtOnce } from '../../content/feeds/feed-reader.ts';
import type { Context } from '../../http/context.ts';
import { journeysFlowName } from '../flow-name.ts';
import type { Memory } from '../runs/run.ts';
import { isAwaited, type VisitAnswer, writeAnswers } from './answers.sql.ts';

declare module '../../http/context.ts' {
  interface Context {
    webhookCalls: WebhookCalls;
  }
}

/** A call for a visit of a tile. */
export interface VisitCall {
  projectId: number;
  lane: number;
  runId: number;
  visit: string;
  call: OutsideCall;
  /** Which try of the visit it is, from 1 on. */
  attempt: number;
  /** What the tile is to remember of the answer, and how long after it the passage is looked at again, in ms. */
  read(answer: OutsideAnswer): { memory: Memory; afterMs: number };
}

/** Calls of journeys that are under way. A process has one. */
export interface WebhookCalls {
  /** How many more calls of a project to the host of an address may be begun now; however many one project makes, there is room for another. */
  room(projectId: number, url: string): number;
  /** When whoever found no room asks again: each a moment after the one before, so that few ask at a time however many wait. */
  comeAgainAt(projectId: number, url: string): Date;
  /** How long it may take until what the so-many-th call of a project from now on to this host comes to is written, in ms: after it the call is taken for lost. */
  leaseMs(projectId: number, url: string, place: number, timeoutMs: number): number;
  /** Makes calls beside whoever asks, who keeps no connection for them: each answer is written to its passage, which then goes on. */
  begin(calls: readonly VisitCall[]): void;
  /** What fails from now on was cut off by the end of the process, and is no try. */
  close(): void;
  /** Resolves when none is under way and all answers are written. */
  idle(): Promise<void>;
}

/** Calls that wait or are under way, and those of a project to one host: one that does not answer leaves room for the others. */
const mostUnderWay = { all: 1_500, toHost: 500 };
/** For what is done between a call and its answer's row, in ms. */
const marginMs = 15_000;
/** After so long there may be room again, in ms, and so long after the one before each asks: as fast as a host can be called at all. */
const again = { afterMs: 2_000, apartMs: 4 };
const hostOf = (url: string): string => URL.parse(url)?.origin ?? '';

/** None under way. */
export function openWebhookCalls({
  db,
  clock,
  feeds,
  wake,
  log,
}: Pick<Context, 'db' | 'clock' | 'feeds' | 'wake' | 'log'>): WebhookCalls {
  const underWay = new Set<Promise<void>>();
  /** By project and host: how many calls, how long they take at the most, in ms, and when the last of those who found no room asks again. */
  const places = new Map<
    string,
    { projectId: number; host: string; calls: number; ms: number; lastAt: number }
  >();
  const known = (projectId: number, url: string) => {
    const host = hostOf(url);
    return places.get(`${projectId} ${host}`) ?? { projectId, host, calls: 0, ms: 0, lastAt: 0 };
  };
  const keepKnown = (place: ReturnType<typeof known>): void => {
    const key = `${place.projectId} ${place.host}`;
    if (place.calls === 0 && place.lastAt <= clock.now().getTime()) places.delete(key);
    else places.set(key, place);
  };
  const count = (projectId: number, { url, timeoutMs }: OutsideCall, by: 1 | -1): void => {
    const { calls, ms, ...place } = known(projectId, url);
    keepKnown({ ...place, calls: calls + by, ms: ms + by * timeoutMs });
  };
  const sumOf = (which: (place: ReturnType<typeof known>) => boolean): number =>
    [...places.values()].reduce((sum, place) => sum + (which(place) ? place.calls : 0), 0);
  let answered: (VisitAnswer & { lane: number })[] = [];
  let writing: Promise<void> | null = null;
  let isClosing = false;
  /** One that cannot be kept takes no other with it: the lease of its visit ends, and it is called again under the same key. */
  const keep = async (lane: number, answers: readonly VisitAnswer[]): Promise<void> => {
    try {
      await writeAnswers(db, lane, answers);
    } catch (error) {
      if (answers.length > 1) for (const each of answers) await keep(lane, [each]);
      else log.error({ err: error, lane, run: answers[0]?.runId }, 'what a call came to could not be kept');
    }
  };
  // All that have come in meanwhile are one statement a lane.
  const write = async () => {
    while (answered.length > 0) {
      const batch = answered;
      answered = [];
      for (const [lane, ofLane] of Map.groupBy(batch, (each) => each.lane)) {
        await keep(lane, ofLane);
        wake([{ flow: journeysFlowName, lane, due: 0 }]);
      }
    }
  };
  const make = async ({ projectId, lane, runId, visit, call, attempt, read }: VisitCall) => {
    // Who has left meanwhile is not told of any more, and of a held journey nothing leaves.
    const answer = await feeds.call(hostOf(call.url), projectId, call, () =>
      isAwaited(db, lane, runId, visit),
    );
    const isNoTry = answer === null || (isClosing && 'fault' in answer);
    const { memory, afterMs } = isNoTry
      ? { memory: { until: 0, attempts: attempt - 1 }, afterMs: 0 }
      : read(answer);
    answered.push({ lane, runId, visit, attempt, memory, wakeAt: new Date(clock.now().getTime() + afterMs) });
    writing ??= write().finally(() => {
      writing = null;
    });
    await writing;
  };
  return {
    close: () => {
      isClosing = true;
    },
    room: (projectId, url) => {
      const free = mostUnderWay.all - underWay.size;
      const own = sumOf((place) => place.projectId === projectId);
      // A project has no more than it leaves free: the next one finds as much, and the one after half of that.
      const fair = Math.floor((free - own) / 2);
      return Math.max(0, Math.min(fair, mostUnderWay.toHost - known(projectId, url).calls));
    },
    comeAgainAt: (projectId, url) => {
      const place = known(projectId, url);
      const lastAt = Math.max(place.lastAt + again.apartMs, clock.now().getTime() + again.afterMs);
      keepKnown({ ...place, lastAt });
      return new Date(lastAt);
    },
    // As if none of them were answered, and each of the others who call there came before each of its own.
    leaseMs: (projectId, url, place, timeoutMs) => {
      const others = [...places.values()].filter(
        (each) => each.host === hostOf(url) && each.projectId !== projectId && each.calls > 0,
      ).length;
      const own = known(projectId, url).ms + place * timeoutMs;
      return Math.ceil((own * (others + 1)) / mostAtOnce) + timeoutMs + marginMs;
    },
    begin: (calls) => {
      for (const each of calls) {
        count(each.projectId, each.call, 1);
        const made = make(each)
          .catch((error: unknown) => {
            log.error(
              { err: error, lane: each.lane, run: each.runId },
              'what a call came to could not be kept',
            );
          })
          .finally(() => {
            underWay.delete(made);
            count(each.projectId, each.call, -1);
          });
        underWay.add(made);
      }
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
