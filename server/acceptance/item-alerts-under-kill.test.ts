import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';

const people = 3_000;
const kills = 2;

test('kill -9 of the program while people are told of an item tells each of them once', async (t) => {
  const place = await startPlace(t);
  const { call } = place;
  const told = new Map<string, string>();
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    told.set(String(request.headers['x-carillon-event']), (JSON.parse(body) as { email: string }).email);
    response.end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => receiver.close());
  await call('POST', '/api/webhooks/create', {
    endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    childEvents: ['catalogItemChanged'],
  });
  await call('POST', '/api/catalogs/shop');
  await call('PUT', '/api/catalogs/shop/items/cup', { value: { stock: 0 } });
  await call('POST', '/api/catalogs/shop/alerts', {
    ...{ name: 'Back', when: { field: 'stock', becomes: { moreThan: 0 } } },
    who: [{ event: 'notifyMe', field: 'sku', days: 30 }],
  });
  const emails = Array.from({ length: people }, (_, index) => `waits${index}@example.com`);
  for (let start = 0; start < people; start += 1_000)
    await call('POST', '/api/events/trackBulk', {
      events: emails
        .slice(start, start + 1_000)
        .map((email) => ({ email, eventName: 'notifyMe', dataFields: { sku: 'cup' } })),
    });
  await call('PATCH', '/api/catalogs/shop/items/cup', { update: { stock: 5 } });
  const lanesLeft = async () => {
    const [row] = await place.database.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM item_change_lane)::int + (SELECT count(*) FROM item_change WHERE batch_id IS NULL)::int AS left`,
      [],
    );
    return row?.left ?? 0;
  };
  const seen: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await until('lanes to be gone through', async () => {
      const left = await lanesLeft();
      return left < 60 - 20 * kill && (left > 1 || kill === kills - 1) ? true : left === 0 ? true : null;
    });
    await place.program.kill();
    seen.push(await lanesLeft());
    await place.restart();
  }
  t.diagnostic(`lanes left at each kill: ${seen.join(', ')}`);
  await until('all to be told', async () => (told.size >= people ? true : null));
  await until('all lanes to be through', async () => ((await lanesLeft()) === 0 ? true : null));
  assert.deepEqual([...told.values()].toSorted(), emails.toSorted());
});
