import { largestMedia, receivedKindOf } from '../../content/media/media-kinds.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { FlowBringer } from '../../lanes/worker.ts';
import type { FileResult } from '../../providers/sending.ts';
import { readSenderAccount } from '../../senders/sender-account.sql.ts';
import {
  claimFile,
  dueFiles,
  type FileEnd,
  type FilePlace,
  type InboundFile,
  settleFile,
} from './inbound-files.sql.ts';

/** Files fetched at once. */
const atOnce = 6;
/** Longer than a file may take, so that nobody else fetches what is under way; so long a file waits whose process has died. */
const leaseMs = 90_000;
const minuteMs = 60_000;
/** How long a file waits after each try; after the last it is given up. Meta keeps files of people for seven days. */
const waitsMs = [
  10_000,
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  120 * minuteMs,
  720 * minuteMs,
  1440 * minuteMs,
];

/** Tells whoever looks at somebody's conversation that a file of theirs is there, or is not; in the transaction that keeps it. */
export type TellOfFile = (transaction: Database, file: InboundFile) => Promise<void>;

/** Brings no flow, but fetches the files that people send, beside everything else: no message waits for its files. */
export function inboundFiles(context: Context, tell: TellOfFile): FlowBringer {
  return { begin: async () => ({ flows: [], everySecond: [() => fetchDueFiles(context, tell)] }) };
}

/** Fetches the files that are due, until none is. Any number of workers may. */
export async function fetchDueFiles(context: Context, tell: TellOfFile): Promise<void> {
  for (;;) {
    const due = await dueFiles(context.db, context.clock.now(), atOnce);
    const fetched = await Promise.all(due.slice(0, atOnce).map((place) => fetchOne(context, place, tell)));
    if (!fetched.includes(true)) return;
  }
}

/** Fetches one; false where somebody else does. */
async function fetchOne(context: Context, place: FilePlace, tell: TellOfFile): Promise<boolean> {
  const { db, clock, log } = context;
  try {
    const now = clock.now();
    const file = await claimFile(db, place, now, new Date(now.getTime() + leaseMs));
    if (!file) return false;
    const end = endOf(file, await fetchFrom(context, file), clock.now());
    await db.transaction().execute(async (transaction) => {
      if (await settleFile(transaction, file, end)) await tell(transaction, file);
    });
    return true;
  } catch (error) {
    // It is due again when its time is over.
    log.warn({ err: error, file: place }, 'a file that somebody sent could not be fetched');
    return false;
  }
}

async function fetchFrom(
  context: Context,
  { projectId, senderId, source }: InboundFile,
): Promise<FileResult> {
  const opened = await readSenderAccount(context, projectId, senderId);
  if (opened === null) return { outcome: 'gone', detail: 'the sender that it came to is deleted' };
  if ('fault' in opened) return { outcome: 'failed', detail: opened.fault };
  const wire = context.providers.wires[opened.account.wire];
  if (!wire?.fetchFile) return { outcome: 'gone', detail: 'its provider gives out no files' };
  return wire.fetchFile(opened.account, source, largestMedia);
}

/** What becomes of a file by how fetching it went. */
function endOf({ tries }: InboundFile, result: FileResult, now: Date): FileEnd {
  switch (result.outcome) {
    case 'fetched':
      if (result.content.byteLength === 0) return { state: 'failed', fault: 'it is empty' };
      return {
        state: 'kept',
        content: result.content,
        contentType: receivedKindOf(result.content)?.contentType ?? null,
      };
    case 'tooLarge':
      return {
        state: 'failed',
        fault: `it is larger than ${largestMedia / 1024 / 1024} MB, the most that is kept`,
      };
    case 'gone':
      return { state: 'failed', fault: result.detail };
    case 'failed': {
      const wait = waitsMs[tries - 1];
      const fault = result.detail;
      return wait === undefined
        ? { state: 'failed', fault }
        : { state: 'waiting', dueAt: new Date(now.getTime() + wait), fault };
    }
  }
}
