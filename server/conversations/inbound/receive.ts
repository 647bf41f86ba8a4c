import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { noteResponses } from '../../events/note-responses.sql.ts';
import type { Context } from '../../http/context.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import { opensSession } from '../../providers/inbound-content.ts';
import type { SentFile } from '../../providers/sending.ts';
import { openSession, type Session } from '../../senders/sessions/sessions.sql.ts';
import { addressesOf, isAmong } from '../../users/addresses.ts';
import { loadUsers } from '../../users/find-users.ts';
import type { UserRef } from '../../users/identity.ts';
import { numberPlaces } from '../../users/place/number-places.ts';
import { markReached, reachChanges } from '../../users/unreachable.ts';
import { lockUsers } from '../../users/user-row.ts';
import { insertFiles } from '../files/inbound-files.sql.ts';
import { classifyReply } from '../keywords/classify-reply.ts';
import { languagesOfCountries, theOneLanguage } from '../keywords/country-languages.ts';
import { findKeyword } from '../keywords/project-keywords.ts';
import { shortestOurs } from '../keywords/quotations.ts';
import type { ReplyMeaning } from '../keywords/reply-meaning.ts';
import type { Inbound } from './inbound.ts';
import {
  brandOf,
  findSender,
  hideTakenBack,
  insertInbound,
  isKept,
  keepReferral,
  latelySent,
} from './inbound-messages.sql.ts';
import { obey } from './obey.ts';
import { obeyKeyword } from './obey-keyword.ts';
import { takeFlow } from './take-flow.ts';
import { findWriter, type Writer } from './writer.ts';

/** Thrown where the writer was merged or deleted while their message was read: it is somebody else's now. */
class WriterGone extends Error {}

/** Merges of the same person that one message is read anew for, one after the other. */
const mostWriters = 8;

/**
 * Takes in what a person wrote: finds or makes the user, keeps the message once however often the provider
 * repeats it, and obeys what was meant before it is answered with 2xx. What comes to a sender we do not have
 * is logged and dropped. A writer who is merged or deleted meanwhile is looked for anew.
 */
export async function receive(
  context: Context,
  from: CallingAccount,
  message: InboundMessage,
): Promise<void> {
  for (let writers = 1; ; writers++)
    try {
      return await receiveOnce(context, from, message);
    } catch (error) {
      if (!(error instanceof WriterGone) || writers >= mostWriters) throw error;
    }
}

async function receiveOnce(context: Context, from: CallingAccount, message: InboundMessage): Promise<void> {
  const sender = await findSender(context.db, from, message.to);
  if (!sender) {
    context.log.warn({ account: from.account.id }, 'an inbound message came to a sender that is not ours');
    return;
  }
  const at = context.clock.now();
  const signature = { ...message.from, inReplyTo: message.inReplyTo };
  const writer = await findWriter(context.people, from, sender.id, signature, at);
  if (!writer) return;
  const { user, users, address, answered } = writer;
  const addresses = await spellingsOf(context.db, from.projectId, user, address);
  // Whoever writes from an address is there.
  await context.db.transaction().execute(async (transaction) => {
    const on = addresses.map((each) => ({ userId: user.id, medium: sender.medium, address: each }));
    const otherwise = await markReached(transaction, user.lane, on);
    if (otherwise.length > 0) await context.announce(transaction, reachChanges(user.lane, otherwise, at));
    if (opensSession(message.content))
      await openSession(transaction, sender, sessionOf(message, writer, addresses, at));
  });
  // Nothing of ours that matters is shorter.
  const mayQuote = message.body.length >= shortestOurs;
  const ours = mayQuote ? await latelySent(context.db, from.projectId, user) : [];
  const builtIn = meaningOf(message, address, ours, await brandOf(context.db, from.projectId));
  // A built-in word always wins.
  const word =
    builtIn.meaning === 'none'
      ? await findKeyword(context.db, from.projectId, sender.medium, message.body)
      : null;
  const own = word?.meaning === 'optIn' && isPressOfItsOwn(message) ? null : word;
  const inbound: Inbound = {
    projectId: from.projectId,
    ...{ user, users, sender, address, addresses },
    body: message.body,
    providerMessageId: message.providerMessageId,
    answers: answered?.lane === user.lane ? answered.id : null,
    meaning: own ? { ...builtIn, meaning: own.meaning, word: own.word } : builtIn,
    handledByProvider: message.providerOptOut !== undefined,
    writtenAt: message.at,
    at,
    isThere: (db) => isThere(db, from.projectId, user),
    keep: (within, obeyed) => keep(within, inbound, message, obeyed),
  };
  if (await isKept(context.db, inbound)) return;
  if (message.content?.kind === 'flow') return takeFlow(context, inbound, message.content.response);
  await (own ? obeyKeyword(context, inbound, own) : obey(context, inbound));
}

