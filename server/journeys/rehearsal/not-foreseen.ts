import type { JourneyDocument } from '../definition/journey.ts';
import { end, type Tile } from '../definition/tile-kind.ts';
import { mostLooks, mostThings } from './rehearsal-ground.ts';
import { type Supposed, saidOfWay } from './supposing.ts';

/** Something that a rehearsal does not foresee: at which tiles, in words. */
export interface Unforeseen {
  tiles: string[];
  words: string;
}

/** What a rehearsal of a journey does not foresee. Pure. */
export function unforeseenOf(
  { entry, tiles, exits, goal }: JourneyDocument,
  supposed: Pick<Supposed, 'events' | 'purchase' | 'waits'>,
  asksFeeds: readonly string[],
): Unforeseen[] {
  const found: Unforeseen[] = [];
  if (entry.rate)
    found.push({
      tiles: [],
      words: 'how many enter an hour or a day is not held to here: everybody enters at once who is to',
    });
  if (goal) found.push({ tiles: [], words: 'who reaches the goal is not counted here' });
  for (const [id, tile] of tiles) {
    if (tile.act && !tile.rehearsal)
      found.push({
        tiles: [id],
        words: `what ${id} does is not foreseen: whoever comes there is counted as staying there`,
      });
    const { unforeseen, changes = [] } = tile.rehearsal ?? {};
    if (unforeseen) found.push({ tiles: [id], words: `${id}: ${unforeseen}` });
    if (changes.length === 0) continue;
    for (const later of laterThan(tiles, id)) {
      const asked = asksOf(tiles.get(later)).find((name) => changes.includes(name));
      if (asked !== undefined)
        found.push({
          tiles: [id, later],
          words: `${id} changes ${wordsOf(asked)}, which is not written, and ${later} looks at it as it is now`,
        });
    }
    for (const { name, hears } of exits) {
      const asked = hears.find((each) => changes.includes(each));
      if (asked !== undefined)
        found.push({
          tiles: [id],
          words: `${id} changes ${wordsOf(asked)}, which is not written, and the exit rule “${name}” looks at it as it is now`,
        });
    }
  }
  for (const id of asksFeeds)
    found.push({
      tiles: [id],
      words: `the template of ${id} asks data feeds, which are not called: whether its text skips anybody, its segments and its price are not known and count as none`,
    });
  found.push(...unseenSupposed(tiles, supposed), ...wordedReplies(tiles, supposed));
  return found;
}

/** What is said of passages that were followed no further, by the tiles where they were left. Pure. */
export function leftUnfinished(unfinished: Readonly<Record<string, number>>): Unforeseen[] {
  const tiles = Object.keys(unfinished);
  if (tiles.length === 0) return [];
  const passages = Object.values(unfinished).reduce((sum, each) => sum + each, 0);
  const words = `${passages.toLocaleString('en')} passage${passages === 1 ? ' was' : 's were'} left unfinished at ${tiles.join(', ')}, after ${mostLooks.toLocaleString('en')} steps of time of one passage or ${mostThings.toLocaleString('en')} of one person: what would come then is in no figure, and they count as inside`;
  return [{ tiles, words }];
}

/** What is only supposed stands on no record: conditions do not see it. */
function unseenSupposed(
  tiles: JourneyDocument['tiles'],
  { events, purchase }: Pick<Supposed, 'events' | 'purchase'>,
): Unforeseen[] {
  const names = new Set([
    ...Object.entries(events).flatMap(([name, { share }]) => (share > 0 ? [`event:${name}`] : [])),
    ...(purchase.share > 0 ? ['purchase'] : []),
  ]);
  return [...tiles].flatMap(([id, { asks = [] }]) => {
    const asked = asks.find((name) => names.has(name));
    return asked === undefined
      ? []
      : [
          {
            tiles: [id],
            words: `${id} looks at ${wordsOf(asked)} as it is on record, and sees none that is supposed`,
          },
        ];
  });
}

/** Replies with certain words come as often as is said of their branch only. */
const wordedReplies = (tiles: JourneyDocument['tiles'], { waits }: Pick<Supposed, 'waits'>): Unforeseen[] =>
  [...tiles].flatMap(([id, { awaits }]) =>
    (awaits?.occurrences ?? []).flatMap(({ way, what }) =>
      what === 'certainReply' && !saidOfWay(waits, id, way)
        ? [
            {
              tiles: [id],
              words: `nobody is supposed to reply with the words of the branch “${way}” of ${id}; say by supposing.waits.${id} how many do`,
            },
          ]
        : [],
    ),
  );

const asksOf = (tile: Tile | undefined): readonly string[] => [...(tile?.asks ?? []), ...(tile?.hears ?? [])];

/** Tiles to which ways lead from one, itself among them where it is come to again. */
function laterThan(tiles: JourneyDocument['tiles'], from: string): string[] {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const onward of tiles.get(id)?.ways.values() ?? [])
      if (onward !== end && !reached.has(onward)) {
        reached.add(onward);
        open.push(onward);
      }
  return [...reached];
}

/** A name of `heardAs` in words. */
function wordsOf(name: string): string {
  const [kind = '', of] = name.split(/:(.*)/s);
  const named: Record<string, string> = {
    ...{ event: `the event “${of}”`, field: `the field ${of}`, list: `the list ${of}` },
    ...{ channel: `the channel ${of}`, messageType: `the message type ${of}` },
  };
  if (of !== undefined) return named[kind] ?? name;
  return (
    { consent: 'what people have opted in to', profile: 'the profile', purchase: 'purchases' }[name] ?? name
  );
}
