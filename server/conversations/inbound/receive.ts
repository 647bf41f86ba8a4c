import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { markReached } from '../../delivery/receipts/unreachable.ts';
import type { Context } from '../../http/context.ts';
import type { InboundMessage } from '../../providers/wire.ts';
import { findOrCreateUser, findUsers } from '../../users/find-users.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { numberPlaces } from '../../users/place/number-places.ts';
import { classifyReply, type ReplyMeaning } from '../keywords/classify-reply.ts';
import { languageOfCountries } from '../keywords/country-languages.ts';
import { findKeyword } from '../keywords/project-keywords.ts';
import type { Inbound, WrittenSender } from './inbound.ts';
import { obey } from './obey.ts';
import { obeyKeyword } from './obey-keyword.ts';

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
  // Whoever writes from an address is there.
  await markReached(context.db, user.lane, [
    { userId: user.id, medium: sender.medium, address: keys.address },
  ]);
  const builtIn = meaningOf(message, keys.address);
  // A built-in word always wins.
  const own =
    builtIn.meaning === 'none'
      ? await findKeyword(context.db, from.projectId, sender.medium, message.body)
      : null;
  const inbound: Inbound = {
    projectId: from.projectId,
    user,
    users: await everybodyOf(context.db, from.projectId, user, keys.keys),
    sender,
    address: keys.address,
    body: message.body,
    providerMessageId: message.providerMessageId,
    meaning: own ? { ...builtIn, meaning: own.meaning, word: own.word } : builtIn,
    handledByProvider: message.providerOptOut !== undefined,
    writtenAt: message.at,
    at,
  };
  // The wish first: a crash between the two repeats a wish, which changes nothing, and never loses one.
  const isNew = !(await isKept(context.db, inbound));
  if (isNew) await (own ? obeyKeyword(context, inbound, own) : obey(context, inbound));
  await keep(context, inbound, message);
}

/**
 * What the words mean. What the provider made of them counts only where it took for a refusal or a call for help
 * what we do not know: it says START of a YES too, and an opt-in is never taken from it.
 */
function meaningOf(message: InboundMessage, address: string): ReplyMeaning {
  const language = languageOfCountries(numberPlaces(address).map((place) => place.country));
  const read = classifyReply(message.body, language);
  if (message.providerOptOut === 'STOP' && read.meaning !== 'optOut') return { meaning: 'optOut', language };
  if (message.providerOptOut === 'HELP' && read.meaning === 'none') return { meaning: 'help', language };
  return read;
}

/** The writer and whoever else one of the keys belongs to. */
export async function everybodyOf(
  db: Database,
  projectId: number,
  user: UserRef,
  keys: readonly UserKey[],
): Promise<UserRef[]> {
  const found = (await findUsers(db, projectId, [...keys])).flatMap((each) => each ?? []);
  return [...new Map([user, ...found].map((each) => [each.id, each])).values()];
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

async function isKept(db: Database, inbound: Inbound): Promise<boolean> {
  const row = await db
    .selectFrom('inbound_message')
    .select('id')
    .where('lane', '=', inbound.user.lane)
    .where('project_id', '=', inbound.projectId)
    .where('provider_message_id', '=', inbound.providerMessageId)
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
