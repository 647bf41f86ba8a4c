import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeMessageId } from '../database/message-id.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { embeddedDatabase, outsideDatabase } from '../testing/killable-database.ts';
import { startTestProcess, type TestProcess } from '../testing/process.ts';
import { exchange, freePort, until } from '../testing/program.ts';

const audience = 5_000;
/** The last of them have not opted in. */
const consenting = 4_900;
const kills = 10;
/** What dies at a kill, in turn. */
const victims = ['program', 'database', 'program and database'] as const;
const key = 'a-key-for-tests-only-0123456789';
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;

interface Totals {
  audience: number;
  sends: number;
  delivered: number;
  bounced: number;
  awaitingReceipt: number;
  inDoubt: number;
  pending: number;
  skips: number;
  skipsByReason: Record<string, number>;
}

interface Message {
  messageId: string;
  status: string;
  toAddress: string | null;
  skipReason: string | null;
}

test('kill -9 of the program and of its database, ten times during a blast: every admitted user gets it once', async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = generator(seed);
  const place = await startPlace(t);
  const { call, simulator } = place;
  // Answers slow enough that something is always on the wire; a tenth of all messages never get a receipt, so
  // that only the provider can be asked about those in doubt.
  await simulator('PUT', '/behaviour', {
    latencyMs: { min: 20, max: 120 },
    receiptDelayMs: { min: 50, max: 1_000 },
    loss: 0.1,
  });
  await call('PATCH', `/api/senders/${senderId}`, { mps: 800 });
  const { campaignId } = await makeCampaign(place, {
    count: audience,
    consenting,
    channel: 'SMS Transactional',
    tag: 'crash',
    options: { senderId },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`);
  t.diagnostic(`${process.uptime() | 0} launched`);

  let seenInDoubt = 0;
  let liveInDoubt = 0;
  for (let kill = 0; kill < kills; kill++) {
    // The first falls into admission, the others where the blast has come so far.
    if (kill === 0) await sleep(random() * 1_500);
    else await ledgerToReach(place, ((kill - 1 + random()) / (kills - 0.5)) * consenting);
    await sleep(random() * 100);
    const victim = victims[kill % victims.length] ?? 'program';
    const onTheWire = await killAndReadTheWire(place, campaignId, victim);
    const { seen, live } = await watchDoubt(place, campaignId, onTheWire);
    seenInDoubt += seen;
    liveInDoubt += live;
    t.diagnostic(
      `${process.uptime() | 0} kill ${kill + 1}, ${victim}: ${onTheWire.size} on the wire, ${seen} seen in doubt`,
    );
  }

  const totals = await until('all to be sent and settled', async () => {
    const { totals } = await call<{ totals: Totals }>('GET', `/api/campaigns/${campaignId}/live`);
    if (Math.random() < 0.1) t.diagnostic(`${process.uptime() | 0} ${JSON.stringify(totals)}`);
    const dispatching = await messagesOf(place, campaignId, 'dispatching');
    return totals.pending + totals.inDoubt + dispatching.length === 0 ? totals : null;
  });
  assert.ok(seenInDoubt > 0, 'over ten kills something must have been on the wire and shown as in doubt');
  assert.ok(liveInDoubt > 0, 'the live page counted messages in doubt');

  t.diagnostic(`${process.uptime() | 0} settled ${JSON.stringify(totals)}`);
  const ledger = await readLedger(place);
  const expected = Array.from({ length: consenting }, (_, index) => sanFranciscoNumber(index)).sort();
  assert.deepEqual(ledger.sort(), expected, 'each admitted user’s handset got exactly one message');
  assert.equal(totals.audience, audience);
  assert.equal(totals.sends + totals.skips, totals.audience);
  assert.equal(totals.sends, ledger.length);
  assert.equal(totals.sends, totals.delivered + totals.bounced + totals.awaitingReceipt);
  assert.deepEqual(totals.skipsByReason, { noOptIn: audience - consenting });

  const messages = await messagesOf(place, campaignId);
  const sent = messages.filter((message) => message.status !== 'skipped');
  assert.equal(messages.length, audience, 'one row for each user');
  assert.deepEqual(sent.map((message) => message.toAddress).sort(), expected);
  const { state } = await until('the campaign to be finished', async () => {
    const campaign = await call<{ state: string }>('GET', `/api/campaigns/${campaignId}/live`);
    return campaign.state === 'Finished' ? campaign : null;
  });
  assert.equal(state, 'Finished');
});

type Place = Awaited<ReturnType<typeof startPlace>>;

/** A simulator, a program and its database, each a process of its own. */
async function startPlace(t: { after(work: () => Promise<void>): void }) {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-crash-'));
  // As root the database runs as another user, who must be able to walk into the folder.
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'program');
  const outside = process.env.TEST_DATABASE_OUTSIDE === 'yes';
  const database = outside ? await outsideDatabase() : embeddedDatabase(dataDir);
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const [url, simulatorUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${simulatorPort}`];
  const carriers = await startTestProcess(
    'simulator/main.ts',
    [],
    {
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_SMTP_PORT: '0',
      DATA_DIR: join(folder, 'carriers'),
    },
    `${simulatorUrl}/healthz`,
  );
  const startProgram = () =>
    startTestProcess(
      'server/main.ts',
      [],
      {
        PORT: String(port),
        DATA_DIR: dataDir,
        SIMULATOR_URL: simulatorUrl,
        CARILLON_API_KEY: key,
        ...(database.outsideUrl && { DATABASE_URL: database.outsideUrl }),
      },
      `${url}/readyz`,
    );
  const place = {
    database,
    program: await startProgram(),
    restart: async () => {
      place.program = await startProgram();
    },
    call: <T>(method: string, path: string, body?: unknown): Promise<T> =>
      exchange<T>(method, url + path, { 'Api-Key': key }, body),
    simulator: <T>(method: string, path: string, body?: unknown): Promise<T> =>
      exchange<T>(method, simulatorUrl + path, {}, body),
  };
  t.after(async () => {
    const programs: TestProcess[] = [place.program, carriers];
    for (const each of programs) await each.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  await until('the simulator to know the senders', async () => {
    const { numbers } = await place.simulator<{ numbers: unknown[] }>('GET', '/numbers');
    return numbers.length > 0 ? numbers : null;
  });
  return place;
}

/**
 * Kills, and brings up again what does not rise by itself. Returns the ids of the messages that were on the
 * wire at that moment and whose answer had not been kept.
 */
async function killAndReadTheWire(
  place: Place,
  campaignId: number,
  victim: (typeof victims)[number],
): Promise<Set<string>> {
  const { database } = place;
  if (victim !== 'database') await place.program.kill();
  if (victim !== 'program') await database.kill();
  // An embedded database rises with its program; an outside one never went away.
  const restarted = victim === 'database' ? Promise.resolve() : place.restart();
  const rows = await database.query<{ lane: number; id: string }>(
    `SELECT lane, id FROM message m WHERE campaign_id = $1 AND status IN ('dispatching', 'inDoubt')
       AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.lane = m.lane AND r.message_id = m.id)`,
    [campaignId],
  );
  await restarted;
  return new Set(rows.map((row) => encodeMessageId(row.lane, Number(row.id))));
}

/**
 * Looks on until every message that was on the wire is either shown as in doubt or settled. Returns how many of
 * them were seen in doubt, and the most that the live page counted meanwhile.
 */
async function watchDoubt(
  place: Place,
  campaignId: number,
  onTheWire: ReadonlySet<string>,
): Promise<{ seen: number; live: number }> {
  const seen = new Set<string>();
  let most = 0;
  await until('the messages on the wire to be in doubt or settled', async () => {
    const live = await quietly(place.call<{ totals: Totals }>('GET', `/api/campaigns/${campaignId}/live`));
    const dispatching = await quietly(messagesOf(place, campaignId, 'dispatching'));
    const doubtful = await quietly(messagesOf(place, campaignId, 'inDoubt'));
    if (!live || !dispatching || !doubtful) return null;
    most = Math.max(most, live.totals.inDoubt);
    for (const { messageId } of doubtful) if (onTheWire.has(messageId)) seen.add(messageId);
    return dispatching.some(({ messageId }) => onTheWire.has(messageId)) ? null : true;
  });
  return { seen: seen.size, live: most };
}

/** Null where the program is on its way back and cannot answer yet. */
function quietly<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch(() => null);
}

async function ledgerToReach(place: Place, count: number): Promise<void> {
  await until(`${Math.ceil(count)} messages in the ledger`, async () => {
    const ledger = await place.simulator<{ count: number }>('GET', '/ledger/count');
    return ledger.count >= count ? true : null;
  });
}

/** All messages of the campaign, a page at a time. */
async function messagesOf(place: Place, campaignId: number, status?: string): Promise<Message[]> {
  const all: Message[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ campaignId: String(campaignId), limit: '1000' });
    if (status) query.set('status', status);
    if (after) query.set('after', after);
    const page = await place.call<{ messages: Message[]; nextAfter?: string }>(
      'GET',
      `/api/messages?${query}`,
    );
    all.push(...page.messages);
    after = page.nextAfter;
  } while (after);
  return all;
}

/** The handset of every message that reached the network, as often as it did. */
async function readLedger(place: Place): Promise<string[]> {
  const handsets: string[] = [];
  let cursor: string | number | null = 0;
  while (cursor !== null) {
    const page: { messages: { to: string }[]; next: string | number | null } = await place.simulator(
      'GET',
      `/ledger?limit=10000&cursor=${cursor}`,
    );
    handsets.push(...page.messages.map((message) => message.to));
    cursor = page.next;
  }
  return handsets;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
