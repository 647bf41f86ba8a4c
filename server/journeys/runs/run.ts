/** A passage of a person through a journey, as it stands at a tile. */
export interface Run {
  id: number;
  projectId: number;
  journeyId: number;
  userId: number;
  /** What tells passages of one person apart; empty where there is one at a time. */
  key: string;
  enteredAt: Date;
  tile: string;
  arrivedAt: Date;
  /** When it is looked at again by time alone; null for never. */
  wakeAt: Date | null;
  /** Happenings by which it is looked at again, as `heardAs` calls them. */
  hears: readonly string[];
  /** What the tile remembers of this visit. */
  memory: Memory;
  /** What came with the entry, and what tiles found out for this passage. */
  data: Readonly<Record<string, unknown>>;
  /** Tiles passed in the minute that began at `passedSince`. */
  passed: number;
  passedSince: Date;
  hops: number;
  /** Whose passages go on first: 0 before 1 before 2. */
  rank: number;
  isHeldOut: boolean;
  failures: number;
  /** When its last message was made, where that is imagined. */
  messageAt?: Date;
}

/** What a tile remembers of a visit: JSON. */
export type Memory = Readonly<Record<string, unknown>>;

/** Until when somebody waits who began to wait before their tile was changed (`keepWaiting`); null for who waits as it says. */
export const keptUntilOf = ({ keptUntil }: Memory): Date | null =>
  typeof keptUntil === 'number' ? new Date(keptUntil) : null;

/**
 * Why somebody leaves a journey, each with its words as the end of a sentence that begins with "they". The console's own stand in
 * `console/src/words/leaving.ts`.
 */
export const wordsOfLeaving = {
  finished: 'came to an end of it',
  /** The detail is what the tile says. */
  exitTile: 'came to a tile where people leave',
  /** The detail names the rule. */
  exitRule: 'were taken out by an exit rule',
  /** What the journey is for was reached, and it says that this ends it. */
  goal: 'reached the goal',
  expired: 'were inside for longer than anybody may be',
  expiredWhilePaused: 'were overdue when it was resumed',
  /** Who published it chose so. */
  journeyChanged: 'were at a tile that was taken away',
  stopped: 'were let go when it was stopped',
  userDeleted: 'were deleted',
  /** With the same key. */
  merged: 'were merged with somebody who was further on',
  optedOut: 'opted out of all that it sends',
} as const;
export type LeaveReason = keyof typeof wordsOfLeaving;
export const leaveReasons = Object.keys(wordsOfLeaving) as LeaveReason[];

/** Why somebody who was to enter did not. */
export const refusalReasons = [
  /** As many of their passages as may be are under way. */
  'alreadyInside',
  /** They have entered as many times as the journey allows. */
  'lifetimeLimit',
  /** It is not long enough since they last entered. */
  'tooSoon',
  /** They are not of those whom the journey is for. */
  'notAudience',
  /** It happened too long ago. */
  'tooOld',
  /** An exit rule holds of them already. */
  'exitRule',
  /** As many had entered in that hour or day as may, and whoever comes later is not to wait. */
  'overRate',
  /** Sent on from one journey to another too often. */
  'tooManyHops',
  /** The journey that they were sent on to takes nobody in. */
  'notOpen',
  /** The field that passages are told apart by is missing, or has more than 255 signs. */
  'noKey',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];
