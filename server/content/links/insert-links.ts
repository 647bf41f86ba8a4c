import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';

/** A short link of a message that is being written. */
export interface NewLink {
  code: string;
  url: string;
  messageId: number;
  userId: number;
  projectId: number;
  campaignId: number | null;
}

/** Writes the short links of messages of one lane, in the transaction that writes the messages. */
export async function insertLinks(
  transaction: Database,
  lane: number,
  links: readonly NewLink[],
): Promise<void> {
  if (links.length === 0) return;
  await sql`
    INSERT INTO link (lane, code, project_id, message_id, user_id, campaign_id, url)
    SELECT here.lane, given.* FROM ${here(lane)} CROSS JOIN unnest(
      ${links.map((link) => link.code)}::text[], ${links.map((link) => link.projectId)}::int[],
      ${links.map((link) => link.messageId)}::bigint[], ${links.map((link) => link.userId)}::bigint[],
      ${links.map((link) => link.campaignId)}::int[], ${links.map((link) => link.url)}::text[]) AS given`.execute(
    transaction,
  );
}
