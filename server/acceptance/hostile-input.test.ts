import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { silentDesk } from '../inbox/news.ts';
import { apiRoutes } from '../program/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';

let server: TestApi;
before(async () => {
  const queue = {
    imports: { enqueue: async () => undefined },
    enqueueExport: async () => undefined,
    close: async () => undefined,
  };
  server = await startTestApi(apiRoutes(queue, silentDesk));
  // So that what lies behind the looking-up is reached as well.
  for (const [path, body] of [
    ['/api/users/update', { userId: 'x', email: 'x@example.com' }],
    ['/api/lists', { name: 'x' }],
    [
      '/api/templates/sms/upsert',
      { clientTemplateId: 'x', name: 'x', messageTypeId: 1, message: 'Acme: hi' },
    ],
    ['/api/campaigns/create', { name: 'x', templateId: 1, listIds: [1], scheduleSend: false }],
  ] as const)
    assert.equal((await server.call('POST', path, body)).status, 200, path);
});
after(() => server.close());

/** As much of an OpenAPI document as the walk below needs. */
interface Schema {
  type?: string;
  anyOf?: Schema[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}
interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const hostileIds = ['99999999999', '1.5', 'true', '0x1', '%00', '%FF', 'constructor', '__proto__'];
const hostileValues = [99_999_999_999, 1.5, 'a\0b', 'half \ud800', null, {}, 'x'.repeat(9000), 'constructor'];

/** A value that fits a schema roughly, so that what is checked behind it is reached. */
function plausible(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf) return plausible(schema.anyOf[0] ?? {});
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [plausible(schema.items ?? {})];
  if (schema.type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, plausible(schema.properties?.[name] ?? {})]),
    );
  return 'x';
}

/** The operation's requests, each with one hostile value. */
function* hostileRequests(path: string, operation: Operation): Generator<{ path: string; body?: unknown }> {
  const params = (operation.parameters ?? []).filter((each) => each.in === 'path');
  const queries = (operation.parameters ?? []).filter((each) => each.in === 'query');
  const needed = queries.filter((each) => each.required);
  const filled = (name: string | null, value: string) =>
    params.reduce(
      (text, each) =>
        text.replace(`{${each.name}}`, each.name === name ? value : String(plausible(each.schema))),
      path,
    ) +
    (needed.length > 0
      ? `?${needed.map((each) => `${each.name}=${each.name === name ? value : String(plausible(each.schema))}`).join('&')}`
      : '');
  const body = operation.requestBody?.content['application/json']?.schema;
  const fine = body ? (plausible(body) as Record<string, unknown>) : undefined;
  for (const { name } of [...params, ...needed])
    for (const value of hostileIds) yield { path: filled(name, value), body: fine };
  for (const { name } of queries.filter((each) => !each.required))
    for (const value of hostileIds) {
      const start = filled(null, '');
      yield { path: `${start}${start.includes('?') ? '&' : '?'}${name}=${value}`, body: fine };
    }
  for (const [name, schema] of Object.entries(body?.properties ?? {}))
    for (const value of hostileValues) {
      yield { path: filled(null, ''), body: { ...fine, [name]: value } };
      if (schema.type === 'array') yield { path: filled(null, ''), body: { ...fine, [name]: [value] } };
      if (schema.type === 'array' && schema.items?.type === 'object')
        for (const inner of Object.keys(schema.items.properties ?? {})) {
          const row = { ...(plausible(schema.items) as object), [inner]: value };
          yield { path: filled(null, ''), body: { ...fine, [name]: [row] } };
        }
    }
}

test('no value of any call, however odd, is answered as a fault of ours', async () => {
  const document = server.api.swagger() as { paths?: Record<string, Record<string, Operation>> };
  const faults: string[] = [];
  let asked = 0;
  for (const [path, operations] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(operations))
      await Promise.all(
        [...hostileRequests(path, operation)].map(async ({ path: at, body }) => {
          asked++;
          const sent = method === 'get' ? undefined : (body ?? {});
          const answer = await server.call(method.toUpperCase(), at, sent);
          if (answer.status >= 500)
            faults.push(
              `${method} ${at} ${JSON.stringify(body)?.slice(0, 200)}: ${answer.text.slice(0, 200)}`,
            );
        }),
      );
  assert.ok(asked > 1000, String(asked));
  assert.deepEqual(faults, []);
});

test('the documentation tells of every call what it answers when it refuses, and its subject in one spelling', () => {
  const document = server.api.swagger() as {
    paths?: Record<
      string,
      Record<string, Operation & { tags?: string[]; responses: Record<string, unknown> }>
    >;
  };
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, each]) =>
    Object.entries(each).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );
  const ofApi = operations.filter(({ name }) => name.includes(' /api/'));
  assert.deepEqual(
    ofApi.filter(({ responses }) => !responses['4XX']).map(({ name }) => name),
    [],
  );
  const tags = new Set(operations.flatMap((operation) => operation.tags ?? []));
  assert.equal(new Set([...tags].map((tag) => tag.toLowerCase())).size, tags.size);
  const upload = ofApi.find(({ name }) => name === 'post /api/import');
  assert.deepEqual(Object.keys(upload?.requestBody?.content ?? {}), ['multipart/form-data']);
});
