/** Counts by what is counted, as `tile wait arrived`: they add up, whoever counted them. What begins with `first` is the least of instants in ms, with `last` the greatest. */
export type Tally = Map<string, number>;

/** Adds to one count. */
export function count(tally: Tally, what: string, by = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + by);
}

/** Notes an instant, in ms, as the first and the last of what is called so. */
export function countInstant(tally: Tally, what: string, at: number): void {
  tally.set(`first ${what}`, Math.min(tally.get(`first ${what}`) ?? at, at));
  tally.set(`last ${what}`, Math.max(tally.get(`last ${what}`) ?? at, at));
}

/** Adds all of another tally to one. */
export function addTally(tally: Tally, other: Iterable<readonly [string, number]>): void {
  for (const [what, by] of other) {
    const known = tally.get(what);
    if (known === undefined) tally.set(what, by);
    else if (what.startsWith('first ')) tally.set(what, Math.min(known, by));
    else if (what.startsWith('last ')) tally.set(what, Math.max(known, by));
    else tally.set(what, known + by);
  }
}

/** Those counts whose names begin so, by the rest of their names. */
export const begunBy = (tally: Tally, begin: string): [string, number][] =>
  [...tally].flatMap(([what, by]) =>
    what.startsWith(begin) && by !== 0 ? [[what.slice(begin.length), by] as [string, number]] : [],
  );
