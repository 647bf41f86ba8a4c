import type { FastifyError } from 'fastify';
import { isDatabaseAway } from '../database/database-away.ts';
import { ApiError } from './errors.ts';

/**
 * PostgreSQL's refusals of a value that no check had foreseen: out of range, unreadable, not of the encoding, too
 * long for an index (https://www.postgresql.org/docs/current/errcodes-appendix.html). They are the caller's.
 */
const refusedValues = new Set(['22003', '22P02', '22021', '22P05', '54000']);

/**
 * What an error says to the caller; `bodyLimit` is that of the route, in bytes. Whatever is not meant for them becomes
 * a GenericError.
 */
export function answerableError(error: FastifyError | ApiError | Error, bodyLimit: number): ApiError {
  if (error instanceof ApiError) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (refusedValues.has(code))
    return new ApiError(
      'BadParams',
      `A value of the request cannot be stored or looked up: ${error.message}`,
    );
  const status = 'statusCode' in error ? Number(error.statusCode ?? 500) : 500;
  if (status === 413)
    return new ApiError(
      'PayloadTooLarge',
      `The body is larger than ${sizeOf(bodyLimit)}, which is what this call takes; send it in parts`,
      { mostBytes: bodyLimit },
    );
  if (status === 415)
    return new ApiError(
      'BadContentType',
      'The body is not sent as JSON; send it with the header Content-Type: application/json',
    );
  if (code === 'FST_ERR_BAD_URL')
    return new ApiError('BadParams', 'The path is not percent-encoded UTF-8; encode it anew');
  if (status >= 400 && status < 500) return new ApiError('BadJsonBody', error.message);
  if (isDatabaseAway(error))
    return new ApiError(
      'DatabaseAway',
      'The database is away for a moment, so that it is not known whether this was done; ask again, by the same Idempotency-Key where one was given',
    );
  return new ApiError('GenericError', 'Something went wrong on our side; it has been logged');
}

function sizeOf(bytes: number): string {
  const mega = 1024 * 1024;
  return bytes < mega ? `${bytes / 1024} kB` : `${bytes / mega} MB`;
}
