import { close, ftruncate, open, write } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** An append-only file of lines, written in groups. */
export interface Journal {
  /** Appends a line (without its line end). Resolves when the operating system has taken it. */
  append(line: string): Promise<void>;
  /**
   * Empties the file of what was appended before this call and keeps what is appended after it. Lines that were
   * still to be written are dropped, and told to be taken with the emptying.
   */
  clear(): Promise<void>;
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>;
}

/** Lines to be written together; `empties` the file first. */
interface Group {
  text: string;
  empties: boolean;
  taken: PromiseWithResolvers<void>;
}

/** Writes all of `buffer`, however many calls it takes. */
function writeWhole(fd: number, buffer: Buffer, done: (error: Error | null) => void): void {
  write(fd, buffer, (error, written) => {
    if (error) done(error);
    else if (written < buffer.length) writeWhole(fd, buffer.subarray(written), done);
    else done(null);
  });
}

/**
 * Opens a journal for appending, from `length` bytes on (what stands behind is cut off: a line that a crash
 * left half written). Lines that come while a write is under way form the next group, so the pace sets itself
 * and a line waits for at most one write. No fsync: what is promised is to survive the death of this process,
 * not of the machine.
 */
export async function openJournal(path: string, length: number): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const fd = await promisify(open)(path, 'a');
  await promisify(ftruncate)(fd, length);
  let group: Group | null = null;
  let writing: Promise<void> | null = null;

  function flush(): void {
    if (writing || !group) return;
    const { text, empties, taken } = group;
    group = null;
    writing = taken.promise.catch(() => undefined);
    const done = (error: Error | null) => {
      writing = null;
      if (error) taken.reject(error);
      else taken.resolve();
      flush();
    };
    if (!empties) writeWhole(fd, Buffer.from(text), done);
    else
      ftruncate(fd, 0, (error) => {
        if (error) done(error);
        else writeWhole(fd, Buffer.from(text), done);
      });
  }

  function waitingGroup(): Group {
    if (group) return group;
    setImmediate(flush);
    group = { text: '', empties: false, taken: Promise.withResolvers<void>() };
    return group;
  }

  async function idle(): Promise<void> {
    flush();
    while (writing) await writing;
  }

  return {
    append(line) {
      const waiting = waitingGroup();
      waiting.text += `${line}\n`;
      return waiting.taken.promise;
    },
    clear() {
      const waiting = waitingGroup();
      waiting.text = '';
      waiting.empties = true;
      return waiting.taken.promise;
    },
    async close() {
      await idle();
      await promisify(close)(fd);
    },
  };
}
