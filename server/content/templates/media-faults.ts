import type { Context } from '../../http/context.ts';
import { mmsBytes, whatsAppMedia } from '../media/media-kinds.ts';
import { mediaAmong } from '../media/stored-media.sql.ts';
import { isFreeForm, type TemplateContent, type WhatsAppHeader } from '../template-content.ts';
import type { TemplateFault } from './text-faults.ts';

/** What stands against sending a template's files, as far as they are kept here, and what should be known of them. */
export async function judgeMedia(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  content: TemplateContent,
): Promise<{ faults: TemplateFault[]; warnings: string[] }> {
  // What a free-form message shows may be another file for each person.
  if (isFreeForm(content)) return { faults: [], warnings: [] };
  if (content.medium === 'whatsApp') return judgeHeader(context, projectId, content.header);
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

async function judgeHeader(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  header: WhatsAppHeader | null,
): Promise<{ faults: TemplateFault[]; warnings: string[] }> {
  if (header === null || header.kind === 'text') return { faults: [], warnings: [] };
  const { types, bytes, remedy } = whatsAppMedia[header.kind];
  const faults: TemplateFault[] = [];
  for (const media of await mediaAmong(context.db, projectId, context.publicUrl, [header.url])) {
    const fault = (words: string) => faults.push({ field: 'header.url', fault: words });
    if (!types.includes(media.content_type))
      fault(`is ${media.content_type}; WhatsApp takes ${types.join(' or ')} in this header: ${remedy}`);
    else if (media.bytes > bytes)
      fault(`has ${media.bytes} bytes; WhatsApp takes ${bytes} in this header, make it smaller`);
  }
  return { faults, warnings: [] };
}
