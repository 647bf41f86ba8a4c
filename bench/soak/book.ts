import { say } from '../progress.ts';

/** Somebody of the soak. */
export interface SoakPerson {
  email: string;
  phone: string;
}

/** A blast, as it was asked for. */
export interface SoakBlast {
  campaignId: number;
  /** People on its lists when it was launched. */
  audience: number;
  isFinished: boolean;
}

/** All that was asked of the program and taken with a 2xx, and all that went wrong. */
export interface Book {
  people: SoakPerson[];
  lists: number[];
  blasts: SoakBlast[];
  /** Ids of the messages of the codes that were asked for. */
  codes: Set<string>;
  /** When the STOP of a number was answered, ms since 1970. */
  stopped: Map<string, number>;
  counts: Record<'texts' | 'imports' | 'kills' | 'cuts' | 'told', number>;
  faults: string[];
  /** Notes something that must not be; said at once, each once. */
  wrong(fault: string): void;
}

export function openBook(): Book {
  const faults: string[] = [];
  return {
    ...{ people: [], lists: [], blasts: [], codes: new Set(), stopped: new Map(), faults },
    counts: { texts: 0, imports: 0, kills: 0, cuts: 0, told: 0 },
    wrong: (fault) => {
      if (faults.includes(fault)) return;
      faults.push(fault);
      say(`WRONG: ${fault}`);
    },
  };
}
