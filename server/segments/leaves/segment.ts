import { sql } from 'kysely';
import { rowId } from '../../http/schemas.ts';
import { leafKind, type Reference, strict } from '../leaf-kind.ts';
import { nameOf } from '../words.ts';

const schema = strict({ id: rowId }, 'Being of another segment, as that is defined when it is asked');

/** Being of another segment. */
export const segmentLeaf = leafKind('segment', schema, (leaf, place, ground) => {
  const other = ground.segment(leaf.id, place);
  const reference: Reference = { kind: 'segment', id: leaf.id };
  return {
    stored: leaf,
    refersTo: [reference],
    standsFor: other,
    sentence: (names) => `they are of the segment ${nameOf(reference, names)}`,
    holds: (asked) => other.holds(asked),
    flipsAt: (asked) => other.flipsAt(asked),
    hears: other.hears,
    shows: () => sql`NULL::jsonb`,
    remarks: () => [],
  };
});
