import { isPart, type Part } from '../segments/definition.ts';

/** A journey's document as it is drawn: it may be half done. */
export interface JourneyDocument {
  readonly entry: Part;
  readonly exits?: readonly Part[];
  readonly start: string;
  readonly tiles: Readonly<Record<string, Part>>;
  readonly [more: string]: unknown;
}

/** The target of a way that ends the journey. */
export const end = 'end';

/** A document to begin with: somebody does something, gets a message, and that is all. */
export const blankJourney: JourneyDocument = {
  entry: { on: { event: { name: '' } } },
  start: 'message',
  tiles: { message: { kind: 'send', next: end } },
};

/** What stands in a draft, made fit to be drawn where parts of it are missing. */
export function asDocument(value: unknown): JourneyDocument {
  const given = isPart(value) ? value : {};
  const tiles = isPart(given.tiles) ? Object.entries(given.tiles) : [];
  return {
    ...given,
    entry: isPart(given.entry) ? given.entry : { on: {} },
    start: typeof given.start === 'string' ? given.start : end,
    tiles: Object.fromEntries(tiles.map(([id, tile]) => [id, isPart(tile) ? tile : {}])),
  };
}

export const kindOf = (tile: Part | undefined): string =>
  typeof tile?.kind === 'string' ? tile.kind : 'unknown';

/** The ways that a kind of tile may have, by its schema. */
export interface WayShape {
  /** Ways that stand in the tile itself: `next`. One that is optional leads where `next` does, unless told. */
  direct: readonly { name: string; isOptional: boolean }[];
  /** Ways that stand in the elements of a list, each of which has a name: `branches`. */
  listed: readonly string[];
}

/** What the schema says of the kinds of something. */
export interface KindSchema {
  description: string;
  /** The names of its fields. */
  fields: readonly string[];
  ways: WayShape;
}

/** The kinds of tiles and of what lets people in, by name, in the order of the schema. */
export interface KindSchemas {
  tiles: ReadonlyMap<string, KindSchema>;
  triggers: ReadonlyMap<string, KindSchema>;
}

const partsIn = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : []);
const isWay = (schema: unknown): boolean => isPart(schema) && schema.title === 'Way';
const namesIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Reads what the published schema of documents says of kinds. */
export function kindSchemasOf(schema: Part): KindSchemas {
  const defs = isPart(schema.$defs) ? schema.$defs : {};
  const choices = (def: unknown) => (isPart(def) ? partsIn(def.anyOf) : []);
  const schemaOf = (of: Part): KindSchema => {
    const fields = isPart(of.properties) ? of.properties : {};
    const required = namesIn(of.required);
    const listed = Object.entries(fields).filter(([, field]) => {
      const items = isPart(field) && isPart(field.items) ? field.items : {};
      return isPart(items.properties) && isWay(items.properties.next);
    });
    return {
      description: String(of.description ?? ''),
      fields: Object.keys(fields),
      ways: {
        direct: Object.entries(fields)
          .filter(([, field]) => isWay(field))
          .map(([name]) => ({ name, isOptional: !required.includes(name) })),
        listed: listed.map(([name]) => name),
      },
    };
  };
  return {
    tiles: new Map(
      choices(defs.tile).map((of) => {
        const kind = isPart(of.properties) && isPart(of.properties.kind) ? of.properties.kind.const : '';
        return [String(kind), schemaOf(of)];
      }),
    ),
    triggers: new Map(
      choices(defs.trigger).flatMap((of) =>
        Object.entries(isPart(of.properties) ? of.properties : {}).map(
          ([name, field]) => [name, schemaOf(isPart(field) ? field : {})] as const,
        ),
      ),
    ),
  };
}

/** A way: out of a tile, or into the journey. */
export interface Way {
  /** The tile that it leads out of; null for the entry. */
  from: string | null;
  /** What counts and reasons call it: `next`, a branch's name. */
  name: string;
  /** Where its target stands in the tile (`['branches', 0, 'next']`), or in the document. */
  path: readonly (string | number)[];
  /** A tile, or `end`. */
  to: string;
  isOptional: boolean;
}

/** What tells a way from all others. */
export const wayId = ({ from, path }: Pick<Way, 'from' | 'path'>): string =>
  `${from ?? ''}>${path.join('.')}`;

const noWays: WayShape = { direct: [], listed: [] };

