import type { Database } from '../database/connect.ts';
import type { StandingStatus } from '../database/tables/consent.ts';
import type { InboundKind } from '../medium/inbound-kinds.ts';
import type { Medium } from '../medium/media.ts';

/** Something that happened to a person, for those above who answer it or tell of it (happenings/listener.ts). */
export type Happening =
  | StandingHappening
  | ReceivedHappening
  | ClickHappening
  | MessageHappening
  | EventHappening
  | ProfileHappening
  | ListHappening
  | SegmentHappening
  | CatalogItemHappening
  | JourneyHappening
  | ChangeHappening;

interface OfPerson {
  projectId: number;
  lane: number;
  userId: number;
  at: Date;
  /** How many journeys, one after the other, led to it by what they did; absent for what no journey did. */
  hops?: number;
}

/** A person's standing with a channel, or with one of its message types, has changed. */
export interface StandingHappening extends OfPerson {
  kind: 'standing';
  /** `pending`: the person is to confirm it from the handset. */
  status: StandingStatus;
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
  /** Our sender's address, and its id. */
  to: string;
  senderId: number;
  body: string;
  /** Of this lane, in the table of what people wrote. */
  inboundId: number;
  /** It was a word that is obeyed, and nobody has to answer it: STOP, HELP, START, one of the project's own. */
  obeyed?: true;
  /** A button or a row of one of our messages was tapped: the provider's id of that message, empty where it is not said. */
  tapOn?: string;
  /** What it is beside words; absent for words. */
  messageKind?: Exclude<InboundKind, 'text'>;
  /** What we hid behind the button or row that was chosen, or what a form was filled with. */
  payload?: string;
  /** Our message that it answers, of this lane; absent where none is known. */
  answers?: number;
}

/** A person tapped a link of a message. */
export interface ClickHappening extends OfPerson {
  kind: 'click';
  messageId: number;
  /** Null for a message of no campaign. */
  campaignId: number | null;
  /** Where the link leads. */
  url: string;
}

/** A message to a person left, arrived, was read, failed, or was skipped. */
export interface MessageHappening extends OfPerson {
  kind: 'message';
  what: 'send' | 'sendSkip' | 'delivered' | 'seen' | 'bounce';
  medium: Medium;
  messageId: number;
  /** Null for a message of no campaign. */
  campaignId: number | null;
  /** Skip reason or carrier's code. */
  reason: string | null;
}

/** An event or a purchase was tracked; one that was written anew by its id is none. */
export interface EventHappening extends OfPerson {
  kind: 'event' | 'purchase';
  name: string;
  /** Of this lane, in the table of events. */
  eventId: number;
}

/** A profile was made, or fields of it changed. `at` is when. */
export interface ProfileHappening extends OfPerson {
  kind: 'profile';
  isNew: boolean;
  /** Fields that are others now, identities among them. A long value is left out; the profile has it. */
  changes: Record<string, { before?: unknown; after?: unknown }>;
  /** Fields that were written as they were. */
  written?: string[];
}

/** A person came onto a list or went from it. A list that is deleted has nobody leave it. */
export interface ListHappening extends OfPerson {
  kind: 'list';
  what: 'entered' | 'left';
  listId: number;
}

/** A person came to be of a segment whose membership is kept live, or is of it no longer. `at` is when it was found. */
export interface SegmentHappening extends OfPerson {
  kind: 'segment';
  what: 'entered' | 'left';
  segmentId: number;
}

/**
 * An item of a catalog changed as an alert of the catalog tells, and this person has done with it what the alert asks. `at` is when it
 * changed.
 */
export interface CatalogItemHappening extends OfPerson {
  kind: 'catalogItem';
  /** The catalog's name. */
  catalog: string;
  itemId: string;
  alertId: number;
  alertName: string;
  /** The field that changed, a path, with what it held before (null for nothing) and what it holds. */
  field: string;
  before: unknown;
  after: unknown;
  /** Fields of the item that are told along, by their paths. */
  item: Record<string, unknown>;
  /** What the person has done: the event's name, or null where the item is in their cart. */
  did: string | null;
  /** When they last did it, in ISO 8601. */
  didAt: string;
}

/** A person entered a journey, or left it. */
export interface JourneyHappening extends OfPerson {
  kind: 'journey';
  what: 'entered' | 'left';
  journeyId: number;
  /** The passage, of this lane. */
  runId: number;
  /** Why they left, and the name of the rule or what the tile says; null of who entered. */
  reason: string | null;
  detail: string | null;
}

/**
 * What is on record of a person is another, in a way that no other happening tells: for who goes by the record, and looks it up. `person`:
 * somebody was merged into them. `profile`: it was written anew as it was. `place`: where they may be. `address`: one came beside those of the profile, or
 * whether they are reached at one. `consent`: since when, by which entry, or whether an unclear wish waits, with the same status. `message`:
 * one goes out again, or has come to rest again. `open`: they opened an email. `event`: one was written anew by its id.
 */
export interface ChangeHappening extends OfPerson {
  kind: 'change';
  /** `thread`: agents are done with them. */
  of: 'person' | 'profile' | 'place' | 'address' | 'consent' | 'message' | 'open' | 'event' | 'thread';
  /** Of `profile`: the fields that were written. */
  written?: string[];
}

/**
 * Tells of what happened, in the transaction in which it happened. It is acted on when that is committed, if somebody
 * listens, and in the order of calls for each person.
 */
export type Announce = (transaction: Database, happenings: readonly Happening[]) => Promise<void>;

/** Whether anybody listens for a kind in a project: for what is dear to put together. */
export type ListensFor = (db: Database, projectId: number, kind: Happening['kind']) => Promise<boolean>;
