import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  // Monday, noon in New York.
  journeys = await openJourneyGround([], '2026-11-23T17:00:00Z');
});
after(() => journeys.api.close());

const zone = 'America/New_York';
const byDate = (date: object, more: object = {}) => ({
  entry: { on: { date }, ...more },
  start: 'a',
  tiles: { a: { kind: 'exit', reason: 'came' } },
});
/** Goes to an instant and lets a worker work there. */
async function at(instant: string): Promise<void> {
  journeys.api.clock.set(instant);
  await journeys.work();
}

test('a birthday lets somebody in each year at its hour, 29 February on the 28th where there is none, and once a day whatever is written meanwhile', async () => {
  const { publish, person, update, entriesOf, work } = journeys;
  await person('ann', { birthday: '1990-11-24' });
  await person('leap', { birthday: '1988-02-29' });
  await person('text', { birthday: 'in spring' });
  const id = await publish(byDate({ path: 'birthday', yearly: true, at: '09:00', zone }));
  const march = await publish(
    byDate({ path: 'birthday', yearly: true, leapDay: '03-01', at: '09:00', zone }),
  );
  await work();
  await at('2026-11-24T13:59:00Z');
  assert.equal(await entriesOf(id, 'ann'), 0);
  await at('2026-11-24T14:00:00Z');
  assert.equal(await entriesOf(id, 'ann'), 1);
  await update('ann', { birthday: '1990-11-25' });
  await update('ann', { birthday: '1990-11-24' });
  await update('ann', { nickname: 'A' });
  await at('2026-11-24T15:00:00Z');
  assert.equal(await entriesOf(id, 'ann'), 1, 'one entry for one day');
  await at('2027-02-28T14:00:00Z');
  assert.deepEqual([await entriesOf(id, 'leap'), await entriesOf(march, 'leap')], [1, 0]);
  await at('2027-03-01T14:00:00Z');
  assert.deepEqual([await entriesOf(id, 'leap'), await entriesOf(march, 'leap')], [1, 1]);
  await at('2027-11-24T14:00:00Z');
  assert.equal(await entriesOf(id, 'ann'), 2, 'and the year after');
  await at('2028-02-28T14:00:00Z');
  assert.equal(await entriesOf(id, 'leap'), 1);
  await at('2028-02-29T14:00:00Z');
  assert.equal(await entriesOf(id, 'leap'), 2);
});

test('a date is followed when it changes; one that is written after its time lets nobody in', async () => {
  const { publish, person, update, entriesOf, work, api } = journeys;
  api.clock.set('2028-03-01T17:00:00Z');
  const id = await publish(byDate({ path: 'appointment.at', days: -1, at: '10:00', zone }));
  for (const userId of ['early', 'moved', 'off', 'late'])
    await person(userId, { appointment: { at: '2028-03-05T15:00:00-05:00' } });
  await update('late', { appointment: null });
  await work();
  await update('moved', { appointment: { at: '2028-03-09T15:00:00-05:00' } });
  await update('off', { appointment: null });
  // Nothing is told yet of what changes in the last moment: it counts all the same.
  await work();
  await at('2028-03-04T14:59:00Z');
  await update('early', { note: 'x' });
  await at('2028-03-04T15:00:00Z');
  await update('late', { appointment: { at: '2028-03-05T15:00:00-05:00' } });
  await at('2028-03-04T15:01:00Z');
  const entries = async () =>
    Promise.all(['early', 'moved', 'off', 'late'].map((userId) => entriesOf(id, userId)));
  assert.deepEqual(await entries(), [1, 0, 0, 0]);
  await at('2028-03-08T15:00:00Z');
  assert.deepEqual(await entries(), [1, 1, 0, 0]);
});

test('what passed while nothing ran is made up for, unless it is too old', async () => {
  const { publish, person, entriesOf, why, work, api } = journeys;
  api.clock.set('2028-04-01T17:00:00Z');
  const id = await publish(byDate({ path: 'renewal', at: '08:00', zone }, { oldest: { hours: 6 } }));
  await person('soon', { renewal: '2028-04-10' });
  await person('before', { renewal: '2028-04-09' });
  await work();
  await at('2028-04-10T17:00:00Z');
  assert.deepEqual([await entriesOf(id, 'soon'), await entriesOf(id, 'before')], [1, 0]);
  assert.deepEqual(
    (await why(id, 'before')).notEntered.map(({ reason }) => reason),
    ['tooOld'],
  );
});

