import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether every folder above a path lets all users pass. */
export async function isOpenToOthers(path: string): Promise<boolean> {
  const parent = dirname(path);
  if (parent === path) return true;
  const { mode } = await stat(parent);
  return (mode & 0o001) !== 0 && isOpenToOthers(parent);
}
