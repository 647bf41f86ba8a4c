import { findMedia, mediaUrl } from '../content/media/stored-media.sql.ts';
import { countSegments } from '../content/segments/count-segments.ts';
import type { Database } from '../database/connect.ts';
import { queueAnswer } from '../delivery/answer.ts';
import { admitForOne, type PreparedTemplate, prepareForOne } from '../delivery/send-template.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import { inWords, wordsOf } from '../providers/content-words.ts';
import type { MessageContent } from '../providers/sending.ts';
import { type Attachment, attachmentFault, contentWith, filesTakenBy } from './attachment.ts';
import { type Ability, abilityOf, refusalWords, type WrittenTo, windowEnd } from './can-reply.ts';
import { tellNews } from './news.ts';
import { previewOf } from './preview.ts';
import { insertReply, type ReplyWish } from './replies.sql.ts';
import { readSettings } from './settings.sql.ts';
import { noteReply, refuseSecond, requireThread, type Thread, threadRef } from './threads.sql.ts';
import { readWrittenTo } from './written-to.sql.ts';

/** Meta takes no longer text; read November 2026. */
export const longestText = 4_096;
/** Nor Twilio, where a medium is cut into segments (twilio.com/docs/errors/21617). */
const longestInSegments = 1_600;

/** Who answers, and what they had on screen. */
export interface Answering {
  projectId: number;
  agent: string;
  /** The id of the newest answer that they had seen, null for none. */
  seen: number | null;
}

/** What can be done on each channel that a thread's person has written on, the latest first. */
export async function abilitiesOf(db: Database, thread: Thread, now: Date): Promise<Ability[]> {
  return (await readWrittenTo(db, thread)).map((written) => abilityOf(written, now));
}

/** What an answer needs beside its thread, looked up before the thread is locked. */
export interface PreparedReply {
  wish: ReplyWish;
  template: PreparedTemplate | null;
  attachment: Attachment | null;
}

/** Looks up what an answer needs before anything is locked. @throws ApiError NotFound. */
export async function prepareReply(
  context: Context,
  projectId: number,
  ref: string,
  wish: ReplyWish,
): Promise<PreparedReply> {
  if (wish.templateId === null) {
    const attachment = wish.mediaId === null ? null : await readAttachment(context, projectId, wish.mediaId);
    return { wish, template: null, attachment };
  }
  const thread = await requireThread(context.db, projectId, ref);
  const template = await prepareForOne(context, {
    ...{ projectId, user: { lane: thread.lane, id: thread.user_id } },
    ...{ templateId: wish.templateId, dataFields: wish.dataFields, senderId: wish.senderId, name: 'Inbox' },
  });
  return { wish, template, attachment: null };
}

/**
 * Refuses an answer where another has gone out that its writer had not seen, where the thread is another's and the project keeps
 * others out, and in a thread that is spam. The transaction holds the thread. @throws ApiError Conflict, InvalidState.
 */
export async function refuseAnswer(
  transaction: Database,
  thread: Thread,
  answering: Answering,
): Promise<void> {
  const { projectId, agent, seen } = answering;
  if (thread.state === 'spam')
    throw new ApiError('InvalidState', 'The thread is marked as spam; open it to answer', { field: 'state' });
  await refuseSecond(transaction, thread);
  if (thread.last_reply_id !== seen)
    throw new ApiError(
      'Conflict',
      `seenMessageId: ${thread.last_reply_by ?? 'somebody'} has answered meanwhile; read the thread again, and send with its newest answer`,
      { field: 'seenMessageId', by: thread.last_reply_by },
    );
  const { others } = await readSettings(transaction, projectId);
  if (others === 'assignee' && thread.assignee_id !== null && thread.assignee_id !== agent)
    throw new ApiError(
      'Conflict',
      `The thread is ${thread.assignee_id}'s, and the project lets nobody else answer in it; take it over first`,
      { field: 'assignee', assignee: thread.assignee_id },
    );
}

/** An answer that has become a message. */
export interface Sent {
  messageId: number;
  senderId: number;
  medium: Medium;
}

/**
 * Makes an answer a message and notes it in the thread, which the transaction holds. Plain words go on the ground of the person's
 * own request: they need no opt-in, and they do not leave once the person is opted out of the channel, which the claim looks
 * at again (`ownRequest`). A confirmation that the program owes after a STOP does leave (`ownMessage`); an agent's words are none.
 * @throws ApiError with `can` where it may not go.
 */
export async function sendReply(
  transaction: Database,
  context: Context,
  thread: Thread,
  prepared: PreparedReply,
  agent: string,
): Promise<Sent> {
  const at = context.clock.now();
  const { wish, template, attachment } = prepared;
  const { message, medium, words } = template
    ? await sendTemplate(transaction, context, thread, template)
    : await queueWords(transaction, thread, wish, at, { attachment });
  const { messageId } = message;
  await noteReply(transaction, thread, {
    messageId,
    agent,
    at,
    preview: previewOf(words, attachment ? 1 : 0),
    words,
  });
  await tellNews(transaction, {
    ...{ what: 'threads', projectId: thread.project_id },
    threads: [threadRef(thread)],
  });
  const { purpose, senderId } = message;
  await wakeWorkersOnCommit(transaction, [{ flow: purpose, lane: thread.lane, due: senderId }]);
  return { messageId, senderId, medium };
}

