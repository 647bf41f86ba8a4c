import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import type { MessageBasis } from '../database/tables/delivery.ts';
import type { Medium } from '../medium/media.ts';
import type { MessageContent } from '../providers/sending.ts';
import { takeRequestId } from '../requests/request-key.sql.ts';
import { insertMessages, takeMessageIds } from './admission/new-message.ts';

/** An answer to what a person wrote, or a test: one message to one person, outside any campaign. */
export interface Answer {
  lane: number;
  userId: number;
  projectId: number;
  basis: Exclude<MessageBasis, 'pendingOptIn'>;
  channelId: number;
  /** What the person must have opted in to, where that is the basis. */
  messageTypeId: number | null;
  templateId: number | null;
  sender: { id: number; medium: Medium; purpose: Purpose };
  toAddress: string;
  content: MessageContent;
  segments: number;
  links: { code: string; url: string }[];
  /** When it is too late for it to leave at all; absent for never. */
  leaveBefore?: Date;
  at: Date;
}

/** Answers go before everything else that waits for the same sender. */
const beforeAll = new Date(0);

/**
 * Queues an answer in the caller's transaction and returns its message's id. The law wants the one
 * confirmation of an opt-out within minutes (47 CFR 64.1200(a)(12)), so it does not wait behind a blast.
 */
export async function queueAnswer(transaction: Database, answer: Answer): Promise<number> {
  const requestId = await takeRequestId(transaction);
  const [id] = await takeMessageIds(transaction, 1);
  if (id === undefined) throw new Error('the database gave no id');
  await insertMessages(transaction, answer.lane, [
    {
      id,
      userId: answer.userId,
      projectId: answer.projectId,
      requestId,
      campaignId: null,
      templateId: answer.templateId,
      channelId: answer.channelId,
      messageTypeId: answer.messageTypeId,
      medium: answer.sender.medium,
      purpose: answer.sender.purpose,
      basis: answer.basis,
      senderId: answer.sender.id,
      toAddress: answer.toAddress,
      content: answer.content,
      segments: answer.segments,
      priceMicros: 0,
      skipReason: null,
      detail: null,
      notBefore: answer.at,
      dueAt: beforeAll,
      closesAt: null,
      leaveBefore: answer.leaveBefore,
      legalCap: null,
      legalCapHours: null,
      onQuiet: 'delay',
      onCap: 'skip',
      links: answer.links,
      createdAt: answer.at,
    },
  ]);
  return id;
}
