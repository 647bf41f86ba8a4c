import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { rateRoutes } from './rate-routes.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([rateRoutes]);
});
after(() => api.close());

const row = { provider: 'Twilio', wire: 'twilio', country: 'US', medium: 'sms', amount: '0.0099' };

test('a project has the list that comes with the program until it puts its own', async () => {
  const first = (await api.call('GET', '/api/rates')).body as { own: boolean; rates: unknown[] };
  assert.equal(first.own, false);
  assert.ok(first.rates.length > 10);
  const back = await api.call('PUT', '/api/rates', { rates: first.rates });
  assert.deepEqual(back.body, { own: true, lines: first.rates.length });
  const put = await api.call('PUT', '/api/rates', { rates: [row] });
  assert.deepEqual(put.body, { own: true, lines: 1 });
  const own = (await api.call('GET', '/api/rates')).body as { own: boolean; rates: { amount: string }[] };
  assert.equal(own.own, true);
  assert.equal(own.rates[0]?.amount, '0.009900');
  assert.equal((await api.call('PUT', '/api/rates', { rates: own.rates })).status, 200);
  const csv = await api.call('PUT', '/api/rates', {
    csv: 'provider,wire,country,medium,amount\nTwilio,twilio,US,sms,0.01\nTwilio,twilio,CA,sms,0.02\n',
  });
  assert.deepEqual(csv.body, { own: true, lines: 2 });
  await api.call('DELETE', '/api/rates');
  assert.equal(((await api.call('GET', '/api/rates')).body as { own: boolean }).own, false);
});

test('a list with one wrong cell is refused with its place, and nothing of it is taken', async () => {
  const refused = await api.call('PUT', '/api/rates', { rates: [row, { ...row, amount: 'cheap' }] });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /amount/);
  assert.equal(((await api.call('GET', '/api/rates')).body as { own: boolean }).own, false);
});
