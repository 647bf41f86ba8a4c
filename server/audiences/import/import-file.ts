import type { Database } from '../../database/connect.ts';
import type { Chunks } from './file/encoding.ts';
import { UnreadableFile } from './file/unreadable-file.ts';
import { isZip, largestWorkbook, readSheets, type Sheet, sheetAsCsv } from './file/workbook.ts';
import { refuseOpenQuestions } from './questions.ts';

const partSize = 1024 * 1024;

/** Stores a file in parts as it arrives. Answers its size in bytes. */
export async function storeFile(
  db: Database,
  importId: number,
  content: AsyncIterable<Uint8Array>,
): Promise<number> {
  let part = 0;
  let size = 0;
  let held: Uint8Array[] = [];
  let heldSize = 0;
  const flush = async () => {
    const row = { import_id: importId, part: part++, content: Buffer.concat(held) };
    await db.insertInto('import_file').values(row).execute();
    held = [];
    heldSize = 0;
  };
  for await (const chunk of content) {
    held.push(chunk);
    heldSize += chunk.length;
    size += chunk.length;
    if (heldSize >= partSize) await flush();
  }
  if (heldSize > 0) await flush();
  return size;
}

/** Reads a stored file part by part; each call starts anew. */
export function storedFile(db: Database, importId: number): Chunks {
  return async function* () {
    for (let part = 0; ; part++) {
      const row = await db
        .selectFrom('import_file')
        .select('content')
        .where('import_id', '=', importId)
        .where('part', '=', part)
        .executeTakeFirst();
      if (!row) return;
      yield row.content;
    }
  };
}

/**
 * The text of a file: itself, or of an Excel workbook the sheet that was chosen, as CSV. Null chunks mean that the
 * file is text already. @throws UnreadableFile, or ApiError when there are several sheets and none is chosen.
 */
export async function textOf(chunks: Chunks, sheet: string | undefined): Promise<Chunks | null> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks()) {
    if (held.length === 0 && !isZip(chunk)) return null;
    held.push(chunk);
    size += chunk.length;
    if (size > largestWorkbook)
      throw new UnreadableFile(
        `the workbook is larger than ${largestWorkbook / 1024 ** 2} MB; save the sheet as CSV and send that`,
      );
  }
  if (held.length === 0) return null;
  const csv = Buffer.from(sheetAsCsv(chooseSheet(await readSheets(Buffer.concat(held)), sheet)));
  return async function* () {
    yield csv;
  };
}

/** Puts the text of a workbook in the place of the workbook, so that all later reads are of text. */
export async function storeText(db: Database, importId: number, sheet: string | undefined): Promise<void> {
  const text = await textOf(storedFile(db, importId), sheet);
  if (!text) return;
  await db.deleteFrom('import_file').where('import_id', '=', importId).execute();
  await storeFile(db, importId, text());
}

function chooseSheet(sheets: readonly Sheet[], wanted: string | undefined): Sheet {
  const names = sheets.map(({ name }) => name);
  const [first] = sheets;
  if (!first) throw new UnreadableFile('the workbook is empty; a sheet of it must hold a table');
  if (wanted === undefined && sheets.length === 1) return first;
  const chosen = sheets.find(({ name }) => name === wanted);
  if (chosen) return chosen;
  const quoted = names.map((name) => `“${name}”`).join(', ');
  refuseOpenQuestions([
    {
      ...{
        about: 'sheet',
        field: 'options.sheet',
        columns: names,
        values: [],
        medium: null,
        messageTypeIds: [],
      },
      message: `the workbook has ${names.length} sheets (${quoted}); say which holds the people: options.sheet ${JSON.stringify(first.name)}`,
    },
  ]);
  return first;
}
