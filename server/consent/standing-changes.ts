import type { ChangeHappening, StandingHappening } from '../http/happenings.ts';
import type { ProjectConsentTree } from './consent-tree.ts';
import type { Standing, Standings } from './standing.ts';
import type { Wish } from './wish.ts';

/** People's standings as they are now, to be compared with later. */
export function copyOf(standings: ReadonlyMap<number, Standings>): Map<number, Standings> {
  return new Map([...standings].map(([userId, targets]) => [userId, new Map(targets)]));
}

/**
 * What has changed between two looks at people's standings: one happening for each channel and message type whose
 * status is another now. Its source is the last wish of that person.
 */
export function standingChanges(
  before: ReadonlyMap<number, Standings>,
  after: ReadonlyMap<number, Standings>,
  wishes: readonly Wish[],
  trees: ReadonlyMap<number, ProjectConsentTree>,
  at: Date,
): StandingHappening[] {
  const lastWish = new Map(wishes.map((wish) => [wish.userId, wish]));
  return [...after].flatMap(([userId, targets]) => {
    const wish = lastWish.get(userId);
    const tree = wish && trees.get(wish.projectId);
    if (!tree) return [];
    return [...targets].flatMap(([text, { status }]): StandingHappening[] => {
      if (before.get(userId)?.get(text)?.status === status) return [];
      const id = Number(text.slice(text.indexOf(':') + 1));
      const isType = text.startsWith('messageType:');
      const channelId = isType ? tree.channelOfType.get(id) : id;
      const medium = channelId === undefined ? undefined : tree.mediumOfChannel.get(channelId);
      if (channelId === undefined || medium === undefined) return [];
      const { projectId, lane, source } = wish;
      const target = { medium, channelId, messageTypeId: isType ? id : null };
      return [{ kind: 'standing', status, projectId, lane, userId, at, source, ...target }];
    });
  });
}

/** Of whom a standing has another time, entry or pause, while its status is as it was. */
export function otherChanges(
  before: ReadonlyMap<number, Standings>,
  after: ReadonlyMap<number, Standings>,
  wishes: readonly Wish[],
  at: Date,
): ChangeHappening[] {
  const wishOf = new Map(wishes.map((wish) => [wish.userId, wish]));
  return [...after].flatMap(([userId, targets]): ChangeHappening[] => {
    const wish = wishOf.get(userId);
    const isOther = ([text, now]: [string, Standing]) => {
      const then = before.get(userId)?.get(text);
      return (
        then?.status === now.status &&
        (then.entryId !== now.entryId ||
          then.since.getTime() !== now.since.getTime() ||
          then.pausedAt?.getTime() !== now.pausedAt?.getTime())
      );
    };
    if (!wish || ![...targets].some(isOther)) return [];
    return [{ kind: 'change', of: 'consent', projectId: wish.projectId, lane: wish.lane, userId, at }];
  });
}
