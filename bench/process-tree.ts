import { readdir, readFile } from 'node:fs/promises';

/** Ticks a second in which Linux tells processor time to programs (USER_HZ), the same on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** The fields of /proc/…/stat behind the name, which stands in brackets and may hold blanks; empty when gone. */
async function statOf(pid: number | string): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A process and all below it; the process alone on systems without /proc. */
export async function treeOf(root: number): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const below = new Map<number, number[]>();
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const parent = Number((await statOf(name))[1]);
    below.set(parent, [...(below.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(below.get(pid) ?? []));
  return found;
}

/**
 * Seconds of processor time that these processes and all below them have used so far, those that ended among
 * them; NaN on systems without /proc.
 */
export async function processorSeconds(roots: readonly number[]): Promise<number> {
  const trees = await Promise.all(roots.map(treeOf));
  let ticks = 0;
  for (const pid of trees.flat()) {
    // User, system, and both of children that ended and were waited for: fields 14 to 17 of proc(5).
    const fields = (await statOf(pid)).slice(11, 15);
    if (fields.length === 0 && roots.includes(pid)) return Number.NaN;
    for (const field of fields) ticks += Number(field);
  }
  return ticks / ticksPerSecond;
}
