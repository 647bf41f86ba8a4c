import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock/clock.ts';
import { builtInWires } from '../providers/built-in.ts';
import { runWorker, type WorkerGround } from './run-worker.ts';
import type { WorkerPart } from './worker-flows.ts';

/** What the main thread gives this one. */
export interface WorkerThreadData {
  ground: WorkerGround;
  part: WorkerPart;
}

const { ground, part } = workerData as WorkerThreadData;
const worker = await runWorker(ground, systemClock, [part], builtInWires);
parentPort?.on('message', async (message) => {
  if (message !== 'stop') return;
  await worker.stop();
  parentPort?.postMessage('stopped');
  parentPort?.close();
});
parentPort?.postMessage('started');
