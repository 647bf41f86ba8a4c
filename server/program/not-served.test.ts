import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Routes } from '../http/api.ts';
import { silentDesk } from '../inbox/news.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { notServed } from './not-served.ts';
import { apiRoutes } from './routes.ts';

/** Methods and paths of Iterable's interface description, version 1.8 (https://api.iterable.com/api/docs). */
const listed = new URL('../acceptance/iterable-client/operations.json', import.meta.url);
const guide = new URL('../../docs/guides/iterable-client.md', import.meta.url);
const coming = new Map(
  notServed.flatMap(({ capability, operations }) => operations.map((each) => [each, capability])),
);
/** The same for any names of what stands in the path. */
const shapeOf = (route: string) => route.replaceAll(/\{\w+\}|:\w+/g, '*');

let server: TestApi;
let described: string[];
let routed: string | null = null;
/** Notes which route a call was given to. */
const watch: Routes = (api) => {
  api.addHook('onRequest', async (request) => {
    routed = `${request.method} ${request.routeOptions.url}`;
  });
};

before(async () => {
  described = JSON.parse(await readFile(listed, 'utf8')) as string[];
  const idle = async () => undefined;
  const queue = { imports: { enqueue: idle }, enqueueExport: idle, close: idle };
  server = await startTestApi([watch, ...apiRoutes(queue, silentDesk)]);
});
after(() => server.close());

async function callTo(method: string, path: string) {
  routed = null;
  const answer = await server.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
  return { ...answer, routed };
}

test('every operation of Iterable’s interface description is served by its own route, or says what it comes with', async () => {
  for (const operation of described) {
    const [method, path] = operation.split(' ') as [string, string];
    const { status, body, routed } = await callTo(method, path.replaceAll(/\{\w+\}/g, '7'));
    assert.equal(shapeOf(routed ?? ''), shapeOf(operation), operation);
    const capability = coming.get(operation);
    if (capability === undefined) {
      assert.notEqual(status, 501, operation);
      continue;
    }
    const { code, msg, params } = body as { code: string; msg: string; params: Record<string, unknown> };
    assert.deepEqual([status, code, params.reason], [501, 'GenericError', 'NotServed'], operation);
    assert.ok(msg.includes(`comes with ${capability}`), msg);
  }
});

test('no path parameter swallows the name of another call', async () => {
  for (const operation of described) {
    const [method, path] = operation.split(' ') as [string, string];
    const parts = path.split('/');
    for (const [place, part] of parts.entries()) {
      if (!part.startsWith('{')) continue;
      const start = `${parts.slice(0, place).join('/')}/`;
      const literals = described
        .map((each) => each.split(' ')[1]!)
        .filter((each) => each.startsWith(start))
        .map((each) => each.slice(start.length).split('/')[0]!)
        .filter((literal) => !literal.startsWith('{'));
      for (const literal of new Set(literals)) {
        // A call of that name has its own route.
        if (described.includes(`${method} ${parts.with(place, literal).join('/')}`)) continue;
        const called = parts
          .with(place, literal)
          .join('/')
          .replaceAll(/\{\w+\}/g, '7');
        const { status } = await callTo(method, called);
        assert.ok(status >= 400, `${method} ${called} was answered with ${status}`);
      }
    }
  }
});

test('what is not served is not served, stands once, and is of the description', () => {
  const all = notServed.flatMap(({ operations, beyond }) => [...operations, ...beyond]);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(
    [...coming.keys()].filter((operation) => !described.includes(operation)),
    [],
  );
});

test('the guide tells how many operations are served, and what the others come with', async () => {
  const text = await readFile(guide, 'utf8');
  const served = described.length - coming.size;
  const sentence = `${served} of the ${described.length} operations of Iterable's interface description are served`;
  assert.ok(text.includes(sentence), sentence);
  for (const { capability, operations } of notServed)
    assert.match(text, new RegExp(`\\| ${capability} +\\| +${operations.length} +\\|`), capability);
});
