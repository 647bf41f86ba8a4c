import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ThreadDraftTable } from '../database/tables/inbox.ts';
import type { Thread } from './threads.sql.ts';

/** What is being written: to the person, or for the other agents. */
export type DraftKind = ThreadDraftTable['kind'];

/** What an agent has begun to write in a thread. */
export interface Draft {
  agent: string;
  kind: DraftKind;
  body: string;
  updatedAt: Date;
}

/** Keeps what an agent has begun to write in a thread, which the transaction holds, in place of what was kept before. */
export async function keepDraft(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  { agent, kind, body, updatedAt }: Draft,
): Promise<void> {
  await sql`
    INSERT INTO thread_draft (lane, thread_id, agent, kind, project_id, user_id, body, updated_at)
    VALUES (${thread.lane}, ${thread.id}, ${agent}, ${kind}, ${thread.project_id}, ${thread.user_id}, ${body},
      ${updatedAt}::timestamptz)
    ON CONFLICT (lane, thread_id, agent, kind) DO UPDATE
      SET body = EXCLUDED.body, updated_at = EXCLUDED.updated_at`.execute(transaction);
}

/** Takes all drafts out of a thread that goes on with another. */
export async function takeDrafts(
  transaction: Database,
  { lane, id }: Pick<Thread, 'lane' | 'id'>,
): Promise<Draft[]> {
  const { rows } = await sql<Draft>`
    DELETE FROM thread_draft WHERE lane = ${lane} AND thread_id = ${id}
    RETURNING agent, kind, body, updated_at AS "updatedAt"`.execute(transaction);
  return rows;
}

/** Puts such a draft below what its agent has begun to write in the other thread. */
export async function joinDraft(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  draft: Draft,
): Promise<void> {
  const own = (await readDrafts(transaction, thread, draft.agent)).get(draft.kind);
  const body = own ? `${own.body}\n\n${draft.body}` : draft.body;
  await keepDraft(transaction, thread, { ...draft, body });
}

/** Drops an agent's draft: it is sent, or empty. */
export async function dropDraft(
  db: Database,
  thread: Pick<Thread, 'lane' | 'id'>,
  agent: string,
  kind: DraftKind,
): Promise<void> {
  await db
    .deleteFrom('thread_draft')
    .where('lane', '=', thread.lane)
    .where('thread_id', '=', thread.id)
    .where('agent', '=', agent)
    .where('kind', '=', kind)
    .execute();
}

/** What an agent has begun to write in a thread, by what it is to be. */
export async function readDrafts(
  db: Database,
  { lane, id }: Pick<Thread, 'lane' | 'id'>,
  agent: string,
): Promise<Map<DraftKind, Draft>> {
  const { rows } = await sql<Draft>`
    SELECT agent, kind, body, updated_at AS "updatedAt" FROM thread_draft
    WHERE lane = ${lane} AND thread_id = ${id} AND agent = ${agent}`.execute(db);
  return new Map(rows.map((draft) => [draft.kind, draft]));
}
