import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** An append-only file of lines, written in groups. */
export interface Journal {
  /** Appends a line (without its line end). Resolves when the operating system has taken it. */
  append(line: string): Promise<void>;
  /** Empties the file. Lines that were still to be written are dropped, and told to be taken. */
  clear(): void;
  /** Writes what waits and closes the file. */
  close(): void;
}

/** Lines to be written together. */
interface Group {
  text: string;
  taken: PromiseWithResolvers<void>;
}

/** Writes all of `buffer`, however many calls it takes. */
function writeWhole(fd: number, buffer: Buffer): void {
  for (let written = 0; written < buffer.length; ) written += writeSync(fd, buffer, written);
}

/**
 * Opens a journal for appending, from `length` bytes on (what stands behind is cut off: a line that a crash
 * left half written). The lines of one turn of the event loop are written together at its end, on this thread:
 * handing some kilobytes to another one costs more than the system's copy of them. No fsync: what is promised is
 * to survive the death of this process, not of the machine. `outcome` hears of each group, before those who wait
 * for it, whether the system took it; a full disk leaves the file as it was.
 */
export function openJournal(path: string, length: number, outcome: (isTaken: boolean) => void): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, 'a');
  ftruncateSync(fd, length);
  let group: Group | null = null;
  let good = length;

  function flush(): void {
    if (!group) return;
    const { text, taken } = group;
    group = null;
    try {
      const bytes = Buffer.from(text);
      writeWhole(fd, bytes);
      good += bytes.length;
      outcome(true);
      taken.resolve();
    } catch (error) {
      // Half a line would spoil what is written behind it once there is room again.
      ftruncateSync(fd, good);
      outcome(false);
      taken.reject(error);
    }
  }

  return {
    append(line) {
      if (!group) {
        group = { text: '', taken: Promise.withResolvers<void>() };
        setImmediate(flush);
      }
      group.text += `${line}\n`;
      return group.taken.promise;
    },
    clear() {
      if (group) group.text = '';
      good = 0;
      ftruncateSync(fd, 0);
    },
    close() {
      flush();
      closeSync(fd);
    },
  };
}
