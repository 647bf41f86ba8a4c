import type { Static, TSchema } from 'typebox';
import type { ImaginedStock } from '../../content/coupons/coupon-wishes.ts';
import type { Database } from '../../database/connect.ts';
import type { PlanGround } from '../../delivery/admission/admission-plan.ts';
import type { FrequencyCap, PastSend } from '../../delivery/dispatch/reached-limit.ts';
import type { SkipReason } from '../../delivery/skip-reason.ts';
import type { Context } from '../../http/context.ts';
import type { ApiError } from '../../http/errors.ts';
import type { Medium } from '../../medium/media.ts';
import { type Definition, type Names, type Reference, requireFit } from '../../segments/leaf-kind.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
import type { LeaveReason, Memory, Run } from '../runs/run.ts';

/** Where a way leads: the id of a tile, or the end of the journey. */
export type Target = string;
/** The target of a way that ends the journey, said on purpose: a way that leads nowhere is a fault. */
export const end = 'end';

/** What turns work with. */
export type StepTools = Pick<
  Context,
  'clock' | 'announce' | 'people' | 'publicUrl' | 'secrets' | 'feeds' | 'segmentKinds' | 'webhookCalls'
> & {
  db: Database;
  /** Lets people who are at a tile, in a lane that one has to oneself, into another journey of the project. */
  enterJourney(
    transaction: Database,
    where: Where,
    journeyId: number,
    runs: readonly Run[],
    fields: Readonly<Record<string, unknown>>,
  ): Promise<readonly { runId: number | null; reason: string | null }[]>;
};

/** Where and when people are looked at: those of one lane of a project. */
export interface Where {
  projectId: number;
  lane: number;
  now: Date;
  /** For who looks at several instants at once: what has happened by then is told too, as far as facts tell when something came. */
  upTo?: Date;
}

/** What becomes of somebody at a tile, as it is decided. */
export type Step =
  /** They go on by a way of the tile. */
  | {
      go: string;
      seen?: unknown;
      data?: Readonly<Record<string, unknown>>;
      /** Whether they go by it whenever they come here. */
      holds?: boolean;
      /** Whether it is something that happened that leads them on, and no time that came. */
      isHeard?: boolean;
    }
  /** They stay until an instant (null: for ever) or until one of what is named happens, and then are looked at again. */
  | { stay: Date | null; hears: readonly string[]; memory?: Memory; seen?: unknown }
  /** They leave the journey. */
  | { leave: LeaveReason; detail?: string; seen?: unknown };

/** What is known of people at a tile, by the ids of their runs. */
export type Facts = ReadonlyMap<number, unknown>;

/**
 * Does for people of one lane at a tile what is done outside their runs, all at once, and calls `settle` in the transaction in which it
 * is done: that is handed what to do last, with those who are still there, and resolves to what the tile remembers of them. Of whom nothing can be done yet
 * is put off (`putOff`), and is none of `those` who are settled.
 */
export type Act = (tools: StepTools, where: Where, runs: readonly Run[], settle: Settle) => Promise<void>;
export type Settle = (
  transaction: Database,
  last: (held: readonly Run[]) => Promise<ReadonlyMap<number, Memory>>,
  /** All that were handed to the tile unless told. */
  those?: readonly Run[],
) => Promise<void>;

/** A message that a rehearsal imagines. */
export interface ImaginedMessage {
  /** Below 0: no message has it. */
  id: number;
  tile: string;
  medium: Medium;
  isPromotional: boolean;
  channelId: number;
  madeAt: Date;
  /** When it leaves, were its sender as fast as need be; or when it is found that it does not. */
  at: Date;
  /** Whether it is found by the claim, of a message that was made to leave, and not when it is made. */
  isClaimed: boolean;
  /** Why it is not sent; null for one that leaves. */
  skip: SkipReason | null;
  detail: string | null;
  /** The rest is of one that leaves: null, and 0, for a skip. */
  senderId: number | null;
  address: string | null;
  segments: number;
  priceMicros: number;
}

