import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { journey } from '../builder/journey-builder.ts';
import { byCall, hour, startJourneySite } from '../testing/journey-site.ts';

/* What whoever publishes, holds and calls journeys is told, and what holds from the answer on. */

const site = await startJourneySite();
after(() => site.close());
const { api, call, refused, publish, person, enters, track, work, pass, passage, wayOf, templateId } = site;

const wait = { kind: 'wait', for: { hours: 48 }, next: 'end' };
const tracked = (name: string) => ({ kind: 'trackEvent', name, next: 'wait' });

test('from the answer of publish on, whoever enters begins by what was published', async () => {
  const id = await publish({
    ...{ entry: { on: { event: { name: 'begins' } } }, start: 'old' },
    tiles: { old: tracked('old'), wait },
  });
  await person('first');
  await track('first', 'begins');
  await work();
  assert.deepEqual((await wayOf(id, 'first'))[0], 'old:next');
  await call('PATCH', `/api/journeys/${id}`, {
    document: {
      ...{ entry: { on: { event: { name: 'begins' } }, atOnce: 2 }, start: 'new' },
      tiles: { new: tracked('new'), wait },
    },
  });
  await call('POST', `/api/journeys/${id}/publish`, {});
  // In each lane, before any worker has come to it.
  const people = Array.from({ length: 30 }, (_, index) => `later ${index}`);
  for (const userId of people) await person(userId);
  await person('first');
  for (const userId of [...people, 'first']) await track(userId, 'begins');
  await api.tellHappenings();
  await work();
  for (const userId of [...people, 'first']) assert.equal((await wayOf(id, userId))[0], 'new:next', userId);
  await call('POST', `/api/journeys/${id}/stop`);
  await work();
});

test('a call lets people only into a journey whose entry is api', async () => {
  const id = await publish({ entry: { on: { event: { name: 'begins' } } }, start: 'wait', tiles: { wait } });
  await person('called');
  assert.match(
    await refused('POST', '/api/workflows/triggerWorkflow', { workflowId: id, userId: 'called' }),
    /begins by the event “begins”, and a call lets people only into one whose entry is api/,
  );
  // A journey sends on whom it likes.
  const from = await publish({
    entry: byCall,
    start: 'on',
    tiles: { on: { kind: 'startJourney', journeyId: id, next: 'end' } },
  });
  await enters(from, 'called');
  await work();
  assert.equal((await passage(id, 'called'))?.leftAt, null);
  const { tiles } = await call<{ tiles: Record<string, string> }>('POST', `/api/journeys/${from}/check`);
  assert.match(tiles.on ?? '', /^enter the journey “.+” too$/);
});

test('what was waited for and came while a journey was held is no time that ran out', async () => {
  const answered = {
    kind: 'waitFor',
    branches: [{ name: 'came', for: { event: { name: 'rated' } }, next: 'end' }],
    within: { hours: 10 },
    timeout: 'end',
  };
  const id = await publish({
    ...{ entry: { ...byCall, atOnce: 1 }, overdue: 'leave', start: 'answered' },
    tiles: { answered },
  });
  for (const userId of ['rates', 'rates other', 'silent']) {
    await person(userId);
    await enters(id, userId);
  }
  await work();
  await call('POST', `/api/journeys/${id}/pause`);
  await pass(hour);
  await track('rates', 'rated');
  await track('rates other', 'looked');
  await work();
  await pass(hour);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  assert.deepEqual(
    [await wayOf(id, 'rates'), (await passage(id, 'rates'))?.reason],
    [['answered:waits', 'answered:came'], 'finished'],
  );
  for (const userId of ['rates other', 'silent'])
    assert.equal((await passage(id, userId))?.leftAt, null, userId);
  await call('POST', `/api/journeys/${id}/pause`);
  await pass(20 * hour);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  for (const userId of ['rates other', 'silent'])
    assert.equal((await passage(id, userId))?.reason, 'expiredWhilePaused', userId);
});

test('the campaign of a tile stands as its journey does', async () => {
  const id = await publish({
    ...{ entry: byCall, start: 'text' },
    tiles: { text: { kind: 'send', templateId, next: 'end' } },
  });
  const { campaigns } = await call<{ campaigns: { id: number; workflowId?: number }[] }>(
    'GET',
    '/api/campaigns?pageSize=100',
  );
  const campaign = campaigns.find(({ workflowId }) => workflowId === id)!;
  await call('POST', `/api/journeys/${id}/pause`);
  for (const [path, body] of [
    [`/api/campaigns/${campaign.id}/resume`, undefined],
    [`/api/campaigns/${campaign.id}/pause`, undefined],
    ['/api/campaigns/abort', { campaignId: campaign.id }],
  ] as const)
    assert.match(
      await refused('POST', path, body),
      new RegExp(`is sent by a tile of journey ${id} and stands as that does`),
    );
});

