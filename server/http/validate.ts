import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Check, Errors } from 'typebox/value';
import { ApiError, type Fault } from './errors.ts';
import { misspeltFields } from './misspelt-fields.ts';

/**
 * Checks requests against their schemas. Texts of paths and queries become numbers and booleans only when they are
 * written as such: `1`, and not `1.5`, `0x1` or `true`, is the integer 1.
 */
export const requestValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value) => {
    const read = httpPart === 'body' ? value : fromText(schema, value);
    const part = httpPart ?? 'request';
    const misspelt = part === 'body' || part === 'querystring' ? misspeltFields(schema, read, part) : [];
    if (misspelt.length === 0 && compiled.Check(read)) return { value: read };
    return { error: refusalOf([...misspelt, ...faultsOf(schema, read, part)]) };
  };
};

/** The error of a request with faults. */
export function refusalOf(faults: Fault[]): ApiError {
  const first = faults[0] ?? { field: 'request', fault: 'is not valid' };
  return new ApiError('BadParams', `${first.field} ${first.fault}`, { faults });
}

/** What is wrong with a value, a fault a field, in words; `start` is what the value is called. */
export function faultsOf(schema: TSchema, value: unknown, start: string): Fault[] {
  const found = new Map<string, { allowed: string[]; types: string[]; others: string[] }>();
  for (const error of Errors(schema, value)) {
    const field = [start, ...error.instancePath.split('/').filter(Boolean).map(ofPointer)].join('.');
    const { allowed, types, others } = found.get(field) ?? { allowed: [], types: [], others: [] };
    found.set(field, { allowed, types, others });
    if (error.keyword === 'const') allowed.push(JSON.stringify(error.params.allowedValue));
    else if (error.keyword === 'type') types.push(String(error.params.type));
    else if (error.keyword === 'boolean') others.push('is unknown');
    else others.push(error.message);
  }
  return [...found].map(([field, { allowed, types, others }]) => {
    const wanted = [
      ...(allowed.length > 0 ? [`${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`] : []),
      ...new Set(types),
    ];
    return { field, fault: wanted.length > 0 ? `must be ${wanted.join(' or ')}` : (others[0] ?? '') };
  });
}

/** A name in a JSON pointer. */
const ofPointer = (name: string) => name.replaceAll('~1', '/').replaceAll('~0', '~');

/** The typed value of texts as paths and queries have them; what cannot be read stays text and is refused. */
function fromText(schema: TSchema, value: unknown): unknown {
  if ('anyOf' in schema && Array.isArray(schema.anyOf)) {
    const branches: TSchema[] = schema.anyOf;
    const fitting = branches
      .map((branch) => ({ branch, read: fromText(branch, value) }))
      .find(({ branch, read }) => Check(branch, read));
    return fitting ? fitting.read : value;
  }
  const type = 'type' in schema ? schema.type : undefined;
  if (type === 'array' && 'items' in schema) {
    const items = schema.items as TSchema;
    return (Array.isArray(value) ? value : [value]).map((item) => fromText(items, item));
  }
  if (type === 'object' && 'properties' in schema && typeof value === 'object' && value !== null) {
    const properties = schema.properties as Record<string, TSchema>;
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => {
        const property = properties[name];
        return [name, property ? fromText(property, text) : text];
      }),
    );
  }
  if (typeof value !== 'string') return value;
  if (type === 'integer') return /^-?(0|[1-9][0-9]{0,14})$/.test(value) ? Number(value) : value;
  if (type === 'number') return /^-?[0-9]{1,15}(\.[0-9]+)?$/.test(value) ? Number(value) : value;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}
