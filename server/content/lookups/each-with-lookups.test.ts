import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { putMetadata } from '../metadata/metadata.sql.ts';
import { metadataSource } from '../metadata/metadata-source.ts';
import { compileTemplate, fill } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';
import { eachWithLookups } from './each-with-lookups.ts';

let server: TestApi;
before(async () => {
  server = await startTestApi([]);
});
after(() => server.close());

const put = (table: string, key: string, value: unknown) =>
  putMetadata(server.database.db, server.projectId, table, key, value, server.clock.now());

/** Renders for each of these people, counting statements. */
async function rendered(source: string, people: readonly Record<string, unknown>[]) {
  let statements = 0;
  const db = server.database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const ground = { projectId: server.projectId, now: server.clock.now() };
  const template = compileTemplate(source);
  const texts = await eachWithLookups(db, ground, [metadataSource], people, (lookUp) => (person) => {
    try {
      return fill(template, person, { now: server.clock.now(), lookUp }).text;
    } catch (error) {
      if (error instanceof TemplateError) return error.message;
      throw error;
    }
  });
  return { texts, statements };
}

test('all keys that a batch of people looks up are read in one statement, and each in its turn where one leads to another', async () => {
  for (const shop of ['a', 'b', 'c']) {
    await put('shops', shop, { manager: `m-${shop}` });
    await put('staff', `m-${shop}`, { name: `Mx ${shop}` });
  }
  const people = Array.from({ length: 120 }, (_, index) => ({ shop: 'abcd'[index % 4] }));
  const one = await rendered('{{#metadata "shops" shop as |s|}}{{s.manager}}{{else}}-{{/metadata}}', people);
  assert.equal(one.statements, 1);
  assert.deepEqual(one.texts.slice(0, 5), ['m-a', 'm-b', 'm-c', '-', 'm-a']);
  const chained = await rendered(
    '{{#metadata "shops" shop as |s|}}{{#metadata "staff" s.manager as |m|}}{{m.name}}{{/metadata}}{{else}}-{{/metadata}}',
    people,
  );
  assert.equal(chained.statements, 2);
  assert.deepEqual(chained.texts.slice(-4), ['Mx a', 'Mx b', 'Mx c', '-']);
  assert.equal((await rendered('Hi', people)).statements, 0);
  const odd = ['\u0000', '\ud800', 'a b', 'x'.repeat(300), '', '🔥'].map((shop) => ({ shop }));
  const none = await rendered('{{#metadata "shops" shop as |s|}}{{s.manager}}{{else}}-{{/metadata}}', odd);
  assert.deepEqual([none.texts.join(''), none.statements], ['------', 0]);
});

test('a template that leads from key to key without an end is stopped', async () => {
  for (let step = 0; step < 60; step++) await put('chain', `k${step}`, { next: `k${step + 1}` });
  const step = '{{#metadata "chain" at as |c|}}{{#assign "at"}}{{c.next}}{{/assign}}{{/metadata}}';
  const walk = `{{#assign "at"}}k0{{/assign}}${step.repeat(10)}{{at}}`;
  assert.deepEqual((await rendered(walk, [{}])).texts, ['k10']);
  const [stopped = ''] = (await rendered(walk.replace('{{at}}', step.repeat(30)), [{}])).texts;
  assert.match(stopped, /more than 20 look-ups wait for one another/);
});
