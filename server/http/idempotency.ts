import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { stringify } from 'safe-stable-stringify';
import { Type } from 'typebox';
import { ApiError } from './errors.ts';

/** A caller's own name for one request: the same key again finds the first request in place of making another. */
export const idempotencyKey = Type.String({
  minLength: 1,
  maxLength: 200,
  description:
    'The same key with the same request is answered alike and done once; with another, 409 Conflict',
});

/** The header of calls that keep such a key. */
export const idempotencyHeader = Type.Object({ 'idempotency-key': Type.Optional(idempotencyKey) });

/**
 * The request's key as it is stored, null for none: its SHA-256, since callers write people's addresses into
 * keys. `inBody` is the one that a body gave; it goes before the header's.
 */
export function storedKeyOf(request: FastifyRequest, inBody?: string): string | null {
  const key = inBody ?? request.headers['idempotency-key'];
  return typeof key === 'string' ? createHash('sha256').update(key).digest('hex') : null;
}

/** SHA-256 of what was asked, the same for the same content in any order of its fields. */
export function fingerprintOf(asked: unknown): string {
  return createHash('sha256')
    .update(stringify(asked) ?? '')
    .digest('hex');
}

/** The same key was used for something else. */
export function keyConflict(): ApiError {
  return new ApiError(
    'Conflict',
    'Idempotency-Key was used for another request; use a new key for a new request',
  );
}

/** For calls that make something and keep no key: a caller who relies on one is told so. */
export async function refuseIdempotencyKey(request: FastifyRequest): Promise<void> {
  if (request.headers['idempotency-key'] === undefined) return;
  throw new ApiError(
    'BadParams',
    'Idempotency-Key is not kept by this call, so a repeated one would be done twice; leave it out',
    { header: 'Idempotency-Key' },
  );
}
