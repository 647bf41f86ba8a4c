import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { type Handsets, handsets, type Live, ours, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

const audience = 10_000;
/** Slow while people opt out, so that thousands wait; then as fast as it goes. */
const [slowMps, fastMps] = [150, 2_000];
const senderId = 1;

interface Line {
  to: string;
  body: string;
  instant: string;
}

let program: TestProgram;
let phones: Handsets;
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
});
after(() => program.close());

test('nothing leaves to a handset after its opt-out is committed, while 10,000 messages wait', async (t) => {
  const { call } = program;
  const { campaignId, messageTypeId } = await makeCampaign(program, {
    tag: 'race',
    channel: 'SMS Marketing',
    count: audience,
    message: 'Carillon: hi {{firstName}}, our offer',
    options: { senderId },
  });
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing') ?? {};
  await call('PATCH', `/api/senders/${senderId}`, { mps: slowMps });
  await call('POST', `/api/campaigns/${campaignId}/send`, {});
  await program.until('the first to leave', async () =>
    (await totals(campaignId)).sends > 100 ? true : null,
  );

  /** When each opt-out was answered, by handset. */
  const answered = new Map<string, number>();
  const ways: ((handset: string) => Promise<unknown>)[] = [
    (handset) => phones.writes(handset, ours.promotional, 'STOP'),
    (handset) => phones.writes(handset, ours.promotional, 'stop.'),
    (handset) =>
      call('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=unsubscribe`, {
        users: [emailOf(handset)],
      }),
    (handset) =>
      call('POST', '/api/users/updateSubscriptions', {
        email: emailOf(handset),
        unsubscribedChannelIds: [channelId],
      }),
  ];
  const byApi = new Set<string>();
  const optOut = async (handset: string, way: number) => {
    answered.set(handset, Number.POSITIVE_INFINITY);
    if (way >= 2) byApi.add(handset);
    await ways[way]?.(handset);
    answered.set(handset, program.clock.now().getTime());
  };
  for (let round = 0; round < 12; round++) {
    const next = await waiting('first', 3, answered);
    const last = await waiting('last', 1, answered);
    await Promise.all([...next, ...last].map((handset, index) => optOut(handset, (round + index) % 4)));
  }
  const { pending } = await totals(campaignId);
  assert.ok(pending > audience / 2, `${pending} still wait: the opt-outs fell into the blast`);
  await call('PATCH', `/api/senders/${senderId}`, { mps: fastMps });

  const end = await program.until('all to be sent and to arrive', async () => {
    const now = await totals(campaignId);
    return now.pending === 0 && now.awaitingReceipt === 0 ? now : null;
  });
  const lines = await readLedger();
  const offers = lines.filter((line) => line.body.includes('our offer'));
  const reached = new Set(offers.map((line) => line.to));
  assert.equal(reached.size, offers.length, 'nobody got the offer twice');
  const spared = [...answered.keys()].filter((handset) => !reached.has(handset));
  t.diagnostic(`${answered.size} opted out, ${spared.length} before their turn`);
  assert.ok(spared.length >= 12, 'most opted out before their turn');
  assert.equal(offers.length, audience - spared.length, 'everybody else got it');
  for (const [handset, at] of answered) {
    const later = lines.filter((line) => line.to === handset && Date.parse(line.instant) > at);
    assert.ok(!later.some((line) => line.body.includes('our offer')), `an offer left to ${handset} after it`);
    const confirmations = lines.filter((line) => line.to === handset && !line.body.includes('our offer'));
    assert.equal(confirmations.length, byApi.has(handset) ? 0 : 1, `confirmations to ${handset}`);
  }
  assert.equal(end.audience, audience);
  assert.equal(end.sends, offers.length);
  assert.deepEqual(end.skipsByReason, { optedOut: spared.length });
});

function emailOf(handset: string): string {
  return `race-${Number(handset.slice(5)) - Number(sanFranciscoNumber(0).slice(5))}@example.com`;
}

async function totals(campaignId: number): Promise<Live['totals']> {
  return (await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`)).totals;
}

/** Handsets whose message is the next of its lane, or the last of it. */
async function waiting(
  place: 'first' | 'last',
  count: number,
  besides: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const order = place === 'first' ? sql`due_at, id` : sql`due_at DESC, id DESC`;
  const { rows } = await sql<{ to: string }>`
    SELECT DISTINCT ON (lane) to_address AS "to" FROM message WHERE status = 'queued' AND template_id IS NOT NULL
    ORDER BY lane, ${order}`.execute(program.database.db);
  return rows
    .map((row) => row.to)
    .filter((to) => !besides.has(to))
    .sort(() => Math.random() - 0.5)
    .slice(0, count);
}

async function readLedger(): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { messages: Line[]; next: number | null } = await program.simulator(
      'GET',
      `/ledger?from=${encodeURIComponent(ours.promotional)}&limit=10000${cursor && `&cursor=${cursor}`}`,
    );
    lines.push(...page.messages);
    cursor = page.next === null ? null : String(page.next);
  }
  return lines;
}
