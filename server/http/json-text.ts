import { randomInt } from 'node:crypto';
import { ApiError } from './errors.ts';

/** Objects and arrays inside one another; deeper than this nobody means it, and PostgreSQL's own stack ends. */
export const deepest = 100;
/** Twice that in a whole body: a row of a bulk call that is too deep is refused on its own, by its place. */
const deepestBody = 2 * deepest;
/** Values in one body, those inside others among them: what is done to each of them is done without a pause. */
export const mostValues = 250_000;
/**
 * Fields in one body that make an object unlike all before it. Rows with the same fields in the same order cost a
 * tenth of what rows without order do: an engine keeps a shape for each field that follows others it has not followed
 * before, and makes a shape in about a microsecond.
 */
export const mostShapes = 50_000;
/** A shorter text holds too little to be dear, whatever it holds. */
const shortestDear = 32 * 1024;
/** A shorter one cannot hold so many fields: each has two quotes, a colon, a value and a comma. */
const shortestOfShapes = mostShapes * 5;

const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Chosen anew by each process, so that nobody can send fields that look like one another. */
const base = randomInt(2 ** 29, 2 ** 30) * 2 + 1;

/**
 * Refuses a JSON text that would be dear to read: its depth, its values and its shapes are told by quotes, commas,
 * colons and brackets, in one pass and before anything is made of it. Whether it is JSON is left to the parser.
 */
export function refuseCostlyJson(text: string): void {
  if (text.length < shortestDear) return;
  const shapes = text.length < shortestOfShapes ? null : new Set<number>();
  /** What the object at each depth holds so far, as a hash of its fields' names in their order. */
  const shapeAt: number[] = [0];
  let depth = 0;
  let values = 1;
  let lastString = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === quote) {
      lastString = at;
      at = endOfString(text, at);
    } else if (sign === comma) values++;
    else if (sign === openArray || sign === openObject) {
      values++;
      if (++depth > deepestBody) throw tooDeep();
      shapeAt[depth] = 0;
    } else if (sign === closeArray || sign === closeObject) depth = Math.max(0, depth - 1);
    else if (sign === colon && shapes) {
      const shape = shapeWith(shapeAt[depth] ?? 0, text, lastString);
      shapeAt[depth] = shape;
      if (shapes.add(shape).size > mostShapes) throw tooMany(mostShapes, 'fields in ever new combinations');
    }
    if (values > mostValues) throw tooMany(mostValues, 'values');
  }
}

/** Where the string that begins at `start` ends: at its closing quote, or with the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash && before - 1 > start) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

/** The hash of a shape with one more field, whose name is the string that begins at `start`. */
function shapeWith(shape: number, text: string, start: number): number {
  let hash = Math.imul(shape + 1, base);
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === quote) break;
    if (sign === backslash) at++;
    hash = Math.imul(hash ^ sign, base);
  }
  return hash;
}

function tooDeep(): ApiError {
  return new ApiError(
    'BadParams',
    `The body is nested more than ${deepest} levels deep; flatten what is deeper`,
    { mostLevels: deepest },
  );
}

function tooMany(most: number, what: string): ApiError {
  return new ApiError(
    'PayloadTooLarge',
    `The body holds more than ${most.toLocaleString('en')} ${what}; send it in parts`,
    { most },
  );
}
