/** A JSON schema as the OpenAPI document holds it; what is not looked at here is left out. */
export interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  examples?: unknown[];
}

/** One call of the API, as the document tells of it. */
export interface Operation {
  method: string;
  /** With `{name}` for what varies. */
  path: string;
  params: { name: string; schema: Schema }[];
  queries: { name: string; schema: Schema }[];
  body: Schema | null;
  /** A form with a file in place of JSON. */
  isForm: boolean;
}

interface Described {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: {
    content?: Record<
      string,
      { schema?: Schema; example?: unknown; examples?: Record<string, { value?: unknown }> }
    >;
  };
}

const anyText: Schema = { type: 'string' };
/** What stands in no document, since nobody but providers, readers and browsers calls it. */
const undocumented: Operation[] = [
  'POST /callbacks/twilio/{id}/inbound',
  'POST /callbacks/twilio/{id}/{reference}',
  'GET /callbacks/meta/{id}',
  'POST /callbacks/meta/{id}',
  'GET /l/{code}',
  'GET /u/{code}',
  'POST /u/{code}',
  'GET /m/{code}/{name}',
  'POST /auth/sign-out',
  'GET /auth/get-session',
  'POST /auth/change-password',
].map((line) => {
  const [method = '', path = ''] = line.split(' ');
  return {
    method,
    path,
    params: paramsOf(path),
    queries: [],
    body: method === 'POST' ? {} : null,
    isForm: false,
  };
});

function paramsOf(path: string): Operation['params'] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ name, schema: anyText }));
}

/** All calls of an OpenAPI document, and those that stand in none. */
export function operationsOf(paths: Record<string, Record<string, Described>>): Operation[] {
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
      const of = (place: string) =>
        parameters
          .filter((each) => each.in === place)
          .map(({ name, schema = anyText }) => ({ name, schema }));
      const [[type = '', media] = []] = Object.entries(requestBody?.content ?? {});
      const examples = [
        media?.example,
        ...Object.values(media?.examples ?? {}).map(({ value }) => value),
      ].filter((each) => each !== undefined);
      const body = media
        ? { ...media.schema, examples: [...(media.schema?.examples ?? []), ...examples] }
        : null;
      return {
        ...{ method: method.toUpperCase(), path, body },
        ...{ params: of('path'), queries: of('query'), isForm: type.startsWith('multipart/') },
      };
    }),
  );
  return [...documented, ...undocumented];
}
