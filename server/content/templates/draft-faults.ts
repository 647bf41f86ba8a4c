import type { Context } from '../../http/context.ts';
import { loadSnippets } from '../snippets/snippet-set.ts';
import type { WhatsAppTemplate } from '../template-content.ts';
import { couponFaults } from './coupon-faults.ts';
import { judgeMedia } from './media-faults.ts';
import { templateFaults } from './template-faults.ts';
import type { TemplateFault } from './text-faults.ts';
import { providerNameFaults } from './whatsapp-faults.ts';
import { categoryFaults } from './whatsapp-layout-faults.ts';

/** What stands against saving a WhatsApp template as it is being written, all at once: field, line where it is known, fault. */
export async function draftFaults(
  context: Pick<Context, 'db' | 'publicUrl'>,
  projectId: number,
  content: WhatsAppTemplate,
  { category, providerName }: { category: string | null; providerName: string | undefined },
): Promise<Pick<TemplateFault, 'field' | 'line' | 'fault'>[]> {
  const snippets = await loadSnippets(context.db, projectId);
  const media = await judgeMedia(context, projectId, content);
  const faults = [
    ...templateFaults(content, snippets),
    ...categoryFaults(content, category),
    ...(providerName === undefined ? [] : providerNameFaults(providerName)),
    ...media.faults,
    ...(await couponFaults(context.db, projectId, content)),
  ];
  return faults.map(({ field, line, fault }) =>
    line === undefined ? { field, fault } : { field, line, fault },
  );
}
