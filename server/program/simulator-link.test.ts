import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pino from 'pino';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { secretsFrom } from '../config/secrets.ts';
import { insertProject } from '../consent/new-project.ts';
import { builtInWires } from '../providers/built-in.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';
import { runningClock } from '../testing/clock.ts';
import { startTestDatabase } from '../testing/database.ts';
import { ours } from '../testing/people.ts';
import { until } from '../testing/program.ts';
import { linkSimulator } from './simulator-link.ts';

async function startEmpty(port: number): Promise<Simulator & { forget(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-link-'));
  const simulator = await startSimulator({ port, host: '127.0.0.1', smtpPort: 0, dataDir });
  const forget = async () => {
    await simulator.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...simulator, forget };
}

test('a simulator that comes back with an empty folder is told of the senders again', async (t) => {
  const database = await startTestDatabase();
  const clock = runningClock('2026-11-23T17:00:00Z');
  const secrets = secretsFrom('test');
  const first = await startEmpty(0);
  const smtp = { host: '127.0.0.1', port: first.smtpPort };
  const { db } = database;
  await insertFirstSenders(db, {
    projectId: await insertProject(db, { name: 'Test', brand: 'Acme', at: clock.now() }),
    simulator: { url: first.url, smtp: smtp },
    wires: builtInWires,
    secrets,
    at: clock.now(),
  });
  const ending = new AbortController();
  const log = pino({ level: 'silent' });
  const address = { url: first.url, smtp };
  const link = linkSimulator(
    db,
    builtInWires,
    secrets,
    clock,
    'http://127.0.0.1:9',
    address,
    log,
    ending.signal,
  );
  const toldOfAll = () =>
    until('the simulator to know our numbers', async () => {
      clock.advance(2_000);
      const answer = await fetch(`${first.url}/numbers`);
      const { numbers } = (await answer.json()) as { numbers: { number: string }[] };
      const known = new Set(numbers.map(({ number }) => number));
      return Object.values(ours).every((number) => known.has(number)) ? known : null;
    });
  await toldOfAll();
  await first.forget();
  const second = await startEmpty(first.port);
  t.after(async () => {
    ending.abort();
    await link;
    await second.forget();
    await database.close();
  });
  assert.ok(await toldOfAll());
});
