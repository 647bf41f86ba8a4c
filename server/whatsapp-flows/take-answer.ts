import type { WishOutcome } from '../consent/ledger.ts';
import { addressFor } from '../consent/targets.ts';
import type { Wish } from '../consent/wish.ts';
import { messageOfFlowToken } from '../delivery/flow-token.ts';
import { trackOwn } from '../events/track-own.ts';
import type { Context } from '../http/context.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { fieldsRefusal } from '../users/field-limits.ts';
import type { UserRef } from '../users/identity.ts';
import { mergeFields } from '../users/merge-fields.ts';
import { mergedInto } from '../users/merged-users.ts';
import { readUsers } from '../users/user-row.ts';
import { type AnswerOutcome, findFlowMessage, insertFlowAnswer, mediumOfType } from './answers.sql.ts';
import { answerFields } from './flow-answers.ts';
import { type Flow, type FlowVersion, findNamedFlow, listVersions } from './flows.sql.ts';
import { typedAnswer } from './mapping.ts';

/** A flow that somebody filled in, as it came. */
export interface FilledFlow {
  projectId: number;
  user: UserRef;
  /** Our message that it answers, of the writer's lane, where the provider says it. */
  answers: number | null;
  /** The number or WhatsApp user id that it came from. */
  address: string;
  /** Our number that it came to, as people know it. */
  to: string;
  response: Readonly<Record<string, unknown>>;
  writtenAt: Date;
  at: Date;
}

/** What an answer asks for by its flow's mapping: opt-ins to be recorded, and what is to be done with them or not at all. */
export interface AnswerDeeds {
  wishes: Wish[];
  /** In the transaction that keeps the answer. */
  carryOut(
    within: Pick<Context, 'db' | 'announce' | 'people'>,
    outcomes: readonly WishOutcome[],
  ): Promise<void>;
}

/** What comes of a filled-in flow; null for one that is not kept here. */
export async function readFlowAnswer(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  filled: FilledFlow,
): Promise<AnswerDeeds | null> {
  const { projectId, user, answers } = filled;
  const { flow_token: token, ...response } = filled.response;
  const named = typeof token === 'string' ? messageOfFlowToken(secrets, token) : null;
  const message = named ?? (answers === null ? null : { lane: user.lane, id: answers });
  const sent = message && (await findFlowMessage(db, projectId, message));
  const flow =
    sent && (await findNamedFlow(db, projectId, sent.accountId, { id: sent.flowId, name: sent.flowName }));
  if (!flow || !message) return null;
  // What Meta has not taken nobody has seen.
  const version = (await listVersions(db, flow.id)).find(({ uploadedAt }) => uploadedAt !== null);
  const barred =
    !version || sent.isDraft || flow.status === 'DRAFT'
      ? 'draft'
      : (await isOf(db, user, { lane: message.lane, id: sent.userId }))
        ? null
        : 'otherPerson';
  const consents = await wishesOf(db, filled, { flow, version, response, barred });
  const wishes = consents.flatMap(({ wish }) => wish ?? []);
  const messageId = message.lane === user.lane ? message.id : null;
  return {
    wishes,
    carryOut: async (within, outcomes) => {
      const told = consents.map(({ answer, to, wish, outcome }) => ({
        ...{ answer, to },
        outcome: wish ? (outcomes[wishes.indexOf(wish)]?.outcome ?? 'unknownUser') : outcome,
      }));
      const outcome = [
        ...(await setFields(within, filled, flow, response)),
        ...(await trackEvent(within, filled, flow, response)),
        ...told,
      ];
      await insertFlowAnswer(within.db, {
        ...{ projectId, lane: user.lane, userId: user.id, flowId: flow.id, messageId },
        ...{ response, outcome, at: filled.at },
      });
    },
  };
}

/** Whether somebody is the one to whom a message went, by now. */
async function isOf(db: Context['db'], user: UserRef, to: UserRef): Promise<boolean> {
  const remaining = to.id === user.id ? to : (await mergedInto(db, [to])).get(to.id);
  return remaining?.lane === user.lane && remaining.id === user.id;
}

interface Consent extends AnswerOutcome {
  /** Null where nothing is agreed to, or nothing can be. */
  wish: Wish | null;
}

