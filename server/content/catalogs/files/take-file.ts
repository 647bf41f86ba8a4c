import type { Context } from '../../../http/context.ts';
import { ApiError } from '../../../http/errors.ts';
import { storageFault } from '../../../http/storable.ts';
import type { FileRow } from '../../uploads/read-records.ts';
import type { ComingFile } from '../../uploads/receive-file.ts';
import { takeRows } from '../../uploads/take-rows.ts';
import { canBeNamed, type ItemValue } from '../catalog-rules.ts';
import type { CatalogWithFields } from '../catalogs.sql.ts';
import { findCatalog } from '../catalogs.sql.ts';
import type { ItemFieldType } from '../item-field-types.ts';
import { addFields, type GivenItem, writeItems } from '../write-items.ts';
import { UnfitCell, valueOfCell } from './cell-values.ts';
import { readRows } from './read-rows.ts';

/** Items taken in one transaction. */
const batchSize = 1_000;

/** How a file's columns are taken. */
export interface FileOptions {
  /** The column that holds the items' ids. */
  idColumn: string;
  /** By their names; a column that is not named here is left out. */
  columns: Readonly<Record<string, { field: string; type: ItemFieldType }>>;
  /** Whether fields that the file has not are taken from items that are there. */
  replace: boolean;
}

/**
 * Takes the items of a file as it comes, and keeps what became of it: sent again, it brings all. Fields without a type get theirs first.
 * An empty cell is no field. Answers the upload's id.
 * @throws ApiError BadParams where the file cannot be read, or has not the columns
 */
export const takeFile = (
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  catalog: CatalogWithFields,
  { name, content }: ComingFile,
  options: FileOptions,
): Promise<number> =>
  takeRows({ db, clock }, catalog.project_id, { catalogId: catalog.id }, name, async (taking) => {
    const { progress } = taking;
    const refuse = (row: FileRow, fault: string) => taking.fault(row, { row: row.row, fault });
    const { headers, rows } = await readRows(content);
    await taking.headers(headers);
    const columns = columnsOf(headers, options);
    const types = new Map(columns.map(({ field, type }) => [field, type]));
    await db.transaction().execute((transaction) => addFields(transaction, catalog, types));
    const typed = (await findCatalog(db, catalog.project_id, catalog.name)) ?? catalog;
    const keeping = options.replace ? 'replace' : 'merge';
    let batch = new Map<string, { item: GivenItem; row: FileRow }>();
    const flush = async () => {
      const given = [...batch.values()];
      batch = new Map();
      progress.taken += await takeBatch(
        given,
        (items) => writeItems(db, typed, items, keeping, clock.now()),
        refuse,
      );
      await taking.note();
    };
    const idAt = headers.indexOf(options.idColumn);
    for await (const row of rows) {
      progress.rowsRead++;
      const read = readItem(row, idAt, columns);
      if ('fault' in read) refuse(row, read.fault);
      else {
        // Of two rows of one item the later counts.
        if (batch.has(read.itemId) || batch.size >= batchSize) await flush();
        batch.set(read.itemId, { item: { ...read, field: `row ${row.row}` }, row });
      }
    }
    await flush();
  });

/** Takes items together, or where one of them cannot be kept each by itself; answers how many were taken. */
async function takeBatch(
  given: readonly { item: GivenItem; row: FileRow }[],
  write: (items: readonly GivenItem[]) => Promise<void>,
  refuse: (row: FileRow, fault: string) => void,
): Promise<number> {
  if (given.length === 0) return 0;
  try {
    await write(given.map(({ item }) => item));
    return given.length;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500 || error.status === 404) throw error;
    const [first, ...others] = given;
    if (first && others.length === 0) {
      refuse(first.row, error.message);
      return 0;
    }
    const half = Math.ceil(given.length / 2);
    return (
      (await takeBatch(given.slice(0, half), write, refuse)) +
      (await takeBatch(given.slice(half), write, refuse))
    );
  }
}

interface Column {
  at: number;
  header: string;
  field: string;
  type: ItemFieldType;
}

/** @throws ApiError BadParams for columns that the file does not have. */
function columnsOf(headers: readonly string[], { idColumn, columns }: FileOptions): Column[] {
  const known = headers
    .filter((header) => header !== '')
    .map((header) => `“${header}”`)
    .join(', ');
  const missing = [idColumn, ...Object.keys(columns)].find((header) => !headers.includes(header));
  if (missing !== undefined)
    throw new ApiError('BadParams', `options: the file has no column “${missing}”; it has ${known}`, {
      field: 'options',
      value: missing,
    });
  return Object.entries(columns).map(([header, column]) => ({
    at: headers.indexOf(header),
    header,
    ...column,
  }));
}

function readItem(
  { cells, strayQuote }: FileRow,
  idAt: number,
  columns: readonly Column[],
): { itemId: string; value: ItemValue } | { fault: string } {
  if (strayQuote) return { fault: 'has a quote that is not closed; take it out or close it' };
  const itemId = cells[idAt] ?? '';
  if (itemId === '') return { fault: 'has no id' };
  if (!canBeNamed(itemId))
    return { fault: `its id ${JSON.stringify(itemId)} has other signs than letters, digits and dashes` };
  const value: [field: string, value: unknown][] = [];
  for (const { at, header, field, type } of columns) {
    const cell = cells[at] ?? '';
    if (cell === '') continue;
    if (storageFault(cell)) return { fault: `its ${header} holds a sign that cannot be kept` };
    try {
      value.push([field, valueOfCell(cell, type)]);
    } catch (error) {
      if (error instanceof UnfitCell) return { fault: `its ${header} ${error.message}` };
      throw error;
    }
  }
  return { itemId, value: Object.fromEntries(value) };
}
