/** Cells of a column repeat: days, yes and no, names of towns. So many distinct ones are remembered. */
const mostKept = 5000;

/** A pure reading of cells that remembers what it read. */
export function remembered<Read>(read: (cell: string) => Read): (cell: string) => Read {
  const known = new Map<string, Read>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const found = read(cell);
    if (known.size >= mostKept) known.clear();
    known.set(cell, found);
    return found;
  };
}
