/** What arrays of a statement's parameters hold. */
type Element = string | number | boolean | bigint | Date | Uint8Array | null | undefined;

/**
 * An array as PostgreSQL reads one (`{1,"two",NULL}`), written faster than the driver does it, for statements that
 * carry thousands of values. Null for what holds other things than plain values: the driver writes that.
 */
export function arrayLiteral(values: readonly unknown[]): string | null {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    const element = values[index];
    if (!isPlain(element)) return null;
    text += index === 0 ? elementText(element) : `,${elementText(element)}`;
  }
  return `${text}}`;
}

const isPlain = (value: unknown): value is Element =>
  value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array;

function elementText(value: Element): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string')
    return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (value instanceof Uint8Array)
    return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`;
  return String(value);
}
