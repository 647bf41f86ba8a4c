import { platform, setPriority } from 'node:os';
import { builtInWires } from '../providers/built-in.ts';
import { runWorker, type WorkerGround } from './run-worker.ts';
import { onOwnThread } from './thread.ts';
import type { WorkerPart } from './worker-flows.ts';

/** What the main thread gives this one. */
export interface WorkerThreadData {
  ground: WorkerGround;
  part: WorkerPart;
}

/** As `nice` counts: a third of the share of what has none. */
const patientPriority = 5;

onOwnThread(async ({ ground, part }: WorkerThreadData) => {
  // On Linux each thread has a priority of its own, and 0 is the one that asks: what can wait leaves the processors to codes and calls.
  if (part === 'rest' && platform() === 'linux') setPriority(0, patientPriority);
  const worker = await runWorker(ground, null, [part], builtInWires);
  return { ready: 'started', stop: worker.stop };
});
