import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDatabaseClock } from '../../clock/database-clock.ts';
import { lanes } from '../../lanes/lanes.ts';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';
import { workLane } from '../work-lane.ts';

/* What a journeys engine must answer about circles, lives without end, and work that comes all at once. */

const site = await startJourneySite();
after(() => site.close());
const { call, publish, republish, person, enters, work, pass } = site;
const { passage, why, refusals, counts } = site;

test('case 40: a circle in which no time goes by is refused where it can be seen, and stopped where it cannot', async () => {
  const circle = {
    entry: byCall,
    start: 'a',
    tiles: {
      a: { kind: 'trackEvent', name: 'c40', next: 'b' },
      b: {
        kind: 'randomSplit',
        branches: [
          { name: 'x', share: 99, next: 'a' },
          { name: 'y', share: 1, next: 'end' },
        ],
      },
    },
  };
  const { id: drawn } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Case 40',
    document: circle,
  });
  assert.match(
    await site.refused('POST', `/api/journeys/${drawn}/publish`, {}),
    /circle in which no time goes by/,
  );
  // A wait until a day takes time, unless that day is over.
  const id = await publish({
    entry: byCall,
    start: 'until',
    tiles: {
      until: { kind: 'wait', untilDate: { path: 'day', of: 'entry' }, next: 'again', noDate: 'end' },
      again: {
        kind: 'split',
        branches: [{ name: 'x', of: { field: { path: 'x', is: 1 } }, next: 'end' }],
        otherwise: 'until',
      },
    },
  });
  await person('u40');
  await enters(id, 'u40', { day: '2020-01-01' });
  await work();
  const walked = await passage(id, 'u40');
  assert.match(walked?.stuck ?? '', /goes in circles/);
  assert.equal(walked?.leftAt, null);
  await counts(id);
});

test('case 41: nobody stays longer than the journey lets anybody stay', async () => {
  const tiles = {
    hold: { kind: 'waitFor', branches: [{ name: 'never', for: { event: { name: 'c41' } }, next: 'end' }] },
  };
  const short = await publish({ entry: byCall, longestLifeDays: 3, start: 'hold', tiles });
  const usual = await publish({ entry: byCall, start: 'hold', tiles });
  await person('u41');
  for (const id of [short, usual]) await enters(id, 'u41');
  await work();
  await pass(3 * day - 1);
  assert.equal((await passage(short, 'u41'))?.leftAt, null);
  await pass(1);
  assert.equal((await passage(short, 'u41'))?.reason, 'expired');
  await pass(397 * day - 1);
  assert.equal((await passage(usual, 'u41'))?.leftAt, null);
  await pass(1);
  assert.equal((await passage(usual, 'u41'))?.reason, 'expired');
  assert.deepEqual((await counts(short)).hold?.left, { expired: 1 });
});

test('case 44: when people go on is decided by the clock of the database, whatever those of workers show', async () => {
  const id = await publish({
    entry: byCall,
    start: 'rest',
    tiles: { rest: { kind: 'wait', for: { hours: 10 }, next: 'end' } },
  });
  await person('u44');
  await enters(id, 'u44');
  await work();
  const { clock, context } = site.api;
  const began = clock.now().getTime();
  const stands = async () => (await passage(id, 'u44'))?.leftAt;
  // Of two machines one is a day ahead, the other a day behind.
  const workers = await Promise.all(
    [day, -day].map(async (ahead) => {
      const elapsedMs = () => clock.now().getTime() + ahead;
      return openDatabaseClock(async () => clock.now(), {
        elapsedMs,
        shownMs: elapsedMs,
        sleep: () => new Promise(() => undefined),
      });
    }),
  );
  const workAll = async () => {
    for (const worker of workers)
      for (const lane of lanes) await workLane({ ...context, clock: worker }, lane);
  };
  clock.advance(10 * hour - 1);
  await workAll();
  assert.equal(await stands(), null);
  clock.advance(1);
  await workAll();
  assert.equal(await stands(), began + 10 * hour);
});

test('case 52: journeys that send people on to one another stop after ten', async () => {
  const to = (journeyId: number) => ({
    entry: byCall,
    start: 'on',
    tiles: { on: { kind: 'startJourney', journeyId, next: 'end' } },
  });
  const last = await publish({
    entry: byCall,
    start: 'end1',
    tiles: { end1: { kind: 'exit', reason: 'x' } },
  });
  const [one, other] = [await publish(to(last)), await publish(to(last))];
  await republish(one, to(other));
  await republish(other, to(one));
  await work();
  await person('u52');
  await enters(one, 'u52');
  for (let turn = 0; turn < 20; turn++) await work();
  const passages = [...(await why(one, 'u52')).passages, ...(await why(other, 'u52')).passages];
  assert.equal(passages.length, 11);
  assert.ok(passages.every(({ reason }) => reason === 'finished'));
  assert.deepEqual([...(await refusals(one, 'u52')), ...(await refusals(other, 'u52'))], ['tooManyHops']);
});

test('case 52: journeys that let one another in by what they do, and not by sending people on, stop after ten too', async () => {
  const tracking = (name: string, other: string) => ({
    on: { event: { name } },
    does: { kind: 'trackEvent', name: other, next: 'end' },
  });
  const [ping, pong] = [tracking('c52 ping', 'c52 pong'), tracking('c52 pong', 'c52 ping')];
  const ids = [];
  for (const { on, does } of [ping, pong])
    ids.push(await publish({ entry: { on, atOnce: 5 }, start: 'does', tiles: { does } }));
  await person('u52 round');
  await site.track('u52 round', 'c52 ping');
  for (let turn = 0; turn < 20; turn++) await work();
  const told = await Promise.all(ids.map((id) => why(id, 'u52 round')));
  assert.equal(told.flatMap(({ passages }) => passages).length, 11);
  assert.deepEqual(
    told.flatMap(({ notEntered }) => notEntered.map(({ reason }) => reason)),
    ['tooManyHops'],
  );
  // What somebody does by themselves begins anew.
  await site.track('u52 round', 'c52 ping');
  await work();
  assert.ok((await why(ids[0]!, 'u52 round')).passages.length > 6);
});
