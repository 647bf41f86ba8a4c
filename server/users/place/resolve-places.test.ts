import assert from 'node:assert/strict';
import test from 'node:test';
import Holidays from 'date-holidays';
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js';
import { allPlaces, isTimeZone } from './country-places.ts';
import { placeText } from './place.ts';
import { parsePlaceKey, placeKey } from './place-key.ts';
import { type PlaceEvidence, resolvePlaces } from './resolve-places.ts';

/** The answer as text: its certainty and its key. */
function told(evidence: PlaceEvidence): string {
  const { places, certainty } = resolvePlaces(evidence);
  return `${certainty} ${placeKey(places)}`;
}

test('an area code tells the state, and the zone where it lies in one', () => {
  assert.equal(told({ phone: '+15125550100' }), 'number US-TX@America/Chicago');
  assert.equal(told({ phone: '+19155550100' }), 'number US-TX@America/Denver');
  assert.equal(told({ phone: '+14325550100' }), 'number US-TX@America/Chicago|US-TX@America/Denver');
  assert.equal(told({ phone: '+19025550100' }), 'number CA-NS@America/Halifax|CA-PE@America/Halifax');
});

test('the islands behind +1 are countries of their own, and territories are under federal law', () => {
  assert.equal(told({ phone: '+12425550100' }), 'country BS@America/Nassau');
  assert.equal(told({ phone: '+17875550100' }), 'number US-PR@America/Puerto_Rico');
  assert.equal(told({ country: 'Guam' }), 'address US-GU@Pacific/Guam');
});

test('a toll-free or unassigned number may be anywhere in the United States or Canada', () => {
  assert.equal(told({ phone: '+18005550100' }), 'country CA@*|US@*');
  assert.equal(told({ phone: '+18005550100', country: 'US' }), 'country US@*');
});

test('other numbers tell the country and all its zones; in Brazil the state', () => {
  assert.equal(told({ phone: '+447700900123' }), 'country GB@Europe/London');
  assert.equal(told({ phone: '+34612345678' }), 'country ES@*');
  assert.equal(told({ phone: '+5592987654321' }), 'number BR-AM@America/Manaus|BR-AM@America/Rio_Branco');
  assert.equal(told({ phone: '+77011234567' }), 'country KZ@Asia/Almaty');
  assert.equal(allPlaces('RU').length, 11);
  assert.equal(allPlaces('MX').length, 6);
});

test('an address is read by code or name, and a ZIP code narrows it or stands for the state', () => {
  assert.equal(told({ country: 'United States', region: 'California' }), 'address US-CA@America/Los_Angeles');
  assert.equal(told({ country: 'us', region: 'US-CA' }), 'address US-CA@America/Los_Angeles');
  assert.equal(told({ country: 'US', region: 'tx' }), 'address US-TX@America/Chicago|US-TX@America/Denver');
  assert.equal(
    told({ country: 'USA', region: 'TX', postalCode: '79901-1234' }),
    'address US-TX@America/Denver',
  );
  assert.equal(told({ country: 'US', postalCode: '02139' }), 'address US-MA@America/New_York');
  assert.equal(
    told({ country: 'CA', postalCode: 'h2x 1y4', region: 'Québec' }).startsWith('address CA-QC@'),
    true,
  );
  assert.equal(told({ country: 'Australia', region: 'Queensland' }), 'address AU-QLD@Australia/Brisbane');
  assert.equal(told({ country: 'España', region: 'Canarias' }), 'address ES-CN@Atlantic/Canary');
});

test('a region without a country is read in the country of the number', () => {
  assert.equal(told({ region: 'New Mexico', phone: '+15055550100' }), 'address US-NM@America/Denver');
});

test('where address and number agree the address is believed; where they differ, both', () => {
  assert.equal(
    told({ country: 'US', region: 'TX', phone: '+15125550100' }),
    'address US-TX@America/Chicago|US-TX@America/Denver',
  );
  assert.equal(told({ country: 'US', phone: '+15125550100' }), 'number US-TX@America/Chicago');
  assert.equal(
    told({ country: 'US', region: 'CA', phone: '+12125550100' }),
    'number US-CA@America/Los_Angeles|US-NY@America/New_York',
  );
  assert.equal(
    told({ country: 'FR', phone: '+12125550100' }),
    'country FR@Europe/Paris|US-NY@America/New_York',
  );
  assert.equal(
    told({ country: 'US', region: 'CA', postalCode: '10001' }),
    'address US-CA@America/Los_Angeles|US-NY@America/New_York',
  );
});

