import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** A map that outlives the program; each change is on disk when the call returns. */
export interface DurableMap<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): void;
  delete(key: string): void;
  values(): T[];
  entries(): [string, T][];
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/**
 * Opens the map kept at `path` as lines `{key, value}` (a line without value is a removal), and rewrites the
 * file without what is outdated. Rows that do not fit `schema` are dropped.
 */
export function openDurableMap<S extends TSchema>(path: string, schema: S): DurableMap<Static<S>> {
  const rowCheck = Compile(Type.Object({ key: Type.String(), value: Type.Optional(Type.Unknown()) }));
  const valueCheck = Compile(schema);
  const map = new Map<string, Static<S>>();
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  for (const line of text.split('\n')) {
    const row = parse(line);
    if (!rowCheck.Check(row)) continue;
    if (valueCheck.Check(row.value)) map.set(row.key, row.value);
    else map.delete(row.key);
  }
  mkdirSync(dirname(path), { recursive: true });
  const line = (key: string, value?: Static<S>) => `${JSON.stringify({ key, value })}\n`;
  writeFileSync(`${path}.new`, [...map].map(([key, value]) => line(key, value)).join(''));
  renameSync(`${path}.new`, path);
  let good = statSync(path).size;

  /** A full disk throws, and leaves file and map as they were. */
  function append(text: string): void {
    try {
      appendFileSync(path, text);
      good += Buffer.byteLength(text);
    } catch (error) {
      truncateSync(path, good);
      throw error;
    }
  }

  return {
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    set(key, value) {
      append(line(key, value));
      map.set(key, value);
    },
    delete(key) {
      if (!map.has(key)) return;
      append(line(key));
      map.delete(key);
    },
    values: () => [...map.values()],
    entries: () => [...map],
  };
}
