import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hour, type JourneySite, startJourneySite } from '../testing/journey-site.ts';
import { peopleOf, rehearse } from './rehearsal-fixtures.ts';
import type { TileStandings } from './standings.ts';

let site: JourneySite;
before(async () => {
  site = await startJourneySite();
});
after(() => site.close());

const document = (templateId: number) => ({
  entry: { on: { event: { name: 'cart' } } },
  exits: [{ name: 'bought', purchase: {}, goal: true }],
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'text' },
    text: { kind: 'send', templateId, next: 'taps' },
    taps: {
      kind: 'waitFor',
      branches: [
        { name: 'tapped', for: { click: true }, next: 'end' },
        { name: 'wrote', for: { reply: { contains: ['yes'] } }, next: 'end' },
      ],
      within: { hours: 24 },
      timeout: 'end',
    },
  },
});

test('who comes and goes at a tile adds up to who is there, at any moment and in the end', async () => {
  const id = await site.publish(document(await site.newTemplate('Hello {{firstName}}')));
  for (let index = 0; index < 30; index++) await site.person(`s${index}`);
  const asked = {
    entries: { supposed: { everybody: true, over: { hours: 12 } } },
    supposing: { click: { share: 50 }, purchase: { share: 20, within: { hours: 6 } } },
    days: 1,
  };
  const { figures, rehearsalId, from } = await rehearse(site, id, asked);
  const { everyMs, tiles } = await site.call<{ everyMs: number; tiles: Record<string, TileStandings> }>(
    'GET',
    `/api/journeys/${id}/rehearsals/${rehearsalId}/standings`,
  );
  assert.equal(everyMs, hour);
  const passages = [...(await peopleOf(site, id, rehearsalId)).values()].flatMap((person) => person.passages);
  /** At a tile before an instant, by the people's own ways. */
  const thereBefore = (tile: string, moment: number) =>
    passages.filter(({ enteredAt, steps, leftAt, tile: last }) => {
      const past = steps.filter(({ at, way }) => way !== null && at < moment).length;
      const onward = steps.filter(({ way }) => way !== null).map((step) => step.tile);
      const isIn = enteredAt < moment && (leftAt === null || leftAt >= moment);
      return isIn && (onward[past] ?? last) === tile;
    }).length;
  for (const [tile, { at, arrived, gone }] of Object.entries(tiles)) {
    const sum = (numbers: number[], until = Number.POSITIVE_INFINITY) =>
      numbers.reduce((total, number, place) => total + (at[place]! < until ? number : 0), 0);
    assert.deepEqual(
      [tile, sum(arrived), sum(arrived) - sum(gone)],
      [tile, figures.tiles[tile]?.arrived, figures.tiles[tile]?.inside],
    );
    const begin = Math.floor(from / hour) * hour;
    for (let moment = begin; moment <= begin + 24 * hour; moment += 3 * hour)
      assert.equal(sum(arrived, moment) - sum(gone, moment), thereBefore(tile, moment), `${tile} ${moment}`);
  }
  assert.ok((tiles.taps?.at.length ?? 0) > 1 && figures.inside > 0);
});

test('all that a journey hears of people is told before it is rehearsed, with where it is said how many do it', async () => {
  const id = await site.publish(document(site.templateId), 'Asked');
  const { notRecorded, occurrences, fieldsAsked, calls } = await site.call<{
    notRecorded: string | null;
    fieldsAsked: string | null;
    calls: object[];
    occurrences: { place: string[]; heardAt: string[]; chance: { of: string } }[];
  }>('GET', `/api/journeys/${id}/rehearsals/defaults`);
  assert.deepEqual([notRecorded, fieldsAsked, calls], [null, null, []]);
  assert.deepEqual(
    occurrences.map(({ place, heardAt }) => [place.join('.'), heardAt]),
    [
      ['click', ['taps']],
      ['waits.taps.wrote', ['taps']],
      ['purchase', ['bought']],
    ],
  );
  const asking = await site.call<{ id: number }>('POST', '/api/journeys', {
    name: 'Asking',
    document: {
      entry: { on: { event: { name: 'cart', where: { path: 'total', atLeast: 10 } } } },
      start: 'crm',
      tiles: {
        crm: {
          kind: 'webhook',
          url: 'https://93.184.216.34/x',
          answer: { as: 'crm', keep: { tier: ['tier'] } },
          next: 'end',
        },
      },
    },
  });
  const asked = await site.call<{ fieldsAsked: string; calls: object[] }>(
    'GET',
    `/api/journeys/${asking.id}/rehearsals/defaults`,
  );
  assert.match(asked.fieldsAsked, /^total is at least 10/);
  assert.deepEqual(asked.calls, [{ tile: 'crm', keeps: ['tier'] }]);
  const called = await site.publish({ ...document(site.templateId), entry: { on: { api: {} } } }, 'Called');
  const answer = await site.call<{ notRecorded: string }>(
    'GET',
    `/api/journeys/${called}/rehearsals/defaults`,
  );
  assert.match(answer.notRecorded, /of which no record is kept/);
});
