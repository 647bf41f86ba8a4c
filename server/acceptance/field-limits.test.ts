import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { importRoutes } from '../audiences/import/import-routes.ts';
import { eventRoutes } from '../events/routes.ts';
import { insightsRoutes } from '../insights/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { mostEventFields, mostProfileFields } from '../users/field-limits.ts';
import { userRoutes } from '../users/routes.ts';

let api: TestApi;
before(async () => {
  const nothing = async () => undefined;
  api = await startTestApi([
    userRoutes,
    eventRoutes,
    importRoutes({ enqueue: nothing }),
    insightsRoutes(nothing),
  ]);
});
after(() => api.close());
beforeEach(async () => {
  await api.database.pool.query('DELETE FROM event_field');
  // One field that every project has from its first person on, so that types are read anew.
  await api.call('POST', '/api/users/update', { email: 'first@example.com' });
});

const named = (prefix: string, number: number, value: unknown = 1) =>
  Object.fromEntries(Array.from({ length: number }, (_, index) => [`${prefix}${index}`, value]));
const count = async (table: 'user_field' | 'event_field') =>
  Number((await api.database.pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

describe('fields have an end', () => {
  test('of one person, or one event, in a call', async () => {
    for (const [path, body] of [
      ['/api/users/update', { email: 'a@example.com', dataFields: named('a', 1_001) }],
      ['/api/users/update', { email: 'a@example.com', dataFields: named('a', 1_001, null) }],
      [
        '/api/users/update',
        { email: 'a@example.com', createNewFields: false, dataFields: named('a', 40_000) },
      ],
      ['/api/events/track', { email: 'a@example.com', eventName: 'x', dataFields: named('a', 1_001) }],
      [
        '/api/commerce/trackPurchase',
        { user: { email: 'a@example.com' }, items: [], total: 1, dataFields: named('a', 1_001) },
      ],
    ] as const) {
      const { status, text } = await api.call('POST', path, body);
      assert.equal(status, 400, path);
      assert.match(text, /dataFields.*of which a call takes 1,000 for one person or event; send fewer/);
    }
    assert.equal(await count('event_field'), 0);
  });

  test('of a profile as a whole, also where calls add to it, and of an event', async () => {
    const bag = (prefix: string) => named(prefix, 900, 'x'.repeat(200));
    const add = (prefix: string) =>
      api.call('POST', '/api/users/update', {
        ...{ email: 'bag@example.com', mergeNestedObjects: true },
        dataFields: { bag: bag(prefix) },
      });
    assert.equal((await add('a')).status, 200);
    const more = await add('b');
    assert.equal(more.status, 400);
    assert.match(more.text, /the profile would be larger than 256 kB as JSON/);
    const { body } = await api.call('GET', '/api/users/bag@example.com');
    const { bag: kept } = (body as { user: { dataFields: { bag: object } } }).user.dataFields;
    assert.deepEqual(kept, bag('a'));
    const event = { email: 'bag@example.com', eventName: 'x', dataFields: { bag: 'x'.repeat(300_000) } };
    const tracked = await api.call('POST', '/api/events/track', event);
    assert.equal(tracked.status, 400);
    assert.match(tracked.text, /the event would be larger than 256 kB as JSON/);
  });

  test('of a project: rows that bring one too many are refused, those that bring none are taken', async () => {
    const free = mostProfileFields - (await count('user_field'));
    await api.call('POST', '/api/users/update', { email: 'p@example.com', dataFields: named('p', free - 2) });
    const { body } = await api.call('POST', '/api/users/bulkUpdate', {
      users: [
        { email: 'one@example.com', dataFields: { p0: 1, q0: 1 } },
        { email: 'two@example.com', dataFields: { q1: 1, q2: 1, q3: 1 } },
        { email: 'three@example.com', dataFields: { q4: 1 } },
        { email: 'four@example.com', dataFields: { p0: 2, q0: 2, q4: 2 } },
      ],
    });
    const answer = body as {
      successCount: number;
      failures: { index: number; field: string; reason: string }[];
    };
    assert.equal(answer.successCount, 3);
    assert.deepEqual(
      answer.failures.map(({ index, field }) => [index, field]),
      [[1, 'dataFields.q2']],
    );
    assert.match(answer.failures[0]!.reason, /as many as it may: 1,000\. Use those it has/);
    assert.equal(await count('user_field'), mostProfileFields);
    const left = { email: 'two@example.com', createNewFields: false, dataFields: { p0: 1, q1: 1 } };
    assert.equal((await api.call('POST', '/api/users/update', left)).status, 200);
  });

  test('of a project’s events, by all their names', async () => {
    for (let event = 0; event < 8; event++) {
      const call = { email: 'e@example.com', eventName: `e${event}`, dataFields: named('f', 1_000) };
      assert.equal((await api.call('POST', '/api/events/track', call)).status, 200, String(event));
    }
    const another = { email: 'nobody-yet@example.com', eventName: 'e9', dataFields: { f: 1 } };
    const refused = await api.call('POST', '/api/events/track', another);
    assert.equal(refused.status, 400);
    assert.match(refused.text, /dataFields\.f: would be a new field.*as many as it may: 8,000/);
    const known = { email: 'e@example.com', eventName: 'e7', dataFields: { f999: 2 } };
    assert.equal((await api.call('POST', '/api/events/track', known)).status, 200);
    assert.equal(await count('event_field'), mostEventFields);
    assert.equal((await api.call('GET', '/api/users/nobody-yet@example.com')).text, '{}');
  });

  test('when calls come at once they do not pass it together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, call) =>
        api.call('POST', '/api/events/track', {
          ...{ email: `race${call}@example.com`, eventName: `race${call}` },
          dataFields: named('f', 900),
        }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 8);
    assert.equal(answers.filter(({ status }) => status === 400).length, 4);
    assert.equal(await count('event_field'), 7_200);
  });

  test('of a file: it is refused as a whole, with the way to leave columns out', async () => {
    const columns = Array.from({ length: 30 }, (_, index) => `new column ${index}`);
    const form = new FormData();
    form.set(
      'file',
      new Blob([`email,${columns.join(',')}\nimported@example.com${',x'.repeat(30)}\n`]),
      'a.csv',
    );
    const answer = await fetch(`${api.url}/api/import`, {
      method: 'POST',
      headers: { 'Api-Key': api.key },
      body: form,
    });
    assert.equal(answer.status, 400);
    assert.match(
      await answer.text(),
      /30 of its columns would be new fields, and this project has room for 0 of 1,000/,
    );
  });

  test('and people and events at the limit can be exported', async () => {
    for (const type of ['user', 'customEvent'])
      for (const format of ['csv', 'json']) {
        const { status, text } = await api.call(
          'GET',
          `/api/export/data.${format}?dataTypeName=${type}&range=All`,
        );
        assert.equal(status, 200);
        assert.match(text, /bag@example\.com|e@example\.com/);
        if (type === 'user' && format === 'csv') assert.ok(text.split('\r\n')[0]!.split(',').length >= 1_000);
      }
  });
});
