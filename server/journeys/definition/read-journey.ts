import type { Static } from 'typebox';
import { ApiError, type Fault, firstFaults } from '../../http/errors.ts';
import { storageFault } from '../../http/storable.ts';
import {
  type Names,
  type ReadingGround,
  type Reference,
  refuse,
  requireFit,
} from '../../segments/leaf-kind.ts';
import { type DefinitionGround, readDefinition } from '../../segments/read-definition.ts';
import { readConditions } from '../../segments/values/conditions.ts';
import { isObject } from '../../segments/values/group.ts';
import { nameOf } from '../../segments/words.ts';
import { readRate } from '../enter/entry-rate.ts';
import { type Goal, readGoal } from '../goal/goal.ts';
import { type ExitRule, readExit } from '../leave/exit-rule.ts';
import { lengthMs } from '../tiles/wall-clock.ts';
import type { Trigger } from '../triggers/trigger-kind.ts';
import { documentSchema } from './document-schema.ts';
import { type Entry, type JourneyDocument, rankOf } from './journey.ts';
import { tileKinds, triggerKinds } from './kinds.ts';
import { faultsOfProof } from './proof-faults.ts';
import { end, type Target, type Tile, type TileGround } from './tile-kind.ts';
import { tileId } from './ways.ts';

/** What documents are read by. */
export interface DocumentGround extends DefinitionGround {
  names: Names;
}

/** Something of the project that a document names. */
export interface Named {
  reference: Reference;
  place: string;
}

/** What a document says in words, as far as it could be read. */
export interface DocumentWords {
  /** Null where it could not be read. */
  entry: string | null;
  exits: { name: string; words: string }[];
  /** Null where there is none, or it could not be read. */
  goal: string | null;
  /** By tile; those that could not be read are absent. */
  tiles: Record<string, string>;
}

/** A document that was looked at, whether all of it is right or not. */
export interface SeenDocument {
  /** Null where anything is wrong. */
  document: JourneyDocument | null;
  faults: readonly Fault[];
  words: DocumentWords;
  /** What lets people in; null where it could not be read. */
  entry: Entry | null;
  /** All that it names, as far as it could be read. */
  named: readonly Named[];
  /** The tiles that could be read, by their ids. */
  tiles: ReadonlyMap<string, Tile>;
}

const mostTiles = 300;
const usualLifeDays = 400;
/** Older happenings let nobody in unless a journey says so: they are somebody's history that is being filled in. */
const usualOldestMs = 24 * 3_600_000;
const dayMs = 86_400_000;

/** Reads a journey's document. @throws ApiError BadParams as `requireRight` does. */
export const readJourney = (ground: DocumentGround, given: unknown): JourneyDocument =>
  requireRight(seeJourney(ground, given));

/** The document where nothing is wrong. @throws ApiError BadParams with its faults, and in words what could be read all the same. */
export function requireRight({
  document,
  faults,
  words,
}: Pick<SeenDocument, 'document' | 'faults' | 'words'>): JourneyDocument {
  const [first] = faults;
  if (document && !first) return document;
  throw new ApiError('BadParams', `${first?.field} ${first?.fault}`, {
    ...firstFaults(faults),
    words,
  });
}

/**
 * Looks at a journey's document: all its faults, each with its place (`document.tiles.reminder.next`), as far as they can be told at once: what is no
 * tile, ways that lead nowhere, tiles that nobody comes to, circles in which no time goes by. @throws ApiError BadParams for what cannot be stored.
 */
