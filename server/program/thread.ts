import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A part of the program on a thread of its own. */
export interface Thread {
  /** What it said when it was ready. */
  ready: unknown;
  /** Asks it to finish and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts `file` on a thread of its own, which the system knows by its name, and waits until it says that it is ready, so that rendering and sending
 * do not hold up those who call. Rejects when the thread fails before; when it dies later, `onDeath` hears why.
 */
export async function startThread(
  name: string,
  file: URL,
  data: unknown,
  onDeath: (error: unknown) => void,
): Promise<Thread> {
  const worker = new Worker(file, { name, workerData: data });
  const [ready] = await once(worker, 'message');
  worker.on('error', onDeath);
  return {
    ready,
    stop: async () => {
      const gone = once(worker, 'exit');
      worker.postMessage('stop');
      await gone;
    },
  };
}
