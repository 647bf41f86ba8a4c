import { type Path, pathWords } from '../values/path.ts';

/** What is odd about comparing a field so: nobody has it, or its values are of another type. */
export function fieldRemarks(
  of: string,
  path: Path | readonly [string],
  types: readonly string[] | null,
  known: ReadonlyMap<string, string>,
): string[] {
  const type = known.get(path[0]);
  if (type === undefined)
    return [`No value of ${pathWords([...path])} was ever seen in ${of}; is it spelt so?`];
  if (path.length > 1) {
    if (type === 'object' || type === 'array') return [];
    return [`${path[0]} holds ${type} values, within which there is nothing`];
  }
  if (types === null || type === 'array' || types.includes(type)) return [];
  return [`${path[0]} holds ${type} values, and is compared as ${types[0]}: that is true of none`];
}
