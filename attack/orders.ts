import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Orders {
  /** Parts of the names of attacks; empty for all. */
  words: string[];
  /** Requests of the fuzz, and the seed they come from. */
  runs: number;
  seed: number;
}

const usualRuns = 100_000;

/** Reads `fuzz --runs 3000 --seed 7`; an error says what there is. */
export function readOrders(words: string[]): Orders {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { runs: { type: 'string' }, seed: { type: 'string' } },
  });
  const whole = (name: 'runs' | 'seed', usual: number) => {
    const number = Number(values[name] ?? usual);
    if (!Number.isInteger(number) || number < 0)
      throw new Error(`--${name} ${values[name]} is not a whole number`);
    return number;
  };
  return {
    words: positionals,
    runs: whole('runs', usualRuns),
    seed: whole('seed', Math.floor(Math.random() * 2 ** 31)),
  };
}
