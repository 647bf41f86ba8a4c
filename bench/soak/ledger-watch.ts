import { isTaken, messageIdOf } from '../../server/testing/ledger-tells.ts';
import { type LedgerLine, messagesOf } from '../../server/testing/program-apart.ts';
import type { Book, SoakBlast } from './book.ts';
import { ownWords } from './ground.ts';
import type { Site } from './site.ts';

interface Line extends LedgerLine {
  body: string;
  instant: string;
}

/** What has come to handsets, read on from where one was. */
export interface LedgerWatch {
  /** Reads what is new, and notes what came twice or to somebody who had written STOP. */
  look(): Promise<void>;
  /** Whether a message has come. */
  has(messageId: string): boolean;
}

const pageSize = 10_000;
/** What had left when the STOP was answered is on its way for so long, at most. */
const onItsWayMs = 2_000;

export function watchLedger({ apart, insist }: Site, book: Book): LedgerWatch {
  const seen = new Set<string>();
  let known = 0;
  const heed = (line: Line) => {
    // What people write has no callback.
    if (!line.statusCallback) return;
    const id = messageIdOf(line);
    if (seen.has(id)) book.wrong(`message ${id} came twice to ${line.to}`);
    seen.add(id);
    if (!ownWords.some((words) => line.body.startsWith(words))) return;
    book.counts.texts++;
    const stopped = book.stopped.get(line.to);
    if (stopped !== undefined && Date.parse(line.instant) > stopped + onItsWayMs)
      book.wrong(`${line.to} got message ${id} after STOP`);
  };
  return {
    has: (messageId) => seen.has(messageId),
    look: async () => {
      for (let more = true; more; ) {
        const { messages } = await insist('the ledger', () =>
          apart.simulator<{ messages: Line[] }>('GET', `/ledger?limit=${pageSize}&offset=${known}`),
        );
        known += messages.length;
        messages.forEach(heed);
        more = messages.length === pageSize;
      }
    },
  };
}

/** A finished blast's messages that the network took are those that came, and everybody has one. */
export async function checkBlast(
  { apart, insist }: Site,
  book: Book,
  ledger: LedgerWatch,
  { campaignId, audience }: SoakBlast,
): Promise<void> {
  const messages = await insist(`messages of campaign ${campaignId}`, () => messagesOf(apart, campaignId));
  // What is in doubt, or was made to wait for a receipt again, is looked at in the end.
  const isSettled = messages.every(({ status }) => !['queued', 'dispatching', 'inDoubt'].includes(status));
  if (!isSettled) return;
  await ledger.look();
  if (messages.length !== audience)
    book.wrong(`campaign ${campaignId} has ${messages.length} messages for ${audience} people`);
  const lost = messages.filter((message) => isTaken(message) && !ledger.has(message.messageId));
  const denied = messages.filter((message) => !isTaken(message) && ledger.has(message.messageId));
  if (lost.length > 0)
    book.wrong(`campaign ${campaignId}: ${lost.length} messages count as sent and came nowhere`);
  if (denied.length > 0)
    book.wrong(`campaign ${campaignId}: ${denied.length} messages came and do not count as sent`);
}
