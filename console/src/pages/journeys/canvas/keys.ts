import type { Layout, PlacedNode } from './layout.ts';

/** Tiles and the entry, which one can stand on. */
const standing = ({ nodes }: Layout): PlacedNode[] => nodes.filter(({ what }) => what !== 'end');

/** Where an arrow key leads from a tile: down and up along the ways, left and right to what stands beside it; null for nowhere. Pure. */
export function neighbour(layout: Layout, id: string, key: string, entryId: string): string | null {
  const nodes = standing(layout);
  const here = nodes.find((node) => node.id === id);
  if (!here) return null;
  if (key === 'ArrowDown') {
    const ways = layout.ways.filter(({ way }) => (way.from ?? entryId) === id);
    return ways.find(({ way }) => nodes.some((node) => node.id === way.to))?.way.to ?? null;
  }
  if (key === 'ArrowUp') {
    const way =
      layout.ways.find((each) => each.way.to === id && !each.isBack) ??
      layout.ways.find((each) => each.way.to === id);
    return way ? (way.way.from ?? entryId) : null;
  }
  const sign = key === 'ArrowRight' ? 1 : -1;
  const beside = nodes
    .filter(
      (node) => node !== here && (node.x - here.x) * sign > 0 && Math.abs(node.y - here.y) < here.height,
    )
    .sort((a, b) => (a.x - b.x) * sign);
  return beside[0]?.id ?? null;
}
