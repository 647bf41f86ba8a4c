import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCampaign } from '../testing/audience.ts';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';
import { messagesOf } from '../testing/program-apart.ts';

const audience = 5_000;
/** The transactional long code of a first start: no law's hours hold for it. Slow, so that thousands wait. */
const [senderId, mps] = [2, 200];
/** As long as a post that had left may take to arrive at the network. */
const onItsWayMs = 500;

interface Live {
  state: string;
  totals: { audience: number; sends: number; skips: number; pending: number };
}

test('from the answer to a stop on nothing leaves, paused before or not and killed in its clean-up, and each person has a reason', async (t) => {
  const place = await startPlace(t);
  await place.call('PATCH', `/api/senders/${senderId}`, { mps });
  const stopped: Record<string, (campaignId: number) => Promise<void>> = {
    underway: (campaignId) => abort(place, campaignId),
    paused: async (campaignId) => {
      const { sends } = await leavesNothing(place, campaignId, () =>
        place.call('POST', `/api/campaigns/${campaignId}/pause`),
      );
      assert.ok(sends < audience, 'it was held in the middle');
      await abort(place, campaignId);
    },
    killed: async (campaignId) => {
      await abort(place, campaignId);
      await place.program.kill();
      await place.restart();
    },
  };
  for (const [tag, stop] of Object.entries(stopped)) {
    const options = { senderId, caps: 'delay' };
    const channel = 'SMS Transactional';
    const { campaignId } = await makeCampaign(place, { count: audience, channel, tag, options });
    const before = await onTheLedger(place);
    await place.call('POST', `/api/campaigns/${campaignId}/send`);
    await until('some to leave', async () => ((await onTheLedger(place)) > before + 50 ? true : null));
    await stop(campaignId);
    const atStop = await onTheLedger(place);
    await until('everybody to have their row', async () =>
      (await place.call<{ endedAt?: number }>('GET', `/api/campaigns/${campaignId}`)).endedAt ? true : null,
    );
    assert.equal(await onTheLedger(place), atStop, `${tag}: nothing left after it was stopped`);
    const messages = await messagesOf(place, campaignId);
    assert.equal(messages.length, audience, `${tag}: one row for each person`);
    const skipped = messages.filter((message) => message.status === 'skipped');
    assert.ok(skipped.length > audience / 2, `${tag}: most had not left`);
    assert.ok(skipped.every((message) => message.skipReason === 'campaignAborted'));
    assert.equal(messages.length - skipped.length, atStop - before, `${tag}: the others are on the ledger`);
    const { totals } = await place.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
    assert.deepEqual([totals.audience, totals.skips, totals.pending], [audience, skipped.length, 0]);
  }
});

/** Stops a campaign for good; its totals are right as soon as this is answered. */
async function abort(place: Place, campaignId: number): Promise<void> {
  const { totals } = await leavesNothing(place, campaignId, () =>
    place.call('POST', '/api/campaigns/abort', { campaignId }),
  );
  assert.equal(totals.pending, 0);
  assert.equal(totals.sends + totals.skips, audience);
}

/** Does what is to stop the campaign; nothing arrives at the network after what had left. */
async function leavesNothing(place: Place, campaignId: number, stop: () => Promise<unknown>) {
  await stop();
  const live = await place.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
  await sleep(onItsWayMs);
  const arrived = await onTheLedger(place);
  await sleep(2 * onItsWayMs);
  assert.equal(await onTheLedger(place), arrived, 'nothing left after the answer');
  return { totals: live.totals, sends: live.totals.sends };
}

async function onTheLedger(place: Place): Promise<number> {
  return (await place.simulator<{ count: number }>('GET', '/ledger/count')).count;
}
