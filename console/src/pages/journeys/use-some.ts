import { useState } from 'react';

/** So many are seen at first. */
const atFirst = 8;

/** The first of many, how many more there are, and what shows them. */
export function useSome<Item>(items: readonly Item[]): {
  shown: readonly Item[];
  more: number;
  showAll: () => void;
} {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? items : items.slice(0, atFirst);
  return { shown, more: items.length - shown.length, showAll: () => setAll(true) };
}
