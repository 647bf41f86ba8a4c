import { Type } from 'typebox';
import { isShown, receivedKindOf } from '../../content/media/media-kinds.ts';
import { decodeMessageId } from '../../database/message-id.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { textAnswer } from '../../http/schemas.ts';
import { rangeOf } from './byte-range.ts';
import { fileAnswer, showFile } from './file-answer.ts';
import { disposition, savedName } from './file-name.ts';
import { fetchAgain, findFile, type InboundFile, readContent } from './inbound-files.sql.ts';

const tags = ['Inbox'];
const params = Type.Object({ id: Type.String({ maxLength: 20 }) });

/** The files that people send: read, and fetched again where that failed. */
export const inboundFileRoutes: Routes = (api, context) => {
  api.get(
    '/api/inboundFiles/:id',
    {
      schema: {
        tags,
        summary: 'What is in a file that somebody sent',
        params,
        response: {
          200: textAnswer(
            'application/octet-stream',
            'The file, by its own type where that is a picture, a film or a sound',
          ),
          206: textAnswer('application/octet-stream', 'The part of it that `Range` asked for'),
          416: textAnswer('application/octet-stream', 'It has no such part'),
        },
      },
    },
    async ({ params: { id }, caller, headers }, reply) => {
      const file = await requireFile(context, caller.project.id, id);
      const content = await readContent(context.db, file);
      if (!content)
        throw new ApiError(
          'InvalidState',
          `id: the file is not here${file.fault ? `: ${file.fault}` : ' yet'}`,
          {
            ...{ field: 'id', state: file.state },
          },
        );
      // What a browser might run is given out as bytes to save, whatever it was called on its way.
      const shown = file.contentType !== null && isShown(file.contentType);
      const { extension } = receivedKindOf(content) ?? { extension: 'bin' };
      const range = rangeOf(headers.range, content.byteLength);
      void reply
        .type(shown && file.contentType ? file.contentType : 'application/octet-stream')
        .header(
          'Content-Disposition',
          disposition(shown ? 'inline' : 'attachment', savedName(file.name, id, extension)),
        )
        .header('Cache-Control', 'private, max-age=3600')
        .header('X-Content-Type-Options', 'nosniff')
        .header('Content-Security-Policy', "default-src 'none'; sandbox")
        .header('Cross-Origin-Resource-Policy', 'same-origin')
        .header('Accept-Ranges', 'bytes');
      if (range === null) return reply.send(content);
      if (range === 'unsatisfiable')
        return reply.code(416).header('Content-Range', `bytes */${content.byteLength}`).send('');
      return reply
        .code(206)
        .header('Content-Range', `bytes ${range.start}-${range.end}/${content.byteLength}`)
        .send(content.subarray(range.start, range.end + 1));
    },
  );
  api.post(
    '/api/inboundFiles/:id/fetch',
    {
      schema: {
        tags,
        summary: 'Fetch a file again that could not be fetched from its provider',
        params,
        response: { 200: Type.Object({ file: fileAnswer }) },
      },
    },
    async ({ params: { id }, caller }) => {
      const projectId = caller.project.id;
      const file = await requireFile(context, projectId, id);
      await fetchAgain(context.db, file, context.clock.now());
      return { file: showFile(await requireFile(context, projectId, id)) };
    },
  );
};

/** @throws ApiError NotFound. */
async function requireFile({ db }: Context, projectId: number, id: string): Promise<InboundFile> {
  const place = decodeMessageId(id);
  const file = place && (await findFile(db, projectId, place));
  if (file) return file;
  throw new ApiError(
    'NotFound',
    `id ${id} is no file of this project; GET /api/inbox/threads/:id names those of a person`,
    { field: 'id', value: id },
  );
}
