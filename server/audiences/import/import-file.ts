import type { Database } from '../../database/connect.ts';

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
export function storedFile(db: Database, importId: number): () => AsyncGenerator<Uint8Array> {
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
