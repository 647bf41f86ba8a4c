import { Type } from 'typebox';
import { pathSchema, readPath } from '../../segments/values/path.ts';
import { valueAt } from './value-at.ts';

/** Fields that are filled from what came with the entry, each by a path, as documents have them. */
export const fromEntry = (description: string) =>
  Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 255 }), pathSchema, { description }));

/** Reads which fields are filled from the entry. @throws ApiError naming the place of a path that is none. */
export function fieldsFromEntry(
  given: Readonly<Record<string, string | string[]>> | undefined,
  place: string,
) {
  const paths = Object.entries(given ?? {}).map(
    ([name, path]) => [name, readPath(path, `${place}.${name}`)] as const,
  );
  return {
    paths,
    /** The fields of somebody, by what came with their entry; those of which nothing came are left out. */
    of: (data: unknown): Record<string, unknown> =>
      Object.fromEntries(
        paths.map(([name, path]) => [name, valueAt(data, path)]).filter(([, value]) => value !== undefined),
      ),
  };
}
