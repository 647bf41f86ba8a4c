import type { Static, TSchema } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { ApiError } from '../../http/errors.ts';
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
  'clock' | 'announce' | 'people' | 'publicUrl' | 'secrets' | 'feeds' | 'segmentKinds' | 'outsideCalls'
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
  /** Decides on one of them. Pure. */
  step(run: Run, fact: unknown, now: Date): Step;
  /** The journey that it lets people into, for a tile that does. */
  readonly starts?: number;
  /** The address that it calls, for a tile that does. */
  readonly calls?: string;
  /** The texts that it waits for, for a tile that does. */
  readonly replies?: {
    /** From when on a text counts that came before somebody does. */
    since: 'lastMessage' | 'entry' | 'arrival';
    /** Where a text leads, as it would from here; null for one that is not waited for. */
    leadsTo(body: string): Target | null;
  };
  /** The pool of coupons that it takes codes of, for a tile that does. */
  readonly deals?: string;
  /** What it sends with, for a tile that sends. */
  readonly sends?: { templateId: number; senderId: number | null; poolId: number | null; options: object };
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
