import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { assertSums } from '../testing/assert-sums.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { type LedgerLine, ours } from '../testing/people.ts';
import { until } from '../testing/program.ts';

const audience = 1_500;
/** The last of them have not opted in. */
const consenting = 1_450;
const kills = 5;
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;
/** Slow enough that the last kill falls into the blast; afterwards the rest may go fast. */
const [paceUnderFire, paceInPeace] = [60, 2_000];

interface Told {
  email: string;
  eventName: string;
  dataFields: { messageId?: string; campaignId?: number; reason?: string; unsubSource?: string };
}

test('kill -9 of the program five times during a blast: each send, skip and opt-out is told in one event, nobody who left is texted, and all counts tell one story', async (t) => {
  const place = await startPlace(t);
  const { call, simulator } = place;
  const told = await listen(t, place);
  await simulator('PUT', '/behaviour', {
    ...{ latencyMs: { min: 10, max: 60 }, receiptDelayMs: { min: 50, max: 1_000 } },
    ...{ duplicates: 0.1, outOfOrder: 0.2, errors: { 30005: 0.02, 21211: 0.01 } },
  });
  await call('PATCH', `/api/senders/${senderId}`, { mps: paceUnderFire });
  const { campaignId, channelId, emails } = await makeCampaign(place, {
    ...{ count: audience, consenting, channel: 'SMS Transactional', tag: 'told', options: { senderId } },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`);

  const optedOut: number[] = [];
  const inTime: string[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await ledgerToReach(place, (kill / kills) * 0.5 * consenting);
    // The first falls into admission; before each of the others somebody leaves in each way that there is.
    if (kill > 0) {
      const [writes, isSaid, isDeleted] = [0, 1, 2].map((way) => consenting - 1 - kill * 3 - way) as [
        number,
        number,
        number,
      ];
      const ways: [number, () => Promise<unknown>][] = [
        [writes, () => writesStop(place, sanFranciscoNumber(writes))],
        [
          isSaid,
          () =>
            call('PUT', `/api/subscriptions/messageChannel/${channelId}?action=unsubscribe`, {
              users: [emails[isSaid]],
            }),
        ],
        [isDeleted, () => call('DELETE', `/api/users/${emails[isDeleted]}`)],
      ];
      optedOut.push(writes, isSaid);
      for (const [index, leave] of ways)
        if (await leavesInTime(place, sanFranciscoNumber(index), leave))
          inTime.push(sanFranciscoNumber(index));
    }
    await place.program.kill();
    await place.restart();
    assertSums(await totalsOf(place, campaignId));
  }
  await call('PATCH', `/api/senders/${senderId}`, { mps: paceInPeace });

  const totals = await untilSettled(place, campaignId);
  t.diagnostic(JSON.stringify({ totals, told: told.size, inTime: inTime.length }));
  assertSums(totals);
  assert.deepEqual([totals.audience, totals.pending, totals.inDoubt], [audience, 0, 0]);
  const ledger = await readBodies(place);
  const texted = ledger.filter(({ body }) => body.startsWith('Carillon: hi Ann'));
  assert.equal(new Set(texted.map(({ to }) => to)).size, texted.length, 'nobody was texted twice');
  assert.ok(inTime.length > 0, 'somebody left in time');
  assert.deepEqual(
    texted.filter(({ to }) => inTime.includes(to)),
    [],
    'nobody was texted who had left',
  );

  const events = [...told.values()];
  const of = (name: string) => events.filter(({ eventName }) => eventName === name);
  // Who writes STOP is answered: that is no message of the campaign.
  const ofCampaign = events.filter(({ dataFields }) => dataFields.campaignId === campaignId);
  for (const [name, count] of [
    // What was refused at the post has not left.
    ['smsSend', totals.sends - refusedAtPost(ofCampaign).length],
    ['smsSendSkip', totals.skips],
    ['smsBounce', totals.bounced],
  ] as const) {
    const own = ofCampaign.filter(({ eventName }) => eventName === name);
    const messages = new Set(own.map(({ dataFields }) => dataFields.messageId));
    assert.deepEqual([own.length, messages.size], [count, count], `${name} of each message once`);
  }
  assert.deepEqual(
    countBy(of('smsSendSkip').map(({ dataFields }) => dataFields.reason)),
    totals.skipsByReason,
  );
  const leavers = of('smsUnSubscribe').map(({ email }) => email);
  for (const index of optedOut)
    assert.equal(
      leavers.filter((email) => email === emails[index]).length > 0,
      true,
      `${emails[index]}’s opt-out is told`,
    );
  await assertTablesTell(place, campaignId, totals);
  assert.equal(
    texted.length,
    totals.sends - refusedAtPost(ofCampaign).length,
    'the network had each send that it took',
  );
});

/** A webhook of all events; what it was told, by the event's number, which every repeat carries. */
async function listen(t: TestContext, place: Place): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const number = String(request.headers['x-carillon-event']);
    const known = told.get(number);
    const event = JSON.parse(body) as Told;
    if (known) assert.deepEqual(event, known);
    told.set(number, event);
    // Some are refused first, and come again.
    response.writeHead(!known && told.size % 100 === 0 ? 500 : 200).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => receiver.close());
  await place.call('POST', '/api/webhooks/create', {
    endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    childEvents: ['smsSend', 'smsSendSkip', 'smsBounce', 'smsReceived', 'smsUnSubscribe'],
  });
  return told;
}

async function totalsOf(place: Place, campaignId: number): Promise<CampaignTotals> {
  return (await place.call<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`)).totals;
}

async function ledgerToReach(place: Place, count: number): Promise<void> {
  await until(`${Math.ceil(count)} messages in the ledger`, async () => {
    const ledger = await place.simulator<{ count: number }>('GET', '/ledger/count');
    return ledger.count >= count ? true : null;
  });
}

async function writesStop({ simulator }: Place, from: string): Promise<void> {
  const { webhook } = await simulator<{ webhook: { status: number | null } }>(
    'POST',
    `/handsets/${from}/messages`,
    {
      ...{ to: ours.transactional, body: 'STOP' },
    },
  );
  assert.equal(webhook.status, 200);
}

/** Whether somebody leaves while their message is still here. Where it is not skipped at once, the next claim finds it. */
async function leavesInTime(
  { database }: Place,
  phone: string,
  leave: () => Promise<unknown>,
): Promise<boolean> {
  const message = await until(`the message to ${phone} to be admitted`, async () => {
    const [row] = await database.query<{ lane: number; id: string }>(
      'SELECT lane, id FROM message WHERE to_address = $1 AND campaign_id IS NOT NULL',
      [phone],
    );
    return row ?? null;
  });
  await leave();
  const [after] = await database.query<{ status: string }>(
    'SELECT status FROM message WHERE lane = $1 AND id = $2',
    [message.lane, message.id],
  );
  return after?.status === 'skipped' || after?.status === 'queued';
}

/** Waits until all is sent, all receipts have come, and all events are posted. */
async function untilSettled(place: Place, campaignId: number): Promise<CampaignTotals> {
  let waits: unknown = null;
  const settled = until('all to be sent, settled and told', async () => {
    const { pendingReceipts } = await place.simulator<{ pendingReceipts: number }>('GET', '/healthz');
    const { totals, state } = await place.call<{ totals: CampaignTotals; state: string }>(
      'GET',
      `/api/campaigns/${campaignId}/live`,
    );
    waits = { pendingReceipts, totals, state };
    if (pendingReceipts > 0 || totals.pending + totals.inDoubt > 0 || state !== 'Finished') return null;
    const [row] = await place.database.query<{ waiting: string }>(
      `SELECT (SELECT count(*) FROM receipt) + (SELECT count(*) FROM happening) + (SELECT count(*) FROM webhook_event)
         + (SELECT count(*) FROM message WHERE status IN ('queued', 'dispatching')) AS waiting`,
      [],
    );
    waits = row;
    return row && Number(row.waiting) === 0 ? await totalsOf(place, campaignId) : null;
  });
  return settled.catch((error) => assert.fail(`${error}: ${JSON.stringify(waits)}`));
}

const countBy = (values: readonly (string | undefined)[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(values, (value) => value ?? '')].map(([value, all]) => [value, all.length]),
  );

const refusedAtPost = (events: readonly Told[]): Told[] =>
  events.filter(({ eventName, dataFields }) => eventName === 'smsBounce' && dataFields.reason === '21211');

/** Metrics and exports say the same. */
async function assertTablesTell(place: Place, campaignId: number, totals: CampaignTotals): Promise<void> {
  const rowsOf = async (path: string) => {
    const rows: Record<string, string>[] = parse(await place.text(path), { columns: true });
    return rows;
  };
  const [metrics] = await rowsOf(`/api/campaigns/metrics?campaignId=${campaignId}`);
  assert.deepEqual(
    [
      'Audience',
      'Total SMS Sends',
      'Total SMS Delivered',
      'Total SMS Bounced',
      'Total SMS Send Skips',
      'Pending',
    ].map((name) => Number(metrics?.[name])),
    [totals.audience, totals.sends, totals.delivered, totals.bounced, totals.skips, 0],
  );
  const exported = (name: string) =>
    rowsOf(`/api/export/data.csv?dataTypeName=${name}&range=All&campaignId=${campaignId}`);
  assert.equal((await exported('smsSend')).length, totals.sends);
  assert.equal((await exported('smsBounce')).length, totals.bounced);
  assert.deepEqual(
    countBy((await exported('smsSendSkip')).map(({ reason }) => reason)),
    totals.skipsByReason,
  );
}

/** Every message that reached the network. */
async function readBodies({ simulator }: Place): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for (let cursor: string | number | null = 0; cursor !== null; ) {
    const page: { messages: LedgerLine[]; next: string | number | null } = await simulator(
      'GET',
      `/ledger?limit=10000&cursor=${cursor}`,
    );
    lines.push(...page.messages);
    cursor = page.next;
  }
  return lines;
}
