import { type Static, Type } from 'typebox';
import { nullable } from '../../http/schemas.ts';
import { isObject } from '../../segments/values/group.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import type { TileCount } from '../runs/counts.sql.ts';

/** What publishing would do to those who are inside, as it is answered. */
export const impactAnswer = Type.Object({
  removed: Type.Array(Type.Object({ tile: Type.String(), people: Type.Integer() }), {
    description: 'Tiles that are gone: where people are at one, somebody has to say where these go',
  }),
  changed: Type.Array(
    Type.Object({
      tile: Type.String(),
      people: Type.Integer(),
      goNow: nullable(
        Type.Integer({
          description:
            'Of those who wait there, how many would go on at once, were they looked at by what it says now (recompute); null where too many wait to be looked at one by one',
        }),
      ),
    }),
    {
      description:
        'Tiles that are otherwise than before; who waits at one goes on waiting as they began, unless the publisher says otherwise',
    },
  ),
  added: Type.Array(Type.String()),
});
export type Impact = Static<typeof impactAnswer>;

/** What becomes of people at the tiles of the version that is published, by one that is to be. Pure. */
export function impactOf(
  before: JourneyDocument,
  after: JourneyDocument,
  counts: readonly TileCount[],
): Omit<Impact, 'changed'> & { changed: { tile: string; people: number }[] } {
  const inside = new Map(
    counts.flatMap(({ tile, what, people }) => (what === 'inside' ? [[tile, people] as const] : [])),
  );
  const removed: Impact['removed'] = [];
  const changed: { tile: string; people: number }[] = [];
  for (const [tile, { stored }] of before.tiles) {
    const people = inside.get(tile) ?? 0;
    const now = after.tiles.get(tile);
    if (!now) removed.push({ tile, people });
    else if (JSON.stringify(now.stored) !== JSON.stringify(stored)) changed.push({ tile, people });
  }
  return { removed, changed, added: [...after.tiles.keys()].filter((tile) => !before.tiles.has(tile)) };
}

/** Tiles that two documents, as they are stored, both have, and that are otherwise in the second. Pure. */
export function tilesChanged(before: unknown, after: unknown): string[] {
  const [was, is] = [tilesOf(before), tilesOf(after)];
  return [...is].flatMap(([tile, text]) => (was.has(tile) && was.get(tile) !== text ? [tile] : []));
}

/** Those of them that are of another kind: what was done there was the other tile's deed. Pure. */
export function kindsChanged(before: unknown, after: unknown, tiles: readonly string[]): string[] {
  return tiles.filter((tile) => kindOf(before, tile) !== kindOf(after, tile));
}

function kindOf(document: unknown, id: string): unknown {
  const tile = isObject(document) && isObject(document.tiles) ? document.tiles[id] : null;
  return isObject(tile) ? tile.kind : undefined;
}

function tilesOf(document: unknown): Map<string, string> {
  const tiles = isObject(document) && isObject(document.tiles) ? document.tiles : {};
  return new Map(Object.entries(tiles).map(([id, tile]) => [id, JSON.stringify(tile)]));
}
