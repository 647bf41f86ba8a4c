import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSimulator } from './index.ts';

const path = '/2010-04-01/Accounts/AC01/Messages.json';
const headers = { authorization: `Basic ${btoa('AC01:token')}` };

/** Starts the program and answers where it listens. */
async function startProgram(dataDir: string) {
  const environment = { ...process.env, DATA_DIR: dataDir, SIMULATOR_PORT: '0', SIMULATOR_SMTP_PORT: '0' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const url = /http:\/\/\S+/.exec(String(line))?.[0];
  assert.ok(url);
  return { child, url };
}

/** Posts until nobody answers any more; what was answered goes into `answered`. */
async function postUntilDead(url: string, answered: Set<string>): Promise<void> {
  for (;;) {
    const body = new URLSearchParams({ From: '+14155550100', To: '+12125550132', Body: 'Hi' });
    const response = await fetch(url + path, { method: 'POST', headers, body }).catch(() => null);
    const json: unknown = await response?.json().catch(() => null);
    if (typeof json !== 'object' || json === null || !('sid' in json)) return;
    answered.add(String(json.sid));
  }
}

test('a kill loses nothing that was answered', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const { child, url } = await startProgram(dataDir);
  const answered = new Set<string>();
  const posting = Array.from({ length: 16 }, () => postUntilDead(url, answered));
  while (answered.size < 500) await new Promise(setImmediate);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await Promise.all(posting);
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', smtpPort: 0, dataDir });
  t.after(() => simulator.close());
  const { messages } = await (await fetch(`${simulator.url}/ledger?limit=10000`)).json();
  const kept = new Set(messages.map(({ id }: { id: string }) => id));
  assert.deepEqual(
    [...answered].filter((id) => !kept.has(id)),
    [],
  );
});

test('the program ends by itself on SIGTERM', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const { child } = await startProgram(dataDir);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});
