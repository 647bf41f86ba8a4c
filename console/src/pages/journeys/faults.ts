import type { JourneyFault } from '../../api/journeys.ts';

/** What in a journey one can look at beside the canvas. */
export type Selection =
  | { what: 'entry' }
  | { what: 'exits' }
  | { what: 'settings' }
  | { what: 'tile'; id: string };

/** A fault with where it is mended, and its words without that place. */
export interface PlacedFault {
  /** Null for one that is of the whole. */
  at: Selection | null;
  /** Within what is looked at: `branches.0.of`; empty for all of it. */
  field: string;
  fault: string;
}

/** What of the entry stands among the settings. */
const entrySettings = ['lifetime', 'atOnce', 'apart', 'rate', 'oldest', 'holdout'];

/** Where a fault is mended. Pure. */
export function placeOf({ field, fault }: JourneyFault): PlacedFault {
  const steps = field.split('.');
  const [root, part, name] = steps;
  if (root !== 'document') return { at: null, field, fault };
  const rest = (from: number) => steps.slice(from).join('.');
  if (part === 'tiles' && name !== undefined)
    return { at: { what: 'tile', id: name }, field: rest(3), fault };
  if (part === 'entry' && entrySettings.includes(name ?? ''))
    return { at: { what: 'settings' }, field: rest(2), fault };
  if (part === 'entry' || part === 'start') return { at: { what: 'entry' }, field: rest(2), fault };
  if (part === 'exits') return { at: { what: 'exits' }, field: rest(2), fault };
  if (part === 'goal') return { at: { what: 'exits' }, field: rest(1), fault };
  if (['longestLifeDays', 'overdue', 'onOptOut', 'priority'].includes(part ?? ''))
    return { at: { what: 'settings' }, field: rest(1), fault };
  return { at: null, field: rest(1), fault };
}

/** Whether two look at the same. */
export const isSame = (one: Selection | null, other: Selection | null): boolean =>
  one?.what === other?.what && (one?.what !== 'tile' || other?.what !== 'tile' || one.id === other.id);
