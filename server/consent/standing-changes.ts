import type { StandingHappening } from '../http/happenings.ts';
import type { ProjectConsentTree } from './consent-tree.ts';
import type { Standings } from './standing.ts';
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
