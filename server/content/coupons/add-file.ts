import { fileFault } from '../../audiences/import/file/unreadable-file.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { addCodes, type CodeDemands, type OfferedCode } from './add-codes.sql.ts';
import type { CouponPool } from './coupon-pools.sql.ts';
import { readCodes } from './read-codes.ts';
import { beginUpload, noteUpload, type UploadProgress } from './uploads.sql.ts';

/** Codes added in one transaction. */
const batch = 5_000;
/** Rows of one file; more go into a second. */
const mostRows = 1_000_000;
/** Faults kept of one file; whoever has mended these sees the next ones. */
const mostFaults = 1_000;

/**
 * Adds the codes of a file to a pool as it comes, and keeps what became of it. What a batch has added stays when the file
 * breaks off or the process dies: the file sent again adds the rest. @throws ApiError BadParams where it cannot be read
 */
export async function addFile(
  { db, clock }: Context,
  pool: CouponPool,
  file: { name: string; content: AsyncIterable<Uint8Array>; column: string | undefined },
  demands: CodeDemands,
): Promise<UploadProgress & { uploadId: number }> {
  const uploadId = await beginUpload(db, pool, file.name, clock.now());
  const faults: { row: number; code: string; fault: string }[] = [];
  const progress = { rowsRead: 0, added: 0, refused: 0, faults };
  const note = (state: 'running' | 'finished' | 'failed', fault: string | null) =>
    noteUpload(db, uploadId, progress, { state, fault }, clock.now());
  let offered: OfferedCode[] = [];
  const flush = async () => {
    const result = await addCodes(db, pool, offered, { uploadId, ...demands });
    offered = [];
    progress.added += result.added;
    progress.refused += result.faults.filter(({ isAdded }) => !isAdded).length;
    for (const { place, code, fault } of result.faults)
      if (faults.length < mostFaults) faults.push({ row: place, code, fault });
    await note('running', null);
  };
  try {
    for await (const { row, code, strayQuote } of readCodes(file.content, file.column)) {
      progress.rowsRead++;
      if (progress.rowsRead > mostRows)
        throw new ApiError(
          'BadParams',
          `file: has more than ${mostRows} rows; those before row ${row} were added, send the rest in a second file`,
          { field: 'file' },
        );
      if (strayQuote) {
        progress.refused++;
        if (faults.length < mostFaults)
          faults.push({ row, code, fault: 'has a quote that is not closed; take it out or close it' });
      } else offered.push({ place: row, code });
      if (offered.length >= batch) await flush();
    }
    await flush();
    await note('finished', null);
    return { ...progress, uploadId };
  } catch (error) {
    const fault = fileFault(error);
    const words = fault ?? (error instanceof ApiError ? error.message : 'it broke off; send it again');
    await note('failed', words).catch(() => undefined);
    if (fault === null) throw error;
    throw new ApiError('BadParams', `file: ${fault}`, { field: 'file' });
  }
}
