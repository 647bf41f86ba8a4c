import type { Database } from '../database/connect.ts';
import type { Medium } from '../database/schema.ts';

/** Something that happened to a person, for those above who answer it or tell of it (opt-in requests, webhooks). */
export type Happening = StandingHappening | ReceivedHappening | ClickHappening | MessageHappening;

interface OfPerson {
  projectId: number;
  lane: number;
  userId: number;
  at: Date;
}

/** A person's standing with a channel, or with one of its message types, has changed. */
export interface StandingHappening extends OfPerson {
  kind: 'standing';
  /** `pending`: the person is to confirm it from the handset. */
  status: 'subscribed' | 'unsubscribed' | 'pending';
  medium: Medium;
  channelId: number;
  /** Null when it is the channel itself. */
  messageTypeId: number | null;
  /** Where the wish was given, as the ledger has it. */
  source: string;
}

/** A person wrote to one of our senders. */
export interface ReceivedHappening extends OfPerson {
  kind: 'received';
  medium: Medium;
  /** The person's number or WhatsApp user id. */
  from: string;
  /** Our sender's address. */
  to: string;
  body: string;
}

/** A person tapped a link of a message. */
export interface ClickHappening extends OfPerson {
  kind: 'click';
  messageId: number;
  /** Where the link leads. */
  url: string;
}

/** A message to a person left, arrived, was read, failed, or was skipped. */
export interface MessageHappening extends OfPerson {
  kind: 'message';
  what: 'send' | 'sendSkip' | 'delivered' | 'seen' | 'bounce';
  medium: Medium;
  messageId: number;
  /** Skip reason or carrier's code. */
  reason: string | null;
}

/** Acts on what happened, in the transaction in which it happened; all of one lane. */
export type Announce = (transaction: Database, happenings: readonly Happening[]) => Promise<void>;
