import { loadSnippets } from '../../content/snippets/snippet-set.ts';
import type { WhatsAppSession } from '../../content/template-content.ts';
import { templateFaults } from '../../content/templates/template-faults.ts';
import type { Database } from '../../database/connect.ts';
import type { SessionMessage } from '../../providers/whatsapp-message.ts';
import type { MessagePreview } from './preview-message.ts';

/** What a free-form message that is being written would say to one person, and what saving it would refuse. */
interface SessionPreview extends MessagePreview {
  session: SessionMessage | null;
  faults: { field: string; fault: string }[];
}

/** Puts what a free-form message holds, and its faults, beside how it looks. */
export async function judgedPreview(
  db: Database,
  projectId: number,
  content: WhatsAppSession,
  preview: MessagePreview,
): Promise<SessionPreview> {
  const faults = templateFaults(content, await loadSnippets(db, projectId)).map(({ field, fault }) => ({
    field,
    fault,
  }));
  if (preview.message?.kind !== 'whatsAppMessage') return { ...preview, session: null, faults };
  const { kind: _, ...session } = preview.message;
  return { ...preview, session, faults };
}
