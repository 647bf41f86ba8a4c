import { graphlib, layout } from '@dagrejs/dagre';
import {
  entryWay,
  inOrder,
  type JourneyDocument,
  type KindSchemas,
  type Way,
  wayId,
  waysOf,
} from '../document.ts';
import { entryId } from '../scene.ts';
import { wordsOfWay } from '../way-words.ts';

/** Sizes of what is drawn, in the canvas's own pixels. */
export const sizes = {
  entry: { width: 264, height: 84 },
  tile: { width: 264, height: 88 },
  end: { width: 76, height: 30 },
  /** Room for a way's words and its button. */
  way: { width: 150, height: 54 },
  /** The same of one without words. */
  bareWay: { width: 40, height: 28 },
} as const;

interface Point {
  x: number;
  y: number;
}

/** How much higher a tile is for each line below what it says: how many people are there, and what else is told of them. */
const lineHeight = 20;

/** Something at a place: its upper left corner. */
export interface PlacedNode extends Point {
  id: string;
  what: 'entry' | 'tile' | 'end';
  width: number;
  height: number;
}

/** A way with where it runs. */
export interface PlacedWay {
  id: string;
  way: Way;
  /** From the lower edge of what it leads out of to the upper edge of where it leads. */
  points: readonly Point[];
  /** The middle of its words and its button. */
  label: Point;
  /** Whether it leads back to something above. */
  isBack: boolean;
}

/** Where everything of a journey stands. */
export interface Layout {
  nodes: readonly PlacedNode[];
  ways: readonly PlacedWay[];
  width: number;
  height: number;
}

const endNode = (way: Way) => ` end ${wayId(way)}`;

/** Where everything of a journey stands, from top to bottom: it follows from the document alone, and from how many lines tiles have below what they say. */
export function layoutOf(document: JourneyDocument, kinds: KindSchemas, lines: number): Layout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, edgesep: 12, ranksep: 46, marginx: 24, marginy: 24 });
  const place = (id: string, what: PlacedNode['what']) => {
    const { width, height } = sizes[what];
    const more = what === 'tile' ? lines * lineHeight : 0;
    graph.setNode(id, { width, height: height + more, what });
  };
  const ways: Way[] = [];
  const sizeOf = (way: Way) => (wordsOfWay(document, kinds, way) === null ? sizes.bareWay : sizes.way);
  const draw = (way: Way) => {
    ways.push(way);
    const leadsOn = Object.hasOwn(document.tiles, way.to);
    if (!leadsOn) place(endNode(way), 'end');
    graph.setEdge(
      way.from ?? entryId,
      leadsOn ? way.to : endNode(way),
      { ...sizeOf(way), labelpos: 'c', weight: way.from === null || way.name === 'next' ? 4 : 1 },
      wayId(way),
    );
  };
  place(entryId, 'entry');
  // In the order in which one comes to them, so that branches stand from left to right as they are written.
  const order = inOrder(document, kinds);
  for (const id of order) place(id, 'tile');
  draw(entryWay(document));
  for (const id of order) for (const way of waysOf(id, document.tiles[id] ?? {}, kinds)) draw(way);
  layout(graph, { disableOptimalOrderHeuristic: true });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const nodeAt = (id: string) =>
    graph.node(id) as Point & { width: number; height: number; what: PlacedNode['what'] };
  // A way runs straight through the rows that it passes, and across between them.
  const rows = new Map<number, number>();
  const noteRow = (y: number, rowHeight: number) =>
    rows.set(Math.round(y), Math.max(rowHeight, rows.get(Math.round(y)) ?? 0));
  const edgeOf = (way: Way) => {
    const target = Object.hasOwn(document.tiles, way.to) ? way.to : endNode(way);
    return graph.edge(way.from ?? entryId, target, wayId(way)) as Point & { points?: Point[] };
  };
  for (const id of graph.nodes()) noteRow(nodeAt(id).y, nodeAt(id).height);
  for (const way of ways) noteRow(edgeOf(way).y, sizeOf(way).height);
  return {
    ...{ width, height },
    nodes: graph.nodes().map((id) => {
      const { x, y, width: w, height: h, what } = nodeAt(id);
      return { id, what, width: w, height: h, x: x - w / 2, y: y - h / 2 };
    }),
    ways: ways.map((way) => {
      const target = Object.hasOwn(document.tiles, way.to) ? way.to : endNode(way);
      return { id: wayId(way), way, ...run(nodeAt(way.from ?? entryId), nodeAt(target), edgeOf(way), rows) };
    }),
  };
}

type Box = Point & { width: number; height: number };

/** How a way runs between two boxes, through the places that the layout keeps free for it. */
function run(
  from: Box,
  to: Box,
  edge: Point & { points?: Point[] },
  rows: ReadonlyMap<number, number>,
): Pick<PlacedWay, 'points' | 'label' | 'isBack'> {
  const isBack = to.y <= from.y;
  // What leads back leaves and comes in at the side, so that it is told from what leads on.
  const aside = isBack ? from.width / 4 : 0;
  const sign = isBack ? -1 : 1;
  const inner = (edge.points ?? []).slice(1, -1).flatMap(({ x, y }) => {
    const half = ((rows.get(Math.round(y)) ?? 0) / 2) * sign;
    return half === 0
      ? [{ x, y }]
      : [
          { x, y: y - half },
          { x, y: y + half },
        ];
  });
  return {
    isBack,
    label: { x: edge.x, y: edge.y },
    points: [
      { x: from.x + aside, y: from.y + (sign * from.height) / 2 },
      ...inner,
      { x: to.x + aside, y: to.y - (sign * to.height) / 2 },
    ],
  };
}

const corner = 10;

/** An SVG path of lines that run up and down and, half way between two places, across; with round corners. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  const steps = [`M ${first.x} ${first.y}`];
  let at = first;
  for (const next of others) {
    const across = next.x - at.x;
    const down = next.y - at.y;
    if (Math.abs(across) < 1) steps.push(`L ${next.x} ${next.y}`);
    else {
      const middle = at.y + down / 2;
      const bend = Math.min(corner, Math.abs(across) / 2, Math.abs(down) / 2);
      const [side, way] = [Math.sign(across), Math.sign(down)];
      steps.push(
        `L ${at.x} ${middle - way * bend}`,
        `Q ${at.x} ${middle} ${at.x + side * bend} ${middle}`,
        `L ${next.x - side * bend} ${middle}`,
        `Q ${next.x} ${middle} ${next.x} ${middle + way * bend}`,
        `L ${next.x} ${next.y}`,
      );
    }
    at = next;
  }
  return steps.join(' ');
}
