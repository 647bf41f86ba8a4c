import { fileFault } from '../../../audiences/import/file/unreadable-file.ts';
import { ApiError } from '../../../http/errors.ts';
import { canBeNamed } from '../catalog-rules.ts';
import type { ItemFields, ItemFieldType } from '../item-field-types.ts';
import { typeOfCells } from './cell-values.ts';
import { readRows } from './read-rows.ts';

/** Rows by which types are guessed. */
const lookedAt = 500;
const samples = 3;

/** A column of a file as it would be taken. */
export interface SeenColumn {
  header: string;
  field: string;
  /** The field's own, or what the first rows look to have. */
  type: ItemFieldType;
  /** Whether the catalog says so, and it stays. */
  isKnown: boolean;
  /** Whether somebody should say which type it is. */
  inDoubt: boolean;
  samples: string[];
}

/**
 * What the columns of a file would become, by its first rows, and which of them holds ids: null where that is not plain.
 * @throws ApiError BadParams where it cannot be read
 */
export async function previewFile(
  content: AsyncIterable<Uint8Array>,
  fields: ItemFields,
): Promise<{ columns: SeenColumn[]; idColumn: string | null }> {
  try {
    const { headers, rows } = await readRows(content);
    const seen: string[][] = [];
    // To its end, since a form is read to its end.
    for await (const { cells } of rows) if (seen.length < lookedAt) seen.push(cells);
    const cellsOf = (at: number) => seen.map((cells) => cells[at] ?? '');
    const columns = headers.flatMap((header, at): SeenColumn[] => {
      if (header === '') return [];
      const field = fieldOf(header);
      const known = fields.get(field) ?? null;
      const { type, inDoubt } = typeOfCells(cellsOf(at));
      const some = [...new Set(cellsOf(at).filter((cell) => cell !== ''))].slice(0, samples);
      return [
        {
          ...{ header, field, samples: some, isKnown: known !== null },
          ...{ type: known ?? type, inDoubt: known === null && inDoubt },
        },
      ];
    });
    const isOfIds = (header: string) => {
      const cells = cellsOf(headers.indexOf(header));
      return cells.filter(canBeNamed).length > cells.length / 2;
    };
    const named = headers.filter((header) => /^(item ?_?id|id|sku|handle|product ?_?id)$/i.test(header));
    const [only, ...others] = named.filter(isOfIds);
    return { columns, idColumn: only !== undefined && others.length === 0 ? only : null };
  } catch (error) {
    const fault = fileFault(error);
    if (fault === null) throw error;
    throw new ApiError('BadParams', `file: ${fault}`, { field: 'file' });
  }
}

/** A dot in a field's name is a step into an object. */
const fieldOf = (header: string) => header.replaceAll('.', '_').slice(0, 255);
