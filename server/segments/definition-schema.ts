import type { LeafKind } from './leaf-kind.ts';
import { stepSchema } from './leaves/history.ts';
import { pathCondition } from './values/conditions.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema of definitions: what each kind of condition takes, and how they are put together. */
export function definitionSchema(kinds: readonly LeafKind[]): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Definition of a segment',
    $ref: '#/$defs/definition',
    $defs: {
      definition: {
        description: 'A condition, or a group of such: all of them, any of them, none of them',
        anyOf: [...groupsOf('definition'), ...kinds.map(({ name, schema }) => only(name, published(schema)))],
      },
      conditions: {
        description: 'A comparison of a value, or a group of such',
        anyOf: [...groupsOf('conditions'), published(pathCondition)],
      },
      step: published(stepSchema),
    },
  };
}

const only = (name: string, schema: unknown): Schema => ({
  type: 'object',
  properties: { [name]: schema },
  required: [name],
  additionalProperties: false,
});

const groupsOf = (name: string) =>
  ['all', 'any', 'none'].map((kind) =>
    only(kind, { type: 'array', minItems: 1, items: { $ref: `#/$defs/${name}` } }),
  );

/** A schema as plain JSON, with references in the place of what is read by itself. */
export function published(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(published);
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$comment' in schema && 'description' in schema)
    return { $ref: schema.$comment, description: schema.description };
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, published(part)]));
}
