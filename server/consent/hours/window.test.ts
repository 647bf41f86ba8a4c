import assert from 'node:assert/strict';
import test from 'node:test';
import type { Place } from '../../users/place/place.ts';
import { parsePlaceKey } from '../../users/place/place-key.ts';
import { resolvePlaces } from '../../users/place/resolve-places.ts';
import { rulesFor } from './rules-for.ts';
import { legalCap, type SendWindow, sendWindow, transactionalWindow } from './window.ts';

/** The window for the places of a key at a local time, told as the local time at which it next changes. */
function at(key: string, localTime: string, options?: { caution: boolean }): string {
  const places = parsePlaceKey(key);
  const zone = places[0]!.timeZone;
  return told(sendWindow(places, instant(zone, localTime), options), zone);
}

function told(window: SendWindow, zone: string): string {
  const local = (date: Date) =>
    Temporal.Instant.from(date.toISOString()).toZonedDateTimeISO(zone).toPlainDateTime().toString();
  if (window.open) return `open until ${local(window.until)}`;
  return window.opensAt ? `closed until ${local(window.opensAt)}` : `closed: ${window.reason}`;
}

function instant(zone: string, localTime: string): Date {
  return new Date(Temporal.PlainDateTime.from(localTime).toZonedDateTime(zone).epochMilliseconds);
}

const florida = 'US-FL@America/New_York';
const texas = 'US-TX@America/Chicago';
const ohio = 'US-OH@America/New_York';

test('in Florida the first message leaves at 08:00:00 and the last at 19:59:59', () => {
  assert.equal(at(florida, '2026-11-24T07:59:59'), 'closed until 2026-11-24T08:00:00');
  assert.equal(at(florida, '2026-11-24T08:00:00'), 'open until 2026-11-24T20:00:00');
  assert.equal(at(florida, '2026-11-24T19:59:59'), 'open until 2026-11-24T20:00:00');
  assert.equal(at(florida, '2026-11-24T20:00:00'), 'closed until 2026-11-25T08:00:00');
});

test('where no state law speaks the federal hours stand, and laws on prerecorded calls do not narrow them', () => {
  for (const state of [
    ohio,
    'US-NE@America/Chicago',
    'US-CA@America/Los_Angeles',
    'US-ME@America/New_York',
  ]) {
    assert.equal(at(state, '2026-11-22T08:00:00'), 'open until 2026-11-22T21:00:00');
  }
});

test('a Sunday begins at noon in Texas and not at all in Mississippi', () => {
  assert.equal(at(texas, '2026-11-22T09:00:00'), 'closed until 2026-11-22T12:00:00');
  assert.equal(at('US-MS@America/Chicago', '2026-11-21T20:00:00'), 'closed until 2026-11-23T08:00:00');
});

test('South Dakota rests from Friday night to Monday morning', () => {
  assert.equal(at('US-SD@America/Chicago', '2026-11-20T21:00:00'), 'closed until 2026-11-23T09:00:00');
});

test('holidays of one state are workdays of the next', () => {
  // Mardi Gras, Pioneer Day, Victory Day, the day that stands in for a Fourth of July on a Saturday.
  assert.equal(at('US-LA@America/Chicago', '2026-02-17T10:00:00'), 'closed until 2026-02-18T08:00:00');
  assert.equal(at('US-UT@America/Denver', '2026-07-24T10:00:00'), 'closed until 2026-07-25T08:00:00');
  assert.equal(at('US-RI@America/New_York', '2026-08-10T10:00:00'), 'closed until 2026-08-11T09:00:00');
  assert.equal(at('US-MS@America/Chicago', '2026-07-03T10:00:00'), 'closed until 2026-07-06T08:00:00');
  for (const day of ['2026-02-17', '2026-07-24', '2026-08-10', '2026-07-03']) {
    assert.equal(at(ohio, `${day}T10:00:00`), `open until ${day}T21:00:00`);
  }
});

test('Pennsylvania follows the rule of the day: Sundays end on 2026-10-18', () => {
  const pennsylvania = 'US-PA@America/New_York';
  assert.equal(at(pennsylvania, '2026-10-11T20:00:00'), 'open until 2026-10-11T21:00:00');
  assert.equal(at(pennsylvania, '2026-10-17T20:00:00'), 'open until 2026-10-17T21:00:00');
  assert.equal(at(pennsylvania, '2026-10-18T12:00:00'), 'closed until 2026-10-19T09:00:00');
  assert.equal(at(pennsylvania, '2026-11-26T12:00:00'), 'closed until 2026-11-27T09:00:00');
});

test('Texas opens later only since its law names texts', () => {
  assert.equal(at(texas, '2025-08-31T08:00:00'), 'open until 2025-08-31T21:00:00');
  assert.equal(at(texas, '2025-09-01T08:00:00'), 'closed until 2025-09-01T09:00:00');
});

