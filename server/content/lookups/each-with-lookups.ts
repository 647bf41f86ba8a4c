import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from '../../database/connect.ts';
import { HelperFault } from '../rendering/helpers/helper.ts';
import { type LookUp, type LookupGround, type LookupSource, pending, type Wanted } from './lookup.ts';

/** Items worked on before others on this thread get a turn, and whose keys are read together. */
const stretch = 50;
/** Values kept for the items that follow: one has 30 KB at the most, and an item asks for 50. */
const mostKept = 2_000;
/** Look-ups of which each needs what the last one found; beyond them a template goes round in circles. */
const mostRounds = 20;

/**
 * Renders for each item, with what templates look up at hand. What is looked up is not known before it is
 * asked for, so items whose keys were not read yet are rendered again when they are: each key is read once for all
 * items, all that a stretch of them wants of a source in one statement. `prepare` is given the reader and gives back the
 * rendering of one item. What nobody of `sources` knows is found nowhere.
 */
export async function eachWithLookups<Item, Result>(
  db: Database,
  ground: LookupGround,
  sources: readonly LookupSource[],
  items: readonly Item[],
  prepare: (lookUp: LookUp) => (item: Item) => Result,
): Promise<Result[]> {
  const known = new Map<string, unknown>();
  const wanted = new Map<LookupSource, Map<string, Wanted>>();
  let lacked = false;
  let rounds = 0;
  const attempt = prepare((key) => {
    const source = sources.find(({ of }) => of === key.of);
    const name = source?.nameOf(key) ?? null;
    if (!source || name === null) return undefined;
    const full = `${key.of} ${name}`;
    if (known.has(full)) return known.get(full);
    if (rounds > mostRounds)
      throw new HelperFault(`${key.of}: more than ${mostRounds} look-ups wait for one another`);
    lacked = true;
    const ofSource = wanted.get(source) ?? new Map<string, Wanted>();
    wanted.set(source, ofSource.set(name, key));
    return pending;
  });
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += stretch) {
    if (start > 0) await breathe();
    if (known.size > mostKept) known.clear();
    let waiting = [...items.keys()].slice(start, start + stretch);
    for (rounds = 0; waiting.length > 0; rounds++) {
      const again: number[] = [];
      for (const place of waiting) {
        lacked = false;
        results[place] = attempt(items[place] as Item);
        if (lacked) again.push(place);
      }
      if (again.length > 0) await readWanted(db, ground, wanted, known);
      waiting = again;
    }
  }
  return results;
}

/** Reads what is wanted of each source; what there is none of is known to be none. */
async function readWanted(
  db: Database,
  ground: LookupGround,
  wanted: Map<LookupSource, Map<string, Wanted>>,
  known: Map<string, unknown>,
): Promise<void> {
  for (const [source, keys] of wanted) {
    for (const name of keys.keys()) known.set(`${source.of} ${name}`, undefined);
    const found = await source.readAll(db, ground, keys);
    for (const [name, value] of found) known.set(`${source.of} ${name}`, value);
  }
  wanted.clear();
}
