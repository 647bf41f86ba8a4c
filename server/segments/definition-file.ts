import { type Static, Type } from 'typebox';
import { ApiError, type Fault, firstFaults } from '../http/errors.ts';
import { callOf, meantPerhaps, thingsCalled } from './called.ts';
import { type NamedThing, type Names, type Reference, referenceText } from './leaf-kind.ts';
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
      'What things are called whose ids it has: { "list:7": "Regulars", "messageType:1": "Marketing (SMS Marketing)" }; in brackets stands what tells one from others of its name',
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
    templateIds: 'template',
    campaignIds: 'campaign',
    journeyId: 'journey',
  },
  within: { list: 'list', segment: 'segment' },
  opaque: new Set(),
  named: new Set(),
};

/** Looks at each id in a document, and puts in its place what `idOf` says. Pure. @throws what that throws. */
export function withIds(
  document: unknown,
  places: IdPlaces,
  idOf: (thing: Thing, place: string) => number,
  place: string,
  within: string | null = null,
): unknown {
  const inner = (value: unknown, at: string, kind: string | null) => withIds(value, places, idOf, at, kind);
  if (Array.isArray(document)) return document.map((part, index) => inner(part, `${place}.${index}`, within));
  if (!isObject(document)) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => {
      const at = `${place}.${name}`;
      if (places.opaque.has(name)) return [name, value];
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

/** What a file names that a project has not, or has several of. */
export interface Lacking extends Fault {
  kind: string;
  /** As `names` of the file has it: `template:7`. */
  reference: string;
  /** Null where the file does not tell it. */
  name: string | null;
  /** There are several of the name. */
  isSeveral: boolean;
  /** What may be meant, each as `names` is to call it. */
  candidates: readonly string[];
}

/** What stands where an id was that means nothing here: no row has it. */
export const noId = 0;

/** Kinds of things, in words. */
const kindWords: Readonly<Record<string, string>> = { messageType: 'message type', pool: 'pool of senders' };

/** A document of a file with the ids that things of these names have here, and 0, or what is told, for each that is lacking. Pure. */
export function foundHere(
  document: unknown,
  places: IdPlaces,
  names: Readonly<Record<string, string>>,
  known: readonly NamedThing[],
  place = 'definition',
  instead = noId,
): { document: unknown; lacking: Lacking[] } {
  const lacking: Lacking[] = [];
  const found = withIds(
    document,
    places,
    (thing, at) => {
      const { kind } = thing;
      const reference = referenceText(thing);
      const word = kindWords[kind] ?? kind;
      const name = Object.hasOwn(names, reference) ? (names[reference] ?? null) : null;
      const meant = name === null ? [] : thingsCalled(known, kind, name);
      const [only, ...more] = meant;
      if (only && more.length === 0) return only.id;
      const candidates = only
        ? meant.map((each) => callOf(each, known))
        : name === null
          ? []
          : meantPerhaps(known, kind, name);
      const listed = candidates.map((each) => `“${each}”`).join(', ');
      const fault =
        thing.id === noId
          ? `is 0, which stands for a ${word} that is yet to be chosen; give it a number, and in names what it is called`
          : name === null
            ? `has ${word} ${thing.id}, which names does not tell; add "${reference}" to it`
            : only
              ? `means the ${word} “${name}”, of which there are ${more.length + 1} here; write into names which is meant: ${listed}`
              : `means the ${word} “${name}”, which is not here; make it, or name another in names${candidates.length > 0 ? `: here is ${listed}` : ''}`;
      lacking.push({
        ...{ kind, reference, name, candidates, fault },
        isSeveral: more.length > 0,
        field: at,
      });
      return instead;
    },
    place,
  );
  return { document: found, lacking };
}

/** The same. @throws ApiError BadParams where anything is lacking. */
export function withIdsOf(...given: Parameters<typeof foundHere>): unknown {
  const { document, lacking } = foundHere(...given);
  const [first] = lacking;
  if (!first) return document;
  throw new ApiError(
    'BadParams',
    `${first.field} ${first.fault}`,
    firstFaults(lacking.map(({ field, fault }) => ({ field, fault }))),
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
