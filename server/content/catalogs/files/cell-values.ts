import { parseInstant } from '../../../users/instant.ts';
import type { ItemFieldType } from '../item-field-types.ts';

/** A cell that is no value of the type it should be. */
export class UnfitCell extends Error {}

const yes = new Set(['true', 'yes', 'y', '1']);
const no = new Set(['false', 'no', 'n', '0']);
const number = /^-?\d{1,15}(\.\d{1,15})?$/;
const leadingZero = /^-?0\d/;

/** The value of a cell of a column of this type. @throws UnfitCell for what is none. */
export function valueOfCell(cell: string, type: ItemFieldType): unknown {
  switch (type) {
    case 'string':
      return cell;
    case 'double':
    case 'long': {
      const read = Number(cell);
      if (number.test(cell) && (type === 'double' || Number.isSafeInteger(read))) return read;
      throw new UnfitCell(type === 'long' ? 'is no whole number' : 'is no number; write 1234.5');
    }
    case 'boolean': {
      const word = cell.toLowerCase();
      if (yes.has(word)) return true;
      if (no.has(word)) return false;
      throw new UnfitCell('is neither true nor false');
    }
    case 'date':
      if (parseInstant(cell)) return cell;
      throw new UnfitCell('is no date; write 2026-11-23 or 2026-11-23T17:00:00Z');
    case 'geo_location': {
      const [, lat, lon] = /^(-?\d{1,3}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(cell) ?? [];
      if (lat !== undefined && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180)
        return { lat: Number(lat), lon: Number(lon) };
      throw new UnfitCell('is no place; write latitude and longitude, 50.7, 7.1');
    }
    case 'object':
      return objectOf(cell);
  }
}

function objectOf(cell: string): object {
  try {
    const value: unknown = JSON.parse(cell);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new UnfitCell('is no JSON object or array');
}

/**
 * What type the cells of a column look to have; `inDoubt` where another would do as well and means another thing: digits
 * may be a number or a code, 1 and 0 numbers or truths. Empty cells tell nothing.
 */
export function typeOfCells(cells: readonly string[]): { type: ItemFieldType; inDoubt: boolean } {
  const filled = cells.filter((cell) => cell !== '');
  const all = (test: (cell: string) => boolean) => filled.length > 0 && filled.every(test);
  if (all((cell) => cell === '0' || cell === '1')) return { type: 'boolean', inDoubt: true };
  if (all((cell) => /^(true|false|yes|no)$/i.test(cell))) return { type: 'boolean', inDoubt: false };
  if (all((cell) => number.test(cell))) {
    // Codes of goods and postal codes begin with zeros; what is long and whole is rarely a quantity.
    if (filled.some((cell) => leadingZero.test(cell))) return { type: 'string', inDoubt: true };
    const isWhole = filled.every((cell) => /^-?\d+$/.test(cell));
    if (!isWhole) return { type: 'double', inDoubt: false };
    return { type: 'double', inDoubt: filled.some((cell) => cell.length > 6) };
  }
  if (all((cell) => /^\d{4}-\d\d-\d\d/.test(cell) && parseInstant(cell) !== null))
    return { type: 'date', inDoubt: false };
  const isObject = all((cell) => {
    try {
      return typeof objectOf(cell) === 'object';
    } catch {
      return false;
    }
  });
  if (isObject) return { type: 'object', inDoubt: false };
  return { type: 'string', inDoubt: filled.length === 0 };
}
