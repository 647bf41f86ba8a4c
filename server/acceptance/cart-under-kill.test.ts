import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCartJourney, type TileCounts } from '../testing/cart-journey.ts';
import { startPlace } from '../testing/killable-place.ts';
import { typesByChannel } from '../testing/people.ts';
import { readLedger } from '../testing/program-apart.ts';
import { seededRandom } from '../testing/seeded-random.ts';

/** RUNS_TIMES=2500 for a hundred thousand, KILLS=50 for as many kills. */
const people = 40 * Number(process.env.RUNS_TIMES ?? 1);
const kills = Number(process.env.KILLS ?? 3);
const [atMost, atOnce] = [1_000, 16];
/** What the program has for each part of the way while it is killed again and again. */
const [enterMs, buyMs, clickMinutes] = [
  10_000 + people * 3,
  10_000 + people * 5,
  1 + Math.ceil(people / 10_000),
];
const patienceMs = 3 * 60_000 + people * 30;

const everybody = Array.from({ length: people }, (_, index) => index);
const email = (index: number) => `cart-${index}@example.com`;
const buysAtOnce = (index: number) => index % 2 === 0;
const clicks = (index: number) => index % 4 === 1;

test(`a cart journey of ${people} people while program and connections are killed ${kills} times: who buys gets nothing, who does not gets one text, who does not tap it one WhatsApp`, {
  skip:
    process.env.RUNS_TIMES === undefined &&
    'with RUNS_TIMES and KILLS set: its waits are of minutes by the real clock',
}, async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = seededRandom(seed);
  const place = await startPlace(t);
  /** The call again until it is answered: whoever calls does not know of kills. */
  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> =>
    again(() => place.call<T>(method, path, body));
  const types = await typesByChannel(place);
  const { senders } = await call<{ senders: { id: number }[] }>('GET', '/api/senders');
  for (const { id } of senders) await call('PATCH', `/api/senders/${id}`, { mps: 100_000, dailyCap: null });
  const number = awakeNumbers(new Date());
  await inParts(everybody, (part) =>
    call('POST', '/api/users/bulkUpdate', {
      users: part.map((index) => ({
        email: email(index),
        dataFields: { phoneNumber: number(index), firstName: `Ann${index}` },
      })),
    }),
  );
  const [text, chat] = [types.get('SMS Marketing')!, types.get('WhatsApp Marketing')!];
  for (const { messageTypeId } of [text, chat])
    await inParts(everybody, (part) =>
      call('POST', '/api/consent', {
        consents: part.map((index) => ({
          ...{ email: email(index), messageTypeId, method: 'webForm', source: 'the shop' },
        })),
      }),
    );
  const id = await makeCartJourney(
    { call, simulator: place.simulator },
    { text: text.messageTypeId, chat: chat.messageTypeId },
    { untilDate: { path: 'goesOn', of: 'entry' } },
    { minutes: clickMinutes },
  );
  let isOver = false;
  const killing = (async () => {
    // Spread over the whole way: entering, buying, texting, tapping, the WhatsApp.
    const spreadMs = enterMs + buyMs + clickMinutes * 60_000;
    for (let killed = 0; killed < kills && !isOver; killed++) {
      await sleep((random() * 2 * spreadMs) / kills);
      if (random() < 0.5) {
        await place.program.kill();
        await place.restart();
      } else
        await place.database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND random() < 0.5`,
          [],
        );
      t.diagnostic(`killed ${killed + 1} times`);
    }
  })();
  const goesOn = new Date(Date.now() + enterMs + buyMs).toISOString();
  const createdAt = Date.now();
  await inParts(everybody, (part) =>
    call('POST', '/api/events/trackBulk', {
      events: part.map((index) => ({
        ...{ id: `cart-${index}`, email: email(index), eventName: 'cartAbandoned', createdAt },
        dataFields: { item: `shoes ${index}`, goesOn },
      })),
    }),
  );
  const counts = async () =>
    (await call<{ tiles: Record<string, TileCounts> }>('GET', `/api/journeys/${id}/counts`)).tiles;
  const wait = async (what: string, isSo: (tiles: Record<string, TileCounts>) => boolean) => {
    for (const end = Date.now() + patienceMs; ; await sleep(500)) {
      const tiles = await counts();
      if (isSo(tiles)) return;
      assert.ok(Date.now() < end, `waited in vain for ${what}: ${JSON.stringify(tiles)}`);
    }
  };
  await wait('all to be inside', ({ hour }) => hour?.inside === people);
  await each(everybody.filter(buysAtOnce), (index) =>
    call('POST', '/api/commerce/trackPurchase', {
      id: `order-${index}`,
      user: { email: email(index) },
      items: [{ id: '1', name: 'shoes', price: 10, quantity: 1 }],
      total: 10,
    }),
  );
  assert.ok(
    Date.now() < Date.parse(goesOn),
    'this machine is too slow: the cart went on before all had bought',
  );
  const reminded = everybody.filter((index) => !buysAtOnce(index));
  const wantTaps = new Map(reminded.filter(clicks).map((index) => [number(index), index]));
  const tapped = new Set<string>();
  // Each is tapped as soon as it arrives, so that all are in time.
  const tapAll = async () => {
    while (tapped.size < wantTaps.size) {
      const lines = await readLedger(place);
      const due = lines.filter(({ to }) => wantTaps.has(to) && !tapped.has(to));
      await each(due, async ({ to, body }) => {
        const url = /http\S+/.exec(body)?.[0] ?? '';
        await again(async () => {
          const tap = `/handsets/${encodeURIComponent(to)}/taps`;
          const { status } = await place.simulator<{ status: number }>('POST', tap, { url });
          // Whoever taps while the program is down sees a fault, and taps again.
          if (status >= 400) throw new Error(`the link answered ${status}`);
        });
        tapped.add(to);
      });
      await sleep(1_000);
    }
  };
  await Promise.all([
    wait('all to be gone', (now) => Object.values(now).every(({ inside }) => inside === 0)),
    tapAll(),
  ]);
  isOver = true;
  await killing;
  await sleep(2_000);
  const arrived = Map.groupBy(await readLedger(place), ({ to }) => to);
  for (const index of everybody) {
    const wanted = buysAtOnce(index) ? [] : clicks(index) ? ['twilio'] : ['twilio', 'meta'];
    assert.deepEqual(
      (arrived.get(number(index)) ?? []).map(({ wire }) => wire),
      wanted,
      email(index),
    );
  }
  const tiles = await counts();
  for (const [tile, { arrived: came, ways, left }] of Object.entries(tiles)) {
    const gone = [...Object.values(ways), ...Object.values(left)].reduce((sum, one) => sum + one, 0);
    assert.equal(gone, came, tile);
  }
  assert.equal(tiles.hour?.left.goal, people / 2);
  assert.equal(tiles.clicked?.ways.clicked, wantTaps.size);
  const [ended] = await place.database.query(
    `SELECT count(*)::int AS passages, count(DISTINCT user_id)::int AS people,
         count(*) FILTER (WHERE reason = 'goal')::int AS bought FROM journey_run_ended`,
    [],
  );
  assert.deepEqual(ended, { passages: people, people, bought: people / 2 });
});

/** Numbers of a country in which it is day at this instant: promotional messages have to be lawful by the real clock. */
function awakeNumbers(now: Date): (index: number) => string {
  const hour = now.getUTCHours();
  // Singapore from 9 to 17, the United Kingdom from 10 to 20, New Zealand from 10 to 14.
  if (hour >= 1 && hour < 10) return (index) => `+65${80_000_000 + index}`;
  if (hour >= 10 && hour < 20) return (index) => `+447${710_000_000 + index}`;
  return (index) => `+6421${String(1_000_000 + index)}`;
}

/** Something until it is done; gives up after ten minutes. */
async function again<T>(what: () => Promise<T>): Promise<T> {
  const end = Date.now() + 10 * 60_000;
  for (;;)
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(100);
    }
}

async function inParts(rows: readonly number[], work: (part: number[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += atMost) await work(rows.slice(from, from + atMost));
}

/** Does something for each, several at once. */
async function each<Row>(rows: readonly Row[], work: (row: Row) => Promise<unknown>): Promise<void> {
  const open = rows.values();
  const worker = async () => {
    for (const row of open) await work(row);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
