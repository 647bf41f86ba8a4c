import { sql } from 'kysely';
import { Type } from 'typebox';
import { planFor } from '../../delivery/admission/admission-plan.ts';
import { admitWithCodes, fedPeople, writeAdmissions } from '../../delivery/admission/admit-lane.ts';
import type { AdmissionPlan } from '../../delivery/admission/admit-user.ts';
import { usersById } from '../../delivery/admission/audience-page.ts';
import { dealAgain } from '../../delivery/admission/deal-coupons.ts';
import { memoisedTiming } from '../../delivery/admission/lawful-timing.ts';
import { takeMessageIds } from '../../delivery/admission/new-message.ts';
import { rowId } from '../../http/schemas.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { takeRequestId } from '../../requests/request-key.sql.ts';
import { type Act, ofOwnMessage, type Step, tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { campaignOfTile } from '../journey-campaigns.sql.ts';
import { keepMessages } from '../runs/messages.sql.ts';
import type { Memory } from '../runs/run.ts';

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
    next: target,
    skipped: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description: 'Sends a message; who may not get it goes on by skipped, which is next unless told',
  },
);

const skipped = 'skipped';
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
  const options = {
    ...(dataFields && { dataFields }),
    ...(quietHours && { quietHours }),
    ...(caps && { caps }),
  };
  return {
    stored: tile,
    ways: new Map([
      [next, tile.next],
      [skipped, tile.skipped ?? tile.next],
    ]),
    words: `get a message by template ${templateId}${waits ? ', and stay until it has left' : ''}`,
    takesTime: false,
    hears: waits ? [ofOwnMessage] : [],
    sends: { templateId, senderId: senderId ?? null, poolId: poolId ?? null, options },
    act: sendTo(id),
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
    step: ({ memory }, fact) => decide(memory, fact as Fate | undefined, waits),
  };
});

const messageOf = (memory: Memory): number | null =>
  typeof memory.messageId === 'number' ? memory.messageId : null;

function decide(memory: Memory, fate: Fate | undefined, waits: boolean): Step {
  if (typeof memory.skip === 'string') {
    const seen = { skipReason: memory.skip };
    // Who is held out walks as if the message had gone.
    return memory.skip === 'holdout' ? { go: next, seen } : { go: skipped, seen };
  }
  const messageId = messageOf(memory);
  const seen = { messageId };
  if (fate?.status === 'skipped') return { go: skipped, seen: { ...seen, skipReason: fate.skipReason } };
  const isToLeave = fate !== undefined && ['queued', 'dispatching', 'inDoubt'].includes(fate.status);
  if (waits && isToLeave) return { stay: null, hears: [`${ofOwnMessage}${messageId}`], memory };
  return { go: next, seen };
}

/** Admits one message for each of these people, of whom each has one run among them, and settles their runs with it. */
function sendTo(tile: string): Act {
  return async (tools, where, runs, settle) => {
    const { lane, now } = where;
    const [first] = runs;
    if (!first) return;
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
    const feedsOf =
      plan.feeds.length === 0
        ? new Map()
        : await plan.feedReader.readFor(plan.feeds, fedPeople(fed, present, now, timing));
    const ready: AdmissionPlan = { ...fed, feedsOf };
    const ids = await takeMessageIds(tools.db, present.length);
    const each = present.map((user, index) => ({ user, messageId: ids[index] ?? 0 }));
    const decideOn = (db: StepDatabase) => admitWithCodes(db, ready, lane, each, now, timing);
    // Codes are held from the moment they are seen until they are given.
    const decided = plan.template.coupons.size > 0 ? null : await decideOn(tools.db);
    await dealAgain(() =>
      tools.db.transaction().execute((transaction) =>
        settle(transaction, async (held) => {
          const admissions = decided ?? (await decideOn(transaction));
          const runOf = new Map(held.map((run) => [run.userId, run]));
          const theirs = admissions.filter(({ message }) => runOf.has(message.userId));
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
          for (const { message } of theirs)
            memories.set(runOf.get(message.userId)!.id, { messageId: message.id });
          return memories;
        }),
      ),
    );
  };
}

type StepDatabase = Parameters<typeof admitWithCodes>[0];

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
