import { end, type Tile } from '../definition/tile-kind.ts';

/** Where a text is wanted by somebody, and where they go with it. */
export interface Wanted {
  /** The tile that waits for it. */
  tile: string;
  /** The tile to which it leads them, or `end`. */
  next: string;
}

/**
 * The tile at which somebody who stands at one wants a text: that one where it waits for it, else the first that they may come to and where what was written
 * before still counts. A message on the way asks anew, so that what was written before it counts behind it only where a tile counts from the entry: that of the
 * tile where they stand too, unless it `hasAsked`. Pure. Null where the text is wanted nowhere.
 */
export function wantedAt(
  tiles: ReadonlyMap<string, Tile>,
  from: string,
  body: string,
  hasAsked: boolean,
): Wanted | null {
  const here = tiles.get(from);
  const next = here?.replies?.leadsTo(body);
  if (next !== undefined && next !== null) return { tile: from, next };
  // Once for who has passed no message since, once for who has.
  const seen = new Set([`${from} `]);
  let open = [{ tile: from, isAskedAnew: here?.sends !== undefined && !hasAsked }];
  while (open.length > 0) {
    const further: typeof open = [];
    for (const { tile, isAskedAnew } of open)
      for (const onward of tiles.get(tile)?.ways.values() ?? []) {
        const key = `${onward} ${isAskedAnew ? 'anew' : ''}`;
        if (onward === end || seen.has(key)) continue;
        seen.add(key);
        const there = tiles.get(onward);
        const counts =
          there?.replies &&
          (there.replies.since === 'entry' || (there.replies.since === 'lastMessage' && !isAskedAnew));
        const leads = counts ? there.replies?.leadsTo(body) : null;
        if (leads !== undefined && leads !== null) return { tile: onward, next: leads };
        further.push({ tile: onward, isAskedAnew: isAskedAnew || there?.sends !== undefined });
      }
    open = further;
  }
  return null;
}
