import type { Readable } from 'node:stream';
import { type TProperties, type TSchema, Type } from 'typebox';

/** How somebody stands towards a channel or a message type. */
export const standingStatus = Type.Enum(['subscribed', 'pending', 'unsubscribed']);

/** Iterable's answer to most calls: `{ code: "Success", msg, params }`. */
export const successAnswer = Type.Object({
  code: Type.String(),
  msg: Type.String(),
  params: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
});

/** The same where `params` tells something. */
export const successWith = <Params extends TProperties>(params: Params) =>
  Type.Object({ code: Type.String(), msg: Type.String(), params: Type.Object(params) });

/** Builds that answer. */
export function success(message?: string): { code: string; msg: string; params: null };
export function success<Params extends Record<string, unknown>>(
  message: string,
  params: Params,
): { code: string; msg: string; params: Params };
export function success(message = '', params: Record<string, unknown> | null = null) {
  return { code: 'Success', msg: message, params };
}

/** The id of a row: list, template, campaign, message type, key … */
export const rowId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** An error: `code` is one of Iterable's, `params.reason` ours (docs/reference/errors.md). */
export const errorAnswer = Type.Object(
  {
    code: Type.String(),
    msg: Type.String({ description: 'The field, the fault and the remedy' }),
    params: Type.Record(Type.String(), Type.Unknown(), {
      description: '`reason` is the finer code; the rest says as data what `msg` says',
    }),
  },
  { $id: 'Error', description: 'Refused' },
);

/** A 2xx answer that is no JSON, for a route's schema: text of this media type, whole or as a stream. */
export const textAnswer = (mediaType: string, description = 'Text') => ({
  description,
  content: { [mediaType]: { schema: Type.Unsafe<string | Buffer | Readable>({ type: 'string' }) } },
});

/** A value that may be null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Instants travel as ISO 8601 text or as milliseconds since 1970, as Iterable's do. */
export const instantInput = Type.Union([Type.String(), Type.Number()]);
