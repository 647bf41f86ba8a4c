import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { lanes } from '../lanes/lanes.ts';
import { assertSums } from '../testing/assert-sums.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { nodesOf, onServer, urlAt } from '../testing/cluster.ts';
import { startTestDatabase } from '../testing/database.ts';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { startTestProcess } from '../testing/process.ts';
import { until } from '../testing/program.ts';
import { messagesOf, readLedger } from '../testing/program-apart.ts';

const isOnCluster = process.env.TEST_DATABASE_CLUSTER === 'yes';
const skip = isOnCluster ? false : 'needs a Citus cluster: CITUS_URL=… npm run test:citus';

const audience = 20_000;
/** The last of them have not opted in. */
const consenting = 19_700;
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;
const kills = 6;
const codes = 300;

test('the program does not start on a data node, and says what to do', { skip }, async () => {
  const database = await startTestDatabase();
  try {
    const node = (await nodesOf(database.url)).find(({ isCoordinator }) => !isCoordinator);
    assert.ok(node);
    const settings = { DATABASE_URL: urlAt(database.url, node), PORT: '0', SIMULATOR_PORT: '0' };
    await assert.rejects(
      startTestProcess('server/main.ts', [], settings, 'http://127.0.0.1:9/'),
      (error: Error) => {
        assert.match(error.message, /DATABASE_URL names a data node .* give the coordinator/);
        assert.doesNotMatch(error.message, /\n\s+at /);
        return true;
      },
    );
  } finally {
    await database.close();
  }
});

test('each lane is whole on one node, and nodes have as many lanes as the others', { skip }, async () => {
  const database = await startTestDatabase();
  try {
    const { rows } = await database.pool.query<{ node: string; lanes: number }>(
      `SELECT nodename || ':' || nodeport AS node, count(DISTINCT lane)::int AS lanes
       FROM unnest($1::smallint[]) lane JOIN pg_dist_placement
         ON shardid = get_shard_id_for_distribution_column('message', lane)
       JOIN pg_dist_node USING (groupid) GROUP BY 1`,
      [lanes],
    );
    const counts = rows.map((row) => row.lanes);
    const nodes = (await nodesOf(database.url)).filter(({ isCoordinator }) => !isCoordinator);
    assert.equal(counts.length, nodes.length);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= lanes.length / 8, `lanes by node: ${counts}`);
    const { rows: apart } = await database.pool.query(
      "SELECT logicalrelid FROM pg_dist_partition WHERE partmethod = 'h' AND colocationid <> (SELECT colocationid FROM pg_dist_partition WHERE logicalrelid = 'lane'::regclass)",
    );
    assert.deepEqual(apart, [], 'all tables that are spread by lane lie as lanes do');
  } finally {
    await database.close();
  }
});

test('a blast under kill -9 of the program and of a node’s connections is exact, and commits in one phase', {
  skip,
}, async (t) => {
  const place = await startPlace(t);
  const { call, simulator, database } = place;
  const url = database.outsideUrl ?? '';
  const nodes = (await nodesOf(url)).filter(({ isCoordinator }) => !isCoordinator);
  await simulator('PUT', '/behaviour', {
    latencyMs: { min: 5, max: 50 },
    receiptDelayMs: { min: 50, max: 500 },
  });
  await call('PATCH', `/api/senders/${senderId}`, { mps: 2_000 });
  const { campaignId } = await makeCampaign(place, {
    count: audience,
    consenting,
    channel: 'SMS Transactional',
    tag: 'cluster',
    options: { senderId },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`);
  const sent = async () => (await readLedger(place)).length;
  await until('the blast to be under way', async () => ((await sent()) > 1_000 ? true : null));
  const before = { commits: await inTwoPhases(place), sent: await sent() };
  await until('three thousand more', async () => ((await sent()) > before.sent + 3_000 ? true : null));
  const commits = (await inTwoPhases(place)) - before.commits;
  t.diagnostic(`${commits} commits in two phases while ${(await sent()) - before.sent} left`);

  for (let kill = 0; kill < kills; kill++) {
    const reached = await sent();
    if (kill % 2 === 0) {
      await place.program.kill();
      await place.restart();
    } else await endConnections(urlAt(url, nodes[(kill >> 1) % nodes.length]!));
    await until('more to leave after it', async () => {
      const now = await sent();
      return now > reached + 1_000 || now >= consenting ? true : null;
    });
  }
  const totals = await until('all to be sent and settled', async () => {
    const { totals } = await call<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`);
    assertSums(totals);
    const dispatching = await messagesOf(place, campaignId, 'dispatching');
    return totals.pending + totals.inDoubt + dispatching.length === 0 ? totals : null;
  });
  const ledger = (await readLedger(place)).map((line) => line.to);
  const expected = Array.from({ length: consenting }, (_, index) => sanFranciscoNumber(index)).sort();
  assert.deepEqual(ledger.sort(), expected, 'each admitted user’s handset got exactly one message');
  assert.equal(totals.audience, audience);
  assert.equal(totals.sends, consenting);
  const messages = await messagesOf(place, campaignId);
  assert.equal(messages.length, audience, 'one row for each user');
  const exported = await call<string>(
    'GET',
    `/api/export/data.json?dataTypeName=smsSend&range=All&campaignId=${campaignId}`,
  );
  assert.equal(exported.trim().split('\n').length, consenting, 'the export tells of each once');
  assert.ok(commits < 30, `${commits} commits in two phases while thousands of messages left`);
});

test('codes under keys of their own to people who are known commit in one phase', { skip }, async (t) => {
  const place = await startPlace(t);
  const { campaignId, emails } = await makeCampaign(place, {
    ...{ count: 50, channel: 'SMS Transactional', tag: 'codes', options: { senderId } },
  });
  // A process tells what it has counted when it ends.
  await place.program.kill();
  const before = await inTwoPhases(place);
  await place.restart();
  const ids = new Set<string>();
  for (let call = 0; call < codes; call += 10)
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const body = { campaignId, recipientEmail: emails[(call + index) % emails.length] };
        const key = { 'Idempotency-Key': `code ${call + index}` };
        const once = () =>
          place.call<{ params: { messageId: string } }>('POST', '/api/sms/target', body, key);
        const [{ params }, again] = [await once(), await once()];
        assert.equal(again.params.messageId, params.messageId);
        ids.add(params.messageId);
      }),
    );
  await until('all to be sent', async () => ((await readLedger(place)).length >= codes ? true : null));
  await place.program.kill();
  const commits = (await inTwoPhases(place)) - before;
  t.diagnostic(`${commits} commits in two phases for ${codes} codes`);
  assert.equal(ids.size, codes);
  assert.equal((await readLedger(place)).length, codes, 'each code is sent once');
  assert.ok(commits < codes / 10, `${commits} commits in two phases for ${codes} codes`);
});

/** How often nodes were asked to commit in two phases: Citus keeps a row for each node of each such commit. */
async function inTwoPhases({ database }: Place): Promise<number> {
  const [row] = await database.query<{ commits: string }>(
    "SELECT pg_stat_get_tuples_inserted('pg_dist_transaction'::regclass)::text AS commits",
    [],
  );
  return Number(row?.commits);
}

/** Ends every connection to a node but our own, as when it is restarted. */
async function endConnections(url: string): Promise<void> {
  await onServer(url, (client: pg.Client) =>
    client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    ),
  );
}
