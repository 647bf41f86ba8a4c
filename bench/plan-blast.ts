import type { Purpose } from './ground.ts';
import { lawfulPlaces } from './people.ts';

/** The run must end within the hours of every place it writes to. */
const longestRunMs = 40 * 60_000;
/** Blasts of one run, all within a day: as many promotional messages to each person. */
const blastsARun = 4;

/** East, middle and west of the United States: where nobody's hours are asked after. */
const anyPlace = ['+1212', '+1312', '+1213'];

/** Where the people of blasts are, and as what they are written to. */
export interface Plan {
  /** How their numbers begin. */
  prefixes: readonly string[];
  purpose: Purpose;
  note: string;
}

/** A promotional blast where the law's hours are open throughout the run; a transactional one where they are so nowhere. */
export function planBlast(): Plan {
  const now = new Date();
  const open = lawfulPlaces(now, new Date(now.getTime() + longestRunMs), blastsARun);
  if (open.prefixes.length > 0)
    return {
      prefixes: open.prefixes,
      purpose: 'promotional',
      note: `The blast is promotional, to numbers of ${open.names.join(', ')}, where the law's hours are open now.`,
    };
  return {
    prefixes: anyPlace,
    purpose: 'transactional',
    note: 'No place of ours is within its lawful hours now, so the blast is TRANSACTIONAL and asks less of the program than a promotional one.',
  };
}