test('other countries keep their own days', () => {
  assert.equal(at('FR@Europe/Paris', '2026-07-14T10:00:00'), 'closed until 2026-07-15T08:00:00');
  assert.equal(at('ZA@Africa/Johannesburg', '2026-11-21T12:59:59'), 'open until 2026-11-21T13:00:00');
  assert.equal(at('IN@Asia/Kolkata', '2026-11-22T09:59:59'), 'closed until 2026-11-22T10:00:00');
  assert.equal(at('CA-BC@America/Vancouver', '2026-07-01T10:00:00'), 'closed until 2026-07-02T09:00:00');
  assert.equal(at('CA-MB@America/Winnipeg', '2026-07-01T21:29:59'), 'open until 2026-07-01T21:30:00');
  // A holiday of some regions counts where the region is not known.
  assert.equal(at('DE@Europe/Berlin', '2027-01-06T10:00:00'), 'closed until 2027-01-07T08:00:00');
  assert.equal(at('DE-HH@Europe/Berlin', '2027-01-06T10:00:00'), 'open until 2027-01-06T20:00:00');
});

test('a project may switch the rules of caution off, but never law, and never the night', () => {
  const bold = { caution: false };
  assert.equal(at('US-WA@America/Los_Angeles', '2026-11-24T20:30:00'), 'closed until 2026-11-25T08:00:00');
  assert.equal(
    at('US-WA@America/Los_Angeles', '2026-11-24T20:30:00', bold),
    'open until 2026-11-24T21:00:00',
  );
  assert.equal(at(florida, '2026-11-24T20:30:00', bold), 'closed until 2026-11-25T08:00:00');
  assert.equal(at('DE@Europe/Berlin', '2026-11-22T22:00:00', bold), 'closed until 2026-11-23T07:00:00');
  assert.equal(at('AE@Asia/Dubai', '2026-11-24T07:30:00', bold), 'closed until 2026-11-24T08:00:00');
  assert.equal(at('AE@Asia/Dubai', '2026-11-24T19:00:00', bold), 'open until 2026-11-24T21:00:00');
  assert.equal(at('AE@Asia/Dubai', '2026-11-24T19:00:00'), 'closed until 2026-11-25T09:00:00');
});

test('outside the eastern zone people are not woken by its clock', () => {
  const morning = new Date('2026-11-24T13:30:00Z');
  assert.ok(sendWindow(resolvePlaces({ phone: '+16145550100' }).places, morning).open);
  const perth = resolvePlaces({
    country: 'Australia',
    region: 'Western Australia',
    postalCode: '6000',
  }).places;
  // 09:00 in Sydney is 06:00 in Perth.
  const sydneyNine = instant('Australia/Sydney', '2026-11-24T09:00:00');
  assert.equal(told(sendWindow(perth, sydneyNine), 'Australia/Perth'), 'closed until 2026-11-24T09:00:00');
});

test('unsure of the place, a message waits until it may leave at every place it may be', () => {
  const unsure = resolvePlaces({ country: 'US', region: 'FL', phone: '+14155550100' }).places;
  const shown = (localTime: string) =>
    told(sendWindow(unsure, instant('America/New_York', localTime)), 'America/New_York');
  // Florida has two zones; California opens at 11:00 in New York and Florida's east closes at 20:00.
  assert.equal(shown('2026-11-24T10:59:59'), 'closed until 2026-11-24T11:00:00');
  assert.equal(shown('2026-11-24T11:00:00'), 'open until 2026-11-24T20:00:00');
});

test('a place unknown is never open, and places that never overlap say so', () => {
  assert.equal(told(sendWindow([], new Date()), 'UTC'), 'closed: placeUnknown');
  const apart: Place[] = [
    { country: 'SE', region: null, timeZone: 'Pacific/Honolulu' },
    { country: 'SE', region: null, timeZone: 'Africa/Johannesburg' },
  ];
  assert.equal(told(sendWindow(apart, new Date('2026-11-24T00:00Z')), 'UTC'), 'closed: neverOpen');
});

test('what can wait is held from ten to seven on any day', () => {
  const window = transactionalWindow(
    parsePlaceKey('US-MS@America/Chicago'),
    instant('America/Chicago', '2026-11-22T21:59:59'),
  );
  assert.equal(told(window, 'America/Chicago'), 'open until 2026-11-22T22:00:00');
});

test('the cap is the strictest of all the places, once it is in force', () => {
  const now = new Date('2026-11-24T12:00Z');
  assert.deepEqual(legalCap(parsePlaceKey('US-OR@America/Los_Angeles'), now), {
    messages: 3,
    hours: 24,
    law: 'HB 3865 (2025), ORS 646.561 ff.',
  });
  assert.equal(legalCap(parsePlaceKey('US-OR@America/Los_Angeles'), new Date('2025-12-31T12:00Z')), null);
  assert.equal(legalCap(parsePlaceKey(`${ohio}|${florida}`), now)?.messages, 3);
  assert.equal(legalCap(parsePlaceKey(ohio), now), null);
});

test('people are shown every rule of a place, kept or not', () => {
  const rules = rulesFor(parsePlaceKey('US-ME@America/New_York')[0]!, new Date('2026-11-24T12:00Z'));
  assert.deepEqual(
    rules.map(({ applies }) => applies),
    ['law', 'off', 'law'],
  );
});
