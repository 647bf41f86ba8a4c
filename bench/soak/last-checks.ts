import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignTotals } from '../../server/insights/totals/campaign-totals.ts';
import { assertSums } from '../../server/testing/assert-sums.ts';
import { assertLedgerTells, messageIdOf } from '../../server/testing/ledger-tells.ts';
import {
  type LedgerLine,
  type ListedMessage,
  messagesOf,
  readLedger,
} from '../../server/testing/program-apart.ts';
import type { Book, SoakBlast } from './book.ts';
import type { Soaking } from './deeds.ts';
import type { Hook } from './hook.ts';
import type { Site } from './site.ts';

/** What passes through tables: nothing of it may be left once all is quiet. */
const passing = [
  'receipt',
  'happening',
  'webhook_event',
  'response_change',
  'message_rollup_change',
] as const;
const settleWithinMs = 300_000;
const lookMs = 1_000;

/** How many rows wait in tables that things pass through. */
export async function backlogOf({ query }: Site): Promise<number> {
  const sums = passing.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
  const [row] = await query<{ rows: number }>(`SELECT (${sums})::int AS rows`);
  return row?.rows ?? 0;
}

/** Waits until all is sent, settled and told; notes what does not come to rest. */
export async function settle(site: Site, book: Book): Promise<void> {
  const end = performance.now() + settleWithinMs;
  for (;;) {
    const { pendingReceipts } = await site.apart.simulator<{ pendingReceipts: number }>('GET', '/healthz');
    const [row] = await site.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM message WHERE status IN ('queued', 'dispatching', 'inDoubt')`,
    );
    const backlog = await backlogOf(site);
    if (pendingReceipts + backlog + (row?.waiting ?? 0) === 0) return;
    if (performance.now() > end)
      return book.wrong(
        `${settleWithinMs / 1000} s after the last deed ${row?.waiting} messages, ${backlog} rows and ${pendingReceipts} receipts still wait`,
      );
    await sleep(lookMs);
  }
}

/** Everything that must hold in the end: each message once, totals = list = ledger = webhooks, nothing lost. */
export async function checkAtTheEnd({ site, ground, book }: Soaking, hook: Hook): Promise<void> {
  const lines = (await readLedger(site.apart)).filter(({ statusCallback }) => statusCallback);
  const all: ListedMessage[] = [];
  for (const blast of book.blasts) all.push(...(await checkTotals(site, book, blast)));
  const codes = await messagesOf(site.apart, ground.codeCampaignId);
  const found = new Set(codes.map(({ messageId }) => messageId));
  const lost = [...book.codes].filter((id) => !found.has(id));
  if (lost.length > 0) book.wrong(`${lost.length} codes were taken and are not there: ${lost.slice(0, 3)}`);
  if (found.size !== book.codes.size)
    book.wrong(`${book.codes.size} codes were asked for, and ${found.size} are there`);
  all.push(...codes);
  const ofThese = new Set(all.map(({ messageId }) => messageId));
  const own = lines.filter((line) => ofThese.has(messageIdOf(line)));
  holds(book, 'the ledger', () => assertLedgerTells(all, own, true));
  await checkRows(site, book, all, lines, hook);
}

/** A blast's totals add up, and are what the list of its messages shows. */
async function checkTotals(
  { apart, ask }: Site,
  book: Book,
  { campaignId, audience }: SoakBlast,
): Promise<ListedMessage[]> {
  const { totals } = await ask<{ totals: CampaignTotals }>('GET', `/api/campaigns/${campaignId}/live`);
  const messages = await messagesOf(apart, campaignId);
  holds(book, `totals of campaign ${campaignId}`, () => assertSums(totals));
  const count = (...statuses: string[]) => messages.filter(({ status }) => statuses.includes(status)).length;
  const told = [totals.audience, totals.delivered, totals.bounced, totals.awaitingReceipt, totals.skips];
  const listed = [audience, count('delivered', 'read'), count('bounced'), count('sent'), count('skipped')];
  if (JSON.stringify(told) !== JSON.stringify(listed))
    book.wrong(`campaign ${campaignId}: totals tell ${told}, its messages ${listed}`);
  return messages;
}

/** Rows of people, opt-outs and events that were taken with a 2xx. */
async function checkRows(
  { query }: Site,
  book: Book,
  messages: readonly ListedMessage[],
  lines: readonly LedgerLine[],
  hook: Hook,
): Promise<void> {
  const [row] = await query<{ people: number; out: number }>(
    `SELECT (SELECT count(*)::int FROM users WHERE email LIKE 'soak%') AS people,
      (SELECT count(DISTINCT (u.lane, u.id))::int FROM users u JOIN subscription s ON s.lane = u.lane AND s.user_id = u.id
        WHERE s.kind = 'channel' AND s.status = 'unsubscribed' AND u.phone_number = ANY ($1::text[])) AS out`,
    [[...book.stopped.keys()]],
  );
  if (row?.people !== book.people.length)
    book.wrong(`${book.people.length} people were imported, and ${row?.people} are there`);
  if (row?.out !== book.stopped.size)
    book.wrong(`${book.stopped.size} people wrote STOP, and ${row?.out} are opted out`);
  // Answers to people are told too.
  if (hook.countOf('smsSend') !== lines.length)
    book.wrong(`webhooks told of ${hook.countOf('smsSend')} sends, and ${lines.length} were taken`);
  const skipped = messages.filter(({ status }) => status === 'skipped').length;
  if (hook.countOf('smsSendSkip') < skipped)
    book.wrong(`webhooks told of ${hook.countOf('smsSendSkip')} skips of ${skipped}`);
}

function holds(book: Book, what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    book.wrong(`${what}: ${String(error).slice(0, 600)}`);
  }
}
