import type { Target } from './target.ts';

/** One thing that somebody might try, and what must hold whatever they try. */
export interface Attack {
  /** Short, for the table and for the command line. */
  name: string;
  holds: string;
  /** What has to be there first, and is none of the attack's work. */
  prepare?(target: Target): Promise<void>;
  /** Tries it; says what did not hold, a line each. Throws `NotTried` where the target has no such thing. */
  run(target: Target): Promise<string[]>;
}

/** The target lacks what an attack needs, such as a simulator. */
export class NotTried extends Error {}

/** What came of an attack. */
export interface Outcome {
  attack: Attack;
  /** What did not hold; null when it was not tried. */
  faults: string[] | null;
  /** Why it was not tried. */
  reason: string;
  /** The longest that `/healthz` took meanwhile, in milliseconds. */
  worstHealthMs: number;
  seconds: number;
}
