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

/** Something of a project that a document names: a list, a template. */
export interface Thing {
  kind: string;
  id: number;
}

/** Where the ids of things stand in a document. */
export interface IdPlaces {
  /** What stands in fields of these names: an id or several. */
  fields: Readonly<Record<string, string>>;
  /** Within fields of these names what `id` and `ids` mean. */
  within: Readonly<Record<string, string>>;
  /** Fields whose ids are of what has no name that tells it from all others. */
  nameless: ReadonlySet<string>;
  /** Fields whose values are people's own data, whatever the names in them. */
  opaque: ReadonlySet<string>;
  /** Fields whose own fields bear names that somebody gave them (tiles by their ids), and mean nothing by these. */
  named: ReadonlySet<string>;
}

/** Where ids stand in definitions. */
export const idsInDefinitions: IdPlaces = {
  fields: {
    channelId: 'channel',
    channelIds: 'channel',
    messageTypeId: 'messageType',
    messageTypeIds: 'messageType',
  },
  within: { list: 'list', segment: 'segment' },
  nameless: new Set(['campaignIds', 'templateIds']),
  opaque: new Set(),
  named: new Set(),
};

/** Looks at each id in a document, and puts in its place what `idOf` says. Pure. @throws what `idOf` and `onNameless` throw. */
export function withIds(
  document: unknown,
  places: IdPlaces,
  idOf: (thing: Thing, place: string) => number,
  onNameless: (place: string) => void,
  place: string,
  within: string | null = null,
): unknown {
  const inner = (value: unknown, at: string, kind: string | null) =>
    withIds(value, places, idOf, onNameless, at, kind);
  if (Array.isArray(document)) return document.map((part, index) => inner(part, `${place}.${index}`, within));
  if (!isObject(document)) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => {
      const at = `${place}.${name}`;
      if (places.opaque.has(name)) return [name, value];
      if (places.nameless.has(name)) {
        onNameless(at);
        return [name, value];
      }
      if (places.named.has(name) && isObject(value))
        return [
          name,
          Object.fromEntries(
            Object.entries(value).map(([each, part]) => [each, inner(part, `${at}.${each}`, null)]),
          ),
        ];
      const kind = own(places.fields, name) ?? (name === 'id' || name === 'ids' ? within : null);
      if (!kind) return [name, inner(value, at, own(places.within, name))];
      const renumbered = (id: unknown) => (typeof id === 'number' ? idOf({ kind, id }, at) : id);
      return [name, Array.isArray(value) ? value.map(renumbered) : renumbered(value)];
    }),
  );
}

const own = (kinds: IdPlaces['fields'], name: string): string | null =>
  Object.hasOwn(kinds, name) ? (kinds[name] ?? null) : null;

/**
 * A document of a file with the ids that things of these names have here. Pure.
 * @throws ApiError for an id that the file has no name for, that is not here or here twice, or whose number nothing else tells.
 */
export function withIdsOf(
  document: unknown,
  places: IdPlaces,
  names: Readonly<Record<string, string>>,
  known: readonly (Thing & { name: string })[],
  place = 'definition',
): unknown {
  return withIds(
    document,
    places,
    ({ kind, id }, at) => {
      const text = `${kind}:${id}`;
      const name = Object.hasOwn(names, text) ? names[text] : undefined;
      if (name === undefined)
        throw refuse(at, `has ${kind} ${id}, which names does not tell; add "${text}" to it`);
      const [only, ...more] = known.filter((each) => each.kind === kind && each.name === name);
      if (only && more.length === 0) return only.id;
      throw refuse(
        at,
        `means the ${kind} “${name}”, ${only ? 'of which there are several here; rename all but one' : 'which is not here; make it, or name another in names'}`,
      );
    },
    (at) => {
      throw refuse(
        at,
        'has numbers that mean others here; take them out of the file, and add those that are meant afterwards',
      );
    },
    place,
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