test('publishing another hour has all dates looked at anew; a journey that is closed lets nobody in, and one that begins by something else forgets them', async () => {
  const { publish, person, entriesOf, call, work, api } = journeys;
  api.clock.set('2028-05-01T11:00:00Z');
  await person('eve', { trial: '2028-05-02' });
  await person('fay', { trial: '2028-05-03' });
  const id = await publish(byDate({ path: 'trial', at: '09:00', zone }));
  await work();
  await call('PATCH', `/api/journeys/${id}`, { document: byDate({ path: 'trial', at: '12:00', zone }) });
  await call('POST', `/api/journeys/${id}/publish`, {});
  await work();
  await at('2028-05-02T15:59:00Z');
  assert.equal(await entriesOf(id, 'eve'), 0);
  await at('2028-05-02T16:00:00Z');
  assert.equal(await entriesOf(id, 'eve'), 1);
  await call('POST', `/api/journeys/${id}/close`);
  await at('2028-05-03T17:00:00Z');
  assert.equal(await entriesOf(id, 'fay'), 0);
  await call('POST', `/api/journeys/${id}/open`);
  await work();
  assert.equal(await entriesOf(id, 'fay'), 1, 'made up for, as after a stop of the program');
  await call('PATCH', `/api/journeys/${id}`, { document: byDate({ path: 'trial', at: '12:00', zone }) });
  const event = { entry: { on: { api: {} } }, start: 'a', tiles: { a: { kind: 'exit', reason: 'x' } } };
  await call('PATCH', `/api/journeys/${id}`, { document: event });
  await call('POST', `/api/journeys/${id}/publish`, {});
  await work();
  await at('2028-05-09T17:00:00Z');
  assert.deepEqual([await entriesOf(id, 'eve'), await entriesOf(id, 'fay')], [1, 1]);
});

test('each person’s day begins by their own clock, and who moves meanwhile is let in by the new one', async () => {
  const { publish, person, update, entriesOf, work, api } = journeys;
  api.clock.set('2028-06-01T11:00:00Z');
  const id = await publish(byDate({ path: 'starts', at: '09:00' }));
  await person('stays', { starts: '2028-06-10', timeZone: 'America/New_York' });
  await person('mover', { starts: '2028-06-10', timeZone: 'America/New_York' });
  await work();
  await at('2028-06-10T12:59:00Z');
  await update('mover', { timeZone: 'America/Los_Angeles' });
  await at('2028-06-10T13:00:00Z');
  assert.deepEqual([await entriesOf(id, 'stays'), await entriesOf(id, 'mover')], [1, 0]);
  await at('2028-06-10T16:00:00Z');
  assert.deepEqual([await entriesOf(id, 'stays'), await entriesOf(id, 'mover')], [1, 1]);
});

test('who are merged enter once for one date', async () => {
  const { publish, person, call, entriesOf, work, api } = journeys;
  api.clock.set('2028-07-01T11:00:00Z');
  const id = await publish(byDate({ path: 'visit', at: '09:00' }));
  await person('east', { visit: '2028-07-02', timeZone: 'America/New_York' });
  await person('west', { visit: '2028-07-02', timeZone: 'America/Los_Angeles' });
  await work();
  await at('2028-07-02T13:00:00Z');
  assert.deepEqual([await entriesOf(id, 'east'), await entriesOf(id, 'west')], [1, 0]);
  await call('POST', '/api/users/merge', { sourceUserId: 'east', destinationUserId: 'west' });
  await work();
  await at('2028-07-02T16:30:00Z');
  assert.equal(await entriesOf(id, 'west'), 1);
});

test('a date beyond all calendars keeps nobody else from entering, and nor does a journey whose dates cannot be followed', async () => {
  const { publish, person, entriesOf, work, api } = journeys;
  api.clock.set('2028-08-01T11:00:00Z');
  await person('far', { born: '+012000-02-29' });
  await person('near', { born: '1990-08-02' });
  const broken = await publish(byDate({ path: 'born', yearly: true, at: '09:00', zone }));
  const id = await publish(byDate({ path: 'born', yearly: true, at: '09:00', zone }));
  await person('later', { born: '+275755-06-01' });
  await work();
  const { open } = api.context.journeys;
  api.context.journeys.open = async (db) =>
    (await open(db)).map((each) => {
      const { trigger } = each.entry;
      const { date } = trigger;
      if (each.id !== broken || !date) return each;
      const next = () => assert.fail('cannot be followed');
      return { ...each, entry: { ...each.entry, trigger: { ...trigger, date: { ...date, next } } } };
    });
  try {
    await at('2028-08-02T13:00:00Z');
  } finally {
    api.context.journeys.open = open;
  }
  assert.deepEqual(
    await Promise.all(['near', 'far', 'later'].map((userId) => entriesOf(id, userId))),
    [1, 0, 0],
  );
  await work();
  assert.equal(await entriesOf(broken, 'near'), 1, 'and it is tried again');
});

test('what a date cannot say is refused', async () => {
  const wrong = (date: object) => journeys.faultsOf(byDate(date));
  assert.deepEqual(await wrong({ path: 'a', leapDay: '03-01' }), [
    'document.entry.on.date.leapDay goes with yearly: true',
  ]);
  assert.match((await wrong({ path: 'a', at: '9:00' }))[0]!, /date\.at .*By a clock of 24 hours: 09:30/);
  assert.match((await wrong({ path: 'a', zone: 'Mars' }))[0]!, /names no time zone: Mars/);
});
