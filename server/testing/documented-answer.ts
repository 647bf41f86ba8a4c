import assert from 'node:assert/strict';
import { IsRef, type TSchema } from 'typebox';
import { Check, Clean, Errors } from 'typebox/value';
import type { Routes } from '../http/api.ts';

/** The same routes, whose answers fail where they lack or exceed what their schema, and so the API's document, tells of them. */
export function asDocumented(routes: Routes): Routes {
  return (api, context) => {
    api.setSerializerCompiler(
      ({ schema }) =>
        (answer) =>
          documented(schema as TSchema, answer),
    );
    return routes(api, context);
  };
}

function documented(schema: TSchema, answer: unknown): string {
  const text = JSON.stringify(answer);
  // Refusals all have one form, made in one place.
  if (IsRef(schema)) return text;
  assert.ok(
    Check(schema, JSON.parse(text)),
    `${JSON.stringify(Errors(schema, JSON.parse(text)))} in ${text}`,
  );
  assert.deepEqual(JSON.parse(text), Clean(schema, JSON.parse(text)), 'More is answered than is documented');
  return text;
}