test('a time that is over is a fault where it is new, and a warning where it is published already', async () => {
  const document = (date: string, hours: number) => ({
    entry: byCall,
    start: 'wait',
    tiles: {
      wait: { ...wait, for: { hours }, next: 'text' },
      text: { kind: 'send', templateId, before: { date, zone: 'Europe/Paris' }, next: 'end' },
    },
  });
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    ...{ name: 'Christmas', document: document('2020-12-24T18:00', 1) },
  });
  const fault = /document\.tiles\.text\.before\.date is 2020-12-24 18:00, which is over/;
  assert.match(await refused('POST', `/api/journeys/${id}/check`), fault);
  assert.match(await refused('POST', `/api/journeys/${id}/publish`, {}), fault);
  const soon = new Date(api.clock.now().getTime() + 24 * hour).toISOString().slice(0, 16);
  await call('PATCH', `/api/journeys/${id}`, { document: document(soon, 1) });
  const first = await call<{ warnings: unknown[] }>('POST', `/api/journeys/${id}/publish`, {});
  assert.deepEqual(first.warnings, []);
  await pass(48 * hour);
  await call('PATCH', `/api/journeys/${id}`, { document: document(soon, 2) });
  const again = await call<{ warnings: { field: string; warning: string }[] }>(
    'POST',
    `/api/journeys/${id}/publish`,
    {},
  );
  assert.deepEqual(
    again.warnings.map(({ field }) => field),
    ['document.tiles.text.before.date'],
  );
});

test('a catalog tells the journeys that need it, by their entry or a condition', async () => {
  await call('POST', '/api/catalogs/Shelf');
  const inCatalog = { path: 'sku', inCatalog: { catalog: 'Shelf', where: { path: 'stock', is: 0 } } };
  const byEntry = await publish({
    ...{ entry: { on: { catalogItem: { catalog: 'shelf' } } }, start: 'wait' },
    tiles: { wait },
  });
  const bySplit = await publish({
    ...{ entry: byCall, start: 'split' },
    tiles: {
      split: {
        kind: 'split',
        branches: [{ name: 'gone', of: { event: { name: 'looked', where: inCatalog } }, next: 'end' }],
        otherwise: 'end',
      },
    },
  });
  const { usedBy } = await call<{ usedBy: string[] }>('GET', '/api/catalogs/Shelf/uses');
  assert.deepEqual(
    usedBy.map((each) => /^journey (\d+)/.exec(each)?.[1]),
    [String(byEntry), String(bySplit)],
  );
});

test('a fault says what may stand there', async () => {
  const faults = async (tile: object) => {
    const { id } = await call<{ id: number }>('POST', '/api/journeys', {
      name: 'Faulty',
      document: { entry: byCall, start: 'a', tiles: { a: tile } },
    });
    return refused('POST', `/api/journeys/${id}/check`);
  };
  const split = (of: object) => ({
    kind: 'split',
    branches: [{ name: 'b', of, next: 'end' }],
    otherwise: 'end',
  });
  assert.match(
    await faults(split({ leftJourney: { journeyId: 1, reasons: ['bored'] } })),
    /reasons\.0 must be one of \\"finished\\", \\"exitTile\\"/,
  );
  assert.match(await faults(split({ place: { country: 'US' } })), /country must be array: \[\\"US\\"\]/);
  assert.match(
    await faults(split({ place: { country: 'usa' } })),
    /country must be array \(ISO 3166-1 codes: US, FR\)/,
  );
  const subscribe = { kind: 'subscribe', next: 'end', reply: true };
  assert.match(
    await faults({ ...subscribe, channelId: 1, messageTypeId: 1 }),
    /document\.tiles\.a\.messageTypeId cannot be given beside channelId/,
  );
  assert.match(await faults(subscribe), /document\.tiles\.a says not to what they agree; give channelId or/);
  assert.match(
    await refused('POST', '/api/journeys/readyMade/flashSale', { answers: {} }),
    /answers\.list is missing; give the id of a list, a number: GET \/api\/lists tells them/,
  );
});

test('a journey that TypeScript draws tells what is no tile, and of which', () => {
  const drawn = (tiles: (tile: Record<string, (id: unknown, said?: unknown) => unknown>) => unknown) => () =>
    journey('Drawn', ({ tile }) => ({ entry: byCall, tiles: tiles(tile as never) }) as never);
  assert.throws(
    drawn((tile) => [tile.sms?.('a', {})]),
    /The journey “Drawn”: there is no kind of tile sms; there are send, wait/,
  );
  assert.throws(
    drawn((tile) => [tile.wait?.('end', {})]),
    /a tile wait has the id "end"; an id is a letter, then/,
  );
  assert.throws(
    drawn((tile) => [tile.wait?.('hour')]),
    /the tile hour: say what it does, as an object: tile\.wait\('hour', \{ … \}\)/,
  );
  assert.throws(
    drawn((tile) => [tile.exit?.('a', { reason: 'x' }), tile.exit?.('a', { reason: 'y' })]),
    /two tiles have the id a; give each one of its own/,
  );
  assert.throws(
    drawn(() => ['hour']),
    /tiles\.0 is no tile; draw it with tile\.send/,
  );
  assert.throws(
    drawn(() => undefined),
    /nothing is drawn; return \{ entry, tiles/,
  );
  assert.throws(
    () =>
      journey(
        'Drawn',
        ({ template }) => ({ entry: byCall, tiles: [], named: template(7 as never) }) as never,
      ),
    /template\(7\) names nothing; give the name of one, a text/,
  );
});
