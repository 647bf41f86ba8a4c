import type { Definition } from '../../segments/leaf-kind.ts';
import type { EntryRate } from '../enter/entry-rate.ts';
import type { EntryLimits } from '../enter/may-enter.ts';
import type { Goal } from '../goal/goal.ts';
import type { ExitRule } from '../leave/exit-rule.ts';
import type { Trigger } from '../triggers/trigger-kind.ts';
import type { Tile } from './tile-kind.ts';

/** What goes first where not all can go at once, the most urgent first; the place of each is its rank. */
export const priorities = ['high', 'usual', 'low'] as const;

/** The rank that a document's `priority` has: 0 goes first. */
export const rankOf = (priority: unknown): number => {
  const rank = (priorities as readonly unknown[]).indexOf(priority);
  return rank < 0 ? priorities.indexOf('usual') : rank;
};

/** What lets people enter a journey. */
export interface Entry {
  trigger: Trigger;
  /** Who may enter at all; null for everybody. */
  only: Definition | null;
  /** The field of what came with the entry that passages are told apart by; null where there is one at a time. */
  key: string | null;
  limits: EntryLimits;
  /** How many may enter in an hour or a day; null for any number. */
  rate: EntryRate | null;
  /** Of a hundred who enter, how many walk through it and get no message. */
  holdout: number;
  /** What happened longer ago lets nobody enter, in ms. */
  oldestMs: number;
}

/** A journey's document that was read. */
export interface JourneyDocument {
  /** As it is stored: what was left out is filled in. */
  readonly stored: unknown;
  readonly entry: Entry;
  readonly exits: readonly ExitRule[];
  /** What it is for, as far as it says so; null where it does not. */
  readonly goal: Goal | null;
  /** The tile where people begin. */
  readonly start: string;
  readonly tiles: ReadonlyMap<string, Tile>;
  /** Whose people and messages go first where not all can: 0 before 1 before 2. */
  readonly rank: number;
  /** Nobody stays longer, in ms. */
  readonly longestLifeMs: number;
  /** What becomes of who opts out of all that it sends; null: who is in one that sends promotional messages only leaves. */
  readonly onOptOut: 'leave' | 'stay' | null;
  /** Whether who was overdue when it was resumed goes on, or leaves. */
  readonly overdue: 'goOn' | 'leave';
}

/** A document with the journey and the version that it is of. */
export interface PublishedJourney extends JourneyDocument {
  readonly id: number;
  readonly projectId: number;
  readonly version: number;
}

/** One by which people of a lane go. */
export interface FollowedJourney extends PublishedJourney {
  /** Since when it was held last, and until when; null where it was not. */
  readonly wasHeld: { from: Date; until: Date } | null;
}
