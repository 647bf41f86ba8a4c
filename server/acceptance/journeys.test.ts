import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCartJourney, type TileCounts } from '../testing/cart-journey.ts';
import { type LedgerLine, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

/** RUNS_TIMES=2500 for a hundred thousand. */
const people = 40 * Number(process.env.RUNS_TIMES ?? 1);
/** Rows of one call, and calls at once. */
const [atMost, atOnce] = [1_000, 16];
/** People whose ways are asked for one by one. */
const mostAskedWhy = 4_001;
const hourMs = 3_600_000;

let program: TestProgram;
let text: { messageTypeId: number };
let chat: { messageTypeId: number };
before(async () => {
  // Monday 11:00 in London: an hour and a day later it is a decent hour too.
  program = await startTestProgram('2026-11-23T11:00:00Z');
  const types = await typesByChannel(program);
  text = types.get('SMS Marketing')!;
  chat = types.get('WhatsApp Marketing')!;
  // Only the machine holds them back.
  const { senders } = await program.call<{ senders: { id: number }[] }>('GET', '/api/senders');
  for (const { id } of senders)
    await program.call('PATCH', `/api/senders/${id}`, { mps: 100_000, dailyCap: null });
});
after(() => program.close());

const number = (index: number) => `+447${String(710_000_000 + index)}`;
const email = (index: number) => `cart-${index}@example.com`;
const everybody = Array.from({ length: people }, (_, index) => index);
const buysAtOnce = (index: number) => index % 2 === 0;
const clicks = (index: number) => index % 4 === 1;

/** Makes a call for every so many rows. */
async function callInParts<Row>(path: string, rows: readonly Row[], bodyOf: (part: Row[]) => object) {
  for (let from = 0; from < rows.length; from += atMost)
    await program.call('POST', path, bodyOf(rows.slice(from, from + atMost)));
}

/** Does something for each person, several at once. */
async function forEach(indexes: readonly number[], work: (index: number) => Promise<void>): Promise<void> {
  const open = indexes.values();
  const worker = async () => {
    for (const index of open) await work(index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** All that has arrived, by the number it came to. */
async function ledger(): Promise<Map<string, LedgerLine[]>> {
  const lines: LedgerLine[] = [];
  for (let cursor: unknown = 0; cursor !== null; ) {
    const page = await program.simulator<{ messages: LedgerLine[]; next: unknown }>(
      'GET',
      `/ledger?limit=1000&cursor=${cursor}`,
    );
    lines.push(...page.messages);
    cursor = page.messages.length === 0 ? null : page.next;
  }
  return Map.groupBy(lines, ({ to }) => to);
}

test('a cart journey: who buys leaves at once, the others get a text, and those who do not click a WhatsApp a day later; ledger, counts and each person’s way tell one story', async () => {
  await callInParts('/api/users/bulkUpdate', everybody, (part) => ({
    users: part.map((index) => ({
      email: email(index),
      dataFields: { phoneNumber: number(index), firstName: `Ann${index}` },
    })),
  }));
  for (const { messageTypeId } of [text, chat])
    await callInParts('/api/consent', everybody, (part) => ({
      consents: part.map((index) => ({
        ...{ email: email(index), messageTypeId, method: 'webForm', source: 'the shop' },
      })),
    }));
  const types = { text: text.messageTypeId, chat: chat.messageTypeId };
  const id = await makeCartJourney(program, types, { for: { hours: 1 } }, { hours: 4 });
  const counts = async () =>
    (await program.call<{ tiles: Record<string, TileCounts> }>('GET', `/api/journeys/${id}/counts`)).tiles;
  const createdAt = program.clock.now().getTime();
  await callInParts('/api/events/trackBulk', everybody, (part) => ({
    events: part.map((index) => ({
      ...{ email: email(index), eventName: 'cartAbandoned', createdAt },
      dataFields: { item: `shoes ${index}` },
    })),
  }));
  await program.until('all to be inside', async () =>
    (await counts()).hour?.inside === people ? true : null,
  );
  await forEach(everybody.filter(buysAtOnce), async (index) => {
    await program.call('POST', '/api/commerce/trackPurchase', {
      user: { email: email(index) },
      items: [{ id: '1', name: 'shoes', price: 10, quantity: 1 }],
      total: 10,
    });
  });
  assert.equal((await counts()).hour?.left.goal, people / 2);
  const reminded = everybody.filter((index) => !buysAtOnce(index));
  program.clock.advance(hourMs);
  await program.until('all to wait for a tap', async () =>
    (await counts()).clicked?.inside === reminded.length ? true : null,
  );
  const linkOf = new Map<number, string>();
  const texts = await ledger();
  for (const index of reminded) {
    const [message] = texts.get(number(index)) ?? [];
    assert.match(message?.body ?? '', new RegExp(`shoes ${index}\\.`));
    assert.equal(message?.wire, 'twilio');
    linkOf.set(index, /http\S+/.exec(message?.body ?? '')?.[0] ?? '');
  }
  await forEach(reminded.filter(clicks), async (index) => {
    await program.simulator('POST', `/handsets/${encodeURIComponent(number(index))}/taps`, {
      url: linkOf.get(index),
    });
  });
  await program.until('those to leave who tapped', async () =>
    (await counts()).clicked?.ways.clicked === reminded.filter(clicks).length ? true : null,
  );
  program.clock.advance(4 * hourMs);
  const asked = reminded.filter((index) => !clicks(index));
  await program.until('nobody to be inside', async () =>
    Object.values(await counts()).every(({ inside }) => inside === 0) ? true : null,
  );
  const arrived = await ledger();
  for (const index of everybody) {
    const wanted = buysAtOnce(index) ? [] : clicks(index) ? ['twilio'] : ['twilio', 'meta'];
    assert.deepEqual(
      (arrived.get(number(index)) ?? []).map(({ wire }) => wire),
      wanted,
      email(index),
    );
  }
  const step = Math.ceil(people / mostAskedWhy);
  await forEach(
    everybody.filter((index) => index % step === 0),
    async (index) => {
      const { passages } = await program.call<{
        passages: { reason: string; turns: { steps: { tile: string; way: string | null }[] }[] }[];
      }>('GET', `/api/journeys/${id}/why?email=${encodeURIComponent(email(index))}`);
      assert.equal(passages.length, 1);
      assert.equal(passages[0]?.reason, buysAtOnce(index) ? 'goal' : 'finished');
    },
  );
  const tiles = await counts();
  for (const [tile, { arrived, inside, ways, left }] of Object.entries(tiles))
    assert.equal(
      arrived,
      inside + [...Object.values(ways), ...Object.values(left)].reduce((sum, each) => sum + each, 0),
      tile,
    );
  assert.deepEqual(tiles.clicked?.ways, { clicked: reminded.filter(clicks).length, timeout: asked.length });
});
