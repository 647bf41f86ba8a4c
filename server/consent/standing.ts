/** What a wish is about. */
export type TargetKind = 'channel' | 'messageType';

/** What a person wants, or what was recorded on the way there. */
export type WishAction = 'optIn' | 'optInPending' | 'optOut' | 'pause' | 'resume';

/** Where a person stands with one channel or message type. `entryId` names the ledger entry that proves it. */
export interface Standing {
  status: 'subscribed' | 'pending' | 'unsubscribed';
  paused: boolean;
  entryId: number;
  /** When the wish behind the status happened; for an opt-out, the latest one. */
  since: Date;
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
const provingMethods = new Set(['keyword', 'webForm', 'doubleOptIn', 'inPerson', 'paper']);
/** Means by which the person acted on the handset itself: no further confirmation is asked for. */
const handsetMethods = new Set(['keyword', 'reply', 'doubleOptIn']);

/** One text for one target, for maps. */
export const targetText = (kind: TargetKind, id: number): string => `${kind}:${id}`;

/**
 * Rules on one wish and changes `standings` by it. An opt-out always takes effect, and out of a channel it ends
 * the channel's types. An opt-in to a type opts in to its channel too. An opt-in after an opt-out (of the target
 * or its channel) needs proof newer than that; with it, an opt-in to a channel brings back the types that the
 * channel's opt-out had ended. `newId` numbers ledger entries.
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
  const since = before?.status === 'unsubscribed' ? later(before.since, wish.happenedAt) : wish.happenedAt;
  const ended = { status: 'unsubscribed', paused: false, since } as const;
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

function optIn(standings: Standings, tree: ConsentTree, wish: RuledWish, newId: () => number): Ruling {
  const target = standings.get(targetText(wish.kind, wish.targetId));
  const channelId = wish.kind === 'channel' ? wish.targetId : tree.channelOfType.get(wish.targetId)!;
  const channel = standings.get(targetText('channel', channelId));
  const optedOutAt = [target, channel]
    .filter((standing) => standing?.status === 'unsubscribed')
    .map((standing) => standing!.since)
    .reduce<Date | null>((latest, since) => (latest ? later(latest, since) : since), null);
  const proves = provingMethods.has(wish.method);
  if (optedOutAt && !(proves && wish.happenedAt > optedOutAt))
    return { outcome: 'optOutStands', since: optedOutAt };
  const mustConfirm =
    wish.action === 'optInPending' ||
    (wish.kind === 'messageType' && tree.doubleOptIn.has(wish.targetId) && !handsetMethods.has(wish.method));
  if (mustConfirm && target?.status !== 'subscribed') {
    const entry: RuledEntry = { ...entryOf(wish, newId()), action: 'optInPending' };
    standings.set(targetText(wish.kind, wish.targetId), {
      ...{ status: 'pending', paused: target?.paused ?? false, entryId: entry.id, since: wish.happenedAt },
    });
    return { outcome: 'pending', entries: [entry] };
  }
  const entry = entryOf(wish, newId());
  const channelEntryId = channel?.status === 'unsubscribed' ? channel.entryId : null;
  subscribe(standings, targetText(wish.kind, wish.targetId), wish, entry.id, proves);
  if (wish.kind === 'messageType' && channel?.status !== 'subscribed')
    subscribe(standings, targetText('channel', channelId), wish, entry.id, proves);
  if (wish.kind === 'channel' && channelEntryId !== null)
    for (const typeId of tree.typesOfChannel.get(channelId) ?? []) {
      const type = standings.get(targetText('messageType', typeId));
      if (type?.status === 'unsubscribed' && type.entryId === channelEntryId)
        subscribe(standings, targetText('messageType', typeId), wish, entry.id, proves);
    }
  return { outcome: 'recorded', entries: [entry] };
}

/** Who is subscribed already stays so since then; a proof takes the place of a mere statement. */
function subscribe(
  standings: Standings,
  text: string,
  wish: RuledWish,
  entryId: number,
  proves: boolean,
): void {
  const before = standings.get(text);
  const paused = proves ? false : (before?.paused ?? false);
  if (before?.status === 'subscribed')
    standings.set(text, { ...before, paused, entryId: proves ? entryId : before.entryId });
  else standings.set(text, { status: 'subscribed', paused, entryId, since: wish.happenedAt });
}

function pause(standings: Standings, wish: RuledWish, newId: () => number): Ruling {
  const text = targetText(wish.kind, wish.targetId);
  const before = standings.get(text);
  if (before)
    standings.set(text, { ...before, paused: wish.action === 'pause' && before.status !== 'unsubscribed' });
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
