import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const everyMs = 10;
const url = `${workerData as string}/healthz`;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let worst = 0;

/** How long one look took, in milliseconds; one that fails took for ever. */
function look(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const began = performance.now();
  get(url, { agent }, (answer) => {
    answer.resume();
    answer.on('end', () =>
      resolve(answer.statusCode === 200 ? performance.now() - began : Number.POSITIVE_INFINITY),
    );
  }).on('error', () => resolve(Number.POSITIVE_INFINITY));
  return promise;
}

let looking: Promise<number> = Promise.resolve(0);
let ended = false;
parentPort?.on('message', async (message: 'begin' | 'end' | 'stop') => {
  if (message === 'stop') {
    ended = true;
    await looking;
    agent.destroy();
    parentPort?.close();
    return;
  }
  // What is under way belongs to what went on until now.
  const last = await looking;
  const found = Math.max(worst, last);
  worst = 0;
  if (message === 'end') parentPort?.postMessage(found);
});

while (!ended) {
  looking = look();
  worst = Math.max(worst, await looking);
  await sleep(everyMs);
}
