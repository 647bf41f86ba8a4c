import { type Static, Type } from 'typebox';
import { type NamedDefinition, sentenceOf } from './ground.ts';
import type { RemarkGround } from './leaf-kind.ts';
import type { LiveState } from './live/live-state.ts';
import { conditionsOf } from './read-definition.ts';
import type { Segment } from './segments.sql.ts';

/** What makes a definition dear, or true of nobody. */
export const remarkAnswer = Type.Array(Type.Object({ place: Type.String(), words: Type.String() }), {
  description: 'What makes it dear, or what may be misspelt; nothing is refused for it',
});

/** A definition as it is answered. */
export const definitionAnswer = Type.Record(Type.String(), Type.Unknown(), {
  description: 'GET /api/segments/schema says what it may hold',
});

/** A segment as it is answered. Instants in ms since 1970. */
export const segmentAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  definition: definitionAnswer,
  sentence: Type.String({
    description: 'The definition in plain English, boundaries and time zones included',
  }),
  live: Type.Boolean({ description: 'Who is of it is kept as it changes, and told' }),
  size: Type.Optional(
    Type.Integer({ description: 'Of a live one: how many are of it, as far as it is filled' }),
  ),
  filling: Type.Optional(
    Type.Object(
      { lanes: Type.Integer(), of: Type.Integer() },
      {
        description:
          'Of a live one that is being filled by its definition: of how many of its parts that is done',
      },
    ),
  ),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
  updatedBy: Type.String(),
});

/** A segment's row with its definition read, and how far it is kept live. */
export function segmentAsAnswer(
  segment: Segment,
  named: NamedDefinition,
  state: LiveState | undefined,
): Static<typeof segmentAnswer> {
  return {
    id: segment.id,
    name: segment.name,
    ...(segment.description !== null && { description: segment.description }),
    definition: plainJson(named.definition.stored),
    sentence: sentenceOf(named),
    live: segment.live,
    ...(segment.live && state && { size: state.size }),
    ...(segment.live && state?.filling && { filling: state.filling }),
    createdAt: segment.created_at.getTime(),
    updatedAt: segment.updated_at.getTime(),
    updatedBy: segment.updated_by,
  };
}

/** What is odd or dear about a definition. */
export const remarksOf = (
  { definition }: NamedDefinition,
  known: RemarkGround,
): Static<typeof remarkAnswer> =>
  conditionsOf(definition.tree).flatMap(({ place, condition }) =>
    condition.remarks(known).map((words) => ({ place, words })),
  );

/** A definition as plain JSON: an object, as all of them are. */
export const plainJson = (stored: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(stored)) as Record<string, unknown>;
