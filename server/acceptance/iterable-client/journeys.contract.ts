import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IterableApiError } from '@iterable/api';
import { ann, bob, client, program } from './ground-fixtures.ts';

test('journeys are listed, and people and lists are let in, as Iterable’s client asks for it', async () => {
  const document = {
    entry: { on: { api: {} }, lifetime: 2 },
    start: 'day',
    tiles: { day: { kind: 'wait', for: { hours: 24 }, next: 'end' } },
  };
  const made = (name: string) => program.call<{ id: number }>('POST', '/api/journeys', { name, document });
  const [{ id }] = [await made('Welcome'), await made('Another')];
  await program.call('POST', `/api/journeys/${id}/publish`, {});
  const { journeys, totalJourneysCount } = await client.getJourneys({
    sort: { field: 'name', direction: 'desc' },
  });
  assert.equal(totalJourneysCount, 2);
  assert.deepEqual(
    journeys.map(({ name, enabled, journeyType, lifetimeLimit }) => [
      name,
      enabled,
      journeyType,
      lifetimeLimit,
    ]),
    [
      ['Welcome', true, 'Published', 2],
      ['Another', false, 'Draft', 2],
    ],
  );
  assert.match((await client.getJourneys({ pageSize: 1 })).nextPageUrl ?? '', /page=2/);
  assert.deepEqual((await client.getJourneys({ state: ['Archived'] })).journeys, []);

  const answer = await client.triggerJourney({ workflowId: id, email: ann, dataFields: { from: 'shop' } });
  assert.equal(answer.code, 'Success');
  assert.match(String(answer.params?.runId), /^\d+-\d+$/);
  const again = await client.triggerJourney({ workflowId: id, email: ann });
  assert.deepEqual([again.params?.runId, again.params?.notEntered], [null, 'alreadyInside']);
  const list = await client.createList({ name: 'Let in' });
  await client.subscribeUserToList({ listId: list.listId, subscribers: [{ email: bob }] });
  await client.triggerJourney({ workflowId: id, listId: list.listId });
  await program.until('the list to be in', async () => {
    const { tiles } = await program.call<{ tiles: { day?: { inside: number } } }>(
      'GET',
      `/api/journeys/${id}/counts`,
    );
    return tiles.day?.inside === 2 ? true : null;
  });
  await assert.rejects(client.triggerJourney({ workflowId: 99_999, email: ann }), (error) => {
    assert.ok(error instanceof IterableApiError);
    return /No journey 99999/.test(error.message);
  });
});
