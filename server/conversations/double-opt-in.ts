import { countSegments } from '../content/segments/count-segments.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import { lawfulTiming } from '../delivery/admission/lawful-timing.ts';
import { insertMessages, type NewMessage, takeMessageIds } from '../delivery/admission/new-message.ts';
import type { SkipReason } from '../delivery/skip-reason.ts';
import type { Happening, StandingHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { takeRequestId } from '../requests/request-key.sql.ts';
import { chooseSender, type SenderCandidate } from '../senders/choose-sender.ts';
import { addressOn } from '../users/addresses.ts';
import { numberPlaces } from '../users/place/number-places.ts';
import { readUsers, type User } from '../users/user-row.ts';
import { confirmationText } from './keywords/confirmations.ts';

/** What a request to confirm says and by whom it may be sent; the same for all people of a project. */
interface Asking {
  brand: string;
  help: string;
  caution: boolean;
  purposeOf: ReadonlyMap<number, Purpose>;
  senders: readonly SenderCandidate[];
  frequencyOf: ReadonlyMap<number, string>;
}

/** Listens for opt-ins by SMS that wait to be confirmed, in every project, and asks for it. */
export const confirmationListener = (publicUrl: string): Listener => ({
  kinds: ['standing'],
  wantsOf: async () => ({ kinds: ['standing'], wants: isToBeAsked }),
  hear: (transaction, happenings) => askToConfirm(transaction, publicUrl, happenings),
});

/** An opt-in of a channel as a whole is asked for by its message types. */
const isToBeAsked = (happening: Happening): happening is StandingHappening =>
  happening.kind === 'standing' &&
  happening.status === 'pending' &&
  happening.medium === 'sms' &&
  happening.messageTypeId !== null;

/**
 * Asks people whose opt-in by SMS is pending to confirm it from the handset: one text each, in lawful hours, since
 * asking for consent by text is itself promotional. Until it leaves it needs the pending standing, so whoever says STOP
 * first is not asked.
 */
async function askToConfirm(
  transaction: Database,
  publicUrl: string,
  happenings: readonly Happening[],
): Promise<void> {
  const bySms = happenings.filter(isToBeAsked);
  for (const [projectId, ofProject] of Map.groupBy(bySms, (each) => each.projectId)) {
    const asking = await loadAsking(transaction, projectId, publicUrl);
    for (const [lane, ofLane] of Map.groupBy(ofProject, (each) => each.lane)) {
      const ids = [...new Set(ofLane.map((each) => each.userId))];
      const users = new Map(
        (await readUsers(transaction, projectId, lane, ids)).map((user) => [user.id, user]),
      );
      // One request holds one message for each user, and a person may have several types to confirm.
      for (const ofType of Map.groupBy(ofLane, (each) => each.messageTypeId).values())
        await insertAsked(transaction, lane, asking, users, ofType);
    }
  }
  if (bySms.length > 0) await wakeWorkersOnCommit(transaction);
}

async function loadAsking(db: Database, projectId: number, publicUrl: string): Promise<Asking> {
  const project = await db
    .selectFrom('project')
    .select(['brand', 'help_contact', 'caution'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const channels = await db
    .selectFrom('channel')
    .select(['id', 'purpose'])
    .where('project_id', '=', projectId)
    .execute();
  const types = await db
    .selectFrom('message_type')
    .select(['id', 'frequency'])
    .where('project_id', '=', projectId)
    .execute();
  const senders = await db
    .selectFrom('sender')
    .select(['id', 'kind', 'medium', 'purpose', 'country', 'state'])
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
  return {
    brand: project.brand,
    help: project.help_contact || publicUrl,
    caution: project.caution,
    purposeOf: new Map(channels.map((channel) => [channel.id, channel.purpose])),
    senders,
    frequencyOf: new Map(types.map((type) => [type.id, type.frequency])),
  };
}

/** Queues the requests of one message type in one lane. */
async function insertAsked(
  transaction: Database,
  lane: number,
  asking: Asking,
  users: ReadonlyMap<number, User>,
  pending: readonly StandingHappening[],
): Promise<void> {
  const requestId = await takeRequestId(transaction);
  const ids = await takeMessageIds(transaction, pending.length);
  const messages = pending.flatMap((each, index) => {
    const user = users.get(each.userId);
    return user ? [requestToConfirm(asking, each, user, requestId, ids[index] ?? 0)] : [];
  });
  await insertMessages(transaction, lane, messages);
}

function requestToConfirm(
  asking: Asking,
  pending: StandingHappening,
  user: User,
  requestId: number,
  id: number,
): NewMessage {
  const purpose = asking.purposeOf.get(pending.channelId) ?? 'promotional';
  const language = user.dataFields.language ?? user.dataFields.locale;
  const body = confirmationText('confirm', typeof language === 'string' ? language : 'en', {
    ...asking,
    frequency: asking.frequencyOf.get(pending.messageTypeId ?? 0),
  });
  const base = {
    id,
    userId: user.id,
    projectId: pending.projectId,
    requestId,
    campaignId: null,
    templateId: null,
    channelId: pending.channelId,
    messageTypeId: pending.messageTypeId,
    medium: 'sms' as const,
    purpose,
    basis: 'pendingOptIn' as const,
    senderId: null,
    toAddress: addressOn('sms', user),
    content: { kind: 'sms' as const, body },
    segments: countSegments(body).segments,
    priceMicros: 0,
    skipReason: null,
    detail: null,
    notBefore: pending.at,
    dueAt: pending.at,
    closesAt: null,
    legalCap: null,
    legalCapHours: null,
    onQuiet: 'delay',
    onCap: 'delay',
    links: [],
    createdAt: pending.at,
  };
  const skip = (skipReason: SkipReason): NewMessage => ({ ...base, skipReason });
  if (base.toAddress === null) return skip('noAddress');
  const country = numberPlaces(base.toAddress)[0]?.country ?? null;
  const asked = { choice: { kind: 'any' as const }, medium: 'sms' as const, purpose, country, sticky: null };
  const chosen = chooseSender({ ...asked, userId: user.id }, asking.senders);
  if ('refusal' in chosen) return skip(chosen.refusal === 'senderCountry' ? 'senderCountry' : 'noSender');
  const { placeKey } = user;
  const hours = { medium: 'sms' as const, purpose, placeKey, from: pending.at, onQuiet: 'delay' };
  const timing = lawfulTiming({ ...hours, caution: asking.caution });
  if ('skip' in timing) return skip(timing.skip);
  return {
    ...base,
    senderId: chosen.senderId,
    dueAt: timing.dueAt,
    closesAt: timing.closesAt,
    legalCap: timing.cap?.messages ?? null,
    legalCapHours: timing.cap?.hours ?? null,
  };
}
