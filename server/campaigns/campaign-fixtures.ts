import { sql } from 'kysely';
import { addMembers } from '../audiences/list-members.ts';
import type { TemplateContent } from '../content/template-content.ts';
import { setApproval } from '../content/templates/approval-fixtures.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import { counting, standing } from '../delivery/rollups/count-changes.sql.ts';
import { laneOfUser } from '../lanes/lanes.ts';
import type { Medium } from '../medium/media.ts';
import type { TestApi } from '../testing/api.ts';
import { giveProfileAddresses } from '../testing/profile-addresses.ts';

/** For tests: a project's senders, templates, lists and users, written straight into the tables. */
export interface Ground {
  db: Database;
  projectId: number;
  at: Date;
}

/** The project of an API under test, at the present of its clock. */
export const groundOf = ({ database, projectId, clock }: TestApi): Ground => ({
  ...{ db: database.db, projectId, at: clock.now() },
});

/** A working sender on a simulated account. Returns its id. */
export async function addSender(
  ground: Ground,
  medium: Medium = 'sms',
  purpose: Purpose = 'promotional',
): Promise<number> {
  const { id: accountId } = await ground.db
    .insertInto('provider_account')
    .values({
      project_id: ground.projectId,
      name: 'simulated',
      wire: medium === 'sms' ? 'twilio' : medium === 'whatsApp' ? 'meta' : 'smtp',
      settings: '{}',
      secrets: Buffer.alloc(0),
      simulated: true,
      created_at: ground.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await ground.db
    .insertInto('sender')
    .values({
      project_id: ground.projectId,
      provider_account_id: accountId,
      name: `${medium} ${purpose}`,
      kind: medium === 'sms' ? 'longCode' : medium,
      medium,
      address: `+1415555${String(accountId).padStart(4, '0')}`,
      wire_address: `+1415555${String(accountId).padStart(4, '0')}`,
      country: 'US',
      purpose,
      mps: 10,
      created_at: ground.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The project's channel and message type of a medium and purpose. */
export async function findChannel(
  ground: Ground,
  medium: Medium = 'sms',
  purpose: Purpose = 'promotional',
): Promise<{ channelId: number; messageTypeId: number }> {
  return ground.db
    .selectFrom('channel')
    .innerJoin('message_type', 'message_type.channel_id', 'channel.id')
    .select(['channel.id as channelId', 'message_type.id as messageTypeId'])
    .where('channel.project_id', '=', ground.projectId)
    .where('channel.medium', '=', medium)
    .where('channel.purpose', '=', purpose)
    .executeTakeFirstOrThrow();
}

/** A template that greets by first name. Returns its id. */
export async function addTemplate(
  ground: Ground,
  medium: Medium = 'sms',
  purpose: Purpose = 'promotional',
  providerStatus: string | null = null,
): Promise<number> {
  const { messageTypeId } = await findChannel(ground, medium, purpose);
  const { id } = await ground.db
    .insertInto('template')
    .values({
      project_id: ground.projectId,
      medium,
      name: 'Greeting',
      message_type_id: messageTypeId,
      content: JSON.stringify(medium === 'whatsApp' ? whatsAppGreeting : smsGreeting),
      provider_name: medium === 'whatsApp' ? 'greeting' : null,
      created_at: ground.at,
      updated_at: ground.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (providerStatus !== null) await setApproval(ground.db, id, providerStatus);
  return id;
}

const smsGreeting: TemplateContent = { medium: 'sms', message: 'Hello {{firstName}}', mediaUrls: [] };
const whatsAppGreeting: TemplateContent = {
  ...{ medium: 'whatsApp', language: 'en_US', header: null, footer: null, buttons: [] },
  body: 'Hello {{firstName}}, how are you?',
};

/** A person as tests name one. */
export interface TestUser {
  id: number;
  lane: number;
}

/** The number of such a user. */
export const phoneOf = (id: number) => `+1415555${String(id % 10_000).padStart(4, '0')}`;

/** `count` new users with phone numbers and emails. */
export async function addUsers(ground: Ground, count: number): Promise<TestUser[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('user_id_seq') AS id FROM generate_series(1, ${count}::int)`.execute(ground.db);
  const users = rows.map(({ id }) => ({ id, lane: laneOfUser(id) }));
  await sql`
    INSERT INTO users (lane, id, project_id, email, external_id, phone_number, data_fields, signed_up_at, updated_at)
    SELECT lane, id, ${ground.projectId}, 'u' || id || '@example.com', 'u' || id,
      phone, jsonb_build_object('firstName', 'Ann ' || id),
      ${ground.at}, ${ground.at}
    FROM unnest(${users.map((user) => user.lane)}::smallint[], ${users.map((user) => user.id)}::bigint[],
      ${users.map((user) => phoneOf(user.id))}::text[]) u (lane, id, phone)`.execute(ground.db);
  await giveProfileAddresses(ground.db);
  return users;
}

/** A list with these members. Returns its id. */
export async function addList(ground: Ground, members: readonly TestUser[]): Promise<number> {
  const { id } = await ground.db
    .insertInto('list')
    .values({ project_id: ground.projectId, name: 'List', created_at: ground.at })
    .returning('id')
    .executeTakeFirstOrThrow();
  const book = { db: ground.db, announce: async () => undefined, listensFor: async () => false };
  await addMembers(book, ground.projectId, id, [...members], ground.at);
  return id;
}

/** A message as a test wants it; the rest is filled in. */
export interface TestMessage {
  user: TestUser;
  requestId: number;
  campaignId: number | null;
  status: 'queued' | 'dispatching' | 'inDoubt' | 'sent' | 'delivered' | 'read' | 'bounced' | 'skipped';
  skipReason?: string;
  senderId?: number;
  dispatchedAt?: Date;
  /** When it left before and failed, so that it waits for another try. */
  failedAt?: Date | null;
}

/** Writes messages as admission would have. Returns their ids, in order. */
export async function addMessages(ground: Ground, messages: readonly TestMessage[]): Promise<number[]> {
  const { channelId, messageTypeId } = await findChannel(ground);
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('message_id_seq') AS id FROM generate_series(1, ${messages.length}::int)`.execute(
    ground.db,
  );
  const sent = new Set(['dispatching', 'inDoubt', 'sent', 'delivered', 'read', 'bounced']);
  for (const [index, message] of messages.entries()) {
    const dispatchedAt = message.dispatchedAt ?? (sent.has(message.status) ? ground.at : null);
    await ground.db
      .insertInto('message')
      .values({
        lane: message.user.lane,
        id: rows[index]?.id ?? 0,
        project_id: ground.projectId,
        user_id: message.user.id,
        request_id: message.requestId,
        campaign_id: message.campaignId,
        channel_id: channelId,
        message_type_id: messageTypeId,
        medium: 'sms',
        purpose: 'promotional',
        basis: 'optIn',
        sender_id: message.senderId ?? null,
        to_address: '+14155550100',
        content: JSON.stringify({ kind: 'sms', body: 'Hello' }),
        segments: 1,
        price_micros: 7900,
        status: message.status,
        skip_reason: message.status === 'skipped' ? (message.skipReason ?? 'noOptIn') : null,
        not_before: ground.at,
        due_at: ground.at,
        created_at: ground.at,
        dispatched_at: dispatchedAt,
        delivered_at: message.status === 'delivered' || message.status === 'read' ? ground.at : null,
        failed_at: message.failedAt ?? (message.status === 'bounced' ? ground.at : null),
      })
      .execute();
    await sql`
      WITH changed AS (
        SELECT ${standing} FROM message WHERE lane = ${message.user.lane} AND id = ${rows[index]?.id ?? 0}
      ), ${counting(message.user.lane, 'changed', null)} SELECT 1`.execute(ground.db);
  }
  return rows.map((row) => row.id);
}
