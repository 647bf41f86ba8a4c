import type { Logger } from 'pino';
import type { EntryDraft, LedgerEntry, WireName } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Attempts } from './attempts.ts';
import type { Behaviour, Behaviours } from './behaviour.ts';
import { drawError, within } from './behaviour.ts';
import type { Callbacks } from './callbacks.ts';
import type { Pace } from './pace.ts';
import type { Registry } from './registry.ts';
import type { Schedule } from './schedule.ts';

/** The carrier network: what all wires and the control API stand on. */
export interface Network {
  /** Names this start of the program; another after each restart. */
  start: string;
  /** Where the mail server listens. */
  smtpPort: number;
  ledger: Ledger;
  behaviours: Behaviours;
  registry: Registry;
  attempts: Attempts;
  pace: Pace;
  callbacks: Callbacks;
  /** Receipts to come; emptied with the ledger. */
  receipts: Schedule;
  /** Answers held back by latency, reviews of templates, messages scheduled for later. */
  schedule: Schedule;
  /** A new id: `prefix` and 32 hexadecimal digits, never given before. */
  newId(prefix: string): string;
  now(): number;
  random(): number;
  log: Logger;
}

/** A post for which the network has no room, or the error that its behaviour draws. */
export type Verdict = { pass: true } | { pass: false; cause: 'rate' | number };

/**
 * Decides by behaviour and pace whether a post goes through: `rate` for too many, a code for a drawn error that
 * `answeredAtOnce` says is told in the answer.
 */
export function judge(
  network: Network,
  behaviour: Behaviour,
  from: string,
  drawn: number | null,
  answeredAtOnce: (code: number) => boolean,
): Verdict {
  if (behaviour.rateAnswers > 0 && network.random() < behaviour.rateAnswers)
    return { pass: false, cause: 'rate' };
  if (behaviour.mps !== null && !network.pace.take(from, behaviour.mps, network.now()))
    return { pass: false, cause: 'rate' };
  return drawn !== null && answeredAtOnce(drawn) ? { pass: false, cause: drawn } : { pass: true };
}

/** The error this message meets, if any. */
export function drawFor(network: Network, behaviour: Behaviour, wire: WireName): number | null {
  return drawError(behaviour.errors, wire, network.random);
}

/** Runs `answer` after the behaviour's latency; at once when there is none. */
export function afterLatency(network: Network, behaviour: Behaviour, answer: () => void): void {
  if (behaviour.latencyMs.max === 0) answer();
  else network.schedule.after(within(behaviour.latencyMs, network.random), answer);
}

/** One step of a message's fate: a status, when, and the error that goes with it. */
export interface ReceiptStep {
  status: string;
  delayMs: number;
  errorCode?: number;
}

/**
 * Plays a message's fate: each step raises the status in the ledger and calls `tell`, by the behaviour twice,
 * in reverse order, or never. A message that the ledger has forgotten has none.
 */
export function playReceipts(
  network: Network,
  behaviour: Behaviour,
  entry: LedgerEntry,
  steps: ReceiptStep[],
  tell: (step: ReceiptStep) => void,
): void {
  const { random, receipts, ledger } = network;
  if (ledger.get(entry.id) !== entry) return;
  const lost = behaviour.loss > 0 && random() < behaviour.loss;
  const reversed = behaviour.outOfOrder > 0 && random() < behaviour.outOfOrder;
  const last = steps.length - 1;
  for (let place = 0; place <= last; place += 1) {
    const step = steps[place]!;
    if (lost && step.status !== 'sent') continue;
    const told = reversed ? steps[last - place]! : step;
    receipts.after(step.delayMs, () => {
      ledger.setStatus(entry, step.status, step.errorCode);
      if (lost) return;
      tell(told);
      if (behaviour.duplicates > 0 && random() < behaviour.duplicates)
        receipts.after(within(behaviour.receiptDelayMs, random), () => tell(told));
    });
  }
}

/** Puts an entry of the network's own, or of a handset, into the ledger. */
export function record<T extends EntryDraft>(network: Network, draft: T): LedgerEntry & { wire: T['wire'] } {
  const { entry, taken } = network.ledger.append(draft);
  taken.catch((error) => network.log.error({ err: error }, 'ledger not written'));
  return entry;
}

/** Counts a refused post. */
export function refuse(network: Network, wire: WireName, from: string, to: string, code: number): void {
  network.attempts.add({ wire, from, to, code });
}
