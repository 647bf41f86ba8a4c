/** A text with its fields filled in, and those for which there was nothing. */
export interface FilledIn {
  text: string;
  missing: string[];
}

const tag = /\{\{\{?\s*([^{}]+?)\s*\}?\}\}/g;
const path = /^(?:[A-Za-z_][\w.]*|\[[^\]]+\])$/;
const withDefault = /^defaultIfEmpty\s+([A-Za-z_][\w.]*|\[[^\]]+\])\s+["']([^"']*)["']$/;
/** `[WhatsApp opt-in]` is how a field is written whose name is no plain word. */
const plain = (name: string) => name.replace(/^\[(.*)\]$/, '$1');

/**
 * Fills a template's plain fields (`{{firstName}}`, `{{defaultIfEmpty city "your town"}}`) for a preview while
 * somebody types. Blocks and other helpers stay as they are written; the server renders them.
 */
export function fillIn(template: string, fields: Record<string, string>): FilledIn {
  const missing = new Set<string>();
  const text = template.replace(tag, (whole, expression: string) => {
    const [, name, otherwise] = withDefault.exec(expression) ?? [];
    if (name !== undefined) return fields[plain(name)] || (otherwise ?? '');
    if (!path.test(expression) || expression === 'else') return whole;
    const field = plain(expression);
    const value = fields[field];
    if (!value) missing.add(field);
    return value || `[${field}]`;
  });
  return { text, missing: [...missing] };
}

/** The plain fields that texts use, in order of appearance. */
export function fieldsOf(texts: readonly string[]): string[] {
  const names = new Set<string>();
  for (const text of texts)
    for (const [, expression = ''] of text.matchAll(tag)) {
      const name = withDefault.exec(expression)?.[1] ?? expression;
      if (path.test(name) && name !== 'else' && name !== 'this') names.add(plain(name));
    }
  return [...names];
}
