import { sql } from 'kysely';
import type { Ground, TestUser } from '../campaigns/campaign-fixtures.ts';
import { recordWishes } from '../consent/ledger.ts';
import { clickRecorder } from '../content/click-recorder.ts';
import { type Link, recordOpen } from '../content/links/open-link.sql.ts';
import { noteResponses } from '../events/note-responses.sql.ts';

/** A message as tests name one. */
export interface TestSent extends TestUser {
  messageId: number;
  campaignId: number | null;
}

const quiet = async () => undefined;

const linkOf = ({ projectId }: Ground, { lane, id, messageId, campaignId }: TestSent, url: string): Link => ({
  ...{ lane, code: `${url.length}x${messageId}x${lane}`, project_id: projectId, message_id: messageId },
  ...{ user_id: id, campaign_id: campaignId, url },
});

/** Somebody, or a machine, goes where a link of a message leads. */
export async function clickOn(
  ground: Ground,
  sent: TestSent,
  visitor: 'person' | 'preview' | 'bot',
  url = 'https://shop.example/hat',
  at = ground.at,
): Promise<void> {
  const link = linkOf(ground, sent, url);
  await ground.db
    .insertInto('link')
    .values(link)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await clickRecorder({ db: ground.db, announce: quiet })({
    ...{ lane: sent.lane, projectId: ground.projectId, messageId: sent.messageId, userId: sent.id },
    ...{ campaignId: sent.campaignId, code: link.code, url, visitor, userAgent: null, at },
  });
}

/** An email's picture is fetched. */
export async function openEmail(
  ground: Ground,
  sent: TestSent,
  visitor: 'person' | 'machine',
  at = ground.at,
): Promise<void> {
  await recordOpen({ db: ground.db, announce: quiet }, linkOf(ground, sent, 'open'), visitor, at);
}

/** Somebody's opt-out of a channel is recorded, as it came in by `method`. */
export async function optOut(
  ground: Ground,
  { lane, id }: TestUser,
  channelId: number,
  method: string,
  at: Date,
): Promise<void> {
  const target = { action: 'optOut', kind: 'channel', targetId: channelId, address: null } as const;
  const wish = {
    lane,
    userId: id,
    projectId: ground.projectId,
    ...target,
    method,
    source: 'test',
    happenedAt: at,
  };
  await recordWishes({ db: ground.db, announce: quiet }, [wish], at);
}

/** Somebody writes to a sender. */
export async function writeTo(
  ground: Ground,
  { lane, id }: TestUser,
  senderId: number,
  body: string,
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body,
      provider_message_id, meaning, received_at)
    VALUES (${lane}, nextval('inbound_message_id_seq'), ${ground.projectId}, ${id}, ${senderId}, 'sms',
      '+14155550100', ${body}, 'in' || currval('inbound_message_id_seq'), 'none', ${at})`.execute(ground.db);
  const reply = {
    projectId: ground.projectId,
    userId: id,
    campaignId: null,
    kind: 'reply' as const,
    senderId,
    at,
  };
  await noteResponses(ground.db, lane, [reply]);
}