/** The ways out of a tile, in the order in which they are drawn: branches, then the others. What leads nowhere yet leads to the end. */
export function waysOf(id: string, tile: Part, kinds: KindSchemas): Way[] {
  const { direct, listed } = kinds.tiles.get(kindOf(tile))?.ways ?? noWays;
  return [
    ...listed.flatMap((list) =>
      partsIn(tile[list]).map((branch, index) => ({
        ...{ from: id, name: String(branch.name ?? ''), path: [list, index, 'next'], isOptional: false },
        to: typeof branch.next === 'string' ? branch.next : end,
      })),
    ),
    ...direct.flatMap(({ name, isOptional }) => {
      const to = tile[name];
      if (typeof to !== 'string' && isOptional) return [];
      return [{ from: id, name, path: [name], to: typeof to === 'string' ? to : end, isOptional }];
    }),
  ];
}

/** The way by which people come in. */
export const entryWay = (document: JourneyDocument): Way => ({
  ...{ from: null, name: 'start', path: ['start'], to: document.start, isOptional: false },
});

/** All ways of a document, that of the entry first. */
const allWays = (document: JourneyDocument, kinds: KindSchemas): Way[] => [
  entryWay(document),
  ...Object.entries(document.tiles).flatMap(([id, tile]) => waysOf(id, tile, kinds)),
];

/** Tiles in the order in which people may come to them; those that nobody comes to at the end. */
export function inOrder(document: JourneyDocument, kinds: KindSchemas): string[] {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    const tile = document.tiles[id];
    if (!tile || seen.has(id)) return;
    seen.add(id);
    for (const { to } of waysOf(id, tile, kinds)) visit(to);
  };
  visit(document.start);
  for (const id of Object.keys(document.tiles)) visit(id);
  return [...seen];
}

/** The tiles that people come to. */
function reachedIn(document: JourneyDocument, kinds: KindSchemas): Set<string> {
  const reached = new Set<string>();
  const open = [document.start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const tile = document.tiles[id];
    if (!tile || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(id, tile, kinds).map(({ to }) => to));
  }
  return reached;
}

/** JSON with what stands at a path set. */
function withAt(value: unknown, [step, ...deeper]: readonly (string | number)[], next: unknown): unknown {
  if (step === undefined) return next;
  if (Array.isArray(value)) return value.with(Number(step), withAt(value[Number(step)], deeper, next));
  const part = isPart(value) ? value : {};
  return { ...part, [step]: withAt(part[step], deeper, next) };
}

/** The document with a tile put in the place of another, or added. */
export const withTile = (document: JourneyDocument, id: string, tile: Part): JourneyDocument => ({
  ...document,
  tiles: { ...document.tiles, [id]: tile },
});

/** The document with a way that leads elsewhere. */
export function withTarget(
  document: JourneyDocument,
  way: Pick<Way, 'from' | 'path'>,
  to: string,
): JourneyDocument {
  if (way.from === null) return { ...document, start: to };
  const tile = document.tiles[way.from];
  return tile ? withTile(document, way.from, withAt(tile, way.path, to) as Part) : document;
}

/** The way by which most go on: `next` where there is one, else the first. */
export const mainWay = (ways: readonly Way[]): Way | undefined =>
  ways.find(({ name, path }) => name === 'next' && path.length === 1) ?? ways[0];

