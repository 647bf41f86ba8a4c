import type { RefusalReason } from '../runs/run.ts';
import type { EarlierEntries } from './entries.sql.ts';

/** How often people may enter a journey. */
export interface EntryLimits {
  /** Passages of one person with one key, in all; null for any number. */
  lifetime: number | null;
  /** The same that may be under way at once; null for any number. */
  atOnce: number | null;
  /** Time from one entry to the next, in ms. */
  apartMs: number;
}

/** Somebody who is to enter. */
export interface Entrant {
  userId: number;
  /** What tells their passages apart. */
  key: string;
}

/** What counts of earlier entries where people wait in line, each of whom is to enter as one who is inside. Pure. */
export function withLine(
  earlier: readonly EarlierEntries[],
  line: readonly { userId: number; key: string; entries: number }[],
  now: Date,
): EarlierEntries[] {
  const isOf = (one: Entrant) => (other: Entrant) => one.userId === other.userId && one.key === other.key;
  const added = line.map((each) => {
    const known = earlier.find(isOf(each)) ?? { ...each, entries: 0, inside: 0 };
    return {
      ...{ userId: each.userId, key: each.key, lastEnteredAt: now },
      ...{ entries: known.entries + each.entries, inside: known.inside + each.entries },
    };
  });
  return [...earlier.filter((each) => !line.some(isOf(each))), ...added];
}

/**
 * Decides in turn on people who are to enter, by how they entered before; who enters counts for those after them. Pure. Answers null for
 * who may, by their places.
 */
export function mayEnter(
  limits: EntryLimits,
  earlier: readonly EarlierEntries[],
  entrants: readonly Entrant[],
  now: Date,
): (RefusalReason | null)[] {
  const keyOf = ({ userId, key }: Entrant) => `${userId} ${key}`;
  const known = new Map(earlier.map((each) => [keyOf(each), { ...each }]));
  return entrants.map((entrant) => {
    const { userId, key } = entrant;
    const of = known.get(keyOf(entrant)) ?? {
      userId,
      key,
      entries: 0,
      inside: 0,
      lastEnteredAt: new Date(Number.NaN),
    };
    if (limits.atOnce !== null && of.inside >= limits.atOnce) return 'alreadyInside';
    if (limits.lifetime !== null && of.entries >= limits.lifetime) return 'lifetimeLimit';
    if (of.entries > 0 && now.getTime() - of.lastEnteredAt.getTime() < limits.apartMs) return 'tooSoon';
    known.set(keyOf(entrant), { ...of, entries: of.entries + 1, inside: of.inside + 1, lastEnteredAt: now });
    return null;
  });
}
