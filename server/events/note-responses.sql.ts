import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';

/** What somebody, or a machine, did with a message. */
export interface Response {
  projectId: number;
  userId: number;
  /** The message's; of a reply and an opt-out it is looked up when they are counted, as what had been sent before. */
  campaignId: number | null;
  kind: 'personOpen' | 'machineOpen' | 'reply' | 'optOut';
  /** Which email was opened. */
  messageId?: number;
  /** To whom was replied. */
  senderId?: number;
  at: Date;
}

/** What a response is counted by, as `response_change` has it. */
const columns = sql`project_id, campaign_id, kind, user_id, message_id, sender_id, page_key, address_key, channel_ids,
  message_type_ids, at`;

/**
 * Notes responses of one lane for the sums of their campaigns, in the transaction that records them. Those to messages of no
 * campaign are left out.
 */
export async function noteResponses(
  transaction: Database,
  lane: number,
  responses: readonly Response[],
): Promise<void> {
  const counted = responses.filter(
    ({ kind, campaignId }) => campaignId !== null || kind === 'reply' || kind === 'optOut',
  );
  if (counted.length === 0) return;
  await sql`
    INSERT INTO response_change (lane, project_id, campaign_id, kind, user_id, message_id, sender_id, at)
    SELECT here.lane, given.* FROM ${here(lane)} CROSS JOIN unnest(
      ${counted.map((each) => each.projectId)}::int[], ${counted.map((each) => each.campaignId)}::int[],
      ${counted.map((each) => each.kind)}::text[], ${counted.map((each) => each.userId)}::bigint[],
      ${counted.map((each) => each.messageId ?? null)}::bigint[],
      ${counted.map((each) => each.senderId ?? null)}::int[],
      ${counted.map((each) => each.at)}::timestamptz[]) AS given`.execute(transaction);
}

/**
 * SQL: notes clicks of one lane; `clicks` has `project_id`, `campaign_id`, `kind` (click, preview, bot), `user_id`, `page_key`,
 * `address_key` and `at`.
 */
export function notingClicks(lane: number, clicks: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    INSERT INTO response_change (lane, project_id, campaign_id, kind, user_id, page_key, address_key, at)
    SELECT here.lane, c.project_id, c.campaign_id, c.kind, c.user_id, c.page_key, c.address_key, c.at
    FROM ${here(lane)} CROSS JOIN (${clicks}) c WHERE c.campaign_id IS NOT NULL`;
}

/** SQL: notes opt-outs of one lane; `optOuts` has `project_id`, `user_id`, `channel_ids`, `message_type_ids` and `at`. */
export function notingOptOuts(lane: number, optOuts: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    INSERT INTO response_change (lane, project_id, kind, user_id, channel_ids, message_type_ids, at)
    SELECT here.lane, o.project_id, 'optOut', o.user_id, o.channel_ids, o.message_type_ids, o.at
    FROM ${here(lane)} CROSS JOIN (${optOuts}) o`;
}

/** SQL: takes what was noted in a lane out, all of it, and returns it as rows of `response_change`. */
export function takingResponses(lane: number): RawBuilder<unknown> {
  return sql`DELETE FROM response_change WHERE lane = ${lane} RETURNING lane, ${columns}`;
}
