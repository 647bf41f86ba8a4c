import type { Context } from '../../http/context.ts';
import { mediaAmong } from '../media/media.ts';
import { mmsBytes } from '../media/media-kinds.ts';
import type { TemplateContent } from '../template-content.ts';
import type { TemplateFault } from './text-faults.ts';

/** What stands against sending a template's files, as far as they are kept here, and what should be known of them. */
export async function judgeMedia(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  content: TemplateContent,
): Promise<{ faults: TemplateFault[]; warnings: string[] }> {
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
