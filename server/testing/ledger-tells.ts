import assert from 'node:assert/strict';
import type { LedgerLine, ListedMessage } from './program-apart.ts';

/** Codes by which the carriers refuse a message in answer to the post: it never is on the network. */
const refusedAtPost: readonly string[] = ['21211', '21610'];

/** Whether the network took a message. */
export const isTaken = ({ status, errorCode }: ListedMessage): boolean =>
  status !== 'skipped' && !(status === 'bounced' && refusedAtPost.includes(errorCode ?? ''));

/** The id of the message that a line of the ledger is, which the address of its callbacks carries. */
export const messageIdOf = ({ statusCallback }: Pick<LedgerLine, 'statusCallback'>): string =>
  statusCallback.split('#')[0]?.split('/').at(-1) ?? '';

/**
 * The ledger has one line for each send that the network took: all sends but those refused in answer to the
 * post. A line that ended well or badly ended so in the API too; where a line has no end its receipts were
 * lost, and the API awaits them. `mayAwait`: the API may also await what ended while nobody was there to be told.
 */
export function assertLedgerTells(
  messages: readonly ListedMessage[],
  ledger: readonly LedgerLine[],
  mayAwait = false,
): void {
  const lines = new Map(ledger.map((line) => [messageIdOf(line), line]));
  assert.equal(lines.size, ledger.length, 'no message is twice in the ledger');
  const taken = messages.filter(isTaken);
  assert.equal(ledger.length, taken.length);
  const ends: Record<string, string> = { delivered: 'delivered', undelivered: 'bounced', failed: 'bounced' };
  const story = (message: ListedMessage): [string, string | null, string | null] => {
    const line = lines.get(message.messageId);
    const code = line?.errorCode == null ? null : String(line.errorCode);
    if (mayAwait && message.status === 'sent') return ['sent', line?.to ?? null, null];
    return [ends[line?.status ?? ''] ?? 'sent', line?.to ?? null, code];
  };
  assert.deepEqual(
    taken.map(({ messageId, status, toAddress, errorCode }) => [messageId, status, toAddress, errorCode]),
    taken.map((message) => [message.messageId, ...story(message)]),
  );
}
