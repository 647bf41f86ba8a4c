import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { byCall, hour, startJourneySite } from '../testing/journey-site.ts';

const site = await startJourneySite();
after(() => site.close());
const { call, publish, republish, person, enters, work, pass, buys, wayOf, passage } = site;

interface Told {
  experiments: {
    tile: string;
    variants: { name: string; share: number; people: number; goals: number; goalRate: number | null }[];
  }[];
}

test('of each variant it is told how many have it and reached the goal; each person keeps theirs, and who is held out is none of them', async () => {
  const of = (share: number) => ({
    entry: { ...byCall, holdout: 25 },
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'try',
    tiles: {
      try: {
        kind: 'experiment',
        branches: [
          { name: 'short', share, next: 'rest' },
          { name: 'long', share: 100 - share, next: 'rest' },
        ],
      },
      rest: { kind: 'wait', for: { hours: 1 }, next: 'end' },
    },
  });
  const id = await publish(of(50));
  const people = Array.from({ length: 24 }, (_, index) => `tried-${index}`);
  for (const userId of people) await person(userId);
  const variantsNow = async () => {
    for (const userId of people) await enters(id, userId);
    await work();
    return Promise.all(people.map(async (userId) => (await wayOf(id, userId))[0]?.split(':')[1]));
  };
  const first = await variantsNow();
  const heldOut = await Promise.all(people.map(async (userId) => (await passage(id, userId))?.isHeldOut));
  for (const userId of people.slice(0, 12)) await buys(userId);
  await work();
  await pass(hour);
  await republish(id, of(90));
  assert.deepEqual(await variantsNow(), first, 'whenever they come');
  const { experiments } = await call<Told>('GET', `/api/journeys/${id}/experiments`);
  const wanted = ['short', 'long'].map((name) => {
    const own = people.map((_, index) => index).filter((index) => first[index] === name && !heldOut[index]);
    const goals = own.filter((index) => index < 12).length;
    const share = name === 'short' ? 90 : 10;
    return {
      name,
      share,
      people: own.length,
      goals,
      goalRate: own.length === 0 ? null : (goals / own.length) * 100,
    };
  });
  assert.ok(
    wanted.every((each) => each.people > 0 && each.people < 20),
    JSON.stringify(wanted),
  );
  assert.deepEqual(experiments, [{ tile: 'try', variants: wanted }]);
  const { exits: _, ...aimless } = of(50);
  assert.match(
    (await site.faultsOf(aimless)).join(),
    /tiles\.try has no goal by which its variants differ; say by goal/,
  );
});
