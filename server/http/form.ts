import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';

/** `multipart/form-data` with what divides its parts. */
const typeOfForm = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"[^"]+"|[^\s";]+)/i;
/** What the parser of forms (@fastify/busboy) says of one that is broken; its errors have no code. */
const brokenForm =
  /^(?:Unexpected end of (?:multipart data|form)|Part terminated early|Multipart:|Malformed|Unsupported)/;

/** No form here has more parts than a file and its options. */
export const partsOfForm = { files: 1, fields: 5, parts: 6, headerPairs: 20 };

/**
 * Reads a form with a file by `read`. What comes after a fault is not parsed. @throws ApiError BadParams where the body is no form, does not say what divides its
 * parts, or breaks off.
 */
export async function readForm<Read>(request: FastifyRequest, read: () => Promise<Read>): Promise<Read> {
  if (!typeOfForm.test(request.headers['content-type'] ?? ''))
    throw new ApiError(
      'BadParams',
      'The body is no form; send the file as the part `file` of multipart/form-data, whose header Content-Type names its boundary',
      { field: 'file' },
    );
  try {
    return await read();
  } catch (error) {
    request.raw.unpipe();
    request.raw.resume();
    if (
      error instanceof Error &&
      'code' in error &&
      /^FST_(?:PARTS|FIELDS|FILES)_LIMIT$/.test(`${error.code}`)
    )
      throw new ApiError(
        'BadParams',
        `The form has more parts than a file and its options; send at most ${partsOfForm.parts}`,
        { field: 'file' },
      );
    if (!(error instanceof Error) || !brokenForm.test(error.message)) throw error;
    throw new ApiError('BadParams', `The form cannot be read (${error.message}); send it anew, to its end`, {
      field: 'file',
    });
  }
}
