import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../http/errors.ts';
import { readForm } from '../../http/form.ts';

/** A file as it comes. */
export interface ComingFile {
  name: string;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Hands over the file of a form as it comes, with what of its part `options` came before it.
 * @throws ApiError BadParams for a form without one
 */
export async function receiveFile<Result>(
  request: FastifyRequest,
  take: (file: ComingFile, options: string | null) => Promise<Result>,
): Promise<Result> {
  const taken = await readForm(request, async () => {
    let done: { result: Result } | null = null;
    let options: string | null = null;
    for await (const part of request.parts()) {
      if (part.type === 'file')
        done = { result: await take({ name: part.filename || 'file.csv', content: part.file }, options) };
      else if (part.fieldname === 'options') options = String(part.value);
    }
    return done;
  });
  if (taken) return taken.result;
  throw new ApiError('BadParams', 'file is missing; send it as the part `file`', { field: 'file' });
}
