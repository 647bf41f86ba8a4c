import type { StandingStatus } from '../database/tables/consent.ts';
/** What a wish is about. */
export type TargetKind = 'channel' | 'messageType';

/** What a person wants, or what was recorded on the way there. */
export type WishAction = 'optIn' | 'optInPending' | 'optOut' | 'pause' | 'resume';

/** Where a person stands with one channel or message type. `entryId` names the ledger entry that proves it. */
export interface Standing {
  status: StandingStatus;
  /** When the unclear wish that waits for a decision was said; null for none. */
  pausedAt: Date | null;
  entryId: number;
  /** When the wish behind the status happened: the latest opt-out, the latest proof, the first mere statement. */
  since: Date;
  /** Whether the entry shows the person's own act, by one of `provingMethods`. */
  proven: boolean;
}

/** All of a person's standing, by `targetText`. */
export type Standings = Map<string, Standing>;

/** A project's channels and message types, as far as the rules need them. */
export interface ConsentTree {
  channelOfType: ReadonlyMap<number, number>;
  typesOfChannel: ReadonlyMap<number, readonly number[]>;
  /** Message types for which an opt-in must be confirmed from the handset. */
  doubleOptIn: ReadonlySet<number>;
}

/** A wish as the rules see it. */
export interface RuledWish {
  action: WishAction;
  kind: TargetKind;
  targetId: number;
  method: string;
  happenedAt: Date;
  /** Nobody told when the person acted. */
  undated?: boolean | undefined;
}

/** A line for the ledger; `id` is what `Standing.entryId` refers to until real ids are given. */
export interface RuledEntry {
  id: number;
  action: WishAction;
  kind: TargetKind;
  targetId: number;
}

/** What came of a wish. `optOutStands`: an opt-out since `since` is not undone by an opt-in without proof. */
export type Ruling =
  | { outcome: 'recorded' | 'pending'; entries: RuledEntry[] }
  | { outcome: 'optOutStands'; since: Date }
  | { outcome: 'unknownTarget' };

/** Means by which the person acted in a way that can be shown: only these undo an opt-out, when newer than it. */
export const provingMethods: readonly string[] = ['keyword', 'webForm', 'doubleOptIn', 'inPerson', 'paper'];
/**
 * Whether a wish shows the person's own act at a known time. An opt-in of which nobody tells the day keeps the means
 * that is stated for it, and is no newer than any opt-out.
 */
export const isProof = ({ method, undated }: Pick<RuledWish, 'method' | 'undated'>): boolean =>
  provingMethods.includes(method) && !undated;

/** Means by which the person acted on the handset itself: no further confirmation is asked for. */
const handsetMethods = new Set(['keyword', 'reply', 'doubleOptIn']);

/**
 * Some providers tell whole seconds only: by so much a proof must be later than an opt-out before the opt-out
 * counts as the older of the two. Within it the opt-out wins.
 */
const clockGrain = 1_000;

/** One text for one target, for maps. */
export const targetText = (kind: TargetKind, id: number): string => `${kind}:${id}`;

/**
 * Rules on one wish and changes `standings` by it. An opt-out takes effect unless the person's own proof of the
 * same target is newer: wishes arrive in any order, and the later one counts, of two at once the opt-out. Out of a
 * channel it ends the channel's types. An opt-in to a type opts in to its channel too. An opt-in after an opt-out
 * (of the target or its channel) needs proof newer than that; with it, an opt-in to a channel brings back the types
 * that the channel's opt-out had ended, those to be confirmed as pending. `newId` numbers ledger entries.
 */
export function ruleOnWish(
  standings: Standings,
  tree: ConsentTree,
  wish: RuledWish,
  newId: () => number,
): Ruling {
  const known = wish.kind === 'channel' ? tree.typesOfChannel : tree.channelOfType;
  if (!known.has(wish.targetId)) return { outcome: 'unknownTarget' };
  if (wish.action === 'optOut') return optOut(standings, tree, wish, newId);
  if (wish.action === 'pause' || wish.action === 'resume') return pause(standings, wish, newId);
  return optIn(standings, tree, wish, newId);
}

function optOut(standings: Standings, tree: ConsentTree, wish: RuledWish, newId: () => number): Ruling {
  const entry = entryOf(wish, newId());
  const entries = [entry];
  const before = standings.get(targetText(wish.kind, wish.targetId));
  if (isOutlived(before, wish)) return { outcome: 'recorded', entries };
  const settled = before?.status === 'unsubscribed' || before?.proven;
  const since = before && settled ? later(before.since, wish.happenedAt) : wish.happenedAt;
  const ended = { status: 'unsubscribed', pausedAt: null, since, proven: false } as const;
  standings.set(targetText(wish.kind, wish.targetId), { ...ended, entryId: entry.id });
  if (wish.kind === 'messageType') return { outcome: 'recorded', entries };
  for (const typeId of tree.typesOfChannel.get(wish.targetId) ?? []) {
    const text = targetText('messageType', typeId);
    const type = standings.get(text);
    const endedWithChannel = type?.status === 'unsubscribed' && type.entryId === before?.entryId;
    // Ended by the channel's own entry: an opt-in to the channel brings these back, and only these.
    if (type?.status === 'subscribed' || endedWithChannel)
      standings.set(text, { ...ended, entryId: entry.id });
    if (type?.status === 'pending') {
      const own: RuledEntry = { id: newId(), action: 'optOut', kind: 'messageType', targetId: typeId };
      entries.push(own);
      standings.set(text, { ...ended, entryId: own.id });
    }
  }
  return { outcome: 'recorded', entries };
}