export function seeJourney(ground: DocumentGround, document: unknown): SeenDocument {
  const storage = storageFault(document);
  if (storage) throw refuse(['document', storage.path].filter(Boolean).join('.'), storage.fault);
  const faults: Fault[] = [];
  const named: Named[] = [];
  const tileGround = groundFor(ground, named);
  const collect = <Result>(read: () => Result): Result | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const told = error.params?.faults as Fault[] | undefined;
      faults.push(...(told ?? [{ field: String(error.params?.field ?? 'document'), fault: error.message }]));
      return null;
    }
  };
  const tiles = new Map<string, Tile>();
  const readTiles = (all: Record<string, unknown>) => {
    for (const [id, each] of Object.entries(all)) {
      const tile = collect(() => readTile(id, each, tileGround));
      if (tile) tiles.set(id, tile);
    }
  };
  const given = collect(() => framed(document));
  if (!given) {
    // What is wrong with a part is told also where the frame is broken.
    const parts = isObject(document) ? document : {};
    const on = isObject(parts.entry) ? parts.entry.on : undefined;
    if (on !== undefined) collect(() => readTrigger(on, tileGround));
    if (isObject(parts.tiles)) readTiles(parts.tiles);
    const words = { entry: null, exits: [], goal: null, tiles: wordsOfTiles(tiles) };
    return { document: null, entry: null, faults, named, tiles, words };
  }
  const entry = collect(() => readEntry(given.entry, tileGround));
  const exits = (given.exits ?? []).map((rule, index) =>
    collect(() => readExit(rule, `document.exits.${index}`, tileGround)),
  );
  const goalGiven = given.goal;
  const goal: Goal | null = goalGiven
    ? collect(() => readGoal(goalGiven, 'document.goal', tileGround))
    : null;
  const ids = Object.keys(given.tiles);
  if (ids.length === 0) faults.push({ field: 'document.tiles', fault: 'is empty: put in at least one tile' });
  if (ids.length > mostTiles)
    faults.push({
      field: 'document.tiles',
      fault: `has ${ids.length} tiles; ${mostTiles} are the most: put some into a journey of their own`,
    });
  readTiles(given.tiles);
  faults.push(...faultsOfWays(given.start, new Set(ids), tiles));
  if (entry) faults.push(...faultsOfProof(entry, tiles));
  if (
    goal?.after === 'message' &&
    !Object.values(given.tiles).some((tile) => isObject(tile) && tile.kind === 'send')
  )
    faults.push({
      field: 'document.goal.after',
      fault: 'counts from the last message, and no tile sends one: leave it out, or put in a send tile',
    });
  const hasGoal = given.goal !== undefined || (given.exits ?? []).some((rule) => rule.goal === true);
  for (const [id, { variants }] of tiles)
    if (variants && !hasGoal)
      faults.push({
        field: `document.tiles.${id}`,
        fault:
          'has no goal by which its variants differ; say by goal what the journey is for, or add an exit rule with goal: true',
      });
  if (faults.length === 0) faults.push(...faultsOfCircles(tiles));
  const rules = exits.filter((rule): rule is ExitRule => rule !== null);
  const { longestLifeDays = usualLifeDays, overdue = 'goOn', onOptOut = null } = given;
  return {
    // Of too many none is looked at further.
    ...{ entry, named, faults, tiles: ids.length > mostTiles ? new Map<string, Tile>() : tiles },
    words: {
      entry: entry?.trigger.words ?? null,
      exits: rules.map(({ name, words }) => ({ name, words })),
      goal: goal?.words ?? null,
      tiles: wordsOfTiles(tiles),
    },
    document:
      faults.length > 0 || !entry
        ? null
        : {
            stored: {
              ...given,
              entry: { ...given.entry, ...storedEntry(entry) },
              ...(given.exits && { exits: rules.map(({ stored }) => stored) }),
              ...(goal && { goal: goal.stored }),
              tiles: Object.fromEntries([...tiles].map(([id, { stored }]) => [id, stored])),
            },
            ...{ entry, exits: rules, goal, start: given.start, tiles, overdue, onOptOut },
            rank: rankOf(given.priority),
            longestLifeMs: longestLifeDays * dayMs,
          },
  };
}

type Frame = Static<typeof documentSchema>;

function framed(document: unknown): Frame {
  requireFit(documentSchema, document, 'document');
  return document;
}

const wordsOfTiles = (tiles: SeenDocument['tiles']): DocumentWords['tiles'] =>
  Object.fromEntries([...tiles].map(([id, { words }]) => [id, words]));

function groundFor(ground: DocumentGround, named: Named[]): TileGround {
  const reading: ReadingGround = {
    timeZone: ground.timeZone,
    segment: (_id, place) => {
      throw refuse(place, 'cannot name a segment here; put it into a definition');
    },
    count: () => undefined,
  };
  return {
    ...{ timeZone: ground.timeZone, names: ground.names, refuse },
    nameOf: (reference) => nameOf(reference, ground.names),
    refer: (reference, place) => named.push({ reference, place }),
    definition: (given, place) => {
      const definition = readDefinition(ground, given, null, place);
      for (const reference of definition.refersTo) named.push({ reference, place });
      return definition;
    },
    conditions: (given, place) => readConditions(given, place, reading),
  };
}

