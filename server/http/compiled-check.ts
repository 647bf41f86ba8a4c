import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

type Check = (value: unknown) => boolean;
const checks = new WeakMap<TSchema, Check>();

/** Whether a value fits a schema, by a function compiled when it is first called: it may be asked of each of many items. */
export function checkOf(schema: TSchema): Check {
  const made = checks.get(schema);
  if (made) return made;
  let compiled: ReturnType<typeof Compile> | undefined;
  const check: Check = (value) => {
    compiled ??= Compile(withoutIdlePatterns(schema));
    return compiled.Check(value);
  };
  checks.set(schema, check);
  return check;
}

/**
 * The same schema for less work: a record of anything has a pattern that every name fits and a schema that every
 * value fits, which need not be asked of each field that a caller may think of.
 */
function withoutIdlePatterns(schema: TSchema): TSchema {
  const parts = Object.getOwnPropertyDescriptors(schema) as Record<string, PropertyDescriptor>;
  const copy = (name: string, made: unknown) => {
    parts[name] = { ...parts[name], value: made };
  };
  if ('patternProperties' in schema && isIdle(schema.patternProperties as Record<string, object>)) {
    delete parts.patternProperties;
    // A record without its pattern is an object to TypeBox.
    delete parts['~kind'];
  }
  // A tuple has a schema for each of its items.
  if ('items' in schema && !Array.isArray(schema.items))
    copy('items', withoutIdlePatterns(schema.items as TSchema));
  if ('anyOf' in schema) copy('anyOf', (schema.anyOf as TSchema[]).map(withoutIdlePatterns));
  if ('properties' in schema)
    copy(
      'properties',
      Object.fromEntries(
        Object.entries(schema.properties as Record<string, TSchema>).map(([name, property]) => [
          name,
          withoutIdlePatterns(property),
        ]),
      ),
    );
  return Object.defineProperties({}, parts) as TSchema;
}

function isIdle(patterns: Record<string, object>): boolean {
  return Object.entries(patterns).every(
    ([pattern, schema]) =>
      pattern === '^.*$' && Object.keys(schema).every((keyword) => keyword === 'description'),
  );
}
