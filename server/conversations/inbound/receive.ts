import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import type { Context } from '../../http/context.ts';
import type { InboundMessage } from '../../providers/wire.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import type { UserKey } from '../../users/identity.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { classifyReply, type ReplyMeaning } from '../keywords/classify-reply.ts';
import type { Inbound, WrittenSender } from './inbound.ts';
import { obey } from './obey.ts';

/**
 * Takes in what a person wrote: finds or makes the user, keeps the message once however often the provider
 * repeats it, and obeys what was meant before it is answered with 2xx. What comes to a sender we do not have
 * is logged and dropped.
 */
export async function receive(
  context: Context,
  from: CallingAccount,
  message: InboundMessage,
): Promise<void> {
  const sender = await findSender(context.db, from, message.to);
  if (!sender) {
    context.log.warn({ account: from.account.id }, 'an inbound message came to a sender that is not ours');
    return;
  }
  const keys = keysOf(message);
  if (!keys) return;
  const at = context.clock.now();
  const user = await findOrCreateUser(context.db, from.projectId, keys.keys, at);
  const meaning = meaningOf(message);
  const inbound: Inbound = {
    projectId: from.projectId,
    user,
    sender,
    address: keys.address,
    body: message.body,
    meaning,
    handledByProvider: message.providerOptOut !== undefined,
    at,
  };
  // The wish first: a crash between the two repeats a wish, which changes nothing, and never loses one.
  const isNew = !(await isKept(context.db, inbound, message.providerMessageId));
  if (isNew) await obey(context, inbound);
  await keep(context, inbound, message);
}

function meaningOf(message: InboundMessage): ReplyMeaning {
  switch (message.providerOptOut) {
    case 'STOP':
      return { meaning: 'optOut', word: 'STOP' };
    case 'START':
      return { meaning: 'optIn', word: 'START' };
    case 'HELP':
      return { meaning: 'help', word: 'HELP' };
    default:
      return classifyReply(message.body);
  }
}

/** By which keys the writer is known, the surest first. On WhatsApp there may be no phone number at all. */
function keysOf(message: InboundMessage): { keys: [UserKey, ...UserKey[]]; address: string } | null {
  const { phone, whatsAppUserId } = message.from;
  const parsed = phone ? parsePhoneNumber(phone, 'US') : null;
  const number = parsed?.ok ? parsed.e164 : phone;
  if (number && whatsAppUserId) return { keys: [{ phone: number }, { whatsAppUserId }], address: number };
  if (number) return { keys: [{ phone: number }], address: number };
  if (whatsAppUserId) return { keys: [{ whatsAppUserId }], address: whatsAppUserId };
  return null;
}

async function findSender(
  db: Database,
  from: CallingAccount,
  address: string,
): Promise<WrittenSender | undefined> {
  return db
    .selectFrom('sender')
    .select(['id', 'kind', 'medium', 'purpose', 'address'])
    .where('project_id', '=', from.projectId)
    .where('provider_account_id', '=', from.account.id)
    .where((where) => where.or([where('address', '=', address), where('wire_address', '=', address)]))
    .orderBy('id')
    .executeTakeFirst();
}

async function isKept(db: Database, inbound: Inbound, providerMessageId: string): Promise<boolean> {
  const row = await db
    .selectFrom('inbound_message')
    .select('id')
    .where('lane', '=', inbound.user.lane)
    .where('project_id', '=', inbound.projectId)
    .where('provider_message_id', '=', providerMessageId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps what was written, once by the provider's id, and announces it. */
async function keep({ db, announce }: Context, inbound: Inbound, message: InboundMessage): Promise<void> {
  const { projectId, user, sender, address, body, at } = inbound;
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql`
      INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body, media,
        provider_message_id, meaning, received_at)
      VALUES (${user.lane}, nextval('inbound_message_id_seq'), ${projectId}, ${user.id}, ${sender.id},
        ${sender.medium}, ${address}, ${body}, ${JSON.stringify(message.media)}::jsonb,
        ${message.providerMessageId}, ${inbound.meaning.meaning}, ${at})
      ON CONFLICT (lane, project_id, provider_message_id) DO NOTHING
      RETURNING id
    `.execute(transaction);
    if (rows.length === 0) return;
    const person = { projectId, lane: user.lane, userId: user.id, at };
    const { medium, address: to } = sender;
    await announce(transaction, [{ kind: 'received', ...person, medium, from: address, to, body }]);
  });
}
