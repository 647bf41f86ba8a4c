import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { MediaTable } from '../../database/tables/content.ts';
import { ApiError } from '../../http/errors.ts';
import { servedName } from './media-kinds.ts';

/** A file without its content. */
export type Media = Omit<Selectable<MediaTable>, 'content'>;

const columns = ['id', 'project_id', 'code', 'name', 'content_type', 'bytes', 'created_at'] as const;

/** Where providers fetch a file; its name stands at the end, since WhatsApp shows it for documents. */
export function mediaUrl(publicUrl: string, { code, name, content_type }: Media): string {
  return `${publicUrl}/m/${code}/${servedName(name, content_type)}`;
}

/** A project's files, oldest first. */
export function listMedia(db: Database, projectId: number): Promise<Media[]> {
  return db.selectFrom('media').select(columns).where('project_id', '=', projectId).orderBy('id').execute();
}

/** Keeps a file under a new address. */
export function insertMedia(
  db: Database,
  projectId: number,
  file: { name: string; contentType: string; content: Buffer },
  at: Date,
): Promise<Media> {
  return db
    .insertInto('media')
    .values({
      project_id: projectId,
      code: randomBytes(16).toString('base64url'),
      name: file.name,
      content_type: file.contentType,
      bytes: file.content.byteLength,
      content: file.content,
      created_at: at,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** A file by the code in its public address. */
export async function findMediaByCode(db: Database, code: string): Promise<Selectable<MediaTable> | null> {
  const row = await db.selectFrom('media').selectAll().where('code', '=', code).executeTakeFirst();
  return row ?? null;
}

/** A file of the project; undefined where it has none of this id. */
export function findMedia(db: Database, projectId: number, id: number): Promise<Media | undefined> {
  return db
    .selectFrom('media')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The project's own files among these addresses. */
export async function mediaAmong(
  db: Database,
  projectId: number,
  publicUrl: string,
  urls: readonly string[],
): Promise<Media[]> {
  const start = `${publicUrl}/m/`;
  const codes = urls
    .filter((url) => url.startsWith(start))
    .map((url) => url.slice(start.length).split('/')[0]!);
  if (codes.length === 0) return [];
  return db
    .selectFrom('media')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('code', 'in', codes)
    .execute();
}

/** Deletes a file. @throws ApiError NotFound, or InUse naming the templates that hold its address. */
export async function deleteMedia(db: Database, projectId: number, id: number): Promise<void> {
  const media = await db
    .selectFrom('media')
    .select('code')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!media)
    throw new ApiError('NotFound', `No media ${id} in this project; see GET /api/media`, { mediaId: id });
  const templates = await db
    .selectFrom('template')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('archived_at', 'is', null)
    .where(sql<boolean>`position(${`/m/${media.code}/`} IN content::text || locales::text) > 0`)
    .orderBy('id')
    .execute();
  if (templates.length > 0)
    throw new ApiError(
      'InUse',
      `Media ${id} is used by templates ${templates.map((each) => `${each.id} (${each.name})`).join(', ')}; change or delete them first`,
      { mediaId: id, templateIds: templates.map((each) => each.id) },
    );
  await db.deleteFrom('media').where('project_id', '=', projectId).where('id', '=', id).execute();
}
