import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('every file and folder that ARCHITECTURE.md names is there', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const files = globSync('{server,console,simulator,bench,attack}/**/*.ts', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  });
  const named = [...text.matchAll(/`([a-z][\w.-]*(?:\/[\w.-]+)*\/?(?:[\w-]+\.ts)?)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => path.endsWith('.ts') || path.endsWith('/'));
  assert.ok(named.length > 50, `${named.length} are named`);
  const missing = named.filter((path) =>
    path.endsWith('/')
      ? !existsSync(join(root, path)) && !files.some((file) => `/${file}`.includes(`/${path}`))
      : !files.some((file) => `/${file}`.endsWith(`/${path}`)),
  );
  assert.deepEqual(missing, []);
});
