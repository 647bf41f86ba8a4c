import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeMessageId } from '../database/message-id.ts';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { assertSums } from '../testing/assert-sums.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';
import { messagesOf, readLedger } from '../testing/program-apart.ts';
import { seededRandom } from '../testing/seeded-random.ts';

const audience = 20_000;
/** The last of them have not opted in. */
const consenting = 19_700;
const kills = 10;
/** What dies at a kill, in turn. */
const victims = ['program', 'database', 'program and database'] as const;
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;

/** Slow enough that a busy machine is still sending at the tenth kill; afterwards the rest may go fast. */
const [paceUnderFire, paceInPeace] = [250, 2_000];
/** The kills fall into this part of the blast. */
const underFire = 0.5;

test('kill -9 of the program and of its database, ten times during a blast: every admitted user gets it once', async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = seededRandom(seed);
  const place = await startPlace(t);
  const { call, simulator } = place;
  // Answers slow enough that something is always on the wire; a tenth of all messages never get a receipt, so
  // that only the provider can be asked about those in doubt.
  await simulator('PUT', '/behaviour', {
    latencyMs: { min: 20, max: 120 },
    receiptDelayMs: { min: 50, max: 1_000 },
    loss: 0.1,
  });
  await call('PATCH', `/api/senders/${senderId}`, { mps: paceUnderFire });
  const { campaignId } = await makeCampaign(place, {
    count: audience,
    consenting,
    channel: 'SMS Transactional',
    tag: 'crash',
    options: { senderId },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`);

  const seen = new Set<string>();
  let liveInDoubt = 0;
  for (let kill = 0; kill < kills; kill++) {
    // The first falls into admission, the others where the blast has come so far.
    if (kill === 0) await sleep(random() * 1_500);
    else await ledgerToReach(place, ((kill - 1 + random()) / (kills - 1)) * underFire * consenting);
    await sleep(random() * 100);
    const victim = victims[kill % victims.length] ?? 'program';
    const { waiting, onTheWire } = await killAndReadTheWire(place, campaignId, victim);
    assert.ok(waiting > 0 || kill === 0, 'the blast was under way');
    const fresh = onTheWire.difference(seen);
    liveInDoubt += await watchDoubt(place, campaignId, fresh, seen);
    const shown = fresh.intersection(seen).size;
    t.diagnostic(`kill ${kill + 1}, ${victim}: ${fresh.size} on the wire, ${shown} of them seen in doubt`);
  }
  await call('PATCH', `/api/senders/${senderId}`, { mps: paceInPeace });

  const totals = await until('all to be sent and settled', async () => {
    const { totals } = await call<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`);
    const dispatching = await messagesOf(place, campaignId, 'dispatching');
    return totals.pending + totals.inDoubt + dispatching.length === 0 ? totals : null;
  });
  assert.ok(seen.size > 0, 'over ten kills something must have been on the wire and shown as in doubt');
  assert.ok(liveInDoubt > 0, 'the live page counted messages in doubt');

  const ledger = (await readLedger(place)).map((line) => line.to);
  const expected = Array.from({ length: consenting }, (_, index) => sanFranciscoNumber(index)).sort();
  assert.deepEqual(ledger.sort(), expected, 'each admitted user’s handset got exactly one message');
  assertSums(totals);
  assert.deepEqual([totals.audience, totals.sends], [audience, ledger.length]);
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

/**
 * Kills, and brings up again what does not rise by itself. Returns the ids of the messages that were on the
 * wire at that moment and whose answer had not been kept.
 */
async function killAndReadTheWire(
  place: Place,
  campaignId: number,
  victim: (typeof victims)[number],
): Promise<{ waiting: number; onTheWire: Set<string> }> {
  const { database } = place;
  if (victim !== 'database') await place.program.kill();
  if (victim !== 'program') await database.kill();
  // An embedded database rises with its program; an outside one never went away.
  const restarted = victim === 'database' ? Promise.resolve() : place.restart();
  const rows = await database.query<{ lane: number; id: string; status: string }>(
    `SELECT lane, id, status FROM message m
     WHERE campaign_id = $1 AND status IN ('queued', 'dispatching', 'inDoubt')
       AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.lane = m.lane AND r.message_id = m.id)`,
    [campaignId],
  );
  await restarted;
  const left = rows.filter((row) => row.status !== 'queued');
  return {
    waiting: rows.length - left.length,
    onTheWire: new Set(left.map((row) => encodeMessageId(row.lane, Number(row.id)))),
  };
}

/**
 * Looks on until every message that was on the wire is either shown as in doubt or settled. Adds those seen in
 * doubt to `seen`; returns the most that the live page counted meanwhile.
 */
async function watchDoubt(
  place: Place,
  campaignId: number,
  onTheWire: ReadonlySet<string>,
  seen: Set<string>,
): Promise<number> {
  let most = 0;
  await until('the messages on the wire to be in doubt or settled', async () => {
    const live = await quietly(
      place.call<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`),
    );
    const dispatching = await quietly(messagesOf(place, campaignId, 'dispatching'));
    const doubtful = await quietly(messagesOf(place, campaignId, 'inDoubt'));
    if (!live || !dispatching || !doubtful) return null;
    most = Math.max(most, live.totals.inDoubt);
    for (const { messageId } of doubtful) if (onTheWire.has(messageId)) seen.add(messageId);
    return dispatching.some(({ messageId }) => onTheWire.has(messageId)) ? null : true;
  });
  return most;
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
