import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { peopleOf, rehearse } from '../rehearsal/rehearsal-fixtures.ts';
import { startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer about trying a journey before it runs. */

const site = await startJourneySite();
after(() => site.close());
const { call, person, templateId } = site;

test('case 48: one person walks with time sped up, is shown every branch with why, and nothing is counted', async () => {
  await person('u48', { vip: true });
  await person('u48 other');
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Case 48',
    document: {
      entry: { on: { event: { name: 'cart', where: { path: 'total', atLeast: 10 } } } },
      start: 'day',
      tiles: {
        day: { kind: 'wait', for: { hours: 24 }, next: 'who' },
        who: {
          kind: 'split',
          branches: [{ name: 'vip', of: { field: { path: 'vip', is: true } }, next: 'text' }],
          otherwise: 'end',
        },
        text: { kind: 'send', templateId, next: 'taps' },
        taps: {
          kind: 'waitFor',
          branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
          within: { hours: 24 },
          timeout: 'end',
        },
      },
    },
  });
  const begin = site.api.clock.now().getTime();
  const { rehearsalId, figures, actual, entries } = await rehearse(site, id, {
    entries: { supposed: { people: ['u48'], fields: { total: 80 } } },
    supposing: { waits: { taps: { tapped: { share: 100, within: { hours: 2 } } } } },
  });
  assert.deepEqual([figures.people, figures.entered, figures.finished, actual], [1, 1, 1, null]);
  const people = await peopleOf(site, id, rehearsalId);
  assert.deepEqual([...people.keys()], ['u48']);
  const [u48] = people.values();
  assert.deepEqual(entries.supposed?.people, [u48?.userRef]);
  const [passage] = u48!.passages;
  const ways = passage?.steps.flatMap(({ tile, way, seen }) => (way === null ? [] : [{ tile, way, seen }]));
  assert.deepEqual(
    ways?.map(({ tile, way }) => `${tile} ${way}`),
    ['day next', 'who vip', 'text next', 'taps tapped'],
  );
  assert.deepEqual(ways?.[1]?.seen, { held: { vip: true } });
  assert.deepEqual(ways?.[2]?.seen, {}, 'no message is there that could be named');
  assert.deepEqual(
    passage?.messages.map(({ skip }) => skip),
    [null],
  );
  assert.ok(passage!.leftAt! > begin + 24 * 3_600_000);
  const { rows } = await sql<{ count: number }>`
    SELECT (SELECT count(*) FROM message)::int + (SELECT count(*) FROM journey_count)::int
      + (SELECT count(*) FROM journey_run)::int AS count`.execute(site.ground.db);
  assert.equal(rows[0]?.count, 0);
  // The same of what is on record: of several who did it the one who is named.
  await site.track('u48', 'cart', { total: 90 });
  await site.track('u48 other', 'cart', { total: 90 });
  site.api.clock.advance(1_000);
  const recorded = await rehearse(site, id, {
    entries: { recorded: { from: begin, people: [u48!.userRef] } },
  });
  assert.deepEqual([recorded.figures.people, recorded.figures.tiles.text?.arrived], [1, 1]);
});
