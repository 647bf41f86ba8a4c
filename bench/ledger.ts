import { request } from 'undici';
import { readList, readNumber, readText, readValue } from './api.ts';

/** A message as the simulator's ledger shows it. */
export interface LedgerMessage {
  to: string;
  body: string;
  /** When it arrived, in milliseconds since 1970. */
  at: number;
}

const pageSize = 10_000;

/** How many messages came from a sender. */
export async function countFrom(simulatorUrl: string, sender: string): Promise<number> {
  return readNumber(await ask(`${simulatorUrl}/ledger/count?from=${encodeURIComponent(sender)}`), 'count');
}

/** Every message from a sender since its first `skip`, in the order they came. */
export async function messagesFrom(
  simulatorUrl: string,
  sender: string,
  skip: number,
): Promise<LedgerMessage[]> {
  const messages: LedgerMessage[] = [];
  let cursor: number | null = 0;
  while (cursor !== null) {
    const query = `from=${encodeURIComponent(sender)}&limit=${pageSize}&cursor=${cursor}`;
    const page = await ask(`${simulatorUrl}/ledger?${query}`);
    messages.push(...readList(page, 'messages').map(toMessage));
    const next = readValue(page, 'next');
    cursor = typeof next === 'number' ? next : null;
  }
  return messages.slice(skip);
}

/** Every message to a handset, in the order they came. */
export async function messagesTo(simulatorUrl: string, handset: string): Promise<LedgerMessage[]> {
  const page = await ask(`${simulatorUrl}/ledger?to=${encodeURIComponent(handset)}&limit=1000`);
  return readList(page, 'messages').map(toMessage);
}

function toMessage(message: unknown): LedgerMessage {
  return {
    to: readText(message, 'to'),
    body: readText(message, 'body'),
    at: Date.parse(readText(message, 'instant')),
  };
}

async function ask(address: string): Promise<unknown> {
  const answer = await request(address);
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the simulator answered ${answer.statusCode}: ${text}`);
  const parsed: unknown = JSON.parse(text);
  return parsed;
}
