import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { decodeMessageId, encodeMessageId } from '../database/message-id.ts';
import type { ThreadTable } from '../database/tables/inbox.ts';
import { ApiError } from '../http/errors.ts';
import { TryAgain } from '../users/try-again.ts';
import { wordsOfTalk } from './search-words.ts';
import { asWords, withWords } from './thread-words.sql.ts';

/** A thread, as its row has it but for its words and what only one deed looks at. */
export type Thread = Omit<Selectable<ThreadTable>, 'words' | 'wakes_at' | 'typing_at'>;

/** SQL: the columns of a thread. */
export const threadColumns = sql.raw(
  [
    ...['lane', 'id', 'project_id', 'user_id', 'state', 'assignee_id', 'snoozed_until', 'opened_at'],
    ...[
      'last_inbound_at',
      'last_outbound_at',
      'last_at',
      'unread',
      'preview',
      'is_preview_ours',
      'last_medium',
    ],
    ...[
      'last_sender_id',
      'last_reply_id',
      'last_reply_by',
      'tags',
      'mentioned',
      'first_reply_due',
      'next_reply_due',
    ],
    ...['first_reply_at', 'first_reply_by', 'unassign_at', 'resolved_at', 'resolved_by'],
  ].join(', '),
);

/** How the API names a thread: as a message, by its lane and id. */
export const threadRef = ({ lane, id }: Pick<Thread, 'lane' | 'id'>): string => encodeMessageId(lane, id);

/** Lane and id of a thread that a call names. @throws ApiError NotFound. */
export function readThreadRef(text: string): { lane: number; id: number } {
  return decodeMessageId(text) ?? notFound(text);
}

/** A thread of the project. @throws ApiError NotFound. */
export async function requireThread(db: Database, projectId: number, ref: string): Promise<Thread> {
  return (await readThread(db, projectId, ref, sql``)) ?? notFound(ref);
}

/** The same, locked to the end of the transaction, so that what two agents do comes one after the other. @throws ApiError NotFound. */
export async function lockThread(transaction: Database, projectId: number, ref: string): Promise<Thread> {
  return (await readThread(transaction, projectId, ref, sql`FOR UPDATE`)) ?? notFound(ref);
}

async function readThread(
  db: Database,
  projectId: number,
  ref: string,
  lock: RawBuilder<unknown>,
): Promise<Thread | undefined> {
  const { lane, id } = readThreadRef(ref);
  const { rows } = await sql<Thread>`
    SELECT ${threadColumns} FROM thread WHERE lane = ${lane} AND id = ${id} AND project_id = ${projectId} ${lock}`.execute(
    db,
  );
  return rows[0];
}

function notFound(ref: string): never {
  throw new ApiError(
    'NotFound',
    `id ${ref} is no thread of this project; GET /api/inbox/threads lists them`,
    {
      field: 'id',
      value: ref,
    },
  );
}

/** What may change of a thread by what somebody does. */
export type ThreadChange = Partial<
  Pick<
    Thread,
    | 'state'
    | 'snoozed_until'
    | 'unread'
    | 'tags'
    | 'mentioned'
    | 'resolved_at'
    | 'resolved_by'
    | 'unassign_at'
    | 'next_reply_due'
  >
>;

/** Changes a thread that the transaction has locked. @throws TryAgain where that would make it the person's second. */
export async function changeThread(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id'>,
  change: ThreadChange,
): Promise<void> {
  await asTheOne(
    transaction
      .updateTable('thread')
      .set(change)
      .where('lane', '=', thread.lane)
      .where('id', '=', thread.id)
      .where('project_id', '=', thread.project_id)
      .execute(),
  );
}

/** A person's second thread may have been opened after `refuseSecond` looked: the unique index says so, and the next try sees it. */
async function asTheOne(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) throw new TryAgain();
    throw error;
  }
}

/** PostgreSQL's code for a second row where an index takes one (postgresql.org/docs/current/errcodes-appendix.html). */
const uniqueViolation = '23505';

/**
 * Refuses to go on with a resolved thread whose person has a newer one. The transaction holds the resolved one. @throws ApiError Conflict.
 */
export async function refuseSecond(transaction: Database, thread: Thread): Promise<void> {
  const newer = await newerThan(transaction, thread);
  if (newer !== undefined)
    throw new ApiError('Conflict', `The person has a newer thread, ${newer}; go on with that one`, {
      field: 'id',
      threadId: newer,
    });
}

/** The thread in which the person of a resolved one goes on; undefined where there is none, or this one is not resolved. */
export async function newerThan(transaction: Database, thread: Thread): Promise<string | undefined> {
  if (thread.state !== 'resolved') return undefined;
  const newer = await transaction
    .selectFrom('thread')
    .select(['lane', 'id'])
    .where('lane', '=', thread.lane)
    .where('user_id', '=', thread.user_id)
    .where('project_id', '=', thread.project_id)
    .where('state', '<>', 'resolved')
    .executeTakeFirst();
  return newer && threadRef(newer);
}

/** Notes an answer in a thread that the transaction has locked: it is their turn now. @throws TryAgain where that would make it the person's second. */
export async function noteReply(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id'>,
  reply: { messageId: number; agent: string; at: Date; preview: string; words: string },
): Promise<void> {
  const { messageId, agent, at, preview, words } = reply;
  await asTheOne(
    sql`
    UPDATE thread SET state = 'waiting', snoozed_until = NULL, resolved_at = NULL, resolved_by = NULL, unread = 0,
      last_outbound_at = ${at}::timestamptz, last_at = greatest(last_at, ${at}::timestamptz), preview = ${preview},
      is_preview_ours = true, last_reply_id = ${messageId}, last_reply_by = ${agent},
      words = ${withWords(sql`words`, asWords(sql`${wordsOfTalk(words)}`))}, next_reply_due = NULL, unassign_at = NULL,
      first_reply_at = coalesce(first_reply_at, ${at}::timestamptz), first_reply_by = coalesce(first_reply_by, ${agent}),
      assignee_id = coalesce(assignee_id, ${agent})
    WHERE lane = ${thread.lane} AND id = ${thread.id} AND project_id = ${thread.project_id}`.execute(
      transaction,
    ),
  );
}
