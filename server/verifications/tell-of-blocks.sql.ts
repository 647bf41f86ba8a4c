import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** A place where codes go no more, since hardly any that went there was ever checked. */
export interface Block {
  id: number;
  projectId: number;
  profileId: number;
  profileName: string;
  kind: 'country' | 'prefix';
  key: string;
  sent: number;
  verified: number;
  until: Date;
}

/** Tells of a block, in the transaction that notes it is told. */
export type TellBlocked = (transaction: Database, block: Block, at: Date) => Promise<void>;

/** Tells of blocks that nobody was told of. */
export async function tellOfBlocks(db: Database, tell: TellBlocked, now: Date): Promise<void> {
  const { rows } = await sql<Block>`
    SELECT b.id, b.project_id AS "projectId", b.profile_id AS "profileId", p.name AS "profileName",
      b.kind, b.key, b.sent, b.verified, b.until
    FROM verification_block b JOIN verification_profile p ON p.id = b.profile_id
    WHERE b.told_at IS NULL ORDER BY b.id LIMIT 100`.execute(db);
  for (const block of rows)
    await db.transaction().execute(async (transaction) => {
      const { rows: mine } = await sql`
        UPDATE verification_block SET told_at = ${now} WHERE id = ${block.id} AND told_at IS NULL
        RETURNING id`.execute(transaction);
      if (mine.length > 0) await tell(transaction, block, now);
    });
}
