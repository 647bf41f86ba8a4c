import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import type { Live } from '../testing/people.ts';
import { startTestProcess, type TestProcess } from '../testing/process.ts';
import { exchange, freePort, until } from '../testing/program.ts';

const key = 'a-key-for-tests-only-0123456789';
const twoSegments = 'Carillon: hi {{firstName}}, '.padEnd(200, 'your order is on its way; ');

/** Senders with what they may do, and the blast that each has to send. */
const blasts = [
  { name: 'slow', mps: 5, dailyCap: null, count: 50, message: 'Carillon: hi {{firstName}}' },
  { name: 'long', mps: 5, dailyCap: null, count: 20, message: twoSegments },
  { name: 'middling', mps: 40, dailyCap: null, count: 200, message: twoSegments },
  { name: 'fast', mps: 200, dailyCap: null, count: 2_000, message: 'Carillon: hi {{firstName}}' },
  { name: 'capped', mps: 100, dailyCap: 201, count: 150, message: twoSegments },
] as const;

/** In any time so long no more may arrive than the pace gives it. */
const windowsMs = [1_000, 4_000];
/** What a busy machine may put between a post's slot and its arrival. */
const jitterMs = 250;

interface Line {
  id: string;
  from: string;
  to: string;
  segments: number;
  instant: string;
}

let database: TestDatabase;
let simulator: Simulator;
let folder: string;
let url: string;
let settings: Record<string, string>;
let api: TestProcess;
const workers: TestProcess[] = [];
const place = {
  call: <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> =>
    exchange<T>(method, url + path, { 'Api-Key': key }, body),
};

before(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'carillon-pace-'));
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', dataDir: folder, smtpPort: 0 });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  settings = {
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    SIMULATOR_URL: simulator.url,
    CARILLON_API_KEY: key,
  };
  api = await startTestProcess('server/main.ts', ['api'], settings, `${url}/readyz`);
  workers.push(await startWorkerProcess(), await startWorkerProcess());
});
after(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await api?.kill();
  await simulator?.close();
  await database?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A worker has no page of its own to ask: the API, which is ready already, is asked instead. */
function startWorkerProcess(): Promise<TestProcess> {
  return startTestProcess('server/main.ts', ['worker'], settings, `${url}/readyz`);
}

test('two workers and an API keep each sender to its pace and day, and one may be stopped in the middle', async (t) => {
  const campaigns = await makeBlasts();
  for (const { campaignId } of campaigns) await place.call('POST', `/api/campaigns/${campaignId}/send`, {});

  await until('the first third to leave', async () => (await countLedger()) > 700 || null);
  // SIGTERM; it throws when the process did not end well.
  await workers[0]?.stop();
  workers.push(await startWorkerProcess());

  const ends = await until('all to be sent', async () => {
    const totals = await Promise.all(campaigns.map(({ campaignId }) => totalsOf(campaignId)));
    const isDone = totals.every(
      (each, index) => each.awaitingReceipt === 0 && each.sends >= (campaigns[index]?.mayLeave ?? 0),
    );
    return isDone ? totals : null;
  });

  const lines = await readLedger();
  for (const [index, { address, name, mps, count, mayLeave }] of campaigns.entries()) {
    const mine = lines.filter((line) => line.from === address);
    const busiest = windowsMs.map((windowMs) => busiestWindow(mine, windowMs));
    t.diagnostic(
      `${name}, ${mps} a second: ${mine.length} messages, at most ${busiest} segments in ${windowsMs} ms`,
    );
    for (const [at, windowMs] of windowsMs.entries()) {
      const allowed = (mps * (windowMs + jitterMs)) / 1_000;
      const found = busiest[at] ?? 0;
      assert.ok(found <= allowed, `${name}: ${found} segments within ${windowMs} ms, ${allowed} allowed`);
    }
    assert.equal(new Set(mine.map((line) => line.to)).size, mine.length, `${name}: nobody got it twice`);
    assert.equal(mine.length, mayLeave, `${name}: no more and no fewer than may leave`);
    assert.equal(ends[index]?.audience, count);
    assert.equal(ends[index]?.sends, mayLeave);
    assert.equal(ends[index]?.pending, count - mayLeave, `${name}: the rest waits`);
    assert.equal(ends[index]?.skips, 0);
  }
  const { rows } = await sql<{ dispatcher: number }>`
    SELECT DISTINCT dispatcher FROM message WHERE dispatcher IS NOT NULL`.execute(database.db);
  assert.ok(rows.length >= 2, 'the workers shared the work');
});

/** A sender and a campaign of each kind. */
async function makeBlasts() {
  const { senders } = await place.call<{ senders: { providerAccountId: number }[] }>('GET', '/api/senders');
  let used = 0;
  const made = [];
  for (const [index, blast] of blasts.entries()) {
    const address = `+1202555016${index}`;
    const { id } = await place.call<{ id: number }>('POST', '/api/senders', {
      providerAccountId: senders[0]?.providerAccountId,
      kind: 'longCode',
      address,
      country: 'US',
      purpose: 'transactional',
      mps: blast.mps,
      dailyCap: blast.dailyCap,
      dayZone: zoneAtNoon(),
    });
    const from = used;
    used += blast.count;
    const { campaignId } = await makeCampaign(place, {
      tag: blast.name,
      channel: 'SMS Transactional',
      count: blast.count,
      message: blast.message,
      phoneOf: (place) => sanFranciscoNumber(from + place),
      options: { senderId: id },
    });
    const segments = blast.message === twoSegments ? 2 : 1;
    const mayLeave =
      blast.dailyCap === null ? blast.count : Math.min(blast.count, Math.floor(blast.dailyCap / segments));
    made.push({ ...blast, campaignId, address, mayLeave });
  }
  return made;
}

/** Where it is about noon now, so that no day ends while the test runs. */
function zoneAtNoon(): string {
  const offset = new Date().getUTCHours() - 12;
  return `Etc/GMT${offset < 0 ? '' : '+'}${offset}`;
}

async function totalsOf(campaignId: number): Promise<Live['totals']> {
  return (await place.call<Live>('GET', `/api/campaigns/${campaignId}/live`)).totals;
}

async function countLedger(): Promise<number> {
  return (await exchange<{ count: number }>('GET', `${simulator.url}/ledger/count`, {})).count;
}

async function readLedger(): Promise<Line[]> {
  const { messages, next } = await exchange<{ messages: Line[]; next: number | null }>(
    'GET',
    `${simulator.url}/ledger?limit=10000`,
    {},
  );
  assert.equal(next, null);
  return messages;
}

/** The most segments that arrived within any time of such length. */
function busiestWindow(lines: readonly Line[], windowMs: number): number {
  const arrivals = lines
    .map((line) => ({ at: Date.parse(line.instant), segments: line.segments }))
    .sort((a, b) => a.at - b.at);
  let [most, within, first] = [0, 0, 0];
  for (const arrival of arrivals) {
    within += arrival.segments;
    while ((arrivals[first]?.at ?? 0) <= arrival.at - windowMs) within -= arrivals[first++]?.segments ?? 0;
    most = Math.max(most, within);
  }
  return most;
}
