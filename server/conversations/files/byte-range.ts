/** A part of a content: its first and its last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The one part of a content that a Range header asks for (RFC 9110, 14.2), as players of sound and film do; null for the whole, and
 * `unsatisfiable` where there is no such part. Pure.
 */
export function rangeOf(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'unsatisfiable' : { start: length - count, end: length - 1 };
  }
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (start >= length) return 'unsatisfiable';
  return end < start ? null : { start, end };
}
