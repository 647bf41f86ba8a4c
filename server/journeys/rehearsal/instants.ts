import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Definition } from '../../segments/leaf-kind.ts';
import type { Facts, Tile, Where } from '../definition/tile-kind.ts';
import type { Run } from '../runs/run.ts';

type Place = Omit<Where, 'now'>;

/** Rounds in which fewer than this share find out what they asked are too dear: then each instant is asked about by itself. */
const leastSettled = 1 / 20;

/**
 * Asks about each of some things at an instant of its own, in as few questions as will do. An answer that was found at an instant counts for all later ones up
 * to which it cannot have become another. `ask` answers what is so at an instant, and until when that may be so by time alone; who is absent has it for ever.
 */
async function atOwnInstants<Item, Answer>(
  items: readonly Item[],
  instantOf: (item: Item) => number,
  ask: (
    items: readonly Item[],
    now: Date,
    needsUntil: boolean,
  ) => Promise<{ answer(item: Item): Answer; until(item: Item): number }>,
): Promise<Map<Item, Answer>> {
  const found = new Map<Item, Answer>();
  let open = items.toSorted((a, b) => instantOf(a) - instantOf(b));
  let isEachApart = false;
  while (open.length > 0) {
    const now = instantOf(open[0]!);
    const asked = isEachApart ? open.filter((item) => instantOf(item) === now) : open;
    const isOne = instantOf(asked.at(-1)!) === now;
    const { answer, until } = await ask(asked, new Date(now), !isOne);
    const settled = asked.filter((item) => instantOf(item) === now || instantOf(item) < until(item));
    for (const item of settled) found.set(item, answer(item));
    if (settled.length < asked.length * leastSettled) isEachApart = true;
    if (settled.length === open.length) break;
    const isSettled = new Set(settled);
    open = open.filter((item) => !isSettled.has(item));
  }
  return found;
}

/** What is known of passages at a tile, each at an instant of its own. */
export async function factsAt(
  db: Database,
  place: Place,
  tile: Tile,
  runs: readonly Run[],
  nowOf: (run: Run) => Date,
): Promise<Facts> {
  const { facts, factsUntil, asOf } = tile;
  if (!facts) return new Map();
  const upTo = new Date(runs.reduce((latest, run) => Math.max(latest, nowOf(run).getTime()), 0));
  const found = await atOwnInstants(
    runs,
    (run) => nowOf(run).getTime(),
    async (asked, now, needsUntil) => {
      const where = { ...place, now, ...(asOf && { upTo }) };
      const known = await facts.call(tile, db, where, asked);
      const ends = needsUntil && factsUntil ? await factsUntil.call(tile, db, where, asked) : null;
      return {
        answer: ({ id }) => known.get(id),
        until: ({ id }) =>
          factsUntil ? (ends?.get(id)?.getTime() ?? Number.POSITIVE_INFINITY) : now.getTime(),
      };
    },
  );
  return new Map(
    [...found].map(([run, fact]) => [run.id, asOf && fact !== undefined ? asOf(fact, nowOf(run)) : fact]),
  );
}

/** Somebody of whom something is asked at an instant. */
export interface AtInstant {
  userId: number;
  now: Date;
}

/** Of which of these a definition holds, each at an instant of its own. */
export async function holdingAt<Item extends AtInstant>(
  db: Database,
  { projectId, lane }: Place,
  definition: Pick<Definition, 'holds' | 'flipsAt'>,
  items: readonly Item[],
): Promise<Set<Item>> {
  const found = await atOwnInstants(
    items,
    ({ now }) => now.getTime(),
    async (asked, now) => {
      const among = [...new Set(asked.map(({ userId }) => userId))];
      const of = { projectId, lane, now, among };
      const flips = definition.flipsAt(of);
      const { rows } = await sql<{ id: number; holds: boolean; until: Date | null }>`
        SELECT u.id, ${definition.holds(of)} AS holds, ${flips ?? sql`NULL::timestamptz`} AS until
        FROM users u WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${among}::bigint[])`.execute(
        db,
      );
      const known = new Map(rows.map((row) => [row.id, row]));
      return {
        answer: ({ userId }: Item) => known.get(userId)?.holds ?? false,
        until: ({ userId }: Item) => known.get(userId)?.until?.getTime() ?? Number.POSITIVE_INFINITY,
      };
    },
  );
  return new Set([...found].flatMap(([item, holds]) => (holds ? [item] : [])));
}
