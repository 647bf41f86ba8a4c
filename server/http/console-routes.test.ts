import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { consoleRoutes } from './console-routes.ts';

const router = new URL('../../console/src/router.tsx', import.meta.url);

describe('addresses of the console', () => {
  let api: TestApi;
  before(async () => {
    api = await startTestApi([], [consoleRoutes]);
  });
  after(() => api.close());

  test('every page of the console can be reloaded and bookmarked', async () => {
    const paths = [...(await readFile(router, 'utf8')).matchAll(/path: '(\/[^']*)'/g)].map(
      ([, path]) => path!,
    );
    assert.ok(paths.length > 10);
    for (const path of paths) {
      const answer = await fetch(api.url + path.replaceAll(/\$\w+/g, '1'));
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/, path);
      assert.equal(answer.status, 200, path);
    }
  });

  test('what looks for another address is told that there is none, and does not get a page', async () => {
    for (const path of ['/health', '/status', '/api2/users', '/wp-login.php', '/.env', '/campaign', '/l']) {
      const answer = await fetch(api.url + path);
      assert.equal(answer.status, 404, path);
      assert.equal(((await answer.json()) as { code: string }).code, 'NotFound', path);
    }
  });
});