/** The session that a message opens: with the account that wrote it, by all that it is known by. What comes from a clock that is ahead counts from now on. */
function sessionOf(
  { at: writtenAt, from }: InboundMessage,
  { user }: Writer,
  addresses: readonly string[],
  now: Date,
): Session {
  const known = [...addresses, ...(from.whatsAppUserId === undefined ? [] : [from.whatsAppUserId])];
  return { ...user, addresses: [...new Set(known)], writtenAt: writtenAt < now ? writtenAt : now };
}

/**
 * What the words mean. What the provider made of them counts only where it took for a refusal or a call for help
 * what we do not know: it says START of a YES too, and an opt-in is never taken from it.
 */
function meaningOf(
  message: InboundMessage,
  address: string,
  ours: readonly string[],
  brand: string,
): ReplyMeaning {
  const spoken = languagesOfCountries(numberPlaces(address).map((place) => place.country));
  const language = theOneLanguage(spoken);
  const read = classifyReply(message.body, spoken, ours, brand);
  if (read.meaning === 'optIn' && !read.onlyConfirms && isPressOfItsOwn(message))
    return { meaning: 'none', language };
  if (message.providerOptOut === 'STOP' && read.meaning !== 'optOut') return { meaning: 'optOut', language };
  if (message.providerOptOut === 'HELP' && read.meaning === 'none') return { meaning: 'help', language };
  return read;
}

/**
 * Whether a button was pressed that stands for something of its own, whatever it is called: pressing “Start” below a question is no
 * wish for messages. A refusal is one however it is given.
 */
function isPressOfItsOwn({ payload, body, content }: InboundMessage): boolean {
  const isPress = payload !== undefined && content?.kind !== 'flow';
  return isPress && payload.trim().toLowerCase() !== body.trim().toLowerCase();
}

/** The address a message came from, and the same line as the writer's profile spells it. */
async function spellingsOf(
  db: Database,
  projectId: number,
  user: UserRef,
  address: string,
): Promise<string[]> {
  const known = (await loadUsers(db, projectId, [user])).get(user.id);
  const own = known ? addressesOf(known) : [];
  return [...new Set([address, ...own.flatMap((each) => (isAmong(address, [each]) ? each.value : []))])];
}

/** Whether somebody is there, who then stays until the transaction ends: neither merged nor deleted. */
async function isThere(transaction: Database, projectId: number, { lane, id }: UserRef): Promise<boolean> {
  return (await lockUsers(transaction, projectId, lane, [id])).length > 0;
}

/**
 * Keeps what was written, once by the provider's id, and announces it; false where it is kept already. The writer is held, so that a
 * merge or a deletion either takes the message with it or has gone before. @throws WriterGone where it has.
 */
async function keep(
  { db, announce }: Pick<Context, 'db' | 'announce'>,
  inbound: Inbound,
  message: InboundMessage,
  obeyed: boolean,
): Promise<boolean> {
  const { projectId, user, sender, address, body, at } = inbound;
  if (!(await isThere(db, projectId, user))) throw new WriterGone();
  const inboundId = await insertInbound(db, inbound, message);
  if (inboundId === null) return false;
  await insertFiles(db, { projectId, user, inboundId, senderId: sender.id, at }, filesIn(message));
  if (message.referral) await keepReferral(db, inbound, message.referral);
  if (message.content?.kind === 'revoke') await hideTakenBack(db, inbound, message.content.messageId);
  const person = { projectId, lane: user.lane, userId: user.id, at };
  const { medium, address: to } = sender;
  const reply = { kind: 'reply' as const, campaignId: null, senderId: sender.id };
  await noteResponses(db, user.lane, [{ ...reply, projectId, userId: user.id, at }]);
  const { content, payload } = message;
  await announce(db, [
    {
      ...{ kind: 'received', ...person, medium, from: address, to, senderId: sender.id, body, inboundId },
      ...(obeyed && { obeyed }),
      ...(content && { messageKind: content.kind }),
      ...(payload !== undefined && { payload, tapOn: message.inReplyTo ?? '' }),
      ...(inbound.answers !== null && { answers: inbound.answers }),
    },
  ]);
  return true;
}

/** Where the files of a message are fetched from; one of several bears the name that is told. */
function filesIn({ media, content }: InboundMessage): { source: SentFile; name: string | null }[] {
  const name = content?.kind === 'media' ? (content.filename ?? null) : null;
  return media.map(({ id, url }, place) => ({
    source: { ...(id !== undefined && { id }), ...(url !== undefined && { url }) },
    name: place === 0 ? name : null,
  }));
}
