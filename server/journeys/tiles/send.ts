import { sql } from 'kysely';
import { Type } from 'typebox';
import type { FeedOutcome } from '../../content/feeds/feed-reader.ts';
import { planFor } from '../../delivery/admission/admission-plan.ts';
import { admitWithCodes, fedPeople, writeAdmissions } from '../../delivery/admission/admit-lane.ts';
import type { AdmissionPlan } from '../../delivery/admission/admit-user.ts';
import { type AudienceUser, usersById } from '../../delivery/admission/audience-page.ts';
import { dealAgain } from '../../delivery/admission/deal-coupons.ts';
import { memoisedTiming } from '../../delivery/admission/lawful-timing.ts';
import { takeMessageIds } from '../../delivery/admission/new-message.ts';
import { changeMessages } from '../../delivery/rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, isWaiting, type Skipped, skipFor } from '../../delivery/skip-queued.ts';
import type { Announce } from '../../http/happenings.ts';
import { rowId } from '../../http/schemas.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { takeRequestId } from '../../requests/request-key.sql.ts';
import {
  type Act,
  ofOwnMessage,
  type Settle,
  type Step,
  tileKind,
  type Where,
} from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { campaignOfTile } from '../journey-campaigns.sql.ts';
import { keepMessages } from '../runs/messages.sql.ts';
import type { Memory, Run } from '../runs/run.ts';
import { putOff } from '../runs/runs.sql.ts';
import { imagineMessages, messageOf } from './imagined-messages.ts';
import { type Before, before, inTime, isLate, readBefore } from './send-deadline.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('send'),
    templateId: rowId,
    senderId: Type.Optional(rowId),
    poolId: Type.Optional(rowId),
    dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    quietHours: Type.Optional(Type.Union([Type.Literal('delay'), Type.Literal('skip')])),
    caps: Type.Optional(Type.Union([Type.Literal('delay'), Type.Literal('skip')])),
    waits: Type.Optional(
      Type.Boolean({
        description:
          'Whether people stay here until the message has left, so that what comes after it never comes before it. True unless told',
      }),
    ),
    before: Type.Optional(before),
    next: target,
    skipped: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description: 'Sends a message; who may not get it goes on by skipped, which is next unless told',
  },
);

const skipped = 'skipped';
/** When it is asked again what data feeds have answered, in ms. */
const feedsMs = 1_000;
const timing = memoisedTiming();

/** What is known of somebody's message. */
interface Fate {
  status: string;
  skipReason: string | null;
}

/** Sends a message. */
export const sendTile = tileKind('send', schema, (tile, id, place, ground) => {
  const { templateId, senderId, poolId, dataFields, quietHours, caps, waits = true } = tile;
  if (senderId !== undefined && poolId !== undefined)
    throw ground.refuse(`${place}.poolId`, 'cannot be given beside senderId: choose one of the two');
  const by = tile.before && readBefore(tile.before, `${place}.before`, ground);
  const template = { kind: 'template', id: templateId } as const;
  ground.refer(template, `${place}.templateId`);
  const options = {
    ...(dataFields && { dataFields }),
    ...(quietHours && { quietHours }),
    ...(caps && { caps }),
  };
  const sends = { templateId, senderId: senderId ?? null, poolId: poolId ?? null, options };
  return {
    stored: by ? { ...tile, before: by.stored } : tile,
    ways: new Map([
      [next, tile.next],
      [skipped, tile.skipped ?? tile.next],
    ]),
    words: `get the message ${ground.nameOf(template)}${waits ? '' : ', and go on before it has left'}${by ? `, ${by.words}` : ''}`,
    takesTime: false,
    hears: waits ? [ofOwnMessage] : [],
    sends,
    ...(by?.last && { sendsBefore: by.last }),
    act: sendTo(id, by),
    rehearsal: {
      act: (imagining, runs) => imagineMessages(imagining, id, sends, by, runs),
      fact: (message, now): Fate | undefined => {
        if (!message) return undefined;
        // Who does not wait goes on before it is claimed.
        if (message.at > now || (message.isClaimed && !waits)) return { status: 'queued', skipReason: null };
        return { status: message.skip === null ? 'sent' : 'skipped', skipReason: message.skip };
      },
    },
    asks: ['consent'],
    facts: async (db, { lane }, runs) => {
      const ids = runs.flatMap(({ memory }) => messageOf(memory) ?? []);
      const { rows } = await sql<{ id: number } & Fate>`
        SELECT id, status, skip_reason AS "skipReason" FROM message
        WHERE lane = ${lane} AND id = ANY (${ids}::bigint[])`.execute(db);
      const fates = new Map(rows.map(({ id: messageId, ...fate }) => [messageId, fate]));
      return new Map(
        runs.flatMap(({ id: runId, memory }) => {
          const fate = fates.get(messageOf(memory) ?? 0);
          return fate ? [[runId, fate] as const] : [];
        }),
      );
    },
    step: ({ memory }, fact, now) => decide(memory, fact as Fate | undefined, waits, now),
  };
});

