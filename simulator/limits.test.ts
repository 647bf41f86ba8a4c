import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { startSimulator } from './index.ts';
import { createSchedule } from './network/schedule.ts';

const path = '/2010-04-01/Accounts/AC01/Messages.json';
const headers = { authorization: `Basic ${btoa('AC01:token')}` };

/** Starts the program where no file may grow beyond a few kilobytes, as on a disk that is full. */
async function startOnFullDisk(dataDir: string) {
  const environment = {
    ...process.env,
    DATA_DIR: dataDir,
    SIMULATOR_PORT: '0',
    SIMULATOR_SMTP_PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const program = join(import.meta.dirname, 'main.ts');
  const child = spawn('sh', ['-c', `ulimit -f 16; exec "${process.execPath}" "${program}"`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const url = /http:\/\/\S+/.exec(String(line))?.[0];
  assert.ok(url);
  return { child, url };
}

test('on a full disk messages are refused, none of them is in the ledger, and what was taken is kept', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const { child, url } = await startOnFullDisk(dataDir);
  t.after(() => child.kill('SIGKILL'));
  const taken: string[] = [];
  const refused: number[] = [];
  for (let place = 0; refused.length < 5; place += 1) {
    const body = new URLSearchParams({ From: '+14155550100', To: '+12125550132', Body: `${place}` });
    const response = await fetch(url + path, { method: 'POST', headers, body });
    const { sid, code } = await response.json();
    if (response.status === 201) taken.push(sid);
    else {
      assert.deepEqual([response.status, code], [503, 20503]);
      refused.push(place);
    }
  }
  assert.ok(taken.length > 0);
  const idsAt = async (address: string) => {
    const { messages } = await (await fetch(`${address}/ledger?limit=10000`)).json();
    return messages.map(({ id }: { id: string }) => id);
  };
  assert.deepEqual(await idsAt(url), taken);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', smtpPort: 0, dataDir });
  t.after(() => simulator.close());
  assert.deepEqual(await idsAt(simulator.url), taken);
  const body = new URLSearchParams({ From: '+14155550100', To: '+12125550132', Body: 'There is room' });
  assert.equal((await fetch(simulator.url + path, { method: 'POST', headers, body })).status, 201);
});

test('a job of 35 days runs after 35 days, not after the 24.8 a timer can count', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const schedule = createSchedule(pino({ level: 'silent' }));
  const day = 86_400_000;
  let runs = 0;
  schedule.after(35 * day, () => {
    runs += 1;
  });
  t.mock.timers.tick(25 * day);
  assert.deepEqual([runs, schedule.pending()], [0, 1]);
  t.mock.timers.tick(9 * day);
  assert.equal(runs, 0);
  // The mocked clock rounds the second timer's start up to the tick in which the first one ended.
  t.mock.timers.tick(2 * day);
  assert.deepEqual([runs, schedule.pending()], [1, 0]);
});
