import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumber } from './phone-number.ts';

const accepted: [raw: unknown, country: string, e164: string, of: string | null, kind: string][] = [
  ['(415) 555-0132', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['+14155550132', 'GB', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['415.555.0199', 'US', '+14155550199', 'US', 'fixedLineOrMobile'],
  ['1 415 555 0132', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  [4155550132, 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['4155550132.0', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ["'+1 415 555 0132", 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['tel:+1-415-555-0132', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['whatsapp:+14155550132', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['\u202a+1 (415) 555‑0132\u202c', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['１（４１５）５５５－０１３２', 'US', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['+1\u00a0415\u00a0555\u00a00132', 'FR', '+14155550132', 'US', 'fixedLineOrMobile'],
  ['604 555 0132', 'US', '+16045550132', 'CA', 'fixedLineOrMobile'],
  ['787-555-0132', 'US', '+17875550132', 'PR', 'fixedLineOrMobile'],
  ['1-800-555-0199', 'US', '+18005550199', 'US', 'tollFree'],
  ['00 44 20 7946 0958', 'US', '+442079460958', 'GB', 'fixedLine'],
  ['011 44 20 7946 0958', 'US', '+442079460958', 'GB', 'fixedLine'],
  ['+44 (0)7400 123456', 'US', '+447400123456', 'GB', 'mobile'],
  ['07400 123456', 'GB', '+447400123456', 'GB', 'mobile'],
  ['06 12 34 56 78', 'FR', '+33612345678', 'FR', 'mobile'],
  ['0171 1234567', 'DE', '+491711234567', 'DE', 'mobile'],
  ['+54 9 11 15 5555 0103', 'US', '+5491155550103', 'AR', 'mobile'],
  ['+54 9 11 5555-0103', 'US', '+5491155550103', 'AR', 'mobile'],
  ['+54 11 5555-0103', 'US', '+541155550103', 'AR', 'fixedLineOrMobile'],
  ['+55 11 91234-5678', 'US', '+5511912345678', 'BR', 'mobile'],
  ['٠٥٥ ١٢٣ ٤٥٦٧', 'SA', '+966551234567', 'SA', 'mobile'],
  ['\u200e+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹', 'US', '+989123456789', 'IR', 'mobile'],
  ['०९८७६५ ४३२१०', 'IN', '+919876543210', 'IN', 'mobile'],
  ['๐๘๑ ๒๓๔ ๕๖๗๘', 'TH', '+66812345678', 'TH', 'mobile'],
  ['098765 43210', 'IN', '+919876543210', 'IN', 'mobile'],
];

const refused: [raw: unknown, country: string, reason: RegExp][] = [
  ['', 'US', /empty/],
  ['   ', 'US', /empty/],
  [null, 'US', /not a phone number/],
  [undefined, 'US', /not a phone number/],
  [{ number: '+14155550132' }, 'US', /not a phone number/],
  [4155550132.5, 'US', /not a phone number/],
  ['415555013', 'US', /North American number has 10/],
  ['555-0132', 'US', /North American number has 10/],
  ['115-555-0132', 'US', /area code|has 10/],
  ['+10155550132', 'US', /015 cannot be a North American area code/],
  ['+14951550132', 'US', /495 cannot be/],
  ['+14151550132', 'US', /155 cannot follow/],
  ['+14154110132', 'US', /411 cannot follow/],
  ['415-555-0132 ext. 5', 'US', /extension \(5\)/],
  ['415-555-0132x77', 'US', /extension \(77\)/],
  ['tel:+14155550132;ext=9', 'US', /extension \(9\)/],
  ['1-800-FLOWERS', 'US', /letters/],
  ['n/a', 'US', /letters/],
  ['415-555-0132 / 415-555-0133', 'US', /more than one/],
  ['415-555-0132, 415-555-0133', 'US', /more than one/],
  ['415-555-0132 or 415-555-0133', 'US', /more than one/],
  ['4155550132 4155550133', 'US', /may be two/],
  ['4.155550132E9', 'US', /power of ten/],
  ['+999 1234567', 'US', /country code/],
  ['07400 123456', 'XX', /no country code/],
  ['+44 7400 1', 'US', /wrong number of digits/],
  ['415+5550132', 'US', /\+ after/],
  ['ada@shop.example', 'US', /letters/],
  ['12', 'US', /only 2 digits/],
  ['$4155550132', 'US', /“\$”/],
];

describe('a phone number', () => {
  for (const [raw, defaultCountry, e164, country, kind] of accepted) {
    it(`${JSON.stringify(raw)} from ${defaultCountry} is ${e164}`, () => {
      assert.deepEqual(parsePhoneNumber(raw, defaultCountry), { ok: true, e164, country, kind });
    });
  }
  for (const [raw, defaultCountry, reason] of refused) {
    it(`${JSON.stringify(raw)} from ${defaultCountry} is refused`, () => {
      const parsed = parsePhoneNumber(raw, defaultCountry);
      assert.ok(!parsed.ok, JSON.stringify(parsed));
      assert.match(parsed.reason, reason);
    });
  }

  it('is accepted for every fictional 555-01XX number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('212', '415', '312', '604', '808'),
        fc.integer({ min: 100, max: 199 }),
        (area, line) => {
          const e164 = `+1${area}5550${line}`;
          const parsed = parsePhoneNumber(`(${area}) 555-0${line}`, 'US');
          assert.ok(parsed.ok && parsed.e164 === e164);
        },
      ),
    );
  });

  it('reads the same however it is written, and again from its own E.164', () => {
    const gap = fc.constantFrom('', ' ', '-', '.', '\u00a0', ') ', ' (', '\u200b');
    fc.assert(
      fc.property(
        fc.stringMatching(/^[2-9][0-8]\d[2-9][02-9]\d{5}$/),
        fc.array(gap, { minLength: 10, maxLength: 10 }),
        (national, gaps) => {
          const written = Array.from(national, (digit, i) => `${digit}${gaps[i]}`).join('');
          const parsed = parsePhoneNumber(written, 'US');
          assert.ok(parsed.ok, written);
          assert.equal(parsed.e164, `+1${national}`);
          assert.deepEqual(parsePhoneNumber(parsed.e164, 'DE'), parsed);
        },
      ),
    );
  });

  it('never throws, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.string(),
        (raw, country) => typeof parsePhoneNumber(raw, country).ok === 'boolean',
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789+() -x./;,#e') }),
        (raw) => typeof parsePhoneNumber(raw, 'US').ok === 'boolean',
      ),
      {
        numRuns: 1000,
      },
    );
  });
});