function decide(memory: Memory, fate: Fate | undefined, waits: boolean, now: Date): Step {
  if (typeof memory.skip === 'string') {
    const seen = { skipReason: memory.skip };
    // Who is held out walks as if the message had gone.
    return memory.skip === 'holdout' ? { go: next, seen } : { go: skipped, seen };
  }
  const messageId = messageOf(memory);
  // One that is only imagined is not there to be looked up.
  const seen = messageId === null || messageId > 0 ? { messageId } : {};
  if (fate?.status === 'skipped') return { go: skipped, seen: { ...seen, skipReason: fate.skipReason } };
  const isToLeave = fate !== undefined && ['queued', 'dispatching', 'inDoubt'].includes(fate.status);
  const deadline = typeof memory.deadline === 'number' && memory.late !== 'skipped' ? memory.deadline : null;
  if (waits && isToLeave && deadline !== null && deadline <= now.getTime())
    return { stay: now, hears: [], memory: { ...memory, acted: false, late: 'toSkip' } };
  if (waits && isToLeave)
    return {
      stay: deadline === null ? null : new Date(deadline),
      hears: [`${ofOwnMessage}${messageId}`],
      memory,
    };
  return { go: next, seen };
}

/** Admits one message for each of these people, of whom each has one run among them, and settles their runs with it. */
function sendTo(tile: string, by: Before | undefined): Act {
  return async (tools, where, all, settleRuns) => {
    const runs = all.filter((run) => !isLate(run));
    // Those whose time is over while their message waits are let off it in the same transaction.
    const settle: Settle = (transaction, last, those) =>
      settleRuns(
        transaction,
        async (held) => {
          const late = await skipLate(transaction, tools.announce, where, held.filter(isLate));
          return new Map([...late, ...(await last(held.filter((run) => !isLate(run))))]);
        },
        those,
      );
    const { lane, now } = where;
    const [first] = runs;
    if (!first) {
      await tools.db.transaction().execute((transaction) => settle(transaction, async () => new Map()));
      return;
    }
    const campaign = await campaignOfTile(tools.db, first.journeyId, tile);
    const plan =
      campaign &&
      (await planFor(tools.db, tools, {
        ...campaign,
        // What a template says is what it says when somebody comes.
        ...{
          snapshotId: null,
          requestId: await takeRequestId(tools.db),
          dataFields: {},
          sendAt: now,
          allowRepeats: true,
        },
      }));
    const asked = runs.filter(({ isHeldOut }) => !isHeldOut);
    const heldOut = new Map(
      runs.filter(({ isHeldOut }) => isHeldOut).map(({ id }) => [id, { skip: 'holdout' }]),
    );
    if (!plan) {
      const gone = new Map<number, Memory>(asked.map(({ id }) => [id, { skip: 'templateGone' }]));
      await tools.db
        .transaction()
        .execute((transaction) => settle(transaction, async () => new Map([...gone, ...heldOut])));
      return;
    }
    const fieldsOf = new Map(asked.map(({ userId, data }) => [userId, data]));
    const users = await usersById(
      tools.db,
      { ...plan, lane },
      asked.map(({ userId }) => userId),
    );
    const present = users.filter(({ exists }) => exists);
    const fed: AdmissionPlan = { ...plan, fieldsOf };
    const { feedsOf, waiting } = takeFeeds(fed, `${lane} ${first.journeyId} ${tile}`, asked, present, now);
    const again = new Date(now.getTime() + feedsMs);
    await putOff(
      tools.db,
      lane,
      asked.flatMap(({ id, userId }) => (waiting.has(userId) ? { id, at: again } : [])),
      now,
    );
    const those = all.filter((run) => isLate(run) || run.isHeldOut || !waiting.has(run.userId));
    if (those.length === 0) return;
    const ready: AdmissionPlan = { ...fed, feedsOf };
    const deadlines = by ? await by.of(tools.db, where, asked) : new Map<number, Date>();
    const due = present.filter(({ id }) => !waiting.has(id));
    const ids = await takeMessageIds(tools.db, due.length);
    const each = due.map((user, index) => ({ user, messageId: ids[index] ?? 0 }));
    const decideOn = (db: StepDatabase) => admitWithCodes(db, ready, lane, each, now, timing);
    // Codes are held from the moment they are seen until they are given.
    const decided = plan.template.coupons.size > 0 ? null : await decideOn(tools.db);
    await dealAgain(() =>
      tools.db.transaction().execute((transaction) =>
        settle(
          transaction,
          async (held) => {
            const admissions = decided ?? (await decideOn(transaction));
            const runOf = new Map(held.map((run) => [run.userId, run]));
            const theirs = admissions
              .filter(({ message }) => runOf.has(message.userId))
              .map((admission) => {
                const { id: runId, rank } = runOf.get(admission.message.userId)!;
                return inTime(admission, deadlines.get(runId), rank);
              });
            await writeAdmissions(transaction, tools.announce, lane, plan, theirs);
            await keepMessages(
              transaction,
              lane,
              theirs.map(({ message }) => ({
                ...{ runId: runOf.get(message.userId)!.id, tile },
                messageId: message.id,
                userId: message.userId,
              })),
            );
            await wakeSenders(transaction, lane, plan, theirs);
            const memories = new Map<number, Memory>(heldOut);
            for (const { message } of theirs) {
              const { id: runId } = runOf.get(message.userId)!;
              const deadline = deadlines.get(runId)?.getTime();
              memories.set(runId, { messageId: message.id, ...(deadline !== undefined && { deadline }) });
            }
            return memories;
          },
          those,
        ),
      ),
    );
  };
}

