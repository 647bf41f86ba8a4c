import { randomUUID } from 'node:crypto';
import { identityFields } from '../content/built-in-fields.ts';
import { readAnswer } from '../content/feeds/ask-feed.ts';
import { eachWithLookups } from '../content/lookups/each-with-lookups.ts';
import { renderStorable } from '../content/render-storable.ts';
import { compileTemplate, templateData } from '../content/rendering/compile-template.ts';
import { fullWork } from '../content/rendering/helpers/helper.ts';
import { loadSnippets } from '../content/snippets/snippet-set.ts';
import { lookupSources } from '../delivery/lookup-sources.ts';
import type { Context } from '../http/context.ts';
import { signatureOf } from '../http/signature.ts';
import type { FlowCall, FlowReply } from '../providers/flow-management.ts';
import { isRecord, type JsonRecord } from '../providers/json-reading.ts';
import type { User } from '../users/user-row.ts';
import { endScreen } from './check-flow.ts';
import { type ExchangePlan, typedData } from './exchange-plan.ts';
import { answerFields } from './flow-answers.ts';
import { screensOf } from './flow-json.ts';
import type { Flow } from './flows.sql.ts';

type Exchange = Extract<FlowCall, { kind: 'exchange' }>;

/** A call of somebody's flow, with all that its answer is made of. */
export interface PersonCall {
  flow: Flow;
  /** Of the version that phones have. */
  json: JsonRecord;
  person: User;
  call: Exchange;
}

/** Meta waits 10 seconds (Meta, Flows: implementing endpoints): what is forwarded must leave time for the rest. */
const forwardMs = 7_000;
/** So long a call waits for its turn where others are under way; then its phone would be gone before the answer, and nobody is asked. */
const turnMs = 2_000;
const largestAnswer = 256 * 1024;
/** What a phone shows under a screen where we cannot go on. */
const sorry = { error_message: 'That did not work. Please try again in a moment.' };

const noPlan: ExchangePlan = { start: null, screens: {}, forwardTo: null };

/** What a flow is answered while it is filled in: the screen that comes next, filled for the person, or its end. */
export async function answerExchange(context: Context, called: PersonCall): Promise<FlowReply> {
  const { flow, json, call } = called;
  const plan = flow.exchange ?? noPlan;
  const screens = screensOf(json);
  const first = plan.start ?? screens[0]?.id ?? '';
  if (call.action === 'open') return show(context, called, first);
  if (call.action === 'back') return show(context, called, call.screen || first);
  if (plan.forwardTo !== null) return forward(context, called, plan.forwardTo);
  const next = plan.screens[call.screen]?.next ?? endScreen;
  return next === endScreen ? end(called, {}) : show(context, called, next);
}

/** A screen with what the plan gives it; what the company's own answer gives goes above that. */
async function show(
  context: Context,
  called: PersonCall,
  screen: string,
  given: JsonRecord = {},
): Promise<FlowReply> {
  const data = { ...(await filled(context, called, screen)), ...given };
  return { kind: 'screen', screen, data };
}

/** The end, with what was filled in last. What an OptIn is answered with comes from the person's phone alone: nobody else agrees for them. */
function end({ json, call }: PersonCall, given: JsonRecord): FlowReply {
  const agreements = new Set(answerFields(json).flatMap(({ name, part }) => (part === 'OptIn' ? name : [])));
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !agreements.has(name)));
  return { kind: 'end', token: call.token, fields: { ...others, ...call.data } };
}

async function filled(
  { db, clock }: Context,
  { flow, json, person, call }: PersonCall,
  screen: string,
): Promise<Record<string, unknown>> {
  const sources = Object.entries(flow.exchange?.screens[screen]?.data ?? {});
  if (sources.length === 0) return {};
  const snippets = await loadSnippets(db, flow.project_id);
  const declared = screensOf(json).find(({ id }) => id === screen)?.screen;
  const now = clock.now();
  const identities = identityFields({ ...person, externalId: person.userId });
  const data = templateData({
    profile: { ...person.dataFields, ...identities },
    event: { answer: call.data },
  });
  const [texts = {}] = await eachWithLookups(
    db,
    { projectId: flow.project_id, now },
    lookupSources,
    [data],
    (lookUp) => (fields) => {
      const rendering = { data: fields, now, hmacSecret: null, lookUp, work: fullWork() };
      return Object.fromEntries(
        sources.map(([key, source]) => [
          key,
          renderStorable(compileTemplate(source, { snippets }), { ...rendering, missing: new Set() }),
        ]),
      );
    },
  );
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typedData(text, declared, key)]),
  );
}

/** Asks the company's own address what comes next, signed as webhooks are. What it does not answer in time leaves people where they are. */
async function forward(context: Context, called: PersonCall, url: string): Promise<FlowReply> {
  const { flow, json, person, call } = called;
  const body = JSON.stringify({
    ...{ flowId: flow.id, flowName: flow.name, screen: call.screen, data: call.data },
    user: {
      ...identityFields({ ...person, externalId: person.userId }),
      ...{ phoneNumber: person.phoneNumber, whatsAppUserId: person.whatsAppUserId },
    },
  });
  const secret = flow.forward_secret === null ? null : String(context.secrets.open(flow.forward_secret));
  const { feeds, clock } = context;
  const since = clock.now().getTime();
  const answer = await feeds.call(
    new URL(url).origin,
    flow.project_id,
    {
      ...{ method: 'POST', url, body, timeoutMs: forwardMs, largestBytes: largestAnswer },
      headers: {
        ...{ 'Content-Type': 'application/json', 'X-Carillon-Event': randomUUID() },
        ...(secret === null ? {} : { 'X-Carillon-Signature': signatureOf(body, secret) }),
      },
    },
    async () => clock.now().getTime() - since <= turnMs,
  );
  const stay = (fault: string): FlowReply => {
    context.log.warn({ flowId: flow.id, fault }, 'what a flow was to be answered did not come');
    return { kind: 'screen', screen: call.screen, data: sorry };
  };
  if (answer === null || 'fault' in answer)
    return stay(answer === null ? 'not asked, since others were under way' : answer.fault);
  const read = readAnswer(answer.text, largestAnswer);
  if ('fault' in read) return stay(read.fault);
  const { screen } = read.data;
  const data = isRecord(read.data.data) ? read.data.data : {};
  if (screen === endScreen) return end(called, data);
  const isKnown = screensOf(json).some(({ id }) => id === screen);
  if (typeof screen !== 'string' || !isKnown) return stay('named no screen of the flow');
  return show(context, called, screen, data);
}
