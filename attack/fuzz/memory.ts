import { Known } from './values.ts';

const most = 50;

/** What answers told of ids, by their kind, so that later requests reach what is really there. */
export interface Memory {
  learn(path: string, answer: unknown): void;
  /** The value with every `Known` in it put in. */
  fill(value: unknown): unknown;
}

/** An empty memory. It forgets the oldest. */
export function createMemory(): Memory {
  const ids = new Map<string, (string | number)[]>();

  function note(kind: string, id: unknown): void {
    if ((typeof id !== 'number' && typeof id !== 'string') || id === '') return;
    const list = ids.get(kind) ?? [];
    if (list.includes(id)) return;
    list.push(id);
    if (list.length > most) list.shift();
    ids.set(kind, list);
  }

  function walk(word: string, value: unknown): void {
    if (Array.isArray(value)) for (const each of value.slice(0, most)) walk(word, each);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        if (/id$/i.test(name)) note(name === 'id' ? `${word}Id` : name, inner);
        else walk(Array.isArray(inner) ? name.replace(/s$/, '') : word, inner);
      }
  }

  function find({ kind, place }: Known): string | number {
    const list = ids.get(kind) ?? [];
    return list.length > 0 ? list[place % list.length]! : place;
  }

  function fill(value: unknown): unknown {
    if (value instanceof Known) return find(value);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    // Not by assignment, which a field __proto__ would turn into something else.
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]));
  }

  return {
    learn: (path, answer) => walk((/\/api\/(\w+)/.exec(path)?.[1] ?? '').replace(/s$/, ''), answer),
    fill,
  };
}
