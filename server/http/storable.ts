/** Objects and arrays inside one another; deeper than this nobody means it, and PostgreSQL's own stack ends. */
const deepest = 100;

/** Where a value cannot be stored, and why. */
export interface StorageFault {
  /** `dataFields.name`; odd characters of names are escaped. Empty for the value itself. */
  path: string;
  fault: string;
}

/**
 * What of a value PostgreSQL cannot hold: a NUL character or half of a surrogate pair in a text or a field's name
 * (it refuses the one and gives the other back as U+FFFD), a number beyond the range of a double (JSON has no
 * infinity), nesting without end. Null when all of it can be stored.
 */
export function storageFault(value: unknown): StorageFault | null {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') {
      const fault = textFault(value);
      if (fault) return { path, fault };
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return { path, fault: 'is larger than a number can be' };
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= deepest) return { path, fault: `is nested more than ${deepest} levels deep` };
      for (const [name, member] of Object.entries(value)) {
        const fault = Array.isArray(value) ? null : textFault(name);
        const memberPath = `${path === '' ? '' : `${path}.`}${fault ? JSON.stringify(name) : name}`;
        if (fault) return { path: memberPath, fault: `has a name that ${fault}` };
        waiting.push({ value: member, path: memberPath, depth: depth + 1 });
      }
    }
  }
  return null;
}

function textFault(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character; leave it out';
  if (!text.isWellFormed()) return 'holds half of a surrogate pair; send whole characters';
  return null;
}
