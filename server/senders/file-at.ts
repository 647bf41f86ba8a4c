import { servedName } from '../content/media/media-kinds.ts';
import { findMediaByCode, mediaAmong } from '../content/media/stored-media.sql.ts';
import type { Context } from '../http/context.ts';
import type { HeaderSample } from '../providers/template-approval.ts';
import { fetchSample, type Refuse } from './header-media.ts';

/** The file at an address: one that the project keeps here is not fetched. Throws by `refuse` saying why it cannot be used. */
export async function fileAt(
  { db, publicUrl, outbound }: Context,
  projectId: number,
  url: string,
  refuse: Refuse,
): Promise<HeaderSample> {
  const [media] = await mediaAmong(db, projectId, publicUrl, [url]);
  const file = media && (await findMediaByCode(db, media.code));
  if (!file) return fetchSample(url, outbound, refuse);
  const fileName = servedName(file.name, file.content_type);
  return { fileName, contentType: file.content_type, bytes: file.content };
}
