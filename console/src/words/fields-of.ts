const tag = /\{\{\{?\s*([^{}]+?)\s*\}?\}\}/g;
const path = /^(?:[A-Za-z_][\w.]*|\[[^\]]+\])$/;
const withDefault = /^defaultIfEmpty\s+([A-Za-z_][\w.]*|\[[^\]]+\])\s+["']([^"']*)["']$/;
/** `[WhatsApp opt-in]` is how a field is written whose name is no plain word. */
const plain = (name: string) => name.replace(/^\[(.*)\]$/, '$1');

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
