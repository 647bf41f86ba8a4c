import type { Context } from '../http/context.ts';
import { readSenderAccount } from '../senders/sender-account.sql.ts';
import { readSettings } from './settings.sql.ts';
import { newestWritten, takeTyping } from './show-reading.sql.ts';
import type { Thread } from './threads.sql.ts';

/** That somebody types is shown this often at most; Meta shows it for 25 seconds, or until the answer comes (Cloud API, typing indicators, 2026). */
const typingEveryMs = 20_000;
/** Of what is older nobody is told that it was read. */
const oldestMs = 30 * 24 * 3_600_000;

/**
 * Tells whoever wrote in a thread that it has been read, where their provider has such a thing and the project wishes it. Returns at once:
 * nobody waits for it, and that it failed is only logged.
 */
export function showRead(context: Context, thread: Pick<Thread, 'lane' | 'user_id' | 'project_id'>): void {
  inBackground(context, () => tell(context, thread, false));
}

/** Shows the person of a thread that an answer is being written, within the same bounds. */
export function showTyping(context: Context, projectId: number, place: Pick<Thread, 'lane' | 'id'>): void {
  inBackground(context, async () => {
    const now = context.clock.now();
    const since = new Date(now.getTime() - typingEveryMs);
    const thread = await takeTyping(context.db, projectId, place, { now, since });
    if (thread) await tell(context, thread, true);
  });
}

function inBackground({ log }: Context, deed: () => Promise<void>): void {
  deed().catch((error: unknown) => log.warn({ err: error }, 'that a message was read could not be told'));
}

async function tell(
  context: Context,
  thread: Pick<Thread, 'lane' | 'user_id' | 'project_id'>,
  isTyping: boolean,
): Promise<void> {
  const { db, clock, log, providers } = context;
  if (!(await readSettings(db, thread.project_id)).readReceipts) return;
  const written = await newestWritten(db, thread, new Date(clock.now().getTime() - oldestMs));
  // One writes where the person wrote last.
  for (const { senderId, providerMessageId } of isTyping ? written.slice(0, 1) : written) {
    const sender = await readSenderAccount(context, thread.project_id, senderId);
    if (sender === null || 'fault' in sender) continue;
    const note = { from: sender.wireAddress, providerMessageId, isTyping };
    const told = await providers.wires[sender.account.wire]?.noteRead?.(sender.account, note);
    if (told?.outcome === 'refused')
      log.warn({ senderId, detail: told.detail }, 'that a message was read could not be told');
  }
}