/** Whether the person has said the contrary later, in a way that can be shown. */
function isOutlived(standing: Standing | undefined, wish: RuledWish): boolean {
  if (!standing?.proven || standing.status === 'unsubscribed') return false;
  return standing.since.getTime() - wish.happenedAt.getTime() >= clockGrain;
}

function optIn(standings: Standings, tree: ConsentTree, wish: RuledWish, newId: () => number): Ruling {
  const target = standings.get(targetText(wish.kind, wish.targetId));
  const channelId = wish.kind === 'channel' ? wish.targetId : tree.channelOfType.get(wish.targetId)!;
  const channel = standings.get(targetText('channel', channelId));
  const optedOutAt = [target, channel]
    .filter((standing) => standing?.status === 'unsubscribed')
    .map((standing) => standing!.since)
    .reduce<Date | null>((latest, since) => (latest ? later(latest, since) : since), null);
  const proves = isProof(wish);
  if (optedOutAt && !(proves && wish.happenedAt > optedOutAt))
    return { outcome: 'optOutStands', since: optedOutAt };
  const asksFirst = (typeId: number) => tree.doubleOptIn.has(typeId) && !handsetMethods.has(wish.method);
  const mustConfirm =
    wish.action === 'optInPending' || (wish.kind === 'messageType' && asksFirst(wish.targetId));
  if (mustConfirm && target?.status !== 'subscribed') {
    const entry: RuledEntry = { ...entryOf(wish, newId()), action: 'optInPending' };
    const since = target?.status === 'pending' ? target.since : wish.happenedAt;
    const pausedAt = target?.pausedAt ?? null;
    const waiting = { status: 'pending', pausedAt, entryId: entry.id, since, proven: proves } as const;
    standings.set(targetText(wish.kind, wish.targetId), waiting);
    return { outcome: 'pending', entries: [entry] };
  }
  const entry = entryOf(wish, newId());
  const entries = [entry];
  const channelEntryId = channel?.status === 'unsubscribed' ? channel.entryId : null;
  subscribe(standings, targetText(wish.kind, wish.targetId), wish, entry.id, proves);
  if (wish.kind === 'messageType' && channel?.status !== 'subscribed')
    subscribe(standings, targetText('channel', channelId), wish, entry.id, proves);
  if (wish.kind === 'channel' && channelEntryId !== null)
    for (const typeId of tree.typesOfChannel.get(channelId) ?? []) {
      const text = targetText('messageType', typeId);
      const type = standings.get(text);
      if (type?.status !== 'unsubscribed' || type.entryId !== channelEntryId) continue;
      if (!asksFirst(typeId)) {
        subscribe(standings, text, wish, entry.id, proves);
        continue;
      }
      const own: RuledEntry = { id: newId(), action: 'optInPending', kind: 'messageType', targetId: typeId };
      entries.push(own);
      const waiting = { status: 'pending', pausedAt: null, entryId: own.id } as const;
      standings.set(text, { ...waiting, since: wish.happenedAt, proven: proves });
    }
  return { outcome: 'recorded', entries };
}

/**
 * Who is subscribed already stays so by what proves it: a newer proof takes the place of an older one and of a
 * mere statement. Only a proof newer than an unclear wish settles that.
 */
function subscribe(
  standings: Standings,
  text: string,
  wish: RuledWish,
  entryId: number,
  proves: boolean,
): void {
  const before = standings.get(text);
  const unclear = before?.pausedAt ?? null;
  const pausedAt = unclear && proves && wish.happenedAt > unclear ? null : unclear;
  const proof = { status: 'subscribed', pausedAt, entryId, since: wish.happenedAt, proven: proves } as const;
  if (before?.status !== 'subscribed' || (proves && !(before.proven && before.since >= wish.happenedAt)))
    standings.set(text, proof);
  else standings.set(text, { ...before, pausedAt });
}

function pause(standings: Standings, wish: RuledWish, newId: () => number): Ruling {
  const text = targetText(wish.kind, wish.targetId);
  const before = standings.get(text);
  if (before && before.status !== 'unsubscribed') {
    const unclear = before.pausedAt;
    const resumed = unclear && wish.happenedAt < unclear ? unclear : null;
    const paused = unclear ? later(unclear, wish.happenedAt) : wish.happenedAt;
    if (wish.action === 'resume') standings.set(text, { ...before, pausedAt: resumed });
    else if (!isOutlived(before, wish)) standings.set(text, { ...before, pausedAt: paused });
  }
  return { outcome: 'recorded', entries: [entryOf(wish, newId())] };
}

function entryOf(wish: RuledWish, id: number): RuledEntry {
  return {
    id,
    action: wish.action === 'optInPending' ? 'optIn' : wish.action,
    kind: wish.kind,
    targetId: wish.targetId,
  };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
