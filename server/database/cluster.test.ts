import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { evenRanges, tablePlaces } from './cluster.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

test('every table has its place on a cluster, and no place is kept for one that is not', async () => {
  const { rows } = await database.pool.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`);
  const placed = ['lane', ...Object.values(tablePlaces).flat()];
  assert.deepEqual(placed.toSorted(), rows.map(({ name }) => name).sort());
});

test('a table has a column lane exactly where it is spread by lane, but for questions that wait for a person and sums of rehearsals', async () => {
  const { rows } = await database.pool.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'lane'
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace`);
  const spread = ['lane', 'unclear_reply', 'journey_rehearsal_lane', ...tablePlaces.byLane];
  assert.deepEqual(spread.toSorted(), rows.map(({ name }) => name).sort());
});

test('lanes are spread evenly over 2 to 16 nodes, though their hashes are not', async () => {
  // What Citus spreads a smallint by.
  const { rows } = await database.pool.query<{ hash: number }>('SELECT hashint2(lane) AS hash FROM lane');
  const hashes = rows.map(({ hash }) => hash);
  const ends = evenRanges(hashes, hashes.length);
  const shardOf = (hash: number, of = ends) => of.filter((end) => end < hash).length;
  assert.equal(new Set(hashes.map((hash) => shardOf(hash))).size, hashes.length, 'each lane has its own');
  const lanesOnNodes = (nodes: number, shard: (hash: number) => number) => {
    const counts = Array.from({ length: nodes }, () => 0);
    for (const hash of hashes) counts[shard(hash) % nodes]! += 1;
    return counts;
  };
  for (let nodes = 2; nodes <= 16; nodes++) {
    const counts = lanesOnNodes(nodes, (hash) => shardOf(hash));
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${nodes} nodes: ${counts}`);
  }
  const ofOneLength = (hash: number) => Math.floor((hash + 2 ** 31) / (2 ** 32 / 32));
  const uneven = lanesOnNodes(8, ofOneLength);
  assert.ok(Math.max(...uneven) > 2 * Math.min(...uneven), `ranges of one length would give ${uneven}`);
});

test('fewer shards than lanes have as many lanes each', () => {
  const hashes = [40, -7, 3, 99, -50, 12, 60, 8];
  assert.deepEqual(evenRanges(hashes, 4), [-7, 8, 40]);
  assert.deepEqual(evenRanges(hashes, 1), []);
});