/** What a rehearsal brings to tiles, of people of one lane. In the database nothing is written. */
export interface Imagining extends PlanGround {
  db: Database;
  projectId: number;
  lane: number;
  journey: { id: number; name: string };
  /** The instant at which each of these passages is looked at: each has its own. */
  nowOf(run: Run): Date;
  /** A number for an imagined message. */
  nextId(): number;
  /** The message of a passage that was imagined under a number. */
  messageOf(run: Run, id: number): ImaginedMessage | undefined;
  /** Promotional messages that were imagined to be sent to somebody. */
  sentTo(userId: number): readonly PastSend[];
  /** Campaigns of which what was really sent does not count. */
  without: readonly number[];
  frequencyCaps: readonly FrequencyCap[];
  /** Codes of coupon pools that are left. */
  stock: ImaginedStock;
  /** What a call of a tile is supposed to answer; null where it is supposed to fail. */
  answerOf(tile: string, run: Run): Readonly<Record<string, unknown>> | null;
  /** What was worked out once, for all that come later. */
  kept: Map<string, unknown>;
}

/** What a tile's deed would come to for somebody. */
export interface Rehearsed {
  /** What the tile would remember. */
  memory: Memory;
  message?: ImaginedMessage;
}

/** What a tile that acts does in a rehearsal in place of its deed. */
export interface Rehearsal {
  /** What the deed would come to, for people of one lane, each of whom has one passage among them. */
  act(imagining: Imagining, runs: readonly Run[]): Promise<ReadonlyMap<number, Rehearsed>>;
  /** What `facts` would tell of somebody with this message, at an instant; for a tile that has messages and looks at them. Pure. */
  fact?(message: ImaginedMessage | undefined, now: Date): unknown;
  /** What the deed changes and a rehearsal does not, as `heardAs` calls it. */
  readonly changes?: readonly string[];
  /** What of the deed is not foreseen, in words; null for nothing. */
  readonly unforeseen?: string;
}

/** Something that a wait may hear of: `purchase`, `event:viewed`; what becomes of the last message; a text, or one with certain words; a condition. */
export type Occurrence =
  | 'purchase'
  | `event:${string}`
  | 'delivered'
  | 'read'
  | 'failed'
  | 'click'
  | 'reply'
  | 'certainReply'
  | 'becomes';

