const tag = /\{\{\{?\s*([^{}]+?)\s*\}?\}\}/g;
/** What a tag is made of: `name=value`, texts in quotes, `|names|` of a block, `[names with blanks]`, brackets, and other words. */
const words = /\w+=(?:"[^"]*"|'[^']*'|[^\s()]+)|"[^"]*"|'[^']*'|\|[^|]*\||\[[^\]]*\]|\(|[^\s()]+/g;
const path = /^(?:[A-Za-z_][\w.]*|\[[^\]]+\])$/;
const noFields: ReadonlySet<string> = new Set(['else', 'this', 'true', 'false', 'null', 'undefined', 'as']);
/** Blocks in which names are those of what the block shows, unless it gives that a name (`as |item|`). */
const withOwnNames: ReadonlySet<string> = new Set(['each', 'with', 'catalog']);
/** `[WhatsApp opt-in]` is how a field is written whose name is no plain word. */
const plain = (name: string) => name.replace(/^\[(.*)\]$/, '$1');

interface Block {
  /** What it calls what it shows. */
  names: readonly string[];
  hasOwnNames: boolean;
}

/** The fields of a person that texts use, in order of appearance: shown by themselves, or handed to a helper or block. */
export function fieldsOf(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const blocks: Block[] = [];
    for (const [, expression = ''] of text.matchAll(tag)) {
      if (expression.startsWith('/')) blocks.pop();
      if (/^[/!>]/.test(expression)) continue;
      const [first = '', ...rest] = expression.match(words) ?? [];
      const isBlock = first.startsWith('#');
      // What stands after else is of the person again.
      if (first === 'else' && blocks.length > 0) blocks.splice(-1, 1, { names: [], hasOwnNames: false });
      if (!blocks.some(({ hasOwnNames }) => hasOwnNames))
        for (const name of isBlock || rest.length > 0 ? argumentsIn(first, rest) : [first]) {
          const [outermost = ''] = name.split('.');
          const isBound = blocks.some(({ names }) => names.includes(outermost));
          if (path.test(name) && !noFields.has(name) && !isBound) found.add(plain(name));
        }
      if (isBlock) blocks.push(blockOf(first.slice(1), rest));
    }
  }
  return [...found];
}

/** What a helper is handed: not its name, nor those of helpers in brackets. */
function argumentsIn(first: string, rest: readonly string[]): string[] {
  const given = first === 'else' ? rest.slice(1) : rest;
  return given
    .filter((word, index) => word !== '(' && given[index - 1] !== '(')
    .map((word) => /^\w+=(.*)$/s.exec(word)?.[1] ?? word);
}

function blockOf(name: string, rest: readonly string[]): Block {
  const names = rest.find((word) => word.startsWith('|'));
  return {
    names: names?.slice(1, -1).trim().split(/\s+/) ?? [],
    hasOwnNames: names === undefined && withOwnNames.has(name),
  };
}