/**
 * The opt-ins that somebody gave: only what an OptIn answered with yes, with the words that stood beside it as the proof. `barred` says why
 * nothing of the answer is one.
 */
async function wishesOf(
  db: Context['db'],
  { projectId, user, address, to, writtenAt }: FilledFlow,
  {
    flow,
    version,
    response,
    barred,
  }: {
    flow: Flow;
    version: FlowVersion | undefined;
    response: Record<string, unknown>;
    barred: 'draft' | 'otherPerson' | null;
  },
): Promise<Consent[]> {
  const fields = answerFields(parseRecord(version?.json ?? ''));
  const [person] = await readUsers(db, projectId, user.lane, [user.id]);
  const consents: Consent[] = [];
  for (const { answer, messageTypeId } of flow.mapping.consents) {
    const named = { answer, to: `messageType:${messageTypeId}` };
    const field = fields.find(({ name }) => name === answer);
    const medium = await mediumOfType(db, projectId, messageTypeId);
    const isAgreed = response[answer] === true || response[answer] === 'true';
    const wording = field?.part === 'OptIn' ? field.label : null;
    // What agrees to WhatsApp is the account that wrote; another medium needs an address there.
    const at =
      medium === 'whatsApp' ? address : person && medium !== null ? addressFor(person, medium) : null;
    if (!isAgreed || barred || !version || wording === null || medium === null || at === null) {
      const outcome = !isAgreed
        ? 'notAgreed'
        : (barred ?? (medium === null ? 'unknownTarget' : wording === null ? 'noProof' : 'noAddress'));
      consents.push({ ...named, outcome, wish: null });
      continue;
    }
    const wish: Wish = {
      ...{ lane: user.lane, userId: user.id, projectId, action: 'optIn', kind: 'messageType' },
      ...{ targetId: messageTypeId, address: at, method: 'webForm', wording, happenedAt: writtenAt },
      source: `WhatsApp flow “${flow.name}”, version ${version.number}, sent to ${to}`,
    };
    consents.push({ ...named, outcome: '', wish });
  }
  return consents;
}

/** Writes answers into the profile, each by itself where not all of them can be. */
async function setFields(
  { db, people }: Pick<Context, 'db' | 'people'>,
  { projectId, user, at }: FilledFlow,
  { mapping }: Flow,
  response: Readonly<Record<string, unknown>>,
): Promise<AnswerOutcome[]> {
  const given = mapping.fields.flatMap(({ answer, field, type }) => {
    const value = response[answer];
    // What somebody left empty says nothing of them.
    if (value === undefined || value === null || value === '') return [];
    return [{ answer, field, type, value: typedAnswer(value, type) }];
  });
  const write = async (rows: typeof given): Promise<string | null> => {
    const fields = Object.fromEntries(rows.map(({ field, value }) => [field, value]));
    const refusal = fieldsRefusal(fields);
    if (refusal) return refusal.reason;
    const changes = [{ userId: user.id, fields }];
    const refused = await mergeFields({ ...people, db }, db, projectId, user.lane, changes, at);
    return refused.get(user.id) ?? null;
  };
  const sound = given.filter(({ value }) => value !== undefined);
  const all = sound.length > 0 ? await write(sound) : null;
  const outcomes: AnswerOutcome[] = [];
  for (const row of given) {
    const { answer, field, type, value } = row;
    const fault = value === undefined ? `is no ${type}` : all === null ? null : await write([row]);
    outcomes.push({ answer, to: field, outcome: fault ?? 'kept' });
  }
  return outcomes;
}

/** Tracks the event of an answer, which holds all of it. */
async function trackEvent(
  { db, announce }: Pick<Context, 'db' | 'announce'>,
  { projectId, user, at, writtenAt }: FilledFlow,
  { id: flowId, name: flowName, mapping: { eventName: name } }: Flow,
  response: Readonly<Record<string, unknown>>,
): Promise<AnswerOutcome[]> {
  if (name === null) return [];
  const happenedAt = writtenAt < at ? writtenAt : at;
  const data = { ...response, flowId, flowName };
  const [fault] = await trackOwn(db, announce, projectId, [{ user, name, data, happenedAt }], at);
  return [{ answer: '', to: name, outcome: fault ?? 'tracked' }];
}
