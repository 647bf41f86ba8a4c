import { sql } from 'kysely';
import { rowId } from '../../http/schemas.ts';
import { leafKind, type Reference, strict } from '../leaf-kind.ts';
import { groupsWithin } from '../read-definition.ts';
import { nameOf } from '../words.ts';

const schema = strict({ id: rowId }, 'Being of another segment, as that is defined when it is asked');

/** Groups within one another that a named segment is asked with as if they stood in its place. */
const mostGroups = 8;

/** Being of another segment. */
export const segmentLeaf = leafKind('segment', schema, (leaf, place, ground) => {
  const other = ground.segment(leaf.id, place);
  // PostgreSQL turns groups within groups over and over where they are a WHERE, by many levels without end, but leaves a CASE as it is.
  const isDeep = groupsWithin(other.tree) > mostGroups;
  const reference: Reference = { kind: 'segment', id: leaf.id };
  return {
    stored: leaf,
    refersTo: [reference],
    standsFor: other,
    sentence: (names) => `they are of the segment ${nameOf(reference, names)}`,
    holds: (asked) =>
      isDeep ? sql`(CASE WHEN ${other.holds(asked)} THEN true ELSE false END)` : other.holds(asked),
    flipsAt: (asked) => other.flipsAt(asked),
    hears: other.hears,
    shows: () => sql`NULL::jsonb`,
    remarks: () => [],
  };
});
