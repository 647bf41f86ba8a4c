import { fileFault } from '../../audiences/import/file/unreadable-file.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { FileRow } from './read-records.ts';
import {
  addFaults,
  beginUpload,
  noteHeaders,
  noteUpload,
  type Owner,
  type RowFault,
  type UploadProgress,
} from './upload.sql.ts';

/** Faults kept of one file, and characters of what stood in their rows; whoever has mended these sees the next ones. */
const mostKept = { faults: 1_000, characters: 4_000_000 };

/** A file as it is being taken. */
interface Taking {
  id: number;
  progress: UploadProgress;
  /** Keeps the names of its columns. */
  headers(names: readonly string[]): Promise<void>;
  /** Keeps what is to be said of a row, which is refused, unless it is there and should be looked at only. */
  fault(row: Pick<FileRow, 'cells'>, fault: RowFault, isTaken?: boolean): void;
  /** Writes how far it has come. */
  note(): Promise<void>;
}

/**
 * Takes the rows of a file as it comes by `take`, and keeps what became of it. What has been taken stays where the file breaks off or the
 * process dies: it is to be sent again. Answers its id.
 * @throws ApiError BadParams where the file cannot be read
 */
export async function takeRows(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  projectId: number,
  owner: Owner,
  fileName: string,
  take: (taking: Taking) => Promise<void>,
): Promise<number> {
  const id = await beginUpload(db, projectId, owner, fileName, clock.now());
  const progress: UploadProgress = { rowsRead: 0, taken: 0, refused: 0 };
  let waiting: (RowFault & { cells: readonly string[] })[] = [];
  const left = { ...mostKept };
  const note = async (state: 'running' | 'finished' | 'failed', fault: string | null) => {
    const faults = waiting;
    waiting = [];
    if (faults.length > 0) await addFaults(db, id, faults);
    await noteUpload(db, id, progress, { state, fault }, clock.now());
  };
  const taking: Taking = {
    ...{ id, progress },
    headers: (names) => noteHeaders(db, id, names),
    fault: ({ cells }, fault, isTaken = false) => {
      if (!isTaken) progress.refused++;
      const characters = cells.reduce((sum, cell) => sum + cell.length, fault.fault.length);
      if (left.faults === 0 || left.characters < characters) return;
      left.faults--;
      left.characters -= characters;
      waiting.push({ ...fault, cells });
    },
    note: () => note('running', null),
  };
  try {
    await take(taking);
    await note('finished', null);
    return id;
  } catch (error) {
    const fault = fileFault(error);
    const words = fault ?? (error instanceof ApiError ? error.message : 'it broke off; send it again');
    await note('failed', words).catch(() => undefined);
    if (fault === null) throw error;
    throw new ApiError('BadParams', `file: ${fault}`, { field: 'file' });
  }
}
