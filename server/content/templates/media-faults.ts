import type { Context } from '../../http/context.ts';
import { mmsBytes, whatsAppMedia } from '../media/media-kinds.ts';
import { mediaAmong } from '../media/stored-media.sql.ts';
import { isFreeForm, type TemplateContent, type WhatsAppTemplate } from '../template-content.ts';
import type { TemplateFault } from './text-faults.ts';

/** What stands against sending a template's files, as far as they are kept here, and what should be known of them. */
export async function judgeMedia(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  content: TemplateContent,
): Promise<{ faults: TemplateFault[]; warnings: string[] }> {
  // What a free-form message shows may be another file for each person.
  if (isFreeForm(content)) return { faults: [], warnings: [] };
  if (content.medium === 'whatsApp') return judgeFiles(context, projectId, content);
  if (content.medium !== 'sms') return { faults: [], warnings: [] };
  const media = await mediaAmong(context.db, projectId, context.publicUrl, content.mediaUrls);
  const bytes = media.reduce((sum, each) => sum + each.bytes, 0);
  if (bytes > mmsBytes.most)
    return {
      faults: [
        {
          field: 'mediaUrls',
          fault: `have ${bytes} bytes together; an MMS takes ${mmsBytes.most}, use smaller files`,
        },
      ],
      warnings: [],
    };
  if (bytes <= mmsBytes.safe) return { faults: [], warnings: [] };
  const warning = `mediaUrls have ${bytes} bytes together; carriers shrink or drop an MMS of more than ${mmsBytes.safe}`;
  return { faults: [], warnings: [warning] };
}

/** The files that a WhatsApp template shows, by the fields of their addresses. */
function filesOf({ header, carousel }: WhatsAppTemplate) {
  const cards = carousel?.kind === 'media' ? carousel.cards : [];
  return [
    ...(header && 'url' in header ? [{ field: 'header.url', kind: header.kind, url: header.url }] : []),
    ...cards.map(({ header: { kind, url } }, place) => ({
      ...{ field: `carousel.cards.${place}.header.url`, kind, url },
    })),
  ];
}

async function judgeFiles(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  content: WhatsAppTemplate,
): Promise<{ faults: TemplateFault[]; warnings: string[] }> {
  const faults: TemplateFault[] = [];
  for (const { field, kind, url } of filesOf(content)) {
    const { types, bytes, remedy } = whatsAppMedia[kind];
    const fault = (words: string) => faults.push({ field, fault: words });
    for (const media of await mediaAmong(context.db, projectId, context.publicUrl, [url])) {
      if (!types.includes(media.content_type))
        fault(`is ${media.content_type}; WhatsApp takes ${types.join(' or ')} in this header: ${remedy}`);
      else if (media.bytes > bytes)
        fault(`has ${media.bytes} bytes; WhatsApp takes ${bytes} in this header, make it smaller`);
    }
  }
  return { faults, warnings: [] };
}