/**
 * What the template's data feeds have answered of people, and who still waits for it: feeds are asked beside, so that no lane and nobody else waits for
 * them. Each passage is asked about with what came with its own entry.
 */
function takeFeeds(
  plan: AdmissionPlan,
  key: string,
  asked: readonly Run[],
  present: readonly AudienceUser[],
  now: Date,
): { feedsOf: Map<number, FeedOutcome>; waiting: ReadonlySet<number> } {
  const wanting = fedPeople(plan, present, now, timing);
  if (wanting.length === 0) return { feedsOf: new Map(), waiting: new Set() };
  const runOf = new Map(asked.map(({ userId, id }) => [userId, id]));
  const answered = plan.feedReader.take(
    key,
    wanting.map(({ id, fields }) => ({ id: runOf.get(id) ?? 0, fields })),
    plan.feeds,
  );
  const feedsOf = new Map<number, FeedOutcome>();
  const waiting = new Set<number>();
  for (const { id } of wanting) {
    const outcome = answered.get(runOf.get(id) ?? 0);
    if (outcome) feedsOf.set(id, outcome);
    else waiting.add(id);
  }
  return { feedsOf, waiting };
}

type StepDatabase = Parameters<typeof admitWithCodes>[0];

/** Has messages not leave any more that still wait and whose time is over. */
async function skipLate(
  transaction: StepDatabase,
  announce: Announce,
  { lane, now }: Where,
  held: readonly Run[],
): Promise<Map<number, Memory>> {
  const ids = held.flatMap(({ memory }) => messageOf(memory) ?? []);
  if (ids.length > 0) {
    const which = sql`id = ANY (${ids}::bigint[]) AND ${isWaiting}`;
    const change = { lane, which, set: skipFor('tooLate'), told: asSkipped };
    const { rows } = await changeMessages<Skipped>(change).execute(transaction);
    if (rows.length > 0) await announceSkips(transaction, announce, lane, rows, now);
  }
  return new Map(held.map(({ id, memory }) => [id, { ...memory, late: 'skipped' }]));
}

/** What is due now is sent at once, and not with the next look. */
async function wakeSenders(
  transaction: StepDatabase,
  lane: number,
  plan: AdmissionPlan,
  admissions: Awaited<ReturnType<typeof admitWithCodes>>,
): Promise<void> {
  const senders = new Set(
    admissions.flatMap(({ message }) => (message.skipReason === null ? (message.senderId ?? []) : [])),
  );
  if (senders.size > 0)
    await wakeWorkersOnCommit(
      transaction,
      [...senders].map((due) => ({ flow: plan.purpose, lane, due })),
    );
}
