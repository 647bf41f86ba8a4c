import type { ReadingGround } from '../leaf-kind.ts';
import { refuse } from '../leaf-kind.ts';
import { type Conditions, readConditions } from '../values/conditions.ts';
import { withExamples } from './person-fields.ts';

/** What conditions of items are read by: they name no segments, and are no more than a segment's. */
function groundOf(timeZone: string): ReadingGround {
  let left = 100;
  return {
    timeZone,
    count: (conditions, place) => {
      left -= conditions;
      if (left < 0) throw refuse(place, 'comes to more than 100 conditions; take some out');
    },
    segment: (_id, place) => {
      throw refuse(place, 'names a segment, of which an item is never; take it out');
    },
  };
}

/** Reads conditions of items, all values there. @throws ApiError naming the place. */
export function readItemConditions(conditions: unknown, timeZone: string): Conditions {
  const read = readConditions(conditions, 'where', groundOf(timeZone));
  if (read.asksPerson)
    throw refuse('where', 'asks for the zone of the person, of whom an item knows nothing; name a zone');
  return read;
}

/** Reads conditions in which fields of the person may stand for values. @throws ApiError naming the place. */
export const checkItemConditions = (conditions: unknown, timeZone: string): Conditions =>
  readItemConditions(withExamples(conditions), timeZone);
