import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';
import { readLedger } from '../testing/program-apart.ts';
import { seededRandom } from '../testing/seeded-random.ts';

const audience = 10_000;
/** Fewer than people: the last of them find the last codes, in whatever lane those lie. */
const codes = 9_900;
const kills = 5;
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;

test('kill -9 of the program while 10,000 people get coupons: no code goes to two, and none is lost', async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = seededRandom(seed);
  const place = await startPlace(t);
  const { call } = place;
  await call('PATCH', `/api/senders/${senderId}`, { mps: 1_000 });
  const { id: poolId } = await call<{ id: number }>('POST', '/api/coupons/pools', { name: 'Autumn' });
  const given = await call<{ added: number }>('POST', `/api/coupons/pools/${poolId}/codes`, {
    codes: Array.from({ length: codes }, (_, at) => `AUTUMN${String(at).padStart(6, '0')}`),
  });
  assert.equal(given.added, codes);
  const { campaignId } = await makeCampaign(place, {
    ...{ count: audience, channel: 'SMS Transactional', tag: 'coupon', options: { senderId } },
    message: 'Carillon: your code is {{coupon "Autumn"}} to the end',
  });
  await call('POST', `/api/campaigns/${campaignId}/send`);
  let underAdmission = 0;
  for (let kill = 0; kill < kills; kill++) {
    await sleep(200 + random() * 1_200);
    await place.program.kill();
    const [row] = await place.database.query<{ admitted: string }>(
      'SELECT count(*) AS admitted FROM message WHERE campaign_id = $1',
      [campaignId],
    );
    const admitted = Number(row?.admitted ?? 0);
    t.diagnostic(`kill ${kill + 1}: ${admitted} people admitted`);
    if (admitted > 0 && admitted < audience) underAdmission++;
    await place.restart();
  }
  assert.ok(underAdmission > 0, 'a kill fell into admission');
  const totals = await until('all to be sent and settled', async () => {
    const live = await call<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`);
    return live.totals.audience === audience && live.totals.pending + live.totals.inDoubt === 0
      ? live.totals
      : null;
  });
  assert.deepEqual([totals.sends, totals.skipsByReason], [codes, { noCoupon: audience - codes }]);
  const rows = await place.database.query<{ code: string; state: string; body: string | null }>(
    `SELECT c.code, c.state, m.content ->> 'body' AS body FROM coupon c
     LEFT JOIN message m ON m.lane = c.lane AND m.id = c.message_id
     WHERE c.pool_id = $1 AND c.state <> 'elsewhere'`,
    [poolId],
  );
  assert.equal(rows.length, codes, 'no code is lost, and none is there twice');
  assert.equal(new Set(rows.map(({ code }) => code)).size, codes);
  for (const { code, state, body } of rows) {
    assert.equal(state, 'given');
    assert.ok(body?.includes(`code is ${code} to`), `${code} is of the message that shows it`);
  }
  const lines = await readLedger(place);
  const shown = lines.map(({ body }) => /code is (\S+) to/.exec(body)?.[1]);
  assert.equal(new Set(shown).size, lines.length, 'no two handsets show one code');
  assert.equal(new Set(lines.map(({ to }) => to)).size, lines.length);
  assert.ok(lines.every(({ to }) => to.startsWith(sanFranciscoNumber(0).slice(0, 5))));
});
