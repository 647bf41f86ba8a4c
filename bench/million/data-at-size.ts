import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { watchMemory } from '../memory.ts';
import type { Running } from '../process.ts';
import { processorSeconds } from '../process-tree.ts';
import { say } from '../progress.ts';
import type { Figure } from './million-table.ts';

const minuteMs = 60_000;

/** What of the program's data is read out whole. */
const exported: readonly { name: string; dataType: string; campaign: boolean }[] = [
  { name: 'people', dataType: 'user', campaign: false },
  { name: 'sends of the campaign', dataType: 'smsSend', campaign: true },
  { name: 'events', dataType: 'customEvent', campaign: false },
];

const whole = (figure: number) => Math.round(figure).toLocaleString('en-US');
const mebibytes = (bytes: number) => `${whole(bytes / 2 ** 20)} MiB`;

/** How fast exports are read to the end, and what memory the program has at most meanwhile. */
export async function measureExports(
  program: Running,
  apiKey: string,
  campaignId: number,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, dataType, campaign } of exported) {
    say(`export of ${name}`);
    const memory = watchMemory(program.pid, 'tree');
    const begin = performance.now();
    const query = `dataTypeName=${dataType}&range=All${campaign ? `&campaignId=${campaignId}` : ''}`;
    const answer = await request(`${program.url}/api/export/data.csv?${query}`, {
      headers: { 'api-key': apiKey },
      bodyTimeout: 0,
    });
    if (answer.statusCode !== 200)
      throw new Error(`export of ${name} answered ${answer.statusCode}: ${await answer.body.text()}`);
    let lines = 0;
    let bytes = 0;
    for await (const chunk of answer.body) {
      const text: Buffer = chunk;
      bytes += text.length;
      for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1;
    }
    const seconds = (performance.now() - begin) / 1_000;
    const use = await memory.stop();
    const most = use ? `, ${mebibytes(use.peak)} of memory at most` : '';
    const speed = `${whole((lines - 1) / seconds)} rows/s`;
    figures.push({
      name: `export of ${name} as CSV`,
      value: `${whole(lines - 1)} rows, ${mebibytes(bytes)}: ${speed}${most}`,
    });
  }
  return figures;
}

/** Processor time a minute of the program and the database while nobody asks for anything. */
export async function measureIdle(pids: readonly number[], when: string): Promise<Figure> {
  say(`a minute of rest, ${when}`);
  const before = await Promise.all(pids.map((pid) => processorSeconds([pid])));
  await sleep(minuteMs);
  const after = await Promise.all(pids.map((pid) => processorSeconds([pid])));
  const [program, database] = after.map((seconds, index) => seconds - (before[index] ?? 0));
  const told = (seconds: number | undefined) => `${(seconds ?? Number.NaN).toFixed(1)} s`;
  return {
    name: `idle, ${when}: processor time a minute`,
    value: `program ${told(program)}, PostgreSQL ${told(database)}`,
  };
}

/** How long the program takes until it is ready, with all this data. */
export async function measureStart(
  startAgain: () => Promise<Running>,
  when: string,
): Promise<{ program: Running; figure: Figure }> {
  const begin = performance.now();
  const program = await startAgain();
  const ms = performance.now() - begin;
  return {
    program,
    figure: { name: `start of the program, ${when}`, value: `${whole(ms)} ms` },
  };
}
