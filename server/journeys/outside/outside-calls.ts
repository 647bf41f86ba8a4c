import type { OutsideAnswer, OutsideCall } from '../../content/feeds/ask-feed.ts';
import { mostAtOnce } from '../../content/feeds/feed-reader.ts';
import type { Context } from '../../http/context.ts';
import { journeysFlowName } from '../flow-name.ts';
import type { Memory } from '../runs/run.ts';
import { type VisitAnswer, writeAnswers } from './answers.sql.ts';

declare module '../../http/context.ts' {
  interface Context {
    outsideCalls: OutsideCalls;
  }
}

/** A call for a visit of a tile. */
export interface VisitCall {
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
export interface OutsideCalls {
  /** How many more may be begun now. */
  room(): number;
  /** How long it may take until what the so-many-th call from now on comes to is written, in ms: after it the call is taken for lost. */
  leaseMs(place: number, timeoutMs: number): number;
  /** Makes calls beside whoever asks, who keeps no connection for them: each answer is written to its passage, which then goes on. */
  begin(calls: readonly VisitCall[]): void;
  /** What fails from now on was cut off by the end of the process, and is no try. */
  close(): void;
  /** Resolves when none is under way and all answers are written. */
  idle(): Promise<void>;
}

/** Calls that wait or are under way. */
const mostUnderWay = 500;
/** For what is done between a call and its answer's row, in ms. */
const marginMs = 15_000;

/** None under way. */
export function openOutsideCalls({
  db,
  clock,
  feeds,
  wake,
  log,
}: Pick<Context, 'db' | 'clock' | 'feeds' | 'wake' | 'log'>): OutsideCalls {
  const underWay = new Set<Promise<void>>();
  let answered: (VisitAnswer & { lane: number })[] = [];
  let writing: Promise<void> | null = null;
  let isClosing = false;
  // All that have come in meanwhile are one statement a lane.
  const write = async () => {
    while (answered.length > 0) {
      const batch = answered;
      answered = [];
      for (const [lane, ofLane] of Map.groupBy(batch, (each) => each.lane)) {
        await writeAnswers(db, lane, ofLane);
        wake([{ flow: journeysFlowName, lane, due: 0 }]);
      }
    }
  };
  const make = async ({ lane, runId, visit, call, attempt, read }: VisitCall) => {
    const answer = await feeds.call(URL.parse(call.url)?.origin ?? '', call);
    const isCut = isClosing && 'fault' in answer;
    const { memory, afterMs } = isCut
      ? { memory: { until: 0, attempts: attempt - 1 }, afterMs: 0 }
      : read(answer);
    answered.push({ lane, runId, visit, memory, wakeAt: new Date(clock.now().getTime() + afterMs) });
    writing ??= write().finally(() => {
      writing = null;
    });
    await writing;
  };
  return {
    close: () => {
      isClosing = true;
    },
    room: () => mostUnderWay - underWay.size,
    // As if all of them led to one place, and none of them was answered.
    leaseMs: (place, timeoutMs) =>
      (Math.ceil((underWay.size + place) / mostAtOnce) + 1) * timeoutMs + marginMs,
    begin: (calls) => {
      for (const each of calls) {
        const made = make(each)
          .catch((error: unknown) => {
            // The visit's lease ends, and it is called again under the same key.
            log.error(
              { err: error, lane: each.lane, run: each.runId },
              'what a call came to could not be kept',
            );
          })
          .finally(() => underWay.delete(made));
        underWay.add(made);
      }
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
