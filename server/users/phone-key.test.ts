import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { phoneKey } from './phone-key.ts';

const isValid = (e164: string): boolean =>
  parsePhoneNumberFromString(e164, { extract: false })?.isValid() ?? false;

test('spellings of one line have one key', () => {
  for (const spellings of [
    ['+525555550101', '+5215555550101'],
    ['+541155550103', '+5491155550103', '+54111555550103', '+549111555550103'],
    ['+542215123456', '+5492215123456', '+54221155123456'],
    ['+542966123456', '+5492966123456', '+54296615123456'],
    ['+5531988880105', '+553188880105'],
    ['+5511978123456', '+551178123456'],
    ['+2290197456789', '+22997456789'],
    ['+2250140123456', '+22540123456'],
    ['+2250545123456', '+22545123456'],
    ['+2250707123456', '+22507123456'],
    ['+2252120812345', '+22520812345'],
    ['+2252520012345', '+22520012345'],
    ['+2252722412345', '+22522412345'],
    ['+237677123456', '+23777123456'],
    ['+24166031234', '+24106031234', '+2416031234'],
    ['+24177031234', '+24107031234'],
    ['+84701234567', '+841201234567'],
    ['+84591234567', '+841991234567'],
  ])
    assert.equal(new Set(spellings.map(phoneKey)).size, 1, spellings.join(' '));
});

test('numbers of different lines that look alike have different keys', () => {
  for (const [one, other] of [
    // A fixed line, and the mobile that begins with 9 and goes on like it.
    ['+553133334444', '+5531933334444'],
    ['+551123456789', '+5511923456789'],
    // An area, and a subscriber that begins like the prefix of mobiles.
    ['+541115123456', '+541112345600'],
    ['+525512345678', '+525215512345'],
    // Of one operator and of another.
    ['+2250107123456', '+2250707123456'],
    ['+2250545123456', '+2250745123456'],
    ['+237222123456', '+237622123456'],
    ['+22901', '+229'],
    ['+14155550101', '+14155550102'],
  ] as const)
    assert.notEqual(phoneKey(one), phoneKey(other), `${one} ${other}`);
});

/** Numbers of plans that have rules, and of some that have none. */
const number = fc
  .tuple(
    fc.constantFrom(
      '52',
      '521',
      '54',
      '549',
      '55',
      '229',
      '22901',
      '225',
      '22507',
      '237',
      '241',
      '84',
      '44',
      '1',
      '49',
    ),
    fc.array(fc.nat(9), { minLength: 7, maxLength: 11 }),
  )
  .map(([start, rest]) => `+${start}${rest.join('')}`)
  .filter((each) => each.length <= 16);

test('a key is its own key, and begins with the country code of its number', () => {
  fc.assert(
    fc.property(number, (each) => {
      const key = phoneKey(each);
      assert.equal(phoneKey(key), key);
      assert.equal(key.slice(0, 3), each.slice(0, 3));
    }),
    { numRuns: 5_000 },
  );
});

test('no two lines that can be dialled share a key', () => {
  /** What libphonenumber takes for two numbers and the plan for one, or for none any more. */
  const isKnownTwin = (one: string, other: string): boolean =>
    [one, other].some((each) => /^\+549|^\+55\d\d7|^\+2410?[2-7]\d{6}$/.test(each));
  const lineByKey = new Map<string, string>();
  fc.assert(
    fc.property(number.filter(isValid), (each) => {
      const key = phoneKey(each);
      // The number itself, its key, and what stands beside it in the plan.
      const lastDigit = Number(each.at(-1));
      const neighbour = `${each.slice(0, -1)}${(lastDigit + 1) % 10}`;
      assert.notEqual(phoneKey(neighbour), key);
      if (key !== each && isValid(key)) assert.ok(isKnownTwin(each, key), `${each} ${key}`);
      const known = lineByKey.get(key) ?? each;
      if (known !== each) assert.ok(isKnownTwin(known, each), `${known} ${each}`);
      lineByKey.set(key, known);
    }),
    { numRuns: 3_000 },
  );
});
