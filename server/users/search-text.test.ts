import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folded, searchTextOf } from './search-text.ts';

test('names are found without their accents, in any case and script', () => {
  const same: [string, string][] = [
    ['José', 'jose'],
    ['ŁÓDŹ', 'lodz'],
    ['Straße', 'STRASSE'],
    ['Søren', 'soren'],
    ['Νίκος', 'ΝΙΚΟΣ'],
    ['Алёна', 'алена'],
    ['Nguyễn Thị', 'nguyen thi'],
    ['أحمد', 'احمد'],
    ['فاطمة', 'فاطمه'],
    ['שָׁלוֹם', 'שלום'],
    ['タナカ', 'たなか'],
    ['ﾀﾅｶ', 'タナカ'],
    ['İpek', 'ipek'],
    ['Ａｄａ', 'ada'],
    ['김민준', '김민준'.normalize('NFD')],
  ];
  for (const [written, typed] of same) assert.equal(folded(written), folded(typed), written);
  const other: [string, string][] = [
    ['たなか', 'たなが'],
    ['Ada', 'Ida'],
  ];
  for (const [one, two] of other) assert.notEqual(folded(one), folded(two));
});

test('a person is found by name, email and ids, the name leading', () => {
  const dataFields = { firstName: 'Zoë', lastName: 'Ångström', city: 'Oslo' };
  const user = { email: 'zoe@example.com', userId: 'Z-1', whatsAppUserId: null, dataFields };
  assert.equal(searchTextOf(user), 'zoe angstrom\nzoe@example.com\nz-1');
  assert.equal(searchTextOf({ ...user, dataFields: { firstName: 7 } }), 'zoe@example.com\nz-1');
});
