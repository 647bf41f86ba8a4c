import { randomUUID } from 'node:crypto';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { requireTemplate } from './require-template.ts';
import { insertTemplate } from './templates.sql.ts';
import { providerNameOf } from './whatsapp-faults.ts';

/**
 * Copies a template with the content of all its locales as `Copy of …`, under a fresh client id. Meta has not seen
 * the copy: it gets a name of its own there. Throws `NotFound`.
 */
export async function cloneTemplate(
  { db, clock }: Context,
  caller: Caller,
  id: number,
): Promise<{ templateId: number; name: string }> {
  const projectId = caller.project.id;
  const from = await requireTemplate(db, projectId, id);
  const name = `Copy of ${from.name}`;
  const clientTemplateId = randomUUID();
  const templateId = await insertTemplate(db, {
    projectId,
    medium: from.medium,
    clientTemplateId,
    creator: caller.name,
    at: clock.now(),
    name,
    messageTypeId: from.message_type_id,
    locale: from.locale,
    content: from.content,
    locales: from.locales,
    trackLinks: from.track_links,
    utm: from.utm,
    ...{ dataFeedIds: from.data_feed_ids, mergeDataFeeds: from.merge_data_feeds },
    // Two copies of one template share their name here, and may not share it at Meta.
    providerName:
      from.provider_name === null
        ? null
        : providerNameOf(`${name.slice(0, 200)} ${clientTemplateId.slice(0, 8)}`),
    category: from.category,
  });
  if (templateId === null) throw new ApiError('Conflict', 'The copy was not made; try again');
  return { templateId, name };
}
