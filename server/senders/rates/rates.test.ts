import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultRates } from './default-rates.ts';
import { parseRates } from './parse-rates.ts';
import { indexRates, type PriceRequest, priceOf } from './price-of.ts';
import type { Rate } from './rate.ts';

const wires = ['twilio', 'meta', 'smtp'];
const rates = indexRates(defaultRates);
const at = new Date('2026-11-23T12:00:00Z');
const sms: PriceRequest = {
  wire: 'twilio',
  country: 'US',
  senderKind: 'longCode',
  medium: 'sms',
  segments: 1,
  at,
};

describe('the price of a message', () => {
  it('is base and carrier fee for each segment', () => {
    const price = priceOf({ ...sms, carrier: 'AT&T', segments: 3 }, rates);
    assert.equal(price?.micros, 3 * (8300 + 3500));
    assert.deepEqual(
      price?.parts.map(({ part, micros, assumed }) => [part, micros, assumed]),
      [
        ['base', 24_900, false],
        ['surcharge', 10_500, false],
      ],
    );
  });
  it('takes the dearest carrier where the carrier is unknown or has no line', () => {
    for (const carrier of [undefined, null, 'Cellcom']) {
      const price = priceOf({ ...sms, carrier }, rates);
      assert.equal(price?.micros, 8300 + 4500);
      assert.equal(price?.parts[1]?.assumed, true);
    }
    assert.equal(priceOf({ ...sms, country: 'CA' }, rates)?.micros, 8300 + 16_000);
  });
  it('follows the dates a fee holds', () => {
    const tmobile = { ...sms, carrier: 't-mobile' };
    assert.equal(priceOf({ ...tmobile, at: new Date('2026-01-18T23:59:59Z') }, rates)?.micros, 8300 + 3000);
    assert.equal(priceOf({ ...tmobile, at: new Date('2026-01-19T00:00:00Z') }, rates)?.micros, 8300 + 4500);
  });
  it('counts a picture message once', () => {
    assert.equal(
      priceOf({ ...sms, medium: 'mms', segments: 4, carrier: 'Verizon' }, rates)?.micros,
      22_000 + 6500,
    );
  });
  it('knows what comes in', () => {
    assert.equal(priceOf({ ...sms, direction: 'inbound', carrier: 'Verizon' }, rates)?.micros, 8300 + 3000);
    assert.equal(priceOf({ ...sms, direction: 'inbound', carrier: 'T-Mobile' }, rates)?.micros, 8300 + 2500);
  });
  it('falls back to the line for all countries', () => {
    assert.equal(priceOf({ ...sms, country: 'KI' }, rates)?.parts[0]?.certainty, 'U');
    assert.equal(
      priceOf({ ...sms, country: null }, rates)?.micros,
      priceOf({ ...sms, country: 'KI' }, rates)?.micros,
    );
  });
  it('by WhatsApp goes by category, the dearest where none is told', () => {
    const whatsapp = {
      wire: 'meta',
      country: 'US',
      senderKind: 'whatsApp',
      medium: 'whatsapp',
      segments: 1,
      at,
    } as const;
    const price = (category?: 'marketing' | 'utility' | 'service', when = at) =>
      priceOf({ ...whatsapp, category, at: when }, rates)?.micros ?? -1;
    assert.ok(price('marketing') > price('utility'));
    assert.equal(price(), price('marketing'));
    assert.equal(price('service'), price('utility'));
    assert.equal(price('service', new Date('2026-09-30T12:00:00Z')), 0);
  });
  it('by email is nothing', () => {
    assert.equal(
      priceOf({ wire: 'smtp', country: 'US', senderKind: 'email', medium: 'email', segments: 1, at }, rates)
        ?.micros,
      0,
    );
  });
  it('is unknown where the list has no line', () => {
    assert.equal(priceOf({ ...sms, country: 'FR', medium: 'mms' }, rates), null);
    assert.equal(priceOf(sms, indexRates([])), null);
  });
  it('is never below that of any carrier when the carrier is unknown', () => {
    const carrier = fc.constantFrom('AT&T', 'T-Mobile', 'Verizon', 'US Cellular', 'Bell', 'Rogers', 'Telus');
    const request = fc.record({
      country: fc.constantFrom('US', 'PR', 'CA', 'GB'),
      senderKind: fc.constantFrom('longCode', 'tollFree', 'shortCode'),
      medium: fc.constantFrom('sms', 'mms'),
      segments: fc.integer({ min: 1, max: 10 }),
      at: fc.date({ min: new Date('2025-06-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
    });
    fc.assert(
      fc.property(request, carrier, (one, name) => {
        const unknown = priceOf({ wire: 'twilio', ...one }, rates);
        const known = priceOf({ wire: 'twilio', ...one, carrier: name }, rates);
        assert.ok((unknown?.micros ?? 0) >= (known?.micros ?? 0));
        assert.equal(
          unknown?.micros,
          unknown?.parts.reduce((sum, part) => sum + part.micros, 0),
        );
      }),
    );
  });
});

describe('the price list shipped', () => {
  it('says where each line comes from and keeps to whole millionths', () => {
    for (const rate of defaultRates) {
      assert.ok(
        rate.source.length > 10 && Number.isInteger(rate.micros) && rate.micros >= 0,
        JSON.stringify(rate),
      );
    }
  });
  it('has no two lines for the same thing on the same day', () => {
    const same = Map.groupBy(
      defaultRates,
      ({ wire, part, country, carrier, senderKind, medium, category, direction }) =>
        JSON.stringify([wire, part, country, carrier, senderKind, medium, category, direction]),
    );
    for (const [what, lines] of same) {
      const sorted = lines.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
      for (const [i, line] of sorted.slice(1).entries())
        assert.ok((sorted[i]?.until ?? '9999') < (line.from ?? ''), what);
    }
  });
});

describe("an operator's price list", () => {
  const csv =
    'provider,wire,country,senderKind,medium,amount,from\nTwilio,twilio,us,longCode,sms,0.0079,2026-01-01\n';
  it('is read from CSV and JSON alike', () => {
    const json = JSON.stringify([
      {
        provider: 'Twilio',
        wire: 'twilio',
        country: 'US',
        senderKind: 'longCode',
        medium: 'sms',
        amount: 0.0079,
        from: '2026-01-01',
      },
    ]);
    const read = parseRates(csv, 'csv', wires);
    assert.ok(read.ok);
    assert.deepEqual(read, parseRates(json, 'json', wires));
    assert.equal(priceOf(sms, indexRates(read.rates))?.micros, 7900);
  });
  it('may begin a new price without ending the old', () => {
    const read = parseRates(`${csv}Twilio,twilio,US,longCode,sms,0.0091,2026-06-01\n`, 'csv', wires);
    assert.ok(read.ok);
    assert.equal(priceOf(sms, indexRates(read.rates))?.micros, 9100);
    assert.equal(priceOf({ ...sms, at: new Date('2026-05-31') }, indexRates(read.rates))?.micros, 7900);
  });
  it('is refused with row and field', () => {
    const faulty = `${csv}Twilio,twilio,USA,longcode,fax,abc,2026-02-30\n,twilio,US,,sms,0.00000001,\n`;
    const read = parseRates(faulty, 'csv', wires);
    assert.ok(!read.ok);
    assert.deepEqual(read.faults.map(({ row, field }) => `${row} ${field}`).sort(), [
      '3 amount',
      '3 country',
      '3 from',
      '3 medium',
      '4 amount',
      '4 provider',
    ]);
    for (const [text, format] of [
      ['{', 'json'],
      ['{}', 'json'],
      ['[]', 'json'],
      ['', 'csv'],
      ['a,b\n1', 'csv'],
    ] as const) {
      assert.ok(!parseRates(text, format, wires).ok, text);
    }
    const odd = parseRates('[{"price": 1}, 5]', 'json', wires);
    assert.ok(
      !odd.ok &&
        odd.faults.some(({ row, field }) => row === 1 && field === 'price') &&
        odd.faults.some(({ row }) => row === 2),
    );
  });
  it('gives back what was written', () => {
    const micros = fc.integer({ min: 0, max: 999_999_999_999 });
    fc.assert(
      fc.property(micros, (amount) => {
        const row = {
          provider: 'x',
          wire: 'meta',
          country: '*',
          medium: 'whatsapp',
          amount: `${Math.floor(amount / 1e6)}.${String(amount % 1e6).padStart(6, '0')}`,
        };
        const read = parseRates(JSON.stringify([row]), 'json', wires);
        const [rate]: (Rate | undefined)[] = read.ok ? read.rates : [];
        assert.equal(rate?.micros, amount);
      }),
    );
  });
});