/** A tile that was read. */
export interface Tile {
  /** As it is stored: what was left out is filled in. */
  readonly stored: unknown;
  /** Its ways out, by name, with where they lead. */
  readonly ways: ReadonlyMap<string, Target>;
  /** What happens here, as the end of a sentence that begins with "they". */
  readonly words: string;
  /** Whether time may go by here, so that a circle through it is none without end. */
  readonly takesTime: boolean;
  /** Happenings that may wake who waits here, as `heardAs` calls them; what becomes of a message of their passage is `ofOwnMessage` and `ofOwnClick`. */
  readonly hears: readonly string[];
  /** What it does when somebody arrives, before it is decided where they go. */
  readonly act?: Act;
  /** Asks, in one statement, what deciding needs to know of all who are here. */
  facts?(db: Database, where: Where, runs: readonly Run[]): Promise<Facts>;
  /**
   * Until when what `facts` tells of each may be so, by time alone; who is absent has it for ever. For who looks at people at many instants at once: a tile
   * without it is asked for each instant by itself.
   */
  factsUntil?(db: Database, where: Where, runs: readonly Run[]): Promise<ReadonlyMap<number, Date>>;
  /** Of a fact that was asked with `upTo`: what it tells at an earlier instant. Pure. */
  asOf?(fact: unknown, now: Date): unknown;
  /** Decides on one of them. Pure. */
  step(run: Run, fact: unknown, now: Date): Step;
  /** For a tile that acts: what it does in a rehearsal. One without it is not foreseen. */
  readonly rehearsal?: Rehearsal;
  /** What it looks at beside what wakes who waits there, as `heardAs` calls it. */
  readonly asks?: readonly string[];
  /** For a tile that waits for occurrences: which, by the ways that they lead to; and a fact with the instants, in ms, at which they are supposed to come. */
  readonly awaits?: {
    readonly occurrences: readonly { way: string; what: Occurrence }[];
    suppose(fact: unknown, run: Run, at: readonly (number | null)[]): unknown;
  };
  /** The journey that it lets people into, for a tile that does. */
  readonly starts?: number;
  /** The address that it calls, for a tile that does. */
  readonly calls?: string;
  /** Names under which it keeps parts of an answer, for a tile that does. */
  readonly keeps?: readonly string[];
  /** The texts that it waits for, for a tile that does. */
  readonly replies?: {
    /** From when on a text counts that came before somebody does. */
    since: 'lastMessage' | 'entry' | 'arrival';
    /** Where a text leads, as it would from here; null for one that is not waited for. */
    leadsTo(body: string): Target | null;
  };
  /** Where the proof of an agreement that it records stands, for a tile that does: at a path of what came with the entry, or in a text of the person. */
  readonly proves?: { by: 'entry'; path: readonly string[] } | { by: 'reply' };
  /** The name under which what it finds out stands beside what came with the entry, for a tile that does. */
  readonly finds?: string;
  /** What it tries on people, for a tile that does: the names of variants with their shares of a hundred. */
  readonly variants?: readonly { name: string; share: number }[];
  /** The pool of coupons that it takes codes of, for a tile that does. */
  readonly deals?: string;
  /** By which message types and senders it asks whether people are reached, for a tile that does, by the places of its branches. */
  readonly reaches?: readonly { messageTypeId: number; senderId: number | null }[];
  /** What it sends with, for a tile that sends. */
  readonly sends?: { templateId: number; senderId: number | null; poolId: number | null; options: object };
  /** When the last of its messages may leave, wherever people are, as it is said and as an instant; for a tile that says a day. */
  readonly sendsBefore?: OneTime;
}

/** A time that comes once: as a document says it, and the instant after which it is over everywhere. */
export interface OneTime {
  given: string;
  at: Date;
}

/** What becomes of messages of the passage itself, and taps on their links; who waits hears it with the message's number behind it. */
export const ofOwnMessage = 'message:';
export const ofOwnClick = 'click:';

/** What tiles are read with. */
export interface TileGround {
  timeZone: string;
  /** Names of what is referred to. */
  names: Names;
  nameOf(reference: Reference): string;
  /** Notes that a tile names something of the project. */
  refer(reference: Reference, place: string): void;
  refuse(place: string, fault: string): ApiError;
  /** Reads a definition as segments have it. @throws ApiError naming the place. */
  definition(given: unknown, place: string): Definition;
  /** Reads conditions on the fields of an event or of a run. @throws ApiError naming the place. */
  conditions(given: unknown, place: string): Conditions;
}

/** A kind of tile, by the name under which it stands in documents. */
export interface TileKind<Kind extends string = string, Schema extends TSchema = TSchema> {
  readonly kind: Kind;
  readonly schema: Schema;
  /** @throws ApiError BadParams that names place, fault and remedy. */
  read(tile: unknown, id: string, place: string, ground: TileGround): Tile;
}

/** A kind of tile whose tiles fit a schema. */
export function tileKind<Kind extends string, Schema extends TSchema>(
  kind: Kind,
  schema: Schema,
  read: (tile: Static<Schema>, id: string, place: string, ground: TileGround) => Tile,
): TileKind<Kind, Schema> {
  return {
    ...{ kind, schema },
    read: (tile, id, place, ground) => {
      requireFit(schema, tile, place);
      return read(tile, id, place, ground);
    },
  };
}
