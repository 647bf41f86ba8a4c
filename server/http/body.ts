import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';
import type { Api } from './fastify-api.ts';
import { refuseCostlyJson } from './json-text.ts';
import { storageFault } from './storable.ts';
import { refusalOf } from './validate.ts';

/** Bytes of a body where no key has been looked at: a sign-in, a form, a mail program's one-click post. */
export const largestOpenBody = 16 * 1024;
/** Bytes of a body of an API call, as much as Iterable takes. */
export const largestBody = 4 * 1024 * 1024;
/** A larger body is read in several turns of the event loop, so that others are answered in between. */
const readInOneTurn = 64 * 1024;

/**
 * Iterable's client says `Content-Type: application/json` on every call, also where it sends no body; that is no
 * broken JSON. A route that needs a body says so by its schema. What would be dear to read is refused unread.
 */
export function readJsonBodies(api: Api): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeContentTypeParser(['application/json', 'text/plain']);
  api.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    refuseCostlyJson(text);
    void parse(request, text, (error: Error | null, value?: unknown) => {
      if (error) done(new ApiError('BadJsonBody', jsonFault(text)));
      else if (text.length > readInOneTurn) setImmediate(done, null, value);
      else done(null, value);
    });
  });
}

function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return 'The body has a field __proto__ or constructor.prototype; no field may be called that';
  } catch (error) {
    return `The body is not JSON: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * Refuses what no table can hold, wherever it stands in a request. The rows of a bulk call (its route's
 * `config.rows`) are left to it, which refuses each on its own.
 */
export async function refuseUnstorable(request: FastifyRequest): Promise<void> {
  const { rows = [] } = request.routeOptions.config;
  const { body } = request;
  const isRows = (name: string) => rows.includes(name);
  const checked =
    typeof body === 'object' && body !== null && Object.keys(body).some(isRows)
      ? Object.fromEntries(Object.entries(body).filter(([name]) => !isRows(name)))
      : body;
  for (const [part, value] of [
    ['params', request.params],
    ['querystring', request.query],
    ['body', checked],
  ] as const) {
    const found = storageFault(value);
    if (found) throw refusalOf([{ field: [part, found.path].filter(Boolean).join('.'), fault: found.fault }]);
  }
  // The check against the schema follows, in a turn of its own.
  if (Number(request.headers['content-length'] ?? Infinity) > readInOneTurn && body !== undefined)
    await nextTurn();
}
