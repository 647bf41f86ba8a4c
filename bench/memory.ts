import { readFile } from 'node:fs/promises';
import { treeOf } from './process-tree.ts';

/** Bytes of memory at the end of a run and at its highest. */
export interface MemoryUse {
  end: number;
  peak: number;
}

/** Watches the memory of a process and, with `tree`, of those below it. */
export interface MemoryWatch {
  stop(): Promise<MemoryUse | null>;
}

/** A look at a whole tree goes over every page that the database shares, some 40 ms of a processor. */
const lookMs = { one: 1_000, tree: 10_000 };

/**
 * Looks every second at a process's resident memory. With `tree` it is, every ten seconds, the sum over the process and all below
 * it, of which pages that several share count once (proportional set size where the system tells it). Null on
 * systems without /proc.
 */
export function watchMemory(pid: number, tree: 'one' | 'tree'): MemoryWatch {
  let peak = 0;
  let latest: number | null = null;
  const look = async () => {
    latest = await (tree === 'tree' ? memoryOfTree(pid) : statusBytes(pid, 'VmRSS'));
    peak = Math.max(peak, latest ?? 0);
  };
  const timer = setInterval(() => void look(), lookMs[tree]);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      const highest = tree === 'one' ? await statusBytes(pid, 'VmHWM') : peak;
      return latest === null ? null : { end: latest, peak: Math.max(peak, highest ?? 0) };
    },
  };
}

/** Bytes of memory that a process has at this moment; null on systems without /proc. */
export const residentBytes = (pid: number): Promise<number | null> => statusBytes(pid, 'VmRSS');

async function statusBytes(pid: number, field: string): Promise<number | null> {
  return readBytes(`/proc/${pid}/status`, field);
}

/** A figure in kB of a file of /proc, in bytes. */
async function readBytes(path: string, field: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  return found ? Number(found[1]) * 1024 : null;
}

async function memoryOfTree(root: number): Promise<number | null> {
  let sum: number | null = null;
  for (const pid of await treeOf(root)) {
    const bytes = (await readBytes(`/proc/${pid}/smaps_rollup`, 'Pss')) ?? (await statusBytes(pid, 'VmRSS'));
    if (bytes !== null) sum = (sum ?? 0) + bytes;
  }
  return sum;
}
