import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { assertSums } from '../testing/assert-sums.ts';
import { makeCampaign } from '../testing/audience.ts';
import { startTestDatabase } from '../testing/database.ts';
import { assertLedgerTells } from '../testing/ledger-tells.ts';
import { until } from '../testing/program.ts';
import {
  type ListedMessage,
  messagesOf,
  newApartFolder,
  type ProgramApart,
  readLedger,
  startProgramApart,
} from '../testing/program-apart.ts';

const audience = 10_000;
const launches = 3;
/** A sender rests for a second after each rate answer: several of them keep the test short. */
const poolSize = 8;
/** Refused in answer to the post: the person is not written to again. */
const barredAtPost: Readonly<Record<string, string>> = { 21211: 'unreachable', 21610: 'optedOut' };
/** Told later by a receipt, and final; after 30005 and 30006 the person is not written to again either. */
const failedLater = { 30004: 0.02, 30005: 0.02, 30006: 0.02, 30007: 0.02 };
const loss = 0.05;

test('three launches to 10,000 users over carriers in chaos: API, metrics, export and ledger tell one story', async (t) => {
  const folder = await newApartFolder();
  const database = await startTestDatabase();
  const apart = await startProgramApart(folder.path, database.url);
  t.after(async () => {
    if (!t.passed) t.diagnostic(apart.program.lastWords());
    try {
      await apart.close();
    } finally {
      await database.close();
      await folder.remove();
    }
  });
  const { call, simulator } = apart;
  await simulator('PUT', '/behaviour', {
    latencyMs: { min: 5, max: 200 },
    receiptDelayMs: { min: 10, max: 3_000 },
    ...{ loss, dropAnswer: 0.005, duplicates: 0.2, outOfOrder: 0.3, rateAnswers: 0.02 },
    errors: { ...failedLater, 21211: 0.01, 21610: 0.01 },
  });
  const poolId = await makePool(apart);
  const { campaignId } = await makeCampaign(apart, {
    count: audience,
    channel: 'SMS Transactional',
    tag: 'chaos',
    options: { poolId },
  });

  const startedAt: number[] = [];
  for (let launch = 0; launch < launches; launch++) {
    startedAt.push(Date.now());
    // Whoever means to send to everybody once more says so.
    await call('POST', `/api/campaigns/${campaignId}/send`, launch > 0 ? { again: true } : {});
    await sent(apart, campaignId, (launch + 1) * audience);
    t.diagnostic(`launch ${launch + 1}: ${(Date.now() - (startedAt[launch] ?? 0)) / 1_000} s`);
  }
  const totals = await receiptsIn(apart, campaignId);
  const messages = await messagesOf(apart, campaignId);
  const ledger = await readLedger(apart);
  t.diagnostic(JSON.stringify({ totals, ledger: ledger.length }));

  assertSums(totals);
  assert.deepEqual([totals.audience, totals.pending, totals.inDoubt], [audience * launches, 0, 0]);
  assertListTells(totals, messages);
  assertLedgerTells(messages, ledger);
  await assertMetricsTell(apart, campaignId, totals);
  await assertExportTells(apart, campaignId, totals);
  assertLaunches(messages, startedAt);
});

/** A pool of transactional long codes, for which no law's hours hold; the carriers know their numbers. */
async function makePool(apart: ProgramApart): Promise<number> {
  const { call, simulator } = apart;
  const { senders } = await call<{
    senders: { id: number; kind: string; purpose: string; providerAccountId: number }[];
  }>('GET', '/api/senders');
  const first = senders.find(({ kind, purpose }) => kind === 'longCode' && purpose === 'transactional');
  const addresses = Array.from({ length: poolSize }, (_, index) => `+1202555015${index}`);
  const senderIds: number[] = [];
  for (const address of addresses) {
    const { id } = await call<{ id: number }>('POST', '/api/senders', {
      ...{ kind: 'longCode', address, country: 'US', purpose: 'transactional', mps: 1_000 },
      providerAccountId: first?.providerAccountId,
    });
    senderIds.push(id);
  }
  await until('the carriers to know the numbers', async () => {
    const known = JSON.stringify(await simulator('GET', '/numbers'));
    return addresses.every((address) => known.includes(address)) ? true : null;
  });
  const { id } = await call<{ id: number }>('POST', '/api/senderPools', { name: 'Many', senderIds });
  return id;
}

