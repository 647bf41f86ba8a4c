import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { byCall, day, hour, startJourneySite } from './testing/journey-site.ts';

const site = await startJourneySite();
after(() => site.close());
const { call, publish, person, enters, work, pass, buys, entriesOf } = site;

test('segments ask where people stand with a journey: inside, entered, left and why; live ones hear it', async () => {
  const id = await publish(
    {
      entry: byCall,
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      start: 'rest',
      tiles: { rest: { kind: 'wait', for: { hours: 2 }, next: 'end' } },
    },
    'Asked about',
  );
  const definitions = {
    inside: { inJourney: { journeyId: id } },
    lately: { enteredJourney: { journeyId: id, during: { last: { days: 1 } } } },
    goal: { leftJourney: { journeyId: id, reasons: ['goal'] } },
    left: { leftJourney: { journeyId: id, during: { last: { days: 1 } } } },
    never: { none: [{ enteredJourney: { journeyId: id } }] },
  };
  const names = Object.keys(definitions) as (keyof typeof definitions)[];
  const follows = { comes: 0, goes: 0 };
  for (const name of names) {
    const definition = definitions[name];
    const { id: segmentId } = await call<{ id: number }>('POST', '/api/segments', {
      name,
      definition,
      live: true,
    });
    if (name !== 'lately') continue;
    for (const [key, what] of [
      ['comes', 'entered'],
      ['goes', 'left'],
    ] as const)
      follows[key] = await publish({
        ...{ entry: { on: { segment: { id: segmentId, what } } }, start: 'rest' },
        tiles: { rest: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
      });
  }
  await work();
  for (const userId of ['buyer', 'waiter', 'stranger']) await person(userId);
  const sizes = async () =>
    Promise.all(
      names.map(async (name) => {
        const { count } = await call<{ count: number }>('POST', '/api/segments/preview', {
          definition: definitions[name],
        });
        return count;
      }),
    );
  for (const userId of ['buyer', 'waiter']) await enters(id, userId);
  await work();
  assert.deepEqual(await sizes(), [2, 2, 0, 0, 1]);
  assert.equal(await entriesOf(follows.comes, 'buyer'), 1, 'a live segment hears of it at once');
  await buys('buyer');
  await work();
  assert.deepEqual(await sizes(), [1, 2, 1, 1, 1]);
  await pass(3 * hour);
  assert.deepEqual(await sizes(), [0, 2, 1, 2, 1]);
  await pass(day);
  assert.deepEqual(await sizes(), [0, 0, 1, 0, 1]);
  assert.equal(await entriesOf(follows.goes, 'waiter'), 1, 'and time alone takes them out');
  const { words } = await call<{ words?: string; sentence?: string }>('POST', '/api/segments/preview', {
    definition: definitions.goal,
  }).then((answer) => ({ words: JSON.stringify(answer) }));
  assert.match(words, /they left the journey “?Asked about”?, since they reached the goal/);
  const { text, status } = await site.api.call('POST', '/api/segments/preview', {
    definition: { inJourney: { journeyId: 999_999 } },
  });
  assert.equal(status, 400);
  assert.match(text, /names journey 999999, which this project does not have/);
});
