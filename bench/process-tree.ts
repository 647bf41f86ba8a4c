import { readdir, readFile } from 'node:fs/promises';

/** Ticks a second in which Linux tells processor time to programs (USER_HZ), the same on every architecture that Node runs on. */
export const ticksPerSecond = 100;

/**
 * The name of a process or thread, which stands in brackets and may hold blanks, and the fields of its /proc/…/stat behind
 * it; empty when gone.
 */
export async function statOf(pid: number | string): Promise<{ name: string; fields: string[] }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const end = stat.lastIndexOf(')');
  return { name: stat.slice(stat.indexOf('(') + 1, end), fields: stat.slice(end + 2).split(' ') };
}

/** Ticks that it has used, with its children that ended and were waited for: fields 14 to 17 of proc(5). */
export function ticksOf(fields: readonly string[]): number {
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

/** A process and all below it; the process alone on systems without /proc. */
export async function treeOf(root: number): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const below = new Map<number, number[]>();
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const parent = Number((await statOf(name)).fields[1]);
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
    const { fields } = await statOf(pid);
    if (fields.length < 15 && roots.includes(pid)) return Number.NaN;
    ticks += ticksOf(fields);
  }
  return ticks / ticksPerSecond;
}
