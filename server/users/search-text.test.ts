import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folded, isFoundAlike, searchTextOf } from './search-text.ts';
import { searchWordsOf, wordQuery } from './search-words.ts';

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
    ['\u200fکریمی\u200f', 'كريمي'],
    ['علی\u200cرضا', 'عليرضا'],
    ['Kaʻiulani', "ka'iulani"],
    ['\ufeffMaria\u00adlena', 'marialena'],
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

test('a person is found by the words of their name, the rest of their email, and how their number ends', () => {
  const user = {
    ...{ email: 'ada.okafor@example.com', userId: 'u-1', whatsAppUserId: null, phoneNumber: '+14155550101' },
    dataFields: { firstName: 'Zoë', lastName: "O'Brien-Ångström", name: '田中さ' },
  };
  const words = [
    ...['zoe', 'o', 'brien', 'angstrom', 'obrienangstrom'],
    ...['田中さ', '中さ', 'さ', 'okafor', 'example.com', '#0101'],
  ];
  assert.equal(searchWordsOf(7, user), words.map((word) => `7:${word}`).join(' '));
  assert.equal(wordQuery(7, "d'a"), "('7:d''a':* | '7:da':* | ('7:d':* & '7:a':*))");
  assert.equal(wordQuery(7, '%'), null);
});

test('what a profile says besides name and identities changes nothing of how its person is found', () => {
  const user = {
    email: null,
    userId: 'a',
    whatsAppUserId: null,
    phoneNumber: null,
    dataFields: { name: 'Ada' },
  };
  assert.ok(isFoundAlike(user, { ...user, dataFields: { name: 'Ada', city: 'Oslo' } }));
  for (const change of [{ phoneNumber: '+14155550101' }, { userId: 'b' }, { dataFields: { name: 'Ida' } }])
    assert.ok(!isFoundAlike(user, { ...user, ...change }));
});
