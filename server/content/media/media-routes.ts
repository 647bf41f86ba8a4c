import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { partsOfForm, readForm } from '../../http/form.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { rowId, success, successAnswer } from '../../http/schemas.ts';
import { foreignKindOf } from './foreign-kinds.ts';
import { largestMedia, mediaKindNames, mediaKindOf, mmsBytes, servedName } from './media-kinds.ts';
import {
  deleteMedia,
  findMediaByCode,
  insertMedia,
  listMedia,
  type Media,
  mediaUrl,
} from './stored-media.sql.ts';

const tags = ['Media'];
const longestName = 200;
/** An address never has another content; a day lets providers fetch a file once for a blast. */
const keptBySeconds = 86_400;

const mediaAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  contentType: Type.String(),
  bytes: Type.Integer(),
  url: Type.String({ description: 'For imageUrl or mediaUrls of a template, or a WhatsApp header’s url' }),
  createdAt: Type.Integer(),
});

/** Files for messages: MMS and the headers of WhatsApp templates. */
export const mediaRoutes: Routes = async (api, context) => {
  api.get(
    '/api/media',
    {
      schema: {
        tags,
        summary: 'Files of the project for MMS and WhatsApp',
        response: { 200: Type.Object({ media: Type.Array(mediaAnswer) }) },
      },
    },
    async (request) => {
      const media = await listMedia(context.db, request.caller.project.id);
      return { media: media.map((each) => asAnswer(context, each)) };
    },
  );
  api.delete(
    '/api/media/:id',
    {
      schema: {
        tags,
        summary: 'Delete a file. 409 while a template holds its address',
        params: Type.Object({ id: rowId }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      await deleteMedia(context.db, request.caller.project.id, request.params.id);
      return success('Media deleted');
    },
  );
  // In a scope of its own: each upload has its own limits.
  await api.register(async (scope) => {
    await scope.register(multipart, {
      limits: { ...partsOfForm, fileSize: largestMedia },
      throwFileSizeLimit: false,
    });
    uploadRoute(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
  });
};

function uploadRoute(api: Api, context: Context): void {
  api.post(
    '/api/media',
    {
      onRequest: refuseIdempotencyKey,
      config: { upload: true },
      schema: {
        tags,
        summary: 'Keep a file (multipart, part `file`) under a public address that nobody can guess',
        description: `Up to 16 MB of ${mediaKindNames}; an MMS takes 5 MB in all. What a file is, is told by its content.`,
        consumes: ['multipart/form-data'],
        response: { 200: Type.Object({ ...mediaAnswer.properties, warnings: Type.Array(Type.String()) }) },
      },
    },
    async (request) => {
      const { name, content } = await receiveFile(request);
      const kind = mediaKindOf(content);
      if (!kind)
        throw new ApiError('BadParams', unknownFile(name, content), {
          field: 'file',
        });
      const file = { name, contentType: kind.contentType, content };
      const media = await insertMedia(context.db, request.caller.project.id, file, context.clock.now());
      return { ...asAnswer(context, media), warnings: warningsOf(media.bytes) };
    },
  );
}

/** `GET /m/:code/:name`, open to everybody as providers bring no key. Fastify answers HEAD by the same route. */
export const mediaFileRoutes: Routes = (api, context) => {
  api.get<{ Params: { code: string; name: string } }>(
    '/m/:code/:name',
    { schema: { hide: true } },
    async (request, reply) => {
      const media = await findMediaByCode(context.db, request.params.code);
      if (!media) throw new ApiError('NotFound', 'No such file; it may have been deleted');
      return reply
        .type(media.content_type)
        .header('Content-Disposition', `inline; filename="${servedName(media.name, media.content_type)}"`)
        .header('Cache-Control', `public, max-age=${keptBySeconds}`)
        .header('X-Content-Type-Options', 'nosniff')
        .header('Content-Security-Policy', "default-src 'none'; sandbox")
        .send(media.content);
    },
  );
};

function receiveFile(request: FastifyRequest): Promise<{ name: string; content: Buffer }> {
  return readForm(request, () => takeFile(request));
}

async function takeFile(request: FastifyRequest): Promise<{ name: string; content: Buffer }> {
  const missing = new ApiError(
    'BadParams',
    'file is missing or empty; send it as the part `file` of multipart/form-data',
    {
      field: 'file',
    },
  );
  const part = await request.file();
  if (!part) throw missing;
  const content = await part.toBuffer();
  if (part.file.truncated)
    throw new ApiError(
      'PayloadTooLarge',
      'file is larger than 16 MB, which no message can carry; make it smaller',
      {
        field: 'file',
      },
    );
  if (content.byteLength === 0) throw missing;
  return { name: (part.filename || 'file').slice(0, longestName).toWellFormed(), content };
}

function unknownFile(name: string, content: Buffer): string {
  const foreign = foreignKindOf(content);
  return foreign
    ? `file ${JSON.stringify(name)} is ${foreign.name} by its content, which carriers and WhatsApp do not take; ${foreign.remedy}`
    : `file ${JSON.stringify(name)} is none of ${mediaKindNames} by its content; convert it`;
}

function warningsOf(bytes: number): string[] {
  if (bytes > mmsBytes.most)
    return [`file is larger than ${mmsBytes.most} bytes, the most an MMS takes; it can go by WhatsApp only`];
  if (bytes > mmsBytes.safe)
    return [`file is larger than ${mmsBytes.safe} bytes; carriers shrink or drop larger MMS`];
  return [];
}

function asAnswer(context: Context, media: Media): Static<typeof mediaAnswer> {
  return {
    id: media.id,
    name: media.name,
    contentType: media.content_type,
    bytes: media.bytes,
    url: mediaUrl(context.publicUrl, media),
    createdAt: media.created_at.getTime(),
  };
}
