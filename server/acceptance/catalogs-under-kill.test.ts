import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPlace } from '../testing/killable-place.ts';

const items = 500;
const rounds = 40;

test('every bulk call that was answered is whole after kill -9, and the last answered one of each item counts', async (t) => {
  const place = await startPlace(t);
  await place.call('POST', '/api/catalogs/goods');
  /** The last round that was answered, for each half of the items; two callers write at once. */
  const answered = [-1, -1];
  let sent = 0;
  const write = async (half: number) => {
    for (let round = 0; round < rounds; round++) {
      const ids = Array.from({ length: items / 2 }, (_, index) => `h${half}-${index}`);
      const documents = Object.fromEntries(ids.map((id) => [id, { round }]));
      sent++;
      try {
        await place.call('POST', '/api/catalogs/goods/items', {
          documents,
          replaceUploadedFieldsOnly: false,
        });
      } catch {
        return;
      }
      answered[half] = round;
      if (half === 0 && round === 10) void place.program.kill();
    }
  };
  await Promise.all([write(0), write(1)]);
  assert.ok(sent < 2 * rounds, 'the kill came in the middle');
  await place.restart();
  const found: { itemId: string; value: { round: number } }[] = [];
  let total = 0;
  for (let page = 1; page === 1 || found.length < total; page++) {
    const { params } = await place.call<{
      params: { totalItemsCount: number; catalogItemsWithProperties: typeof found };
    }>('GET', `/api/catalogs/goods/items?page=${page}&pageSize=1000`);
    total = params.totalItemsCount;
    found.push(...params.catalogItemsWithProperties);
    if (params.catalogItemsWithProperties.length === 0) break;
  }
  assert.equal(found.length, total);
  for (const half of [0, 1]) {
    const own = new Set(
      found.filter(({ itemId }) => itemId.startsWith(`h${half}-`)).map(({ value }) => value.round),
    );
    assert.equal(own.size, 1, 'a call is kept whole or not at all');
    const [round = -1] = own;
    // One that was not answered may have been kept.
    assert.ok(
      round === answered[half] || round === (answered[half] ?? 0) + 1,
      `${round} after ${answered[half]}`,
    );
  }
});
