import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { success, successAnswer } from '../../http/schemas.ts';
import {
  deleteMetadata,
  listMetadataKeys,
  listMetadataTables,
  type MetadataEntry,
  metadataName,
  putMetadata,
  readMetadata,
} from './metadata.sql.ts';

const tags = ['Metadata'];
/** Iterable's limit; what is larger would be sent in no message. */
const largestValue = 30 * 1024;
const named = (what: string) =>
  Type.String({ pattern: metadataName, description: `${what}: letters, digits and _ . -` });
const ofTable = Type.Object({ table: named('Name of the table; case does not count') });
const ofKey = Type.Object({ ...ofTable.properties, key: named('Key; case counts') });
const entry = {
  table: Type.String(),
  key: Type.String(),
  size: Type.Integer({ description: 'Bytes of the value' }),
  lastModified: Type.Integer({ description: 'Milliseconds since 1970' }),
};

/** Iterable's metadata tables: small reference data by key, for templates. */
export const metadataRoutes: Routes = (api, { db, clock }) => {
  api.get(
    '/api/metadata',
    {
      schema: {
        tags,
        summary: 'The tables of metadata',
        response: { 200: Type.Object({ results: Type.Array(Type.Object({ name: Type.String() })) }) },
      },
    },
    async (request) => {
      const tables = await listMetadataTables(db, request.caller.project.id);
      return { results: tables.map((name) => ({ name })) };
    },
  );
  api.get(
    '/api/metadata/:table',
    {
      schema: {
        tags,
        summary: 'The keys of a table, a thousand a page',
        params: ofTable,
        querystring: Type.Object({ nextMarker: Type.Optional(Type.String()) }),
        response: {
          200: Type.Object({
            results: Type.Array(Type.Object(entry)),
            nextMarker: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const after = request.query.nextMarker ?? '';
      const { entries, next } = await listMetadataKeys(
        db,
        request.caller.project.id,
        request.params.table,
        after,
      );
      return { results: entries.map(shown), ...(next === null ? {} : { nextMarker: next }) };
    },
  );
  api.delete(
    '/api/metadata/:table',
    { schema: { tags, summary: 'Delete a table', params: ofTable, response: { 200: successAnswer } } },
    async (request) => {
      await deleteMetadata(db, request.caller.project.id, request.params.table);
      return success('Table deleted');
    },
  );
  api.get(
    '/api/metadata/:table/:key',
    {
      schema: {
        tags,
        summary: 'The value of a key',
        params: ofKey,
        response: { 200: Type.Object({ ...entry, value: Type.Unknown() }) },
      },
    },
    async (request) => {
      const { table, key } = request.params;
      const found = await readMetadata(db, request.caller.project.id, table, key);
      if (!found)
        throw new ApiError('NotFound', `There is no key ${key} in the table ${table}`, {
          field: 'key',
          value: key,
        });
      return { ...shown(found), value: found.value };
    },
  );
  api.put(
    '/api/metadata/:table/:key',
    {
      schema: {
        tags,
        summary: 'Set the value of a key; the table is made with its first',
        params: ofKey,
        body: Type.Object({ value: Type.Unknown({ description: 'Any JSON of up to 30 KB' }) }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { table, key } = request.params;
      const { value } = request.body;
      const bytes = Buffer.byteLength(JSON.stringify(value));
      if (bytes > largestValue)
        throw new ApiError(
          'BadParams',
          `value has ${bytes} bytes; a value of metadata has at most ${largestValue}: keep it in several keys`,
          { field: 'value', bytes },
        );
      await putMetadata(db, request.caller.project.id, table, key, value, clock.now());
      return success('Metadata saved');
    },
  );
  api.delete(
    '/api/metadata/:table/:key',
    { schema: { tags, summary: 'Delete a key', params: ofKey, response: { 200: successAnswer } } },
    async (request) => {
      const { table, key } = request.params;
      await deleteMetadata(db, request.caller.project.id, table, key);
      return success('Key deleted');
    },
  );
};

function shown({ table, key, size, lastModified }: MetadataEntry) {
  return { table, key, size, lastModified: lastModified.getTime() };
}
