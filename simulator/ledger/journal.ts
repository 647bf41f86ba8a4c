import { close, ftruncate, open, write } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** An append-only file of lines, written in groups. */
export interface Journal {
  /** Appends a line (without its line end). Resolves when the operating system has taken it. */
  append(line: string): Promise<void>;
  /** Empties the file, after what was appended before. */
  clear(): Promise<void>;
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>;
}

interface Group {
  text: string;
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
    const { text, taken } = group;
    group = null;
    writing = taken.promise.catch(() => undefined);
    writeWhole(fd, Buffer.from(text), (error) => {
      writing = null;
      if (error) taken.reject(error);
      else taken.resolve();
      flush();
    });
  }

  async function idle(): Promise<void> {
    flush();
    while (writing) await writing;
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
    async clear() {
      await idle();
      await promisify(ftruncate)(fd, 0);
    },
    async close() {
      await idle();
      await promisify(close)(fd);
    },
  };
}
