import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { checkOf } from './compiled-check.ts';
import { ApiError, type Fault, mostFaults } from './errors.ts';
import { misspeltFields } from './misspelt-fields.ts';

/**
 * Checks requests against their schemas. Texts of paths and queries become numbers and booleans only when they are
 * written as such: `1`, and not `1.5`, `0x1` or `true`, is the integer 1.
 */
export const requestValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const fits = checkOf(schema);
  return (value) => {
    const read = httpPart === 'body' ? value : fromText(schema, value);
    const part = httpPart ?? 'request';
    const misspelt = part === 'body' || part === 'querystring' ? misspeltFields(schema, read, part) : [];
    if (misspelt.length === 0 && fits(read)) return { value: read };
    return { error: refusalOf([...misspelt, ...faultsOf(schema, read, part)]) };
  };
};

/** The error of a request with faults. */
export function refusalOf(faults: Fault[]): ApiError {
  const first = faults[0] ?? { field: 'request', fault: 'is not valid' };
  return new ApiError('BadParams', `${first.field} ${first.fault}`, { faults });
}

/**
 * What is wrong with a value, a fault a field, in words; `start` is what the value is called. Of long arrays only the
 * items that do not fit are looked at closely, and the first faults are told.
 */
export function faultsOf(schema: TSchema, value: unknown, start: string): Fault[] {
  const faults: Fault[] = [];
  findFaults(schema, value, start, faults);
  return faults.slice(0, mostFaults);
}

function findFaults(schema: TSchema, value: unknown, place: string, faults: Fault[]): void {
  if (faults.length >= mostFaults || checkOf(schema)(value)) return;
  if (Array.isArray(value) && 'items' in schema && !Array.isArray(schema.items)) {
    const { items, ...ofArray } = schema as TSchema & { items: TSchema };
    faults.push(...wordsOf(ofArray, value, place));
    const fits = checkOf(items);
    for (let index = 0; index < value.length && faults.length < mostFaults; index++)
      if (!fits(value[index])) findFaults(items, value[index], `${place}.${index}`, faults);
  } else if (isObject(value) && 'properties' in schema) {
    const properties = schema.properties as Record<string, TSchema>;
    const anything = Object.fromEntries(Object.keys(properties).map((name) => [name, {}]));
    faults.push(...wordsOf({ ...schema, properties: anything }, value, place));
    for (const [name, property] of Object.entries(properties))
      if (Object.hasOwn(value, name)) findFaults(property, value[name], `${place}.${name}`, faults);
  } else if ('anyOf' in schema && Array.isArray(value)) {
    const ofArrays = (schema.anyOf as TSchema[]).filter((branch) => 'items' in branch);
    if (ofArrays.length === 1) findFaults(ofArrays[0]!, value, place, faults);
    else faults.push({ field: place, fault: 'is none of the forms that it may have' });
  } else faults.push(...wordsOf(schema, value, place));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordsOf(schema: TSchema, value: unknown, start: string): Fault[] {
  const choice = literalsOf(schema);
  // Its own errors stop after the first few.
  if (choice) return [{ field: start, fault: `must be one of ${choice.join(', ')}` }];
  const found = new Map<string, { allowed: string[]; types: string[]; others: string[] }>();
  for (const error of Errors(schema, value)) {
    // What is unknown is told by its own name.
    if (error.keyword === 'additionalProperties' && 'properties' in schema) continue;
    const field = [start, ...error.instancePath.split('/').filter(Boolean).map(ofPointer)].join('.');
    const { allowed, types, others } = found.get(field) ?? { allowed: [], types: [], others: [] };
    found.set(field, { allowed, types, others });
    if (error.keyword === 'const') allowed.push(JSON.stringify(error.params.allowedValue));
    else if (error.keyword === 'enum')
      allowed.push(...error.params.allowedValues.map((each) => JSON.stringify(each)));
    else if (error.keyword === 'type') types.push(String(error.params.type));
    else if (error.keyword === 'boolean') others.push(`is unknown${knownIn(schema, error.instancePath)}`);
    else others.push(error.message);
  }
  return [...found].map(([field, { allowed, types, others }]) => {
    const wanted = [
      ...(allowed.length > 0 ? [`${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`] : []),
      ...new Set(types),
    ];
    const fault = wanted.length > 0 ? `must be ${wanted.join(' or ')}` : (others[0] ?? '');
    return { field, fault: field === start ? `${fault}${meaningOf(schema, value)}` : fault };
  });
}

/**
 * What a text of a certain form is, in the words of its schema: the pattern alone tells nobody what to write. What stands alone where an array of such is
 * wanted is shown as one.
 */
function meaningOf(schema: TSchema, value: unknown): string {
  const isOneOfMany = 'items' in schema && !Array.isArray(value) && checkOf(schema.items as TSchema)(value);
  if (isOneOfMany && JSON.stringify(value).length <= longestShown) return `: ${JSON.stringify([value])}`;
  const isMeant = 'pattern' in schema || ('items' in schema && !Array.isArray(value));
  return isMeant && 'description' in schema ? ` (${schema.description})` : '';
}

/** Signs of a value that a fault shows. */
const longestShown = 100;

/** What an object takes in place of an unknown field of it, where that is soon said. */
function knownIn(schema: TSchema, path: string): string {
  const names = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  const isOwn = path.lastIndexOf('/') === 0;
  return isOwn && names.length > 0 && names.length <= mostNames ? `; known here: ${names.join(', ')}` : '';
}

const mostNames = 15;

/** The values among which a schema has one choose; null where it is no such choice. */
function literalsOf(schema: TSchema): string[] | null {
  const branches = 'anyOf' in schema && Array.isArray(schema.anyOf) ? schema.anyOf : [];
  const literals = branches.flatMap((branch: TSchema) =>
    'const' in branch ? [JSON.stringify(branch.const)] : [],
  );
  return literals.length > 1 && literals.length === branches.length ? literals : null;
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
        const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
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
