import type { Counted, TileCount } from '../runs/counts.sql.ts';

/** What was counted at a tile, as it is answered. */
interface Counts {
  arrived: number;
  inside: number;
  ways: Record<string, number>;
  left: Record<string, number>;
  goals: number;
}

/** What was counted in a journey, by tile. Pure. */
export function countsByTile(counted: readonly TileCount[]): Record<string, Counts> {
  // Tiles and ways have the names that people give them: `constructor` and `__proto__` are names like any other.
  const named = (rows: readonly TileCount[], begins: string) =>
    Object.fromEntries(
      rows.flatMap(({ what, people }) =>
        what.startsWith(begins) && what !== 'left finished' ? [[what.slice(begins.length), people]] : [],
      ),
    );
  const of = (rows: readonly TileCount[], wanted: Counted) =>
    rows.find(({ what }) => what === wanted)?.people ?? 0;
  return Object.fromEntries(
    [
      ...Map.groupBy(
        counted.filter(({ tile }) => tile !== ''),
        ({ tile }) => tile,
      ),
    ].map(([tile, rows]) => [
      tile,
      {
        ...{ arrived: of(rows, 'arrived'), inside: of(rows, 'inside'), goals: of(rows, 'goal') },
        ...{ ways: named(rows, 'way '), left: named(rows, 'left ') },
      },
    ]),
  );
}