test("a profile's time zone is believed, and the law is that of the regions that keep it", () => {
  assert.equal(
    told({ country: 'US', region: 'MI', timeZone: 'America/Detroit' }),
    'profile US-MI@America/New_York',
  );
  assert.equal(told({ timeZone: 'America/Denver', phone: '+14325550100' }), 'profile US-TX@America/Denver');
  const eastern = resolvePlaces({ country: 'US', timeZone: 'America/New_York' }).places;
  assert.ok(eastern.length > 20 && eastern.every(({ timeZone }) => timeZone === 'America/New_York'));
  assert.equal(told({ timeZone: 'Europe/Paris' }), 'profile FR@Europe/Paris');
});

test('a time zone at odds with the country counts beside its own, with the law of where it is kept', () => {
  const expected = 'profile FR@Europe/Paris|US-OH@America/New_York|US-OH@Europe/Paris';
  assert.equal(told({ country: 'US', region: 'OH', timeZone: 'Europe/Paris' }), expected);
  assert.equal(told({ phone: '+16145550100', timeZone: 'Europe/Paris' }), expected);
});

test('a part of a country overseas is under its law, at its own time', () => {
  const guadeloupe = 'address FR-GP@America/Guadeloupe';
  for (const said of [{ region: 'GP' }, { region: 'Guadeloupe' }, { postalCode: '97110' }])
    assert.equal(told({ country: 'FR', ...said }), guadeloupe);
  assert.equal(told({ country: 'FR', region: 'La Réunion' }), 'address FR-RE@Indian/Reunion');
  assert.equal(told({ country: 'FR', postalCode: '75001' }), 'country FR@Europe/Paris');
});

test('every region that a calendar of holidays names gives places that read back', () => {
  const calendar = new Holidays();
  for (const country of Object.keys(calendar.getCountries()))
    for (const code of Object.keys(calendar.getStates(country) ?? {})) {
      const { places } = resolvePlaces({ country, region: code });
      assert.deepEqual(parsePlaceKey(placeKey(places)), places, `${country} ${code}`);
    }
});

test('nothing known, or nothing sensible, is unknown and no place', () => {
  for (const evidence of [
    {},
    { country: 'Narnia' },
    { phone: '0123' },
    { phone: '+88213123456' },
    { timeZone: 'x' },
  ]) {
    assert.deepEqual(resolvePlaces(evidence), { places: [], certainty: 'unknown' });
  }
});

test('whatever a profile says, the answer is places with real zones, each once, and its key reads back', () => {
  const text = fc.oneof(
    fc.constantFrom('US', 'CA', 'TX', 'Texas', 'BR', 'DE', 'Bayern', '10001'),
    fc.string(),
  );
  const field = fc.option(text, { nil: undefined });
  const phone = fc.option(fc.oneof(fc.stringMatching(/^\+[1-9]\d{6,13}$/), fc.string()), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({ phone, country: field, region: field, city: field, postalCode: field, timeZone: field }),
      (evidence) => {
        const { places, certainty } = resolvePlaces(evidence);
        assert.equal(places.length === 0, certainty === 'unknown');
        assert.equal(new Set(places.map(placeText)).size, places.length);
        assert.ok(places.every(({ timeZone }) => isTimeZone(timeZone)));
        assert.deepEqual(parsePlaceKey(placeKey(places)), places);
        assert.equal(placeKey([...places].reverse()), placeKey(places));
      },
    ),
    { numRuns: 500 },
  );
});

test('every country with numbers has a place', () => {
  const without = getCountries().filter(
    (country) => !/^(AS|GU|MP|PR|VI)$/.test(country) && allPlaces(country).length === 0,
  );
  assert.deepEqual(without.sort(), []);
});

test('a key that no one wrote is refused', () => {
  assert.throws(() => parsePlaceKey('Texas'), RangeError);
});
