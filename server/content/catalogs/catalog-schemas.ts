import { Type } from 'typebox';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { catalogName } from './catalog-rules.ts';
import { type CatalogWithFields, findCatalog } from './catalogs.sql.ts';

export const tags = ['Catalogs'];

/** A catalog in the path of a call. */
export const ofCatalog = Type.Object({
  catalogName: Type.String({
    pattern: catalogName,
    description: 'Letters, digits and dashes; the case does not count',
  }),
});

/** An item in the path of a call. */
export const ofItem = Type.Object({
  ...ofCatalog.properties,
  itemId: Type.String({ pattern: catalogName, description: 'Letters, digits and dashes; the case counts' }),
});

/** Numbers of a page in a query. */
export const pageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'From 1' })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '10 unless told' })),
};

/** Addresses of the pages around one, as an answer has them. */
export const pageUrls = {
  nextPageUrl: Type.Optional(Type.String()),
  previousPageUrl: Type.Optional(Type.String()),
};

/** The addresses of the pages before and after this one; `more` is what else the query says. */
export function pagesAround(
  path: string,
  { page, pageSize, count }: { page: number; pageSize: number; count: number },
  more: Readonly<Record<string, string>> = {},
): { nextPageUrl?: string; previousPageUrl?: string } {
  const url = (number: number) =>
    `${path}?${new URLSearchParams({ page: String(number), pageSize: String(pageSize), ...more })}`;
  return {
    ...(page * pageSize < count && { nextPageUrl: url(page + 1) }),
    ...(page > 1 && { previousPageUrl: url(page - 1) }),
  };
}

/** @throws ApiError NotFound where the project has no catalog of this name. */
export async function requireCatalog(
  { db }: Pick<Context, 'db'>,
  projectId: number,
  name: string,
): Promise<CatalogWithFields> {
  const catalog = await findCatalog(db, projectId, name);
  if (catalog) return catalog;
  throw new ApiError(
    'NotFound',
    `There is no catalog ${name} in this project; make it with POST /api/catalogs/${name}`,
    { field: 'catalogName', value: name },
  );
}
