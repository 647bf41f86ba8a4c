import { planFor } from '../../delivery/admission/admission-plan.ts';
import type { AdmissionPlan } from '../../delivery/admission/admit-user.ts';
import { timingOfInstants } from '../../delivery/admission/lawful-timing.ts';
import { type Fate, whatIf } from '../../delivery/admission/what-if.ts';
import type { SkipReason } from '../../delivery/skip-reason.ts';
import type { ImaginedMessage, Imagining, Rehearsed } from '../definition/tile-kind.ts';
import { campaignOfTile } from '../journey-campaigns.sql.ts';
import type { Memory, Run } from '../runs/run.ts';
import { type Before, inTime, isLate } from './send-deadline.ts';

/** The message that a tile remembers; null for none. */
export const messageOf = (memory: Memory): number | null =>
  typeof memory.messageId === 'number' ? memory.messageId : null;

/** What the tile sends with, as its document says. */
export interface Sends {
  templateId: number;
  senderId: number | null;
  poolId: number | null;
  options: object;
}

/** Plans are made anew for each day, since rates change with days. */
const dayMs = 86_400_000;

/** The plan by which a tile's messages are admitted on a day; null where its template is gone. Made once. */
async function imaginedPlan(
  imagining: Imagining,
  tile: string,
  { templateId, senderId, poolId, options }: Sends,
  at: Date,
): Promise<AdmissionPlan | null> {
  const { db, journey, kept, projectId } = imagining;
  // Nobody is asked about before the day begins.
  const sendAt = new Date(Math.floor(at.getTime() / dayMs) * dayMs);
  const key = `plan ${tile} ${sendAt.getTime()}`;
  const known = kept.get(key) as Promise<AdmissionPlan | null> | undefined;
  if (known) return known;
  const plan = campaignOfTile(db, journey.id, tile).then((published) =>
    planFor(db, imagining, {
      ...{ projectId, templateId, senderId, poolId, options, requestId: 0, snapshotId: null },
      campaign: published?.campaign ?? { id: null, name: `${journey.name}: ${tile}` },
      ...{ dataFields: {}, sendAt, allowRepeats: true },
    }),
  );
  kept.set(key, plan);
  return plan;
}

/** What admission and the claim after it would make of the messages of these people, each at an instant of their own. */
export async function imagineMessages(
  imagining: Imagining,
  tile: string,
  sends: Sends,
  by: Before | undefined,
  runs: readonly Run[],
): Promise<ReadonlyMap<number, Rehearsed>> {
  const { db, lane, projectId, nowOf, frequencyCaps, stock, without } = imagining;
  const found = new Map<number, Rehearsed>();
  for (const run of runs.filter(isLate)) found.set(run.id, letOff(imagining, run));
  const coming = runs.filter((run) => !isLate(run));
  for (const { id } of coming.filter(({ isHeldOut }) => isHeldOut))
    found.set(id, { memory: { skip: 'holdout' } });
  const asked = coming.filter(({ isHeldOut }) => !isHeldOut);
  const where = { projectId, lane, now: new Date(0) };
  const deadlines = by && asked.length > 0 ? await by.of(db, where, asked) : new Map<number, Date>();
  for (const group of Map.groupBy(asked, (run) => Math.floor(nowOf(run).getTime() / dayMs)).values()) {
    const now = new Date(Math.min(...group.map((run) => nowOf(run).getTime())));
    const plan = await imaginedPlan(imagining, tile, sends, now);
    if (!plan) {
      for (const { id } of group) found.set(id, { memory: { skip: 'templateGone' } });
      continue;
    }
    const each = new Map(
      group.map((run) => [run.userId, { now: nowOf(run), sent: imagining.sentTo(run.userId) }]),
    );
    const fieldsOf = new Map(group.map(({ userId, data }) => [userId, data]));
    // Feeds are asked of nobody's servers for people to whom nothing is sent.
    const asks = plan.feeds.length === 0;
    const { fates } = await whatIf(
      db,
      { plan: { ...plan, fieldsOf }, audience: null, frequencyCaps, now, stock, each, without },
      { lane, userIds: group.map(({ userId }) => userId) },
      imaginedTiming(imagining),
      () => asks,
    );
    const fateOf = new Map(fates.map((fate) => [fate.user.id, fate]));
    for (const run of group) {
      const deadline = deadlines.get(run.id);
      const message = messageFrom(imagining, tile, plan, fateOf.get(run.userId), run, deadline);
      const memory = { messageId: message.id, ...(deadline && { deadline: deadline.getTime() }) };
      found.set(run.id, { memory, message });
    }
  }
  return found;
}

/** Hours are worked out once for all who are gone through. */
function imaginedTiming({ kept }: Imagining): ReturnType<typeof timingOfInstants> {
  const known = kept.get('timing') as ReturnType<typeof timingOfInstants> | undefined;
  if (known) return known;
  const made = timingOfInstants();
  kept.set('timing', made);
  return made;
}

/** What becomes of one message: what admission and text say at once, limits when it could leave. */
function messageFrom(
  { nextId, nowOf }: Imagining,
  tile: string,
  { medium, purpose, channelId }: AdmissionPlan,
  fate: Fate | undefined,
  run: Run,
  deadline: Date | undefined,
): ImaginedMessage {
  const madeAt = nowOf(run);
  const isPromotional = purpose === 'promotional';
  const base = { id: nextId(), tile, medium, isPromotional, channelId, madeAt };
  const none = { senderId: null, address: null, segments: 0, priceMicros: 0 };
  const skipped = (
    skip: SkipReason,
    detail: string | null,
    at: Date,
    isClaimed = false,
  ): ImaginedMessage => ({ ...base, ...none, at, skip, detail, isClaimed });
  if (!fate) return skipped('userDeleted', null, madeAt);
  const { message: written, skip, detail, dueAt } = fate;
  const message = written && inTime({ message: written, stickySenderId: null }, deadline, run.rank).message;
  if (message?.skipReason) return skipped(message.skipReason, message.detail, madeAt);
  // A limit is found when it could leave, by the claim.
  if (skip !== null) return skipped(skip, detail, message?.dueAt ?? madeAt, message !== null);
  return {
    ...{ ...base, skip: null, detail: null, at: dueAt ?? madeAt, isClaimed: true },
    ...{ senderId: message?.senderId ?? null, address: message?.toAddress ?? null },
    ...{ segments: message?.segments ?? 0, priceMicros: message?.priceMicros ?? 0 },
  };
}

/** What waits at its deadline does not leave any more. */
function letOff({ messageOf: imagined, nowOf }: Imagining, run: Run): Rehearsed {
  const waiting = imagined(run, messageOf(run.memory) ?? 0);
  const memory = { ...run.memory, late: 'skipped' };
  if (!waiting || waiting.at <= nowOf(run)) return { memory };
  const none = { senderId: null, address: null, segments: 0, priceMicros: 0 };
  return { memory, message: { ...waiting, ...none, at: nowOf(run), skip: 'tooLate', detail: null } };
}
