import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import type { Example } from '../http/operations.ts';
import { exampleAnswers, operations } from '../program/documentation.ts';
import { makeExamples } from '../testing/examples.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

interface DocumentedOperation {
  description?: string;
  responses: Record<string, { content?: Record<string, { schema?: TSchema; example?: unknown }> }>;
}

/** Routes as Fastify writes them, `/api/lists/:listId`, of the document's `/api/lists/{listId}`. */
const routeOf = (method: string, path: string) =>
  `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

describe('the OpenAPI document', () => {
  let program: TestProgram;
  let documented: Map<string, DocumentedOperation>;
  before(async () => {
    program = await startTestProgram();
    const { paths } = await program.call<{ paths: Record<string, Record<string, DocumentedOperation>> }>(
      'GET',
      '/api/docs/json',
    );
    documented = new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [routeOf(method, path), operation] as const),
      ),
    );
  });
  after(() => program.close());

  test('describes every call of the API, and none that is not there', () => {
    assert.deepEqual(Object.keys(operations).sort(), [...documented.keys()].sort());
    for (const [route, { description = '' }] of documented) assert.ok(description.length > 10, route);
  });

  test('says what each call answers, with an example', () => {
    for (const [route, { responses }] of documented) {
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      assert.ok(answers.length > 0, `${route}: no 2xx`);
      for (const [, { content = {} }] of answers) {
        const [media] = Object.values(content);
        assert.ok(media?.schema, `${route}: its 2xx has no schema`);
        assert.ok(
          media.example !== undefined || 'examples' in media.schema,
          `${route}: its 2xx has no example`,
        );
      }
    }
  });

  test('holds examples that work, with answers as it says', async () => {
    const recorded = JSON.parse(await readFile(exampleAnswers, 'utf8')) as Record<string, Example>;
    for (const [route, { answer }] of await makeExamples(program, operations)) {
      const again = 'node server/testing/record-examples.ts records the answers anew';
      assert.deepEqual(shapeOf(answer), shapeOf(recorded[route]?.answer), `${route}: ${again}`);
      const { responses } = documented.get(route)!;
      const [, answered] = Object.entries(responses).find(([status]) => status.startsWith('2'))!;
      const [[type = '', media] = []] = Object.entries(answered.content ?? {});
      if (type === 'application/json')
        assert.deepEqual(
          [...Errors(media!.schema!, answer)].map(({ message }) => message),
          [],
          route,
        );
    }
  });
});

/** The names of an answer's fields and the kinds of their values; of rows, the first stands for all. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
