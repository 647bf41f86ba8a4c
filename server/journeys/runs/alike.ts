/**
 * What is written alike for many, each way once: the first of each, and which of them each item is (from 1 on), by what `stateOf` says as JSON. What
 * a turn writes of a thousand people is often the same for hundreds: it is sent to the database and read there once. Pure.
 */
export function alike<Item>(
  items: readonly Item[],
  stateOf: (item: Item) => unknown,
): { distinct: Item[]; places: number[] } {
  const known = new Map<string, number>();
  const distinct: Item[] = [];
  const places = items.map((item) => {
    const state = JSON.stringify(stateOf(item));
    const place = known.get(state);
    if (place !== undefined) return place;
    distinct.push(item);
    known.set(state, distinct.length);
    return distinct.length;
  });
  return { distinct, places };
}
