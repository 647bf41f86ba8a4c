import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { ComingFile } from '../uploads/receive-file.ts';
import { takeRows } from '../uploads/take-rows.ts';
import { addCodes, type CodeDemands, type OfferedCode } from './add-codes.sql.ts';
import type { CouponPool } from './coupon-pools.sql.ts';
import { readCodes } from './read-codes.ts';

/** Codes added in one transaction. */
const batch = 5_000;
/** Rows of one file; more go into a second. */
const mostRows = 1_000_000;
/** Characters of what should be a code that are kept with its fault. */
const longestShown = 100;

/**
 * Adds the codes of a file to a pool as it comes, and keeps what became of it: sent again, it adds the rest. Answers the upload's id.
 * @throws ApiError BadParams where it cannot be read
 */
export const addFile = (
  context: Pick<Context, 'db' | 'clock'>,
  pool: CouponPool,
  { name, content }: ComingFile,
  column: string | undefined,
  demands: CodeDemands,
): Promise<number> =>
  takeRows(
    context,
    pool.project_id,
    { poolId: pool.id },
    name,
    async ({ id, progress, fault: keep, note }) => {
      let offered: OfferedCode[] = [];
      const tell = (row: number, code: string, fault: string, isAdded = false) =>
        keep({ cells: [] }, { row, fault, code: code.slice(0, longestShown) }, isAdded);
      const flush = async () => {
        const { added, faults } = await addCodes(context.db, pool, offered, { uploadId: id, ...demands });
        offered = [];
        progress.taken += added;
        for (const { place, code, fault, isAdded } of faults) tell(place, code, fault, isAdded);
        await note();
      };
      for await (const { row, code, strayQuote } of readCodes(content, column)) {
        if (progress.rowsRead === mostRows) {
          await flush();
          throw new ApiError(
            'BadParams',
            `file: has more than ${mostRows} rows; those before row ${row} were added, send the rest in a second file`,
            { field: 'file' },
          );
        }
        progress.rowsRead++;
        if (strayQuote) tell(row, code, 'has a quote that is not closed; take it out or close it');
        else offered.push({ place: row, code });
        if (offered.length >= batch) await flush();
      }
      await flush();
    },
  );