function readEntry(given: Frame['entry'], ground: TileGround): Entry {
  const trigger = readTrigger(given.on, ground);
  const { only, key = null, lifetime = null, atOnce = 1, apart, rate, holdout = 0, oldest } = given;
  return {
    trigger,
    only: only === undefined ? null : ground.definition(only, 'document.entry.only'),
    ...{ key, holdout },
    limits: { lifetime, atOnce, apartMs: apart ? lengthMs(apart, 'document.entry.apart') : 0 },
    rate: rate ? readRate(rate, ground.timeZone) : null,
    oldestMs: oldest ? lengthMs(oldest, 'document.entry.oldest') : usualOldestMs,
  };
}

const storedEntry = ({ trigger, only }: Entry) => ({
  on: trigger.stored,
  ...(only && { only: only.stored }),
});

function readTrigger(given: unknown, ground: TileGround): Trigger {
  const place = 'document.entry.on';
  const known = triggerKinds.map(({ name }) => name).join(', ');
  if (!isObject(given)) throw refuse(place, `must be an object with one of ${known}`);
  const [[name, of] = [], ...others] = Object.entries(given);
  const kind = triggerKinds.find((each) => each.name === name);
  if (!kind || others.length > 0) throw refuse(place, `must have exactly one of ${known}`);
  return kind.read(of, `${place}.${name}`, ground);
}

function readTile(id: string, given: unknown, ground: TileGround): Tile {
  const place = `document.tiles.${id}`;
  requireFit(tileId, id, place);
  if (id === end) throw refuse(place, 'has the name of the end of the journey; give it another');
  const known = tileKinds.map(({ kind }) => kind).join(', ');
  if (!isObject(given)) throw refuse(place, 'must be an object with its kind');
  const kind = tileKinds.find((each) => each.kind === given.kind);
  if (!kind) throw refuse(`${place}.kind`, `must be one of ${known}`);
  return kind.read(given, id, place, ground);
}

/** Ways that lead nowhere, and tiles that nobody comes to. Pure. */
function faultsOfWays(start: string, ids: ReadonlySet<string>, tiles: ReadonlyMap<string, Tile>): Fault[] {
  const faults: Fault[] = [];
  if (!ids.has(start)) faults.push({ field: 'document.start', fault: `names no tile: ${start}` });
  for (const [id, { ways }] of tiles)
    for (const [way, onward] of byTarget(ways))
      if (onward !== end && !ids.has(onward))
        faults.push({
          field: `document.tiles.${id}`,
          fault: `leads by ${way} to ${onward}, which is no tile; name one, or end`,
        });
  if (faults.length > 0 || tiles.size < ids.size) return faults;
  const reached = new Set([start]);
  for (const id of reached)
    for (const onward of tiles.get(id)?.ways.values() ?? []) if (onward !== end) reached.add(onward);
  for (const id of ids)
    if (!reached.has(id))
      faults.push({
        field: `document.tiles.${id}`,
        fault: 'is come to by no way from the start; lead one to it, or take it out',
      });
  return faults;
}

/** Ways of a tile, the first for each target: a way that was left out leads where another does. */
const byTarget = (ways: Tile['ways']): [string, Target][] =>
  [...Map.groupBy(ways, ([, onward]) => onward).values()].flatMap(([first]) => (first ? [first] : []));

/** Circles in which no time goes by. Pure. */
function faultsOfCircles(tiles: ReadonlyMap<string, Tile>): Fault[] {
  const state = new Map<string, 'open' | 'done'>();
  const circles: Fault[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const tile = tiles.get(id);
    if (!tile || tile.takesTime || state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      const circle = [...path.slice(path.indexOf(id)), id].join(' → ');
      circles.push({
        field: `document.tiles.${id}`,
        fault: `stands in a circle in which no time goes by (${circle}); put a wait into it`,
      });
      return;
    }
    state.set(id, 'open');
    for (const onward of new Set(tile.ways.values())) visit(onward, [...path, id]);
    state.set(id, 'done');
  };
  for (const id of tiles.keys()) visit(id, []);
  return circles;
}
