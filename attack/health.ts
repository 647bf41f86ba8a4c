import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Looks at `/healthz` a hundred times a second from a thread of its own, whatever this one is busy with. */
export interface HealthWatch {
  begin(): void;
  /** The longest look since `begin`, in milliseconds; waits for the one that is under way. */
  end(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts looking at the program at `url`. */
export function watchHealth(url: string): HealthWatch {
  const worker = new Worker(new URL('./health-thread.ts', import.meta.url), { workerData: url });
  return {
    begin: () => worker.postMessage('begin'),
    async end() {
      worker.postMessage('end');
      const [worst] = await once(worker, 'message');
      return Number(worst);
    },
    async stop() {
      worker.postMessage('stop');
      await once(worker, 'exit');
    },
  };
}
