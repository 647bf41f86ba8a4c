import { once } from 'node:events';
import { parentPort, Worker } from 'node:worker_threads';

/** A part of the program on a thread of its own. */
export interface Thread {
  /** What it said when it was ready. */
  ready: unknown;
  /** Asks it to finish and waits until it has. */
  stop(): Promise<void>;
}

/** A thread that is being loaded, and does nothing until it begins. */
export interface LoadingThread {
  /** Hands it what it works on as its first message, and waits until it says that it is ready. Rejects when it fails before. */
  begin(data: unknown): Promise<Thread>;
  /** Ends it, if it has not begun. */
  discard(): Promise<unknown>;
}

/**
 * Loads `file` on a thread of its own, which the system knows by its name, so that rendering and sending do not hold up those
 * who call. When it dies after it was ready, `onDeath` hears why.
 */
export function loadThread(name: string, file: URL, onDeath: (error: unknown) => void): LoadingThread {
  const worker = new Worker(file, { name });
  const started = once(worker, 'message');
  started.catch(() => undefined);
  let hasBegun = false;
  return {
    begin: async (data) => {
      hasBegun = true;
      worker.postMessage(data);
      const [ready] = await started;
      worker.on('error', onDeath);
      return {
        ready,
        stop: async () => {
          const gone = once(worker, 'exit');
          worker.postMessage('stop');
          await gone;
        },
      };
    },
    discard: async () => (hasBegun ? undefined : worker.terminate()),
  };
}

/** What the main thread tells this one: first what it works on, then to stop. It ends when it has stopped. */
export function onOwnThread<Data>(
  begin: (data: Data) => Promise<{ ready: unknown; stop(): Promise<void> }>,
): void {
  const port = parentPort;
  if (!port) throw new Error('this file is for a thread of its own');
  port.once('message', async (data: Data) => {
    const { ready, stop } = await begin(data);
    port.once('message', async () => {
      await stop();
      port.postMessage('stopped');
      port.close();
    });
    port.postMessage(ready);
  });
}
