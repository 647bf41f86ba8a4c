import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type JourneyGround, openJourneyGround } from '../journeys/testing/journey-ground.ts';
import { webhookRoutes } from './routes.ts';

let journeys: JourneyGround;

before(async () => {
  journeys = await openJourneyGround([webhookRoutes]);
});
after(() => journeys.api.close());

test('webhooks tell of who enters a journey and of who leaves it, and why', async () => {
  const { publish, person, track, call, ground, work, pass } = journeys;
  await call('POST', '/api/webhooks/create', {
    ...{ endpoint: 'http://127.0.0.1:9/hook', enabled: true },
    childEvents: ['journeyEntered', 'journeyLeft'],
  });
  const id = await publish(
    {
      entry: { on: { event: { name: 'comes' } } },
      exits: [{ name: 'bought', event: { name: 'buys' } }],
      start: 'day',
      tiles: { day: { kind: 'wait', days: 1, next: 'end' } },
    },
    'A week of hints',
  );
  await person('cem');
  await person('dot');
  for (const userId of ['cem', 'dot']) await track(userId, 'comes');
  await work();
  await track('dot', 'buys');
  await pass(24 * 3_600_000);
  await work();
  const { rows } = await sql<{
    name: string;
    payload: { userId: string; dataFields: Record<string, unknown> };
  }>`
    SELECT event_name AS name, payload FROM webhook_event ORDER BY id`.execute(ground.db);
  const told = rows
    .filter(({ payload }) => payload.dataFields.journeyId === id)
    .map(({ name, payload: { userId, dataFields } }) => [
      ...[name, userId, dataFields.journeyName],
      ...[dataFields.reason ?? null, dataFields.detail ?? null],
    ]);
  assert.deepEqual(told.toSorted(), [
    ['journeyEntered', 'cem', 'A week of hints', null, null],
    ['journeyEntered', 'dot', 'A week of hints', null, null],
    ['journeyLeft', 'cem', 'A week of hints', 'finished', null],
    ['journeyLeft', 'dot', 'A week of hints', 'exitRule', 'bought'],
  ]);
});
