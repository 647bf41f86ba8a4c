import type { IncomingMessage } from 'node:http';
import { Readable, Transform, Writable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';

/** `multipart/form-data` with what divides its parts, said once. */
const typeOfForm =
  /^multipart\/form-data\s*;(?:(?!boundary\s*=).)*\bboundary=(?:"([^"]+)"|([^\s";]+))(?:(?!boundary\s*=).)*$/i;
/** What the parser of forms (@fastify/busboy) says of one that is broken; its errors have no code. */
const brokenForm =
  /^(?:Unexpected end of (?:multipart data|form)|Part terminated early|Multipart:|Malformed|Unsupported)/;

/** No form here has more parts than a file and its options. */
export const partsOfForm = { files: 1, fields: 5, parts: 6, headerPairs: 20 };

/**
 * Reads a form with a file by `read`. What comes after a fault is not parsed. @throws ApiError BadParams where the body is no form, does not say what divides its
 * parts, has too many of them, or breaks off.
 */
export async function readForm<Read>(request: FastifyRequest, read: () => Promise<Read>): Promise<Read> {
  const [, quoted, plain] = typeOfForm.exec(request.headers['content-type'] ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined)
    throw new ApiError(
      'BadParams',
      'The body is no form; send the file as the part `file` of multipart/form-data, whose header Content-Type names its boundary',
      { field: 'file' },
    );
  countBeforeParsing(request.raw, boundary);
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
      throw tooManyParts();
    if (!(error instanceof Error) || !brokenForm.test(error.message)) throw error;
    throw new ApiError('BadParams', `The form cannot be read (${error.message}); send it anew, to its end`, {
      field: 'file',
    });
  }
}

function tooManyParts(): ApiError {
  return new ApiError(
    'BadParams',
    `The form has more parts than a file and its options; send at most ${partsOfForm.parts}`,
    { field: 'file' },
  );
}

/**
 * Puts a count of parts between a request and the parser it will be piped to. The parser makes a stream for each part of
 * a chunk before its own limit is heard: a chunk of 64 kB with 1,300 of them holds the thread for a tenth of a second.
 */
function countBeforeParsing(raw: IncomingMessage, boundary: string): void {
  raw.pipe = <Parser extends NodeJS.WritableStream>(parser: Parser): Parser => {
    const counter = partCounter(boundary, () => {
      Readable.prototype.unpipe.call(raw, counter);
      if (parser instanceof Writable) parser.destroy(tooManyParts());
    });
    Readable.prototype.pipe.call(raw, counter);
    return counter.pipe(parser);
  };
}

/** Passes a form on while it has no more parts than `partsOfForm` says; calls `tooMany` once and passes nothing on after that. */
function partCounter(boundary: string, tooMany: () => void): Transform {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The last one has no part after it.
  const most = partsOfForm.parts + 1;
  let found = 0;
  // The first delimiter needs no line before it.
  let tail = Buffer.from('\r\n');
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (found > most) return done();
      const looked = Buffer.concat([tail, chunk]);
      let at = looked.indexOf(delimiter);
      let end = 0;
      while (at >= 0 && ++found <= most) {
        end = at + delimiter.length;
        at = looked.indexOf(delimiter, end);
      }
      if (found > most) {
        tooMany();
        return done();
      }
      tail = looked.subarray(Math.max(end, looked.length - delimiter.length + 1));
      done(null, chunk);
    },
  });
}
