import { type Static, Type } from 'typebox';
import { type Names, type Reference, referenceText, refuse } from './leaf-kind.ts';
import { isObject } from './values/group.ts';

/** A segment as a file: what its definition names is named in it, so that it can be read where ids are others. */
export const segmentFile = Type.Object({
  format: Type.Literal('carillon-segment-1'),
  name: Type.String({ minLength: 1, maxLength: 255 }),
  description: Type.Optional(Type.String({ maxLength: 2_000 })),
  sentence: Type.Optional(
    Type.String({ description: 'What the definition means, for who reads the file; not read' }),
  ),
  definition: Type.Record(Type.String(), Type.Unknown()),
  names: Type.Record(Type.String(), Type.String(), {
    description:
      'What lists, segments, channels and message types are called whose ids it has: { "list:7": "Regulars" }',
  }),
});

/** A segment as a file. Pure. */
export const fileOf = (
  { name, description }: { name: string; description: string | null },
  sentence: string,
  definition: Record<string, unknown>,
  refersTo: readonly Reference[],
  names: Names,
): Static<typeof segmentFile> => ({
  format: 'carillon-segment-1',
  name,
  ...(description !== null && { description }),
  ...{ sentence, definition },
  names: Object.fromEntries(
    refersTo.map(referenceText).flatMap((each) => {
      const called = names.get(each);
      return called === undefined ? [] : [[each, called]];
    }),
  ),
});

/** Where ids stand in definitions, by the name of the field; `ids` and `id` mean what the condition around them does. */
const kindOfField: Readonly<Record<string, Reference['kind']>> = {
  channelId: 'channel',
  channelIds: 'channel',
  messageTypeId: 'messageType',
  messageTypeIds: 'messageType',
};
const kindOfCondition: Readonly<Record<string, Reference['kind']>> = { list: 'list', segment: 'segment' };
/** Ids of what has no name that tells it from all others. */
const nameless: ReadonlySet<string> = new Set(['campaignIds', 'templateIds']);

/**
 * A definition of a file with the ids that things of these names have here. Pure.
 * @throws ApiError for an id that the file has no name for, or whose number nothing else tells.
 */
export function withIdsOf(
  definition: unknown,
  idOf: (kind: Reference['kind'], id: number, place: string) => number,
  place = 'definition',
  within: Reference['kind'] | null = null,
): unknown {
  if (Array.isArray(definition))
    return definition.map((part, index) => withIdsOf(part, idOf, `${place}.${index}`, within));
  if (!isObject(definition)) return definition;
  return Object.fromEntries(
    Object.entries(definition).map(([name, value]) => {
      const at = `${place}.${name}`;
      if (nameless.has(name))
        throw refuse(
          at,
          'has numbers that mean others here; take them out of the file, and add those that are meant afterwards',
        );
      const kind = kindOfField[name] ?? (name === 'id' || name === 'ids' ? within : null);
      if (!kind) return [name, withIdsOf(value, idOf, at, kindOfCondition[name] ?? null)];
      const renumbered = (id: unknown) => (typeof id === 'number' ? idOf(kind, id, at) : id);
      return [name, Array.isArray(value) ? value.map(renumbered) : renumbered(value)];
    }),
  );
}

/** One place at which two definitions differ; absent where there is nothing. */
export const changeAnswer = Type.Object({
  place: Type.String(),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});

/** Where two definitions differ, the outermost place that tells it. Pure. */
export function changesBetween(
  before: unknown,
  after: unknown,
  place = 'definition',
): Static<typeof changeAnswer>[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, next] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])];
  const isAlike =
    old &&
    next &&
    Array.isArray(before) === Array.isArray(after) &&
    names.some((name) => name in old && name in next);
  if (!isAlike)
    return [{ place, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  return names.flatMap((name) => changesBetween(old[name], next[name], `${place}.${name}`));
}

const partsOf = (value: unknown): Record<string, unknown> | null =>
  Array.isArray(value) || isObject(value) ? { ...value } : null;

/** What a file calls a thing. */
export const nameInFile = (file: Static<typeof segmentFile>, reference: Reference): string | undefined =>
  file.names[referenceText(reference)];
