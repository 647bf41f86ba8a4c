import { type RawBuilder, sql } from 'kysely';
import type { ItemFieldType } from './item-field-types.ts';

/** The text of what stands at a path of an item's value; null where there is nothing. */
export const fieldText = (value: RawBuilder<unknown>, path: string): RawBuilder<string | null> =>
  sql`(${value} #>> ${path.split('.')}::text[])`;

/**
 * A text as what it is put in order by: a number, an instant, or itself. Null for what is none, as it may stand in items that
 * were there before the field had a type.
 */
export function sortable(type: ItemFieldType, text: RawBuilder<string | null>): RawBuilder<unknown> {
  switch (type) {
    case 'double':
    case 'long':
      return sql`(CASE WHEN ${text} ~ ${numberText} THEN ${text}::numeric END)`;
    default:
      return sql`(${text} COLLATE "C")`;
  }
}

/** A number as JSON has it, in the digits that a number of ours can have. */
const numberText = '^-?[0-9]{1,25}(\\.[0-9]{1,25})?([eE][-+]?[0-9]{1,2})?$';