interface Queued {
  message: { messageId: number; senderId: number; purpose: 'promotional' | 'transactional' };
  medium: Medium;
  words: string;
}

/**
 * Queues words to a thread's person where they may go, on the ground of the person's own request; `latest` is when they are too late to
 * leave, the end of the window unless told. @throws ApiError with `can` where they may not go.
 */
export async function queueWords(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  wish: ReplyWish,
  at: Date,
  { latest, attachment = null }: { latest?: Date; attachment?: Attachment | null } = {},
): Promise<Queued> {
  const writtenTo = await readWrittenTo(transaction, thread);
  const written = chooseChannel(writtenTo, wish, at);
  const until = windowEnd(written);
  const { answers, isInSegments } = factsOf(written.medium);
  const body = wish.text ?? '';
  if (isInSegments && body.length > longestInSegments)
    throw new ApiError(
      'BadParams',
      `text: by ${factsOf(written.medium).title} a text has at most ${longestInSegments} characters, this ${body.length}; shorten it`,
      { field: 'text' },
    );
  if (answers === null || written.channelId === null)
    throw new Error('a channel was chosen that takes no answers');
  const messageId = await queueAnswer(transaction, {
    ...{ lane: thread.lane, userId: thread.user_id, projectId: thread.project_id },
    basis: 'ownRequest',
    ...{ channelId: written.channelId, messageTypeId: null, templateId: null },
    sender: { id: written.senderId, medium: written.medium, purpose: written.purpose },
    toAddress: written.address,
    content: contentOf(answers, written, body, attachment),
    // An MMS is one, whatever its length.
    segments: isInSegments && !attachment ? countSegments(body).segments : 1,
    links: [],
    leaveBefore: latest && latest < until ? latest : until,
    at,
  });
  return {
    message: { messageId, senderId: written.senderId, purpose: written.purpose },
    medium: written.medium,
    words: body,
  };
}

/** An answer as its medium has it. @throws ApiError BadParams where a file cannot go with it. */
function contentOf(
  answers: 'sms' | 'whatsAppMessage',
  written: WrittenTo,
  body: string,
  attachment: Attachment | null,
): MessageContent {
  if (!attachment) return inWords(answers, body);
  const fault = attachmentFault(filesTakenBy(written), attachment);
  if (fault !== null) throw new ApiError('BadParams', `mediaId: ${fault}`, { field: 'mediaId' });
  const content = contentWith(answers, attachment, body);
  if ('fault' in content) throw new ApiError('BadParams', content.fault, { field: 'text' });
  return content;
}

/** A file of the project's. @throws ApiError NotFound. */
async function readAttachment(
  { db, publicUrl }: Context,
  projectId: number,
  id: number,
): Promise<Attachment> {
  const media = await findMedia(db, projectId, id);
  if (!media)
    throw new ApiError('NotFound', `mediaId ${id} is no file of this project; POST /api/media keeps one`, {
      field: 'mediaId',
      value: id,
    });
  const { name, content_type: contentType, bytes } = media;
  return { name, contentType, bytes, url: mediaUrl(publicUrl, media) };
}

async function sendTemplate(
  transaction: Database,
  context: Context,
  thread: Thread,
  template: PreparedTemplate,
): Promise<Queued> {
  const message = await admitForOne(transaction, context, thread.lane, template);
  const { senderId, content, medium, purpose } = message;
  if (senderId === null || content === null) throw new Error('an admitted message has no sender');
  return { message: { messageId: message.id, senderId, purpose }, medium, words: wordsOf(content) };
}

/** The channel that words go on: the one chosen, else where the person wrote last. @throws ApiError with `can`. */
function chooseChannel(
  writtenTo: readonly WrittenTo[],
  { medium, senderId }: ReplyWish,
  now: Date,
): WrittenTo {
  const can = writtenTo.map((written) => abilityOf(written, now));
  const told = can.map((each) => ({ ...each, until: each.until?.toISOString() ?? null }));
  const written = writtenTo.find(
    (each) =>
      (medium === null || each.medium === medium) && (senderId === null || each.senderId === senderId),
  );
  if (!written) {
    const wanted = medium ? `by ${factsOf(medium).title}` : 'to this sender';
    throw new ApiError(
      'ConsentRequired',
      `channel: the person has not written ${wanted}; answer where they wrote, or send a template that they have opted in to`,
      { field: 'channel', refusal: 'notWritten', can: told },
    );
  }
  const ability = abilityOf(written, now);
  const { refusal } = ability;
  if (refusal === null) return written;
  throw new ApiError(
    refusal === 'optedOut' ? 'OptOutStands' : 'InvalidState',
    `channel: the person ${refusalWords[refusal]}`,
    { field: 'channel', refusal, can: told },
  );
}

/** Keeps an answer that is to go later. The transaction holds the thread. Answers its id. */
export async function scheduleReply(
  transaction: Database,
  thread: Thread,
  wish: ReplyWish,
  as: { agent: string; at: Date; dueAt: Date; goesAnyway: boolean },
): Promise<number> {
  const id = await insertReply(transaction, thread, wish, { state: 'scheduled', ...as });
  await tellNews(transaction, {
    ...{ what: 'threads', projectId: thread.project_id },
    threads: [threadRef(thread)],
  });
  return id;
}
