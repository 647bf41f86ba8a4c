import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium, Purpose } from '../database/schema.ts';
import type { MessageContent } from '../providers/wire.ts';
import { insertMessages, takeMessageIds } from './admission/new-message.ts';

/** An answer to what a person wrote, or a test to a handset: one message that no opt-in is asked for. */
export interface Answer {
  lane: number;
  userId: number;
  projectId: number;
  kind: 'reply' | 'test';
  channelId: number;
  templateId: number | null;
  sender: { id: number; medium: Medium; purpose: Purpose };
  toAddress: string;
  content: MessageContent;
  segments: number;
  links: { code: string; url: string }[];
  at: Date;
}

/** Answers go before everything else that waits for the same sender. */
const beforeAll = new Date(0);

/**
 * Queues an answer in the caller's transaction and returns its message's id. The law wants the one
 * confirmation of an opt-out within minutes (47 CFR 64.1200(a)(12)), so it does not wait behind a blast.
 */
export async function queueAnswer(transaction: Database, answer: Answer): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO send_request (project_id, kind, state, send_at, created_at, admitted_at)
    VALUES (${answer.projectId}, ${answer.kind}, 'admitted', ${answer.at}, ${answer.at}, ${answer.at})
    RETURNING id
  `.execute(transaction);
  const [id] = await takeMessageIds(transaction, 1);
  const requestId = rows[0]?.id;
  if (id === undefined || requestId === undefined) throw new Error('the database gave no id');
  await insertMessages(transaction, answer.lane, [
    {
      id,
      userId: answer.userId,
      projectId: answer.projectId,
      requestId,
      campaignId: null,
      templateId: answer.templateId,
      channelId: answer.channelId,
      messageTypeId: null,
      medium: answer.sender.medium,
      purpose: answer.sender.purpose,
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
