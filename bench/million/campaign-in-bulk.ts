import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../server/database/connect.ts';
import { counting, standing } from '../../server/delivery/rollups/count-changes.sql.ts';
import type { Purpose } from '../ground.ts';
import { startBar } from '../progress.ts';
import { inEachLane } from './lanes-at-once.ts';
import type { Place } from './people-in-bulk.ts';

/** A campaign that has been sent to the list, and by which sender. */
export interface Sent extends Place {
  campaignId: number;
  templateId: number;
  senderId: number;
  purpose: Purpose;
  people: number;
}

/**
 * Writes a campaign as it stands two hours after it was sent to everybody on the list, a lane a statement: 2 % were skipped,
 * 5 % bounced, 3 % have no receipt yet; 30 % of the people tapped its link, 1 % opted out, 1 % wrote back.
 */
export async function makeCampaignInBulk(db: Database, sent: Sent): Promise<void> {
  const { campaignId, projectId } = sent;
  const began = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 2 * 3_600_000);
  const { rows } = await sql<{ id: number }>`
    INSERT INTO send_request (project_id, campaign_id, campaign_name, template_id, state, list_ids, send_at, created_at,
      admitted_at)
    VALUES (${projectId}, ${campaignId}, 'A million', ${sent.templateId}, 'admitted', ARRAY[${sent.listId}::int], ${began},
      ${began}, ${began}) RETURNING id`.execute(db);
  const requestId = rows[0]?.id ?? 0;
  const bar = startBar('campaign', sent.people);
  let done = 0;
  await inEachLane((lane) =>
    db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL synchronous_commit = off`.execute(transaction);
      const written = await writeMessages(transaction, lane, sent, requestId, began);
      await writeResponses(transaction, lane, sent);
      done += written;
      bar.at(done);
    }),
  );
  await sql`
    UPDATE campaign SET state = 'Finished', start_at = ${began}, ended_at = now() WHERE id = ${campaignId}`.execute(
    db,
  );
  bar.end();
}

async function writeMessages(
  transaction: Database,
  lane: number,
  { projectId, campaignId, templateId, channelId, messageTypeId, senderId, purpose, listId }: Sent,
  requestId: number,
  began: Date,
): Promise<number> {
  const { rows } = await sql<{ messages: number }>`
    WITH written AS (
      INSERT INTO message (lane, id, project_id, user_id, request_id, campaign_id, template_id, channel_id,
        message_type_id, medium, purpose, basis, sender_id, to_address, content, segments, price_micros, status, skip_reason,
        not_before, due_at, attempts, provider_message_id, error_code, created_at, dispatched_at, sent_at, delivered_at,
        failed_at)
      SELECT ${lane}, nextval('message_id_seq'), ${projectId}, u.id, ${requestId}, ${campaignId}, ${templateId}, ${channelId},
        ${messageTypeId}, 'sms', ${purpose}, 'optIn', ${senderId}, u.phone_number,
        jsonb_build_object('kind', 'sms', 'body', 'Hi ' || (u.data_fields ->> 'firstName') || ', your points wait for you.'),
        1, 7900, f.status, CASE f.status WHEN 'skipped' THEN 'noOptIn' END, ${began}::timestamptz, ${began}::timestamptz, 1,
        CASE WHEN f.status <> 'skipped' THEN 'SM' || u.id END, CASE f.status WHEN 'bounced' THEN '30005' END,
        ${began}::timestamptz, f.left_at, f.left_at,
        CASE f.status WHEN 'delivered' THEN f.left_at + interval '2 seconds' END,
        CASE f.status WHEN 'bounced' THEN f.left_at + interval '2 seconds' END
      FROM list_member m JOIN users u ON u.lane = ${lane} AND u.id = m.user_id
      CROSS JOIN LATERAL (
        SELECT CASE WHEN u.id % 100 < 2 THEN 'skipped' WHEN u.id % 100 < 7 THEN 'bounced' WHEN u.id % 100 < 10 THEN 'sent'
          ELSE 'delivered' END AS status,
          CASE WHEN u.id % 100 >= 2 THEN ${began}::timestamptz + make_interval(secs => u.id % 7000) END AS left_at) f
      WHERE m.lane = ${lane} AND m.list_id = ${listId}
      RETURNING ${standing}
    ), ${counting(lane, 'written', null)}
    SELECT count(*) AS messages FROM written`.execute(transaction);
  return rows[0]?.messages ?? 0;
}

async function writeResponses(
  transaction: Database,
  lane: number,
  { projectId, campaignId, channelId, senderId }: Sent,
): Promise<void> {
  const delivered = sql`FROM message m WHERE m.lane = ${lane} AND m.campaign_id = ${campaignId} AND m.status = 'delivered'`;
  const page = 'https://shop.example/rewards';
  const clicked = sql`${delivered} AND m.user_id % 10 IN (1, 4, 7) AND m.user_id % 100 > 9`;
  const soon = sql`m.delivered_at + interval '1 minute'`;
  const noted = (
    kind: string,
    campaign: number | null,
    more: { of: RawBuilder<unknown>; columns: RawBuilder<unknown> },
  ) =>
    sql`
    INSERT INTO response_change (lane, project_id, campaign_id, kind, user_id, at, sender_id, channel_ids, page_key,
      address_key)
    SELECT ${lane}, ${projectId}, ${campaign}::int, ${kind}, m.user_id, ${soon}, ${more.columns} ${more.of}`.execute(
      transaction,
    );
  await sql`
    INSERT INTO link (lane, code, project_id, message_id, user_id, campaign_id, url)
    SELECT ${lane}, 'bench' || m.id, ${projectId}, m.id, m.user_id, ${campaignId}, ${page} ${clicked}`.execute(
    transaction,
  );
  await sql`
    INSERT INTO link_click (lane, id, project_id, message_id, user_id, campaign_id, code, address_key, page_key, visitor,
      clicked_at)
    SELECT ${lane}, nextval('link_click_id_seq'), ${projectId}, m.id, m.user_id, ${campaignId}, 'bench' || m.id,
      hashtextextended(${page}, 0), hashtextextended(${page}, 0), 'person', ${soon} ${clicked}`.execute(
    transaction,
  );
  await noted('click', campaignId, {
    of: clicked,
    columns: sql`NULL, NULL, hashtextextended(${page}, 0), hashtextextended(${page}, 0)`,
  });
  const left = sql`${delivered} AND m.user_id % 100 = 13`;
  await sql`
    INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method, source, wording,
      happened_at, recorded_at)
    SELECT ${lane}, nextval('consent_entry_id_seq'), ${projectId}, m.user_id, 'optOut', 'channel', ${channelId}, m.to_address,
      'keyword', 'bench', 'STOP', ${soon}, ${soon} ${left}`.execute(transaction);
  await noted('optOut', null, { of: left, columns: sql`NULL, ARRAY[${channelId}::int], NULL, NULL` });
  const answered = sql`${delivered} AND m.user_id % 100 = 17`;
  await sql`
    INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body, provider_message_id,
      meaning, received_at)
    SELECT ${lane}, nextval('inbound_message_id_seq'), ${projectId}, m.user_id, ${senderId}, 'sms', m.to_address, 'Thanks!',
      'in' || m.id, 'none', ${soon} ${answered}`.execute(transaction);
  await noted('reply', null, { of: answered, columns: sql`${senderId}::int, NULL, NULL, NULL` });
}
