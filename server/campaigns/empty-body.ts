import type { Api } from '../http/api.ts';

/**
 * Registers routes that take a call without a body although its header announces JSON, as Iterable's own client
 * sends its bodiless POST and DELETE. Elsewhere an empty body stays an error.
 */
export async function acceptingEmptyBodies(api: Api, register: (scope: Api) => void): Promise<void> {
  await api.register(async (scope) => {
    const parse = scope.getDefaultJsonParser('error', 'error');
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else parse(request, body.toString(), done);
    });
    register(scope);
  });
}
