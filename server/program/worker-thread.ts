import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock/clock.ts';
import type { Settings } from '../config/settings.ts';
import { runWorker, type WorkerPart } from './run-worker.ts';

/** What the main thread gives this one. */
export interface WorkerThreadData {
  settings: Settings;
  databaseUrl: string;
  part: WorkerPart;
}

const { settings, databaseUrl, part } = workerData as WorkerThreadData;
const worker = await runWorker(settings, databaseUrl, systemClock, [part]);
parentPort?.on('message', async (message) => {
  if (message !== 'stop') return;
  await worker.stop();
  parentPort?.postMessage('stopped');
  parentPort?.close();
});
parentPort?.postMessage('started');
