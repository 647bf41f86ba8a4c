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
  /** Things of the project by their names, which stand in the file; their numbers are those of where it is applied. */
  template(name: string): number;
  list(name: string): number;
  segment(name: string): number;
  channel(name: string): number;
  messageType(name: string): number;
  sender(name: string): number;
  pool(name: string): number;
  journey(name: string): number;
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
  ...{ webhook: true, coupon: true, hold: true, subscribe: true },
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

/**
 * A journey as a file, written in TypeScript: the same document as any other, with types for all that may stand in it.
 * @throws Error for two tiles of one id.
 */
export function journey(name: string, draw: (drawing: Drawing) => Drawn): JourneyFile {
  const names = new Map<string, string>();
  const numbers = new Map<string, number>();
  const thing = (kind: string) => (called: string) => {
    const number = numbers.get(`${kind} ${called}`) ?? numbers.size + 1;
    numbers.set(`${kind} ${called}`, number);
    names.set(`${kind}:${number}`, called);
    return number;
  };
  const kinds = Object.keys(goesOn) as (keyof Tiles)[];
  const tile = Object.fromEntries(
    kinds.map((kind) => [kind, (id: string, said: object): DrawnTile => ({ id, kind, said })]),
  ) as unknown as Drawing['tile'];
  const { description, tiles, moves, ...frame } = draw({
    tile,
    ...{ template: thing('template'), list: thing('list'), segment: thing('segment') },
    ...{ channel: thing('channel'), messageType: thing('messageType') },
    ...{ sender: thing('sender'), pool: thing('pool'), journey: thing('journey') },
  });
  const twice = tiles.find(({ id }, index) => tiles.findIndex((each) => each.id === id) < index);
  if (twice) throw new Error(`Two tiles of “${name}” have the id ${twice.id}; give each one of its own`);
  const document = {
    ...frame,
    start: tiles[0]?.id ?? end,
    tiles: Object.fromEntries(
      tiles.map(({ id, kind, said }, index) => {
        const next = goesOn[kind] ? { next: tiles[index + 1]?.id ?? end } : {};
        return [id, { kind, ...next, ...said }];
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
