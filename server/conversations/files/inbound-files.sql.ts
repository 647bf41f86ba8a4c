import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import type { SentFile } from '../../providers/sending.ts';
import type { UserRef } from '../../users/identity.ts';
import type { UserMove } from '../../users/people.ts';

/** Where a file's row is. */
export interface FilePlace {
  lane: number;
  id: number;
}

/** A file without its content. */
export interface InboundFile extends FilePlace {
  projectId: number;
  userId: number;
  inboundId: number;
  senderId: number;
  source: SentFile;
  name: string | null;
  state: 'waiting' | 'kept' | 'failed';
  tries: number;
  fault: string | null;
  contentType: string | null;
  bytes: number | null;
}

const columns = sql.raw(`lane, id, project_id AS "projectId", user_id AS "userId", inbound_id AS "inboundId",
  sender_id AS "senderId", source, name, state, tries, fault, content_type AS "contentType", bytes`);

/** Keeps which files came with a message, to be fetched at once. */
export async function insertFiles(
  transaction: Database,
  of: { projectId: number; user: UserRef; inboundId: number; senderId: number; at: Date },
  files: readonly { source: SentFile; name: string | null }[],
): Promise<void> {
  for (const { source, name } of files)
    await sql`
      INSERT INTO inbound_file (lane, id, project_id, user_id, inbound_id, sender_id, source, name, state, due_at, created_at)
      VALUES (${of.user.lane}, nextval('inbound_file_id_seq'), ${of.projectId}, ${of.user.id}, ${of.inboundId}, ${of.senderId},
        ${JSON.stringify(source)}::jsonb, ${name}, 'waiting', ${of.at}, ${of.at})`.execute(transaction);
}

/** Files that are due to be fetched, those due longest first. */
export function dueFiles(db: Database, now: Date, most: number): Promise<FilePlace[]> {
  return overLanes<FilePlace>(
    db,
    (isIn) => sql`
      SELECT lane, id FROM inbound_file
      WHERE lane ${isIn} AND state = 'waiting' AND due_at <= ${now}::timestamptz ORDER BY due_at LIMIT ${most}`,
  );
}

/** Takes a file to be fetched by the caller alone until `until`; undefined where somebody else has it. */
export async function claimFile(
  db: Database,
  { lane, id }: FilePlace,
  now: Date,
  until: Date,
): Promise<InboundFile | undefined> {
  const { rows } = await sql<InboundFile>`
    UPDATE inbound_file SET due_at = ${until}::timestamptz, tries = tries + 1
    WHERE lane = ${lane} AND id = ${id} AND state = 'waiting' AND due_at <= ${now}::timestamptz
    RETURNING ${columns}`.execute(db);
  return rows[0];
}

/** What became of a file that was to be fetched. */
export type FileEnd =
  | { state: 'kept'; content: Buffer; contentType: string | null }
  | { state: 'waiting'; dueAt: Date; fault: string }
  | { state: 'failed'; fault: string };

/** Keeps what became of a file that the caller has claimed; false where it is gone, or another has it by now. */
export async function settleFile(
  db: Database,
  { lane, id, tries }: InboundFile,
  end: FileEnd,
): Promise<boolean> {
  const content = end.state === 'kept' ? end.content : null;
  const { rows } = await sql`
    UPDATE inbound_file SET state = ${end.state}, due_at = ${end.state === 'waiting' ? end.dueAt : null}::timestamptz,
      fault = ${end.state === 'kept' ? null : end.fault}, content = ${content}::bytea,
      bytes = ${content?.byteLength ?? null}::int, content_type = ${end.state === 'kept' ? end.contentType : null}
    WHERE lane = ${lane} AND id = ${id} AND state = 'waiting' AND tries = ${tries} RETURNING id`.execute(db);
  return rows.length > 0;
}

/** A file of the project; undefined where it has none such. */
export async function findFile(
  db: Database,
  projectId: number,
  { lane, id }: FilePlace,
): Promise<InboundFile | undefined> {
  const { rows } = await sql<InboundFile>`
    SELECT ${columns} FROM inbound_file WHERE lane = ${lane} AND id = ${id} AND project_id = ${projectId}`.execute(
    db,
  );
  return rows[0];
}

/** What is in a file; null where it is not kept. */
export async function readContent(db: Database, { lane, id }: FilePlace): Promise<Buffer | null> {
  const { rows } = await sql<{ content: Buffer | null }>`
    SELECT content FROM inbound_file WHERE lane = ${lane} AND id = ${id}`.execute(db);
  return rows[0]?.content ?? null;
}

/** Has a file that was given up fetched anew; where it waits or is kept nothing is done. */
export async function fetchAgain(db: Database, { lane, id }: FilePlace, now: Date): Promise<void> {
  await sql`
    UPDATE inbound_file SET state = 'waiting', due_at = ${now}::timestamptz, tries = 0, fault = NULL
    WHERE lane = ${lane} AND id = ${id} AND state = 'failed'`.execute(db);
}

/** The files that came with messages of a person. */
export async function filesOf(
  db: Database,
  { lane, id }: UserRef,
  messages: readonly number[],
): Promise<InboundFile[]> {
  if (messages.length === 0) return [];
  const { rows } = await sql<InboundFile>`
    SELECT ${columns} FROM inbound_file
    WHERE lane = ${lane} AND user_id = ${id} AND inbound_id = ANY (${messages}::bigint[]) ORDER BY id`.execute(
    db,
  );
  return rows;
}

/** Gives the files of one person to another; what is in them does not leave the database for it. */
export async function moveFiles(transaction: Database, { from, to }: UserMove): Promise<void> {
  const theirs = sql`lane = ${from.lane} AND user_id = ${from.id}`;
  if (from.lane === to.lane) {
    await sql`UPDATE inbound_file SET user_id = ${to.id} WHERE ${theirs}`.execute(transaction);
    return;
  }
  const kept = sql.raw(
    'id, project_id, inbound_id, sender_id, source, name, state, due_at, tries, fault, content_type, bytes, content, created_at',
  );
  await sql`
    INSERT INTO inbound_file (lane, user_id, ${kept})
    SELECT ${to.lane}::smallint, ${to.id}::bigint, ${kept} FROM inbound_file WHERE ${theirs}`.execute(
    transaction,
  );
  await sql`DELETE FROM inbound_file WHERE ${theirs}`.execute(transaction);
}