/** A name for a new tile that no other has: `wait`, `wait2`. */
export function freshId(document: JourneyDocument, base: string): string {
  const isTaken = (id: string) => id === end || Object.hasOwn(document.tiles, id);
  if (!isTaken(base)) return base;
  const stem = base.replace(/\d+$/, '').slice(0, 50) || 'tile';
  let number = 2;
  while (isTaken(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}

/** The document with a tile put into a way: what the way led to comes after it. */
export function withInserted(
  document: JourneyDocument,
  way: Way,
  id: string,
  tile: Part,
  kinds: KindSchemas,
): JourneyDocument {
  const main = mainWay(waysOf(id, tile, kinds));
  const placed = withTile(document, id, tile);
  const joined = main ? withTarget(placed, main, way.to) : placed;
  return withTarget(joined, way, id);
}

/** What the document is without a tile, and which others nobody comes to any more, which go with it. */
export interface Removal {
  document: JourneyDocument;
  /** The others that go. */
  also: string[];
}

/** Takes a tile away: the ways into it lead where its main way did. Tiles that only its other ways led to go too. */
export function withoutTile(document: JourneyDocument, id: string, kinds: KindSchemas): Removal {
  const before = reachedIn(document, kinds);
  const joined = joinedOver(document, id, kinds);
  const after = reachedIn(joined, kinds);
  const also = Object.keys(joined.tiles).filter((each) => before.has(each) && !after.has(each));
  const tiles = Object.fromEntries(Object.entries(joined.tiles).filter(([each]) => !also.includes(each)));
  return { document: { ...joined, tiles }, also };
}

/** The document in which the ways into a tile lead where its main way did, and it is gone. */
function joinedOver(document: JourneyDocument, id: string, kinds: KindSchemas): JourneyDocument {
  const tile = document.tiles[id];
  if (!tile) return document;
  const onward = mainWay(waysOf(id, tile, kinds))?.to ?? end;
  const to = onward === id ? end : onward;
  const joined = allWays(document, kinds)
    .filter((way) => way.to === id && way.from !== id)
    .reduce((made, way) => withTarget(made, way, to), document);
  const { [id]: _, ...tiles } = joined.tiles;
  return { ...joined, tiles };
}

/** The document with a tile moved into another way; its own other ways stay as they are. */
export function withMoved(
  document: JourneyDocument,
  id: string,
  way: Way,
  kinds: KindSchemas,
): JourneyDocument {
  const tile = document.tiles[id];
  if (!tile || way.from === id || way.to === id) return document;
  const without = joinedOver(document, id, kinds);
  const target = allWays(without, kinds).find((each) => wayId(each) === wayId(way));
  return target ? withInserted(without, target, id, tile, kinds) : document;
}

/** A tile as a copy of it begins: its ways lead to the end, but the main one, which is joined. */
export const asCopy = (tile: Part, kinds: KindSchemas): Part =>
  waysOf('', tile, kinds).reduce((copy, { path }) => withAt(copy, path, end) as Part, tile);

/** The document with another name for a tile. */
export function withRenamed(
  document: JourneyDocument,
  id: string,
  name: string,
  kinds: KindSchemas,
): JourneyDocument {
  const led = allWays(document, kinds)
    .filter((way) => way.to === id)
    .reduce((made, way) => withTarget(made, way, name), document);
  const tiles = Object.entries(led.tiles).map(([each, tile]) => [each === id ? name : each, tile]);
  return { ...led, tiles: Object.fromEntries(tiles) };
}

/** Whether a text may be the name of a tile. */
export const isTileName = (text: string): boolean =>
  /^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(text) && text !== end;

/** How a tile stands in one document beside another. */
export type TileChange = 'added' | 'changed' | 'gone';

/** What differs from one document to the next, by tile. */
export function changesBetween(before: JourneyDocument, after: JourneyDocument): Map<string, TileChange> {
  const changes = new Map<string, TileChange>();
  for (const [id, tile] of Object.entries(after.tiles)) {
    const was = before.tiles[id];
    if (!was) changes.set(id, 'added');
    else if (textOf(was) !== textOf(tile)) changes.set(id, 'changed');
  }
  for (const id of Object.keys(before.tiles)) if (!after.tiles[id]) changes.set(id, 'gone');
  return changes;
}

/** What of a document is no tile, and is otherwise than before. */
export function framesBetween(
  before: JourneyDocument,
  after: JourneyDocument,
): ('entry' | 'exits' | 'settings')[] {
  const rest = ({
    entry: _,
    exits: __,
    goal: ______,
    tiles: ___,
    start: ____,
    layout: _____,
    notes: _______,
    ...others
  }: JourneyDocument) => others;
  return [
    ...(textOf(before.entry) === textOf(after.entry) && before.start === after.start
      ? []
      : ['entry' as const]),
    ...(textOf([before.exits ?? [], before.goal]) === textOf([after.exits ?? [], after.goal])
      ? []
      : ['exits' as const]),
    ...(textOf(rest(before)) === textOf(rest(after)) ? [] : ['settings' as const]),
  ];
}

/** JSON in one order of its fields, so that what says the same is the same. */
export function textOf(value: unknown): string {
  const text = JSON.stringify(value, (_name, each) =>
    isPart(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
  // Of what is undefined there is none.
  return text ?? '';
}

/** One document with the tiles of another that are gone from it, as a comparison shows them. */
export function withGone(before: JourneyDocument, after: JourneyDocument): JourneyDocument {
  return { ...after, tiles: { ...before.tiles, ...after.tiles } };
}
