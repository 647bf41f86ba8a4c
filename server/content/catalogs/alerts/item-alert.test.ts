import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AlertChange, changeWords, hasChanged, isStillSo } from './item-alert.ts';

const inStock: AlertChange = { field: 'stock', becomes: { moreThan: 0 } };
const cheaper: AlertChange = { field: 'price', falls: { share: 0.1 } };

test('a field becomes what it was not, and stays so without being told again', () => {
  const cases: [before: object | null, after: object, told: boolean][] = [
    [{ stock: 0 }, { stock: 5 }, true],
    [{ stock: '0' }, { stock: '5' }, true],
    [{}, { stock: 5 }, true],
    [{ stock: null }, { stock: 1 }, true],
    [{ stock: 5 }, { stock: 7 }, false],
    [{ stock: 5 }, { stock: 0 }, false],
    [{ stock: 0 }, { stock: 'many' }, false],
    [{ stock: 0 }, { stock: [5] }, false],
    [null, { stock: 5 }, false],
  ];
  for (const [before, after, told] of cases)
    assert.equal(hasChanged(inStock, before as never, after as never), told, JSON.stringify([before, after]));
  assert.equal(hasChanged({ ...inStock, newItems: true }, null, { stock: 5 }), true);
  const nested: AlertChange = { field: 'at.status', becomes: { is: 'open' } };
  assert.equal(hasChanged(nested, { at: { status: 'shut' } }, { at: { status: 'open' } }), true);
  const truth: AlertChange = { field: 'on', becomes: { is: true } };
  assert.equal(hasChanged(truth, { on: 'false' }, { on: 'true' }), true);
  assert.equal(hasChanged(truth, JSON.parse('{"__proto__":{"on":true}}'), { on: true }), true);
});

test('a number falls or rises by at least what is asked, and no text does', () => {
  const cases: [change: AlertChange, before: unknown, after: unknown, told: boolean][] = [
    [cheaper, 100, 90, true],
    [cheaper, 0.3, 0.27, true],
    [cheaper, '100', '89.99', true],
    [cheaper, 100, 90.01, false],
    [cheaper, 100, 120, false],
    [cheaper, 'dear', 1, false],
    [cheaper, undefined, 1, false],
    [{ field: 'price', falls: {} }, 100, 99.99, true],
    [{ field: 'price', falls: {} }, 100, 100, false],
    [{ field: 'price', falls: { share: 0.1, amount: 20 } }, 100, 85, false],
    [{ field: 'price', rises: { amount: 5 } }, 10, 15, true],
    [{ field: 'price', rises: { share: 0.5 } }, -10, -5, true],
  ];
  for (const [change, before, after, told] of cases)
    assert.equal(
      hasChanged(change, { price: before }, { price: after }),
      told,
      JSON.stringify([before, after]),
    );
});

test('what an item has just become is still so, and what was taken back or deleted is not', () => {
  const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('3', 'x', true, null, undefined));
  const change = fc.constantFrom<AlertChange>(
    inStock,
    cheaper,
    { field: 'price', rises: { amount: 2 } },
    { field: 'stock', becomes: { is: 3, atMost: 5 } },
  );
  fc.assert(
    fc.property(change, value, value, (asked, before, after) => {
      const [was, is] = [{ [asked.field]: before }, { [asked.field]: after }];
      if (!hasChanged(asked, was, is)) return;
      assert.ok(isStillSo(asked, before ?? null, is));
      assert.ok(!isStillSo(asked, before ?? null, was));
      assert.ok(!isStillSo(asked, before ?? null, null));
    }),
  );
});

test('a change says itself in words', () => {
  const words: [AlertChange, string][] = [
    [{ field: 'stock', becomes: { moreThan: 0 } }, 'stock becomes more than 0'],
    [{ field: 'kind', becomes: { is: 'tea' }, newItems: true }, 'kind becomes “tea”, of a new item too'],
    [cheaper, 'price falls by at least 10 %'],
    [{ field: 'price', falls: {} }, 'price falls'],
    [{ field: 'price', rises: { share: 0.07, amount: 2 } }, 'price rises by at least 7 % and 2'],
  ];
  for (const [change, said] of words) assert.equal(changeWords(change), said);
});
