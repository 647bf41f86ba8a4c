import { deepest } from './json-text.ts';

/** Where a value cannot be stored, and why. */
export interface StorageFault {
  /** `dataFields.name`; odd characters of names are escaped. Empty for the value itself. */
  path: string;
  fault: string;
}

/**
 * What of a value PostgreSQL cannot hold: a NUL character or half of a surrogate pair in a text or a field's name
 * (it refuses the one and gives the other back as U+FFFD), a number beyond the range of a double (JSON has no
 * infinity), nesting without end. Null when all of it can be stored. Each value is looked at once; a path is made
 * only where there is a fault.
 */
export function storageFault(value: unknown, depth = 0): StorageFault | null {
  if (typeof value === 'string') return asFault(textFault(value));
  if (typeof value === 'number')
    return asFault(Number.isFinite(value) ? null : 'is larger than a number can be');
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= deepest) return asFault(`is nested more than ${deepest} levels deep`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = storageFault(value[index], depth + 1);
      if (found) return within(String(index), found);
    }
    return null;
  }
  for (const name of Object.keys(value)) {
    const inName = textFault(name);
    if (inName) return { path: JSON.stringify(name), fault: `has a name that ${inName}` };
    const found = storageFault((value as Record<string, unknown>)[name], depth + 1);
    if (found) return within(name, found);
  }
  return null;
}

const asFault = (fault: string | null): StorageFault | null => (fault === null ? null : { path: '', fault });

function within(name: string, { path, fault }: StorageFault): StorageFault {
  return { path: path === '' ? name : `${name}.${path}`, fault };
}

function textFault(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character; leave it out';
  if (!text.isWellFormed()) return 'holds half of a surrogate pair; send whole characters';
  return null;
}
