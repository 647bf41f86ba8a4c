import type { FastifySchema } from 'fastify';

/** A value of an address, a query or a body; a text `{name}` stands for what an earlier example learnt. */
type Given = Readonly<Record<string, unknown>>;

/**
 * One call of the API as a reader of its documentation sees it: what it does, and a call that somebody could make.
 * All of them are made in a row by a test, in the project of a first start with a few people in it
 * (server/testing/examples.ts), and the answers are kept for the document (server/program/example-answers.json).
 */
export interface Operation {
  /** What it does and what to mind, in a sentence or three. */
  description: string;
  params?: Given;
  query?: Given;
  body?: unknown;
  /** In place of a body: the parts of a form, a file among them. */
  form?: { file: { name: string; type: string; content: string }; options?: Given };
  /** What later examples may name, by its path in the answer: `{ messageId: 'params.messageId' }`. */
  learns?: Readonly<Record<string, string>>;
  /** What must have happened before, where no call of the API brings it about. */
  given?:
    | 'anUnclearReply'
    | 'aThreadIsOpen'
    | 'theImportIsDone'
    | 'theImportIsUndone'
    | 'theExportIsDone'
    | 'anExportWaits'
    | 'theCampaignHasEnded'
    | 'theRehearsalIsDone'
    | 'anEmailHasLeft'
    | 'aBlockStands'
    | 'aCodeCameToTheNumber'
    | 'metaPausesTheTemplate'
    | 'metaTellsOfTheFlow';
}

/** Operations by method and route: `POST /api/lists`. */
export type Operations = Readonly<Record<string, Operation>>;

/** An example as it was made: every name filled in, with what the program answered. */
export interface Example {
  params?: Given;
  query?: Given;
  body?: unknown;
  answer?: unknown;
}

/** A route's schema with the description of its operation and an example of it. */
export function documented(schema: FastifySchema, operation?: Operation, example?: Example): FastifySchema {
  if (!operation) return schema;
  const { params, querystring, body } = schema;
  const response = Object.entries((schema.response ?? {}) as Record<string, object>);
  const answered = ([status, answer]: [string, object]): [string, object] =>
    status.startsWith('2') && example?.answer !== undefined
      ? [status, withAnswer(answer, example.answer)]
      : [status, answer];
  return {
    ...schema,
    ...{ description: operation.description, response: Object.fromEntries(response.map(answered)) },
    ...(params ? { params: withExamples(params, example?.params) } : {}),
    ...(querystring ? { querystring: withExamples(querystring, example?.query) } : {}),
    ...(body && example?.body !== undefined ? { body: { ...body, examples: [example.body] } } : {}),
  };
}

/** The schema of an answer with an example; text that is no JSON has its schema within its media type. */
function withAnswer(schema: object, answer: unknown): object {
  if (!('content' in schema)) return { ...schema, examples: [answer] };
  const content = Object.entries(schema.content as Record<string, { schema: object }>);
  return {
    ...schema,
    content: Object.fromEntries(
      content.map(([type, media]) => [type, { ...media, schema: { ...media.schema, examples: [answer] } }]),
    ),
  };
}

/** The schema of a path or a query, with an example for each value that is given. */
function withExamples(schema: unknown, values: Given = {}): unknown {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return schema;
  const properties = Object.entries(schema.properties as Record<string, object>).map(([name, property]) => [
    name,
    name in values ? { ...property, examples: [values[name]] } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}
