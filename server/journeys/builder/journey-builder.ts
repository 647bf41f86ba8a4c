import type { Static } from 'typebox';
import type { documentSchema } from '../definition/document-schema.ts';
import type { tileKinds, triggerKinds } from '../definition/kinds.ts';
import type { JourneyFile } from '../files/journey-file.ts';

type TileKinds = (typeof tileKinds)[number];
type TriggerKinds = (typeof triggerKinds)[number];
/** Each kind of tile as documents have it. */
type Tiles = { [Kind in TileKinds as Kind['kind']]: Static<Kind['schema']> };
/** What lets people in, one of the kinds. */
type Trigger = {
  [Kind in TriggerKinds as Kind['name']]: { [Name in Kind['name']]: Static<Kind['schema']> };
}[TriggerKinds['name']];
type Document = Static<typeof documentSchema>;
type GoesOn<Kind extends keyof Tiles> = Tiles[Kind] extends { next: string } ? true : false;

/** What is said of a tile: where it goes on is left out where that is the tile that is drawn after it. */
type Said<Kind extends keyof Tiles> = Omit<Tiles[Kind], 'kind' | 'next'> &
  (GoesOn<Kind> extends true ? { next?: string } : unknown);

/** A tile as it is drawn. */
interface DrawnTile {
  id: string;
  kind: keyof Tiles;
  said: object;
}

/** What a journey is drawn with. */
export interface Drawing {
  /** A tile of each kind: `tile.wait('hour', { for: { hours: 1 } })`. */
  tile: { [Kind in keyof Tiles]: (id: string, said: Said<Kind>) => DrawnTile };
  /**
   * Things of the project by what files call them, which stands in the file; their numbers are those of where it is applied. Of several of one name it says
   * which: `messageType('Marketing (SMS Marketing)')`.
   */
  template(name: string): number;
  list(name: string): number;
  segment(name: string): number;
  channel(name: string): number;
  messageType(name: string): number;
  sender(name: string): number;
  pool(name: string): number;
  journey(name: string): number;
  campaign(name: string): number;
}

/** A journey as it is drawn. */
export interface Drawn extends Omit<Document, 'entry' | 'start' | 'tiles'> {
  description?: string;
  entry: Omit<Document['entry'], 'on'> & { on: Trigger };
  /** In their order: the first is where people begin, and each that goes on leads to the next, unless it says otherwise; the last to the end. */
  tiles: readonly DrawnTile[];
  /** Where those go who are at tiles that are gone. */
  moves?: JourneyFile['moves'];
}

/** Which kinds have a way on which nothing special happened. */
const goesOn: { [Kind in keyof Tiles]: GoesOn<Kind> } = {
  ...{ send: true, wait: true, updateProfile: true, list: true, trackEvent: true, startJourney: true },
  ...{ webhook: true, coupon: true, hold: true, handOff: true, subscribe: true },
  ...{
    waitFor: false,
    split: false,
    channelSplit: false,
    randomSplit: false,
    experiment: false,
    exit: false,
  },
};

const end = 'end';

/** Whether anything is drawn at all: the types of who writes JavaScript are not checked. */
const isDrawn = (drawn: Drawn | undefined): boolean => Array.isArray(drawn?.tiles);

/**
 * A journey as a file, written in TypeScript: the same document as any other, with types for all that may stand in it.
 * @throws Error that names the journey, and the tile where it is one's: for what the types would not let stand, and for two tiles of one id.
 */
export function journey(name: string, draw: (drawing: Drawing) => Drawn): JourneyFile {
  const refuse = (fault: string): Error => new Error(`The journey “${name}”: ${fault}`);
  if (typeof name !== 'string' || name === '')
    throw new Error(`A journey has the name ${JSON.stringify(name)}; give it one, a text`);
  const names = new Map<string, string>();
  const numbers = new Map<string, number>();
  const thing = (kind: string) => (called: string) => {
    if (typeof called !== 'string' || called === '')
      throw refuse(`${kind}(${JSON.stringify(called)}) names nothing; give the name of one, a text`);
    const number = numbers.get(`${kind} ${called}`) ?? numbers.size + 1;
    numbers.set(`${kind} ${called}`, number);
    names.set(`${kind}:${number}`, called);
    return number;
  };
  const kinds = Object.keys(goesOn) as (keyof Tiles)[];
  const drawTile =
    (kind: keyof Tiles) =>
    (id: string, said: object): DrawnTile => {
      if (typeof id !== 'string' || id === end || !/^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(id))
        throw refuse(
          `a tile ${kind} has the id ${JSON.stringify(id)}; an id is a letter, then letters, digits, _ and -, up to 60 in all, and not ${end}`,
        );
      if (typeof said !== 'object' || said === null || Array.isArray(said))
        throw refuse(`the tile ${id}: say what it does, as an object: tile.${kind}('${id}', { … })`);
      return { id, kind, said };
    };
  const known = Object.fromEntries(kinds.map((kind) => [kind, drawTile(kind)]));
  const tile = new Proxy(known, {
    get: (of, kind) => {
      const draws = typeof kind === 'string' && Object.hasOwn(of, kind) ? of[kind] : undefined;
      if (draws) return draws;
      throw refuse(`there is no kind of tile ${String(kind)}; there are ${kinds.join(', ')}`);
    },
  }) as unknown as Drawing['tile'];
  const drawn: Drawn = draw({
    tile,
    ...{ template: thing('template'), list: thing('list'), segment: thing('segment') },
    ...{ channel: thing('channel'), messageType: thing('messageType'), campaign: thing('campaign') },
    ...{ sender: thing('sender'), pool: thing('pool'), journey: thing('journey') },
  });
  if (!isDrawn(drawn)) throw refuse('nothing is drawn; return { entry, tiles: [tile.…] }');
  const { description, tiles, moves, ...frame } = drawn;
  const odd = (tiles as readonly (Partial<DrawnTile> | undefined)[]).findIndex(
    (each) => typeof each?.id !== 'string' || each.said === undefined,
  );
  if (odd >= 0) throw refuse(`tiles.${odd} is no tile; draw it with tile.send(…), tile.wait(…) or another`);
  const twice = tiles.find(({ id }, index) => tiles.findIndex((each) => each.id === id) < index);
  if (twice) throw refuse(`two tiles have the id ${twice.id}; give each one of its own`);
  const document = {
    ...frame,
    start: tiles[0]?.id ?? end,
    tiles: Object.fromEntries(
      tiles.map(({ id, kind, said }, index) => {
        const next = goesOn[kind] ? { next: tiles[index + 1]?.id ?? end } : {};
        // What is said to be undefined is not said.
        const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
        return [id, { kind, ...next, ...given }];
      }),
    ),
  };
  return {
    format: 'carillon-journey-1',
    name,
    ...(description !== undefined && { description }),
    document,
    ...(moves && { moves }),
    names: Object.fromEntries(names),
  };
}
