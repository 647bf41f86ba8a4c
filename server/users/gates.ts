import type { Database } from '../database/connect.ts';
import { closeLaneGate } from '../lanes/lane-gate.ts';
import { retrying } from './try-again.ts';

/** Thrown inside a transaction that is about to end consent in lanes whose gates it has not closed. */
class GatesNeeded extends Error {
  readonly lanes: readonly number[];

  constructor(lanes: readonly number[]) {
    super('consent ends in lanes whose gates are open');
    this.lanes = lanes;
  }
}

/** The lanes whose gates a transaction has closed. */
export type ClosedGates = ReadonlySet<number>;

/**
 * Runs a transaction that may end consent, so that no message that was looked at before its commit leaves after it
 * (`closeLaneGate`). Gates must be closed before users' rows are locked, and few changes end consent: so `work` begins
 * with those of `lanes` alone, and where it asks for more by `requireGates` it is rolled back and begun anew with
 * them. Lost races are run again (`retrying`).
 */
export async function endingConsent<Result>(
  db: Database,
  lanes: Iterable<number>,
  work: (transaction: Database, gates: ClosedGates) => Promise<Result>,
): Promise<Result> {
  const gates = new Set(lanes);
  for (;;) {
    try {
      return await retrying(() =>
        db.transaction().execute(async (transaction) => {
          for (const lane of [...gates].sort((a, b) => a - b)) await closeLaneGate(transaction, lane);
          return work(transaction, gates);
        }),
      );
    } catch (error) {
      if (!(error instanceof GatesNeeded)) throw error;
      for (const lane of error.lanes) gates.add(lane);
    }
  }
}

/** To be called before the commit of a change that ends consent in these lanes. */
export function requireGates(gates: ClosedGates, lanes: Iterable<number>): void {
  const open = [...new Set(lanes)].filter((lane) => !gates.has(lane));
  if (open.length > 0) throw new GatesNeeded(open);
}
