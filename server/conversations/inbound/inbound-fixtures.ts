import { sql } from 'kysely';
import { recordWishes } from '../../consent/ledger.ts';
import { consentRoutes } from '../../consent/routes.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import type { Routes } from '../../http/api.ts';
import type { Medium } from '../../medium/media.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import { unclearRoutes } from '../unclear-routes.ts';
import { receive } from './receive.ts';

/** For tests: the senders that people write to, by text and on WhatsApp. */
export const ours = { promotional: '+12025550110', transactional: '+12025550120', tollFree: '+18005550130' };
export const whatsApp = '1349';

/** Where somebody stands who is in the marketing channel of texts by its one type, and who has left it. */
export const sms = { 'SMS Marketing': 'subscribed', 'SMS Marketing type': 'subscribed' };
export const smsOut = { 'SMS Marketing': 'unsubscribed', 'SMS Marketing type': 'unsubscribed' };

/** For tests: a project that people write to, and what they do. */
export interface InboundSite {
  server: TestApi;
  account: CallingAccount;
  channels: ReadonlyMap<string, { channelId: number; typeId: number }>;
  newNumber(): string;
  /** Somebody writes; `secondsAgo` is how long before it came to us. */
  writes(
    from: string | InboundMessage['from'],
    to: string,
    body: string,
    more?: Partial<InboundMessage> & { secondsAgo?: number },
  ): Promise<void>;
  userOf(key: UserKey): Promise<UserRef>;
  /** Opts a person in by a form, a minute ago; answers what came of it. */
  optsIn(user: UserRef, channel: string, typeId?: number): Promise<string>;
  /** The person's standings by channel name, and types of further names by their id. */
  standings(user: UserRef): Promise<Record<string, string>>;
  /** What waits to be sent to a number, answers first. */
  told(phone: string): Promise<string[]>;
  /** Makes a message type of a channel; answers its id. */
  makeType(channel: string, more: Record<string, unknown>): Promise<number>;
}

/** Opens one; `more` are routes beside those of consent. */
export async function openInbound(more: Routes[] = []): Promise<InboundSite> {
  const server = await startTestApi([consentRoutes, unclearRoutes, ...more]);
  const { db } = server.database;
  const types = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel.name', 'channel_id', 'message_type.id'])
    .execute();
  const channels = new Map(
    types.map((row) => [row.name, { channelId: row.channel_id, typeId: row.id }] as const),
  );
  const account = await addAccount(server);
  let count = 0;
  return {
    ...{ server, account, channels },
    newNumber: () => `+1415555${String(4000 + count++)}`,
    writes: (from, to, body, { secondsAgo = 0, ...rest } = {}) =>
      receive(server.context, account, {
        ...{ wire: 'twilio', providerMessageId: `in-${count++}`, to, body, media: [] },
        from: typeof from === 'string' ? { phone: from } : from,
        at: new Date(server.clock.now().getTime() - secondsAgo * 1_000),
        ...rest,
      }),
    userOf: (key) => findOrCreateUser(server.context.people, server.projectId, key, server.clock.now()),
    optsIn: async (user, channel, typeId = channels.get(channel)!.typeId) => {
      const [outcome] = await recordWishes(
        server.context,
        [
          {
            ...{ lane: user.lane, userId: user.id, projectId: server.projectId, action: 'optIn' },
            ...{ kind: 'messageType', targetId: typeId, address: null, method: 'webForm', source: 'a form' },
            happenedAt: new Date(server.clock.now().getTime() - 60_000),
          },
        ],
        server.clock.now(),
      );
      return outcome!.outcome;
    },
    standings: async (user) => {
      const rows = await db
        .selectFrom('subscription')
        .select(['kind', 'target_id', 'status', 'paused_at'])
        .where('lane', '=', user.lane)
        .where('user_id', '=', user.id)
        .execute();
      const names = new Map(
        [...channels].flatMap(([name, { channelId, typeId }]) => [
          [`channel ${channelId}`, name],
          [`messageType ${typeId}`, `${name} type`],
        ]),
      );
      return Object.fromEntries(
        rows.map((row) => {
          const text = `${row.kind} ${row.target_id}`;
          return [names.get(text) ?? text, row.paused_at ? `${row.status}, paused` : row.status];
        }),
      );
    },
    told: async (phone) => {
      await server.tellHappenings();
      const { rows } = await sql<{ body: string }>`
        SELECT content->>'body' AS body FROM message WHERE to_address = ${phone} AND status <> 'skipped'
        ORDER BY due_at, id`.execute(db);
      return rows.map((row) => row.body);
    },
    makeType: async (channel, more) => {
      const made = await server.call('POST', '/api/messageTypes', {
        ...{ channelId: channels.get(channel)!.channelId, name: `Type ${count++}` },
        ...more,
      });
      return (made.body as { id: number }).id;
    },
  };
}

async function addAccount({ database: { db }, projectId, clock }: TestApi): Promise<CallingAccount> {
  const { id } = await db
    .insertInto('provider_account')
    .values({
      ...{ project_id: projectId, name: 'A', wire: 'twilio', settings: '{}' },
      ...{ secrets: Buffer.alloc(0), simulated: true, created_at: clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const addSender = (
    kind: 'longCode' | 'tollFree' | 'whatsApp',
    medium: Medium,
    purpose: Purpose,
    address: string,
  ) =>
    db
      .insertInto('sender')
      .values({
        ...{ project_id: projectId, provider_account_id: id, name: address, kind, medium },
        ...{ address, wire_address: address, country: 'US', purpose, mps: 10, created_at: clock.now() },
      })
      .execute();
  await addSender('longCode', 'sms', 'promotional', ours.promotional);
  await addSender('longCode', 'sms', 'transactional', ours.transactional);
  await addSender('tollFree', 'sms', 'promotional', ours.tollFree);
  await addSender('whatsApp', 'whatsApp', 'promotional', whatsApp);
  return { projectId, account: { id } as CallingAccount['account'] };
}
