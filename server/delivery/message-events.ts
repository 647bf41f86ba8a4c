import type { Database } from '../database/connect.ts';
import type { Medium } from '../database/schema.ts';

/** What happened to a message, for those who want to be told (outgoing webhooks). */
export interface MessageEvent {
  kind: 'send' | 'sendSkip' | 'delivered' | 'seen' | 'bounce';
  medium: Medium;
  projectId: number;
  lane: number;
  messageId: number;
  userId: number;
  campaignId: number | null;
  templateId: number | null;
  /** Skip reason or carrier's code. */
  reason: string | null;
  at: Date;
}

/** Tells of events in the transaction that causes them; does nothing where nobody listens. */
export type TellMessageEvents = (transaction: Database, events: readonly MessageEvent[]) => Promise<void>;
