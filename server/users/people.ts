import type { Database } from '../database/connect.ts';
import type { Announce, ListensFor } from '../http/happenings.ts';
import type { Medium } from '../medium/media.ts';
import type { AddressHolder, AddressKey } from './addresses.ts';
import type { ClosedGates } from './gates.ts';
import type { UserRef } from './identity.ts';
import type { User } from './user-row.ts';

declare module '../http/context.ts' {
  interface Context {
    people: People;
  }
}

/** The database with what every capability does as people change: what whoever changes people is given. */
export interface People {
  db: Database;
  /** From the ground up; each acts in this order. */
  capabilities: readonly PersonalData[];
  /** Tells what becomes of messages, standings and profiles with the change. */
  announce: Announce;
  listensFor: ListensFor;
}

/**
 * What a capability does with its rows of people as these change. `program/personal-data.ts` puts them together; a table with a
 * `user_id` that none of them names fails a test. Each acts in the transaction of the change, and on its own tables alone.
 */
export interface PersonalData {
  /** Its tables that hold rows of people. */
  tables: readonly string[];
  /** Keeps with an address what is bound to it, and ends what does not follow to another (address-change.ts). */
  leaveAddresses?(transaction: Database, left: LeftAddresses): Promise<void>;
  /** Puts in force what is on record of addresses that users newly have; after they were claimed. */
  gainAddresses?(
    transaction: Database,
    gates: ClosedGates,
    projectId: number,
    gained: readonly NewAddress[],
    at: Date,
  ): Promise<void>;
  /** These users are elsewhere now, or may be. */
  changePlaces?(transaction: Database, users: readonly UserRef[], at: Date): Promise<void>;
  /** Gives what is of one user to another, into whom it is merged. */
  moveUser?(transaction: Database, move: UserMove): Promise<void>;
  /** Deletes what is of these users, or empties what must still count. */
  forgetUsers?(transaction: Database, gone: GoneUsers): Promise<void>;
  /** Which of these users of a lane it has rows of that no import brings: they stay when an import is undone. */
  inUse?(db: Database, lane: number, userIds: readonly number[]): Promise<number[]>;
  /** Its newest `limit` entries of a user's history, in any order. */
  historyOf?(
    db: Database,
    projectId: number,
    holders: Holders,
    asked: { limit: number; now: Date },
  ): Promise<HistoryEntry[]>;
}

/** One thing that happened to or by a user. */
export interface HistoryEntry {
  at: Date;
  kind: 'message' | 'inboundMessage' | 'referral' | 'consent' | 'event';
  /** What it was: a message's status, the consent action, the event's name, what was made of an inbound text, what led to one (`ad`, `post`). */
  what: string;
  medium: string | null;
  text: string | null;
  /** Why a message was skipped. */
  skipReason: string | null;
  details: Record<string, unknown>;
}

/** An address that somebody newly has. */
export interface NewAddress extends AddressKey {
  user: UserRef;
  /** Made by this transaction: nothing can be on its way to them. */
  isNewcomer: boolean;
}

/** Users whose addresses change, in their transaction, before addresses are claimed anew. */
export interface LeftAddresses {
  announce: Announce;
  projectId: number;
  at: Date;
  gates: ClosedGates;
  /** The addresses that users lose. */
  parted: readonly AddressHolder[];
  /** The media on which a user's number or account is theirs no longer, and the addresses that they have now. */
  media: readonly LeftMedium[];
}

/** A medium whose address somebody has no longer. */
export interface LeftMedium {
  lane: number;
  userId: number;
  medium: Medium;
  kept: readonly string[];
}

/** One user merged into another of the project. */
export interface UserMove {
  announce: Announce;
  projectId: number;
  from: UserRef;
  to: UserRef;
  at: Date;
}

/** A user who is deleted, with all addresses that they had. */
export type GoneUser = User & AddressHolder;

/** Users of one lane who are deleted. */
export interface GoneUsers {
  announce: Announce;
  projectId: number;
  lane: number;
  users: readonly GoneUser[];
  /** Those who had been merged into them, in whose lanes their earlier messages are. */
  merged: readonly UserRef[];
  at: Date;
}

/** Where rows of a user are: their own lane, and for what never moves those of who was merged into them too. */
export interface Holders {
  user: UserRef;
  /** `user` among them. */
  all: readonly UserRef[];
}

/** Which of these users of a lane any capability has rows of that no import brings. */
export async function usersInUse(
  { db, capabilities }: People,
  lane: number,
  userIds: readonly number[],
): Promise<Set<number>> {
  const inUse = new Set<number>();
  for (const capability of capabilities)
    for (const id of (await capability.inUse?.(db, lane, userIds)) ?? []) inUse.add(id);
  return inUse;
}
