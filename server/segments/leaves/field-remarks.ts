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
  const wanted = types[0] ?? '';
  return [
    `The values of ${path[0]} in ${of} are of the type ${type}: none is ever like what it is compared with${remedies[wanted] ?? ''}`,
  ];
}

/** What to do, by the type that values would have to have. */
const remedies: Readonly<Record<string, string>> = {
  string: '; write that without quotes',
  long: '; numbers are sent, and compared, without quotes',
  boolean: '; true and false are sent without quotes',
  date: '; dates are sent as texts: 2026-11-23, or 2026-11-23T17:00:00Z',
};
