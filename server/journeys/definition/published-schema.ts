import type { TSchema } from 'typebox';
import { definitionSchema, published } from '../../segments/definition-schema.ts';
import type { LeafKind } from '../../segments/leaf-kind.ts';
import { documentSchema } from './document-schema.ts';
import { tileKinds, triggerKinds } from './kinds.ts';

/** The JSON Schema of documents, with those of all tiles, triggers and definitions. */
export function publishedSchema(segmentKinds: readonly LeafKind[]): Record<string, unknown> {
  const frame = published(documentSchema) as typeof documentSchema;
  const { properties } = frame;
  const oneOf = (kinds: readonly { name: string; schema: TSchema }[]) => ({
    anyOf: kinds.map(({ name, schema }) => ({
      type: 'object',
      additionalProperties: false,
      required: [name],
      properties: { [name]: published(schema) },
    })),
  });
  const definitions = definitionSchema(segmentKinds) as Record<string, unknown>;
  return {
    ...frame,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A journey of Carillon',
    properties: {
      ...properties,
      entry: {
        ...properties.entry,
        properties: { ...properties.entry.properties, on: { $ref: '#/$defs/trigger' } },
      },
      tiles: { type: 'object', additionalProperties: { $ref: '#/$defs/tile' } },
    },
    $defs: {
      ...(definitions.$defs as object),
      trigger: oneOf(triggerKinds),
      tile: { anyOf: tileKinds.map(({ schema }) => published(schema)) },
    },
  };
}