/** Waits until a launch is out: nothing to admit, to send or on the wire. */
async function sent(apart: ProgramApart, campaignId: number, people: number): Promise<void> {
  await until(`${people} messages to be sent`, async () => {
    const { totals, state } = await apart.call<{ totals: CampaignTotals; state: string }>(
      'GET',
      `/api/campaigns/${campaignId}/live`,
    );
    return totals.audience === people && totals.pending === 0 && state === 'Finished' ? true : null;
  });
}

/** Waits until the carriers have told all they will, and the program has applied it. */
async function receiptsIn(apart: ProgramApart, campaignId: number): Promise<CampaignTotals> {
  let before = '';
  return until('the last receipt', async () => {
    const { pendingReceipts } = await apart.simulator<{ pendingReceipts: number }>('GET', '/healthz');
    const { totals } = await apart.call<{ totals: CampaignTotals }>(
      'GET',
      `/api/campaigns/${campaignId}/live`,
    );
    const metrics = await apart.call<unknown>('GET', '/metrics');
    const waiting = /^carillon_receipts_waiting (\d+)/m.exec(String(metrics))?.[1];
    const now = JSON.stringify(totals);
    const still = pendingReceipts === 0 && totals.inDoubt === 0 && waiting === '0' && now === before;
    before = now;
    return still ? totals : null;
  });
}

/** The live page counts what the list of messages shows. */
function assertListTells(totals: CampaignTotals, messages: readonly ListedMessage[]): void {
  const count = (status: string) => messages.filter((message) => message.status === status).length;
  assert.deepEqual(
    [count('delivered'), count('bounced'), count('sent'), count('skipped'), messages.length],
    [totals.delivered, totals.bounced, totals.awaitingReceipt, totals.skips, totals.audience],
  );
}

async function assertMetricsTell(
  apart: ProgramApart,
  campaignId: number,
  totals: CampaignTotals,
): Promise<void> {
  const text = await apart.call<string>('GET', `/api/campaigns/metrics?campaignId=${campaignId}`);
  const [row]: Record<string, string>[] = parse(text, { columns: true });
  const expected = {
    'Total SMS Sends': totals.sends,
    'Total SMS Delivered': totals.delivered,
    'Total SMS Bounced': totals.bounced,
    'Total SMS Send Skips': totals.skips,
    Audience: totals.audience,
    'Awaiting Receipt': totals.awaitingReceipt,
    Pending: 0,
  };
  for (const [name, count] of Object.entries(expected)) assert.equal(row?.[name], String(count), name);
}

async function assertExportTells(
  apart: ProgramApart,
  campaignId: number,
  totals: CampaignTotals,
): Promise<void> {
  const exported = async (dataTypeName: string) => {
    const query = `dataTypeName=${dataTypeName}&range=All&campaignId=${campaignId}`;
    const text = await apart.call<string>('GET', `/api/export/data.csv?${query}`);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    return rows;
  };
  const skips = await exported('smsSendSkip');
  assert.equal((await exported('smsSend')).length, totals.sends);
  assert.equal((await exported('smsBounce')).length, totals.bounced);
  assert.deepEqual(
    Object.fromEntries(
      [...Map.groupBy(skips, (row) => row.reason)].map(([reason, rows]) => [reason, rows.length]),
    ),
    totals.skipsByReason,
  );
}

/**
 * Each launch has one message for each person; who is known to be out of reach or to have opted out when a
 * launch begins is skipped in it, with that reason.
 */
function assertLaunches(messages: readonly ListedMessage[], startedAt: readonly number[]): void {
  const byLaunch = startedAt.map((from, launch) => {
    const to = startedAt[launch + 1] ?? Number.POSITIVE_INFINITY;
    return messages.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  });
  const barred = new Map<string, string>();
  for (const [launch, inLaunch] of byLaunch.entries()) {
    assert.equal(inLaunch.length, audience, `launch ${launch + 1}`);
    const skipped = inLaunch.filter(({ status }) => status === 'skipped');
    const reasons = new Set(skipped.map(({ skipReason }) => skipReason));
    assert.deepEqual([...reasons].sort(), launch === 0 ? [] : ['optedOut', 'unreachable']);
    assert.ok(skipped.length >= barred.size, 'whom a launch found out about is skipped in the next');
    const handsets = inLaunch.filter(({ status }) => status !== 'skipped').map(({ toAddress }) => toAddress);
    assert.equal(new Set(handsets).size, handsets.length, 'no handset has two messages of one launch');
    for (const handset of handsets) assert.equal(barred.get(handset ?? ''), undefined);
    for (const { status, errorCode, toAddress } of inLaunch) {
      const reason = status === 'bounced' ? barredAtPost[errorCode ?? ''] : undefined;
      if (reason && toAddress) barred.set(toAddress, reason);
    }
  }
}
