import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { startTestProcess } from '../testing/process.ts';

let database: TestDatabase;
let folder: string;
const neighbour = createServer();
let taken: number;
before(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'carillon-start-'));
  await writeFile(join(folder, 'file'), '');
  await new Promise<void>((listening) => neighbour.listen(0, '127.0.0.1', listening));
  const address = neighbour.address();
  taken = typeof address === 'object' && address ? address.port : 0;
});
after(async () => {
  neighbour.close();
  await rm(folder, { recursive: true });
  await database.close();
});

test('a start that fails says in a line which setting is at fault and what to do', async () => {
  const stranger = new URL(database.url);
  stranger.password = 'wrong';
  const nowhere = new URL(database.url);
  nowhere.pathname = '/no_such_database';
  const faults: [settings: Record<string, string>, said: RegExp][] = [
    [{ PORT: String(taken) }, new RegExp(`PORT=${taken}: .*another program listens there`)],
    [{ SIMULATOR_PORT: String(taken) }, new RegExp(`SIMULATOR_PORT=${taken}: .*another program`)],
    [{ HOST: '203.0.113.9' }, /^\s*HOST="203\.0\.113\.9" is no address of this machine/m],
    [{ SIMULATOR_HOST: '203.0.113.9' }, /SIMULATOR_HOST="203\.0\.113\.9" is no address of this machine/],
    [{ DATA_DIR: join(folder, 'file') }, /DATA_DIR=".*file" cannot be used.*is a file/],
    [{ DATA_DIR: join(folder, 'file', 'below') }, /DATA_DIR=".*below" cannot be used.*below a file/],
    [{ DATABASE_URL: nowhere.href }, /DATABASE_URL: there is no database no_such_database/],
    [{ DATABASE_URL: stranger.href }, /DATABASE_URL: the password of .* is wrong/],
  ];
  for (const [settings, said] of faults) {
    const all = {
      ...{ DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), PORT: '0', SIMULATOR_PORT: '0' },
      ...settings,
    };
    // Nothing is ever ready there, so that it waits for the process to end.
    await assert.rejects(
      startTestProcess('server/main.ts', [], all, 'http://127.0.0.1:9/'),
      (error: Error) => {
        assert.match(error.message, said);
        assert.doesNotMatch(error.message, /\n\s+at /);
        return true;
      },
    );
  }
});
