import type Handlebars from 'handlebars';
import { pending, type Wanted } from '../../lookups/lookup.ts';
import { renderLimits } from '../render-limits.ts';
import { budgetOf, HelperFault } from './helper.ts';

/** What was found; `pending` where it was not read yet, and what is made meanwhile is thrown away. */
export type Found = { pending: true } | { pending: false; value: unknown };

/**
 * Looks something up for a message.
 * @throws HelperFault where it has asked for more than it may.
 */
export function lookUp(options: Handlebars.HelperOptions, wanted: Wanted): Found {
  const { work, lookUp: read } = budgetOf(options);
  work.lookups ??= new Set();
  work.lookups.add(nameOf(wanted));
  if (work.lookups.size > renderLimits.lookups)
    throw new HelperFault(
      `${wanted.of}: the message looks up more than ${renderLimits.lookups} things for this person; ask for fewer, or keep what belongs together in one`,
    );
  const value = read(wanted);
  return value === pending ? { pending: true } : { pending: false, value };
}

function nameOf(wanted: Wanted): string {
  switch (wanted.of) {
    case 'metadata':
      return JSON.stringify([wanted.of, wanted.table, wanted.key]);
    case 'catalog':
      return JSON.stringify([wanted.of, wanted.catalog, wanted.itemId]);
    case 'catalogCollection':
      return JSON.stringify([wanted.of, wanted.collection, wanted.values]);
  }
}
