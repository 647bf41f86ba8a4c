import { type Static, Type } from 'typebox';
import { identityFields } from '../../content/built-in-fields.ts';
import { type OutsideAnswer, readAnswer } from '../../content/feeds/ask-feed.ts';
import { addressFault, fillAddress, fixedPart } from '../../content/feeds/feed-address.ts';
import {
  compileTemplate,
  render,
  type TemplateData,
  templateData,
} from '../../content/rendering/compile-template.ts';
import { TemplateError } from '../../content/rendering/template-error.ts';
import { isHeaderValue } from '../../http/custom-headers.ts';
import { signatureOf } from '../../http/signature.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { isObject } from '../../segments/values/group.ts';
import { pathSchema, readPath } from '../../segments/values/path.ts';
import { readUsers, type User } from '../../users/user-row.ts';
import { type Act, type Step, tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import type { Memory, Run } from '../runs/run.ts';
import { putOff } from '../runs/runs.sql.ts';
import { openSealed } from '../webhook-calls/sealed.ts';
import type { VisitCall } from '../webhook-calls/webhook-calls.ts';
import { valueAt } from './value-at.ts';

const secret = { value: Type.Optional(Type.String()), sealed: Type.Optional(Type.String()) };

const schema = Type.Object(
  {
    kind: Type.Literal('webhook'),
    method: Type.Optional(
      Type.Union([Type.Literal('POST'), Type.Literal('GET'), Type.Literal('PUT')], {
        description: 'POST unless told',
      }),
    ),
    url: Type.String({
      minLength: 1,
      maxLength: 2_000,
      description: 'The address; after its host it may hold fields: https://crm.example/people/{{userId}}',
    }),
    headers: Type.Optional(
      Type.Array(strict({ name: Type.String({ minLength: 1, maxLength: 200 }), ...secret }), {
        maxItems: 50,
        description:
          'Headers by name and value, which may hold fields. Values are kept sealed and are shown to nobody: what is stored has sealed in place of value, and goes to this host only',
      }),
    ),
    body: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'The body as JSON, whose texts may hold fields; not for GET. Unless told: who it is, and what came with the entry',
      }),
    ),
    signingSecret: Type.Optional(
      strict(
        secret,
        'By which the body is signed in the header X-Carillon-Signature, as webhooks are; kept sealed as headers are',
      ),
    ),
    timeoutSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 30, description: 'How long an answer may take; 10 unless told' }),
    ),
    tries: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 5,
        description:
          'Tries in all where no answer comes, or one of 429 or 5xx, each later than the one before; 3 unless told',
      }),
    ),
    answer: Type.Optional(
      strict(
        {
          as: Type.String({
            pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
            description: 'Under which name they stand: a letter, then letters, digits and _',
          }),
          keep: Type.Record(Type.String({ minLength: 1, maxLength: 255 }), pathSchema, {
            minProperties: 1,
            maxProperties: 50,
            description: 'Where each stands in the answer, by the name under which it is kept',
          }),
        },
        'Parts of the answer, a JSON object, that are kept for this passage: splits see them in entry, templates as {{name.part}}',
      ),
    ),
    next: target,
    failed: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description:
      'Calls an address. Whose call fails goes on by failed, which is next unless told. A call may come twice, with the same Idempotency-Key',
  },
);

const failed = 'failed';
/** The most that an answer may have, and that may be kept of one for each passage, in bytes of JSON. */
const largestAnswer = 256 * 1024;
const mostKept = 4_096;
/** How long after each failure it is tried again, in ms. */
const pauses = [2_000, 10_000, 60_000, 300_000];

/** Calls an address of the operator's. */
export const webhookTile = tileKind('webhook', schema, (tile, id, place, ground) => {
  const { method = 'POST', url, headers = [], body, signingSecret, tries = 3, answer } = tile;
  const fault = addressFault(url);
  if (fault !== null) throw ground.refuse(`${place}.url`, fault);
  if (method === 'GET' && body)
    throw ground.refuse(`${place}.body`, 'cannot be sent by GET; use POST or PUT');
  for (const [index, header] of headers.entries()) requireSealed(header, `${place}.headers.${index}`, ground);
  if (signingSecret) requireSealed(signingSecret, `${place}.signingSecret`, ground);
  const reserved = headers.findIndex(({ name }) => name.toLowerCase() === 'idempotency-key');
  if (reserved >= 0)
    throw ground.refuse(`${place}.headers.${reserved}.name`, 'is set for each call by itself; leave it out');
  if (body) requireTemplates(body, `${place}.body`, ground);
  const keep = Object.entries(answer?.keep ?? {}).map(
    ([name, path]) => [name, readPath(path, `${place}.answer.keep.${name}`)] as const,
  );
  const read = (attempt: number) => (came: OutsideAnswer) => readOutcome(came, attempt, tries, keep);
  return {
    stored: tile,
    ways: new Map([
      [next, tile.next],
      [failed, tile.failed ?? tile.next],
    ]),
    words: `have ${url} called by ${method}${answer ? `, of whose answer ${keep.map(([name]) => name).join(', ')} ${keep.length === 1 ? 'is' : 'are'} kept as ${answer.as}` : ''}`,
    takesTime: false,
    hears: [],
    calls: url,
    ...(answer && { finds: answer.as, keeps: keep.map(([name]) => name) }),
    act: callFrom(id, tile, read),
    rehearsal: {
      act: async ({ answerOf }, runs) =>
        new Map(
          runs.map((run) => {
            const supposed = answerOf(id, run);
            const memory = supposed
              ? {
                  answer: Object.fromEntries(
                    keep.flatMap(([name]) => (Object.hasOwn(supposed, name) ? [[name, supposed[name]]] : [])),
                  ),
                }
              : { isOver: true, fault: 'it is supposed to fail' };
            return [run.id, { memory: { ...memory, attempts: 1 } }];
          }),
        ),
    },
    step: (run, _fact, now) =>
      run.isHeldOut
        ? { go: next, seen: { skipReason: 'holdout' } }
        : decide(run, now, tries, answer?.as ?? null),
  };
});

type Ground = Parameters<Parameters<typeof tileKind>[2]>[3];

function requireSealed(given: { value?: string; sealed?: string }, place: string, ground: Ground): void {
  if (given.sealed === undefined) throw ground.refuse(place, 'has no value; give one, which is kept sealed');
}

/** @throws ApiError for a text that is no template. */
function requireTemplates(value: unknown, place: string, ground: Ground): void {
  if (typeof value === 'string') {
    try {
      compileTemplate(value);
    } catch (error) {
      if (error instanceof TemplateError) throw ground.refuse(place, error.message);
      throw error;
    }
  } else if (Array.isArray(value))
    for (const [index, each] of value.entries()) requireTemplates(each, `${place}.${index}`, ground);
  else if (isObject(value))
    for (const [name, each] of Object.entries(value)) requireTemplates(each, `${place}.${name}`, ground);
}

/** Goes on with what a call came to; who waits for one that is lost makes another. Pure. */
function decide({ memory }: Run, now: Date, tries: number, as: string | null): Step {
  const { attempts, status = null } = memory;
  if (isObject(memory.answer)) {
    const kept = memory.answer;
    return { go: next, seen: { status, attempts, kept }, ...(as !== null && { data: { [as]: kept } }) };
  }
  if (memory.isOver === true) return { go: failed, seen: { status, attempts, fault: memory.fault } };
  const until = typeof memory.until === 'number' ? new Date(memory.until) : now;
  if (until > now) return { stay: until, hears: [] };
  if (typeof attempts === 'number' && attempts >= tries)
    return { go: failed, seen: { attempts, fault: 'nothing is known of the call' } };
  // To be done once more.
  return { stay: now, hears: [], memory: { acted: false } };
}

/** What is remembered of an answer. Pure. */
function readOutcome(
  came: OutsideAnswer,
  attempts: number,
  tries: number,
  keep: readonly (readonly [string, readonly string[]])[],
): ReturnType<VisitCall['read']> {
  const over = (fault: string, status: number | null) => ({
    memory: { isOver: true, fault, status, attempts },
    afterMs: 0,
  });
  if ('fault' in came) {
    const { fault, status, again } = came;
    const pause = pauses[attempts - 1];
    if (!again || attempts >= tries || pause === undefined) return over(fault, status);
    return { memory: { fault, status, attempts, until: 0 }, afterMs: pause };
  }
  const { status } = came;
  if (keep.length === 0) return { memory: { answer: {}, status, attempts }, afterMs: 0 };
  const read = readAnswer(came.text, largestAnswer);
  if ('fault' in read) return over(read.fault, status);
  const kept = Object.fromEntries(
    keep.map(([name, path]) => [name, valueAt(read.data, path)]).filter(([, value]) => value !== undefined),
  );
  if (JSON.stringify(kept).length > mostKept)
    return over(`answered more than the ${mostKept} characters that may be kept of it`, status);
  return { memory: { answer: kept, status, attempts }, afterMs: 0 };
}

/** Whether it is known what the call of a visit came to. Pure. */
const isKnown = (memory: Memory): boolean => isObject(memory.answer) || memory.isOver === true;

/** Begins the calls of these people, and lets them wait for what comes of them. */
function callFrom(
  tileId: string,
  tile: Static<typeof schema>,
  read: (attempt: number) => VisitCall['read'],
): Act {
  return async ({ db, secrets, webhookCalls }, { projectId, lane, now }, all, settle) => {
    const runs = all.filter(({ isHeldOut }) => !isHeldOut);
    const host = fixedPart(tile.url);
    const making = runs.slice(0, webhookCalls.room(projectId, host));
    const users = await readUsers(
      db,
      projectId,
      lane,
      making.map(({ userId }) => userId),
    );
    const userOf = new Map(users.map((user) => [user.id, user]));
    const ready: Run[] = [];
    const later: { id: number; at: Date }[] = [];
    const calls = new Map<number, VisitCall>();
    const memories = new Map<number, Memory>();
    for (const run of runs) {
      const user = userOf.get(run.userId);
      // Nobody beyond the room that there is was looked up.
      if (!user) {
        later.push({ id: run.id, at: webhookCalls.comeAgainAt(projectId, host) });
        continue;
      }
      ready.push(run);
      // A visit keeps its key, whatever lane a merge takes it to.
      const known = run.memory.visit;
      const visit =
        typeof known === 'string' ? known : `${lane}-${run.id}.${tileId}.${run.arrivedAt.getTime()}`;
      const attempts = Number(run.memory.attempts ?? 0) + 1;
      const call = callFor(tile, secrets, { projectId, run, user, visit, lane });
      if ('fault' in call) {
        memories.set(run.id, { visit, attempts, isOver: true, fault: call.fault });
        continue;
      }
      const leaseMs = webhookCalls.leaseMs(projectId, host, calls.size + 1, call.timeoutMs);
      memories.set(run.id, { visit, attempts, until: now.getTime() + leaseMs });
      calls.set(run.id, {
        projectId,
        lane,
        runId: run.id,
        visit,
        call,
        attempt: attempts,
        read: read(attempts),
      });
    }
    await putOff(db, lane, later, now);
    // Nobody outside hears of who is held out.
    const those = [...ready, ...all.filter(({ isHeldOut }) => isHeldOut)];
    if (those.length === 0) return;
    let held: readonly Run[] = [];
    const last: Parameters<typeof settle>[1] = async (there) => {
      // Whose answer to an earlier try has come meanwhile goes on with it.
      held = there.filter(({ memory }) => !isKnown(memory));
      return new Map(
        there.flatMap(({ id, memory }) => {
          const remembered = isKnown(memory) ? memory : memories.get(id);
          return remembered ? [[id, remembered] as const] : [];
        }),
      );
    };
    await db.transaction().execute((transaction) => settle(transaction, last, those));
    // Only when it is written that they are called.
    webhookCalls.begin(held.flatMap(({ id }) => calls.get(id) ?? []));
  };
}

/** The call of one visit, or why there can be none. */
function callFor(
  { method = 'POST', url, headers = [], body, signingSecret, timeoutSeconds = 10 }: Static<typeof schema>,
  secrets: Parameters<typeof openSealed>[0],
  {
    projectId,
    run,
    user,
    visit,
    lane,
  }: { projectId: number; run: Run; user: User; visit: string; lane: number },
): VisitCall['call'] | { fault: string } {
  const identities = identityFields({ ...user, externalId: user.userId });
  const fields = templateData({ profile: { ...user.dataFields, ...identities }, event: { ...run.data } });
  const filled = fillAddress(url, fields);
  if ('fault' in filled) return { fault: `the address ${filled.fault}` };
  try {
    const told = body
      ? fillIn(body, fields)
      : { ...identities, journeyId: run.journeyId, runId: `${lane}-${run.id}`, data: run.data };
    const text = method === 'GET' ? undefined : JSON.stringify(told);
    const sent: Record<string, string> = { 'Idempotency-Key': visit };
    for (const { name, sealed = '' } of headers) {
      const value = openSealed(secrets, projectId, url, sealed);
      if (value === null) return { fault: `the header ${name} was given for another host` };
      const filledIn = value.includes('{{') ? render(compileTemplate(value), fields) : value;
      if (!isHeaderValue(filledIn))
        return { fault: `the header ${name} has signs for this person that no header may have` };
      sent[name] = filledIn;
    }
    if (text !== undefined) sent['Content-Type'] = 'application/json';
    if (signingSecret) {
      const key = openSealed(secrets, projectId, url, signingSecret.sealed ?? '');
      if (key === null) return { fault: 'the secret to sign with was given for another host' };
      sent['X-Carillon-Signature'] = signatureOf(text ?? '', key);
    }
    return {
      ...{
        method,
        url: filled.address,
        headers: sent,
        timeoutMs: timeoutSeconds * 1_000,
        largestBytes: largestAnswer,
      },
      ...(text !== undefined && { body: text }),
    };
  } catch (error) {
    if (error instanceof TemplateError) return { fault: `cannot be filled in: ${error.message}` };
    throw error;
  }
}

/** A body with its texts filled in. */
function fillIn(value: unknown, fields: TemplateData): unknown {
  if (typeof value === 'string') return value.includes('{{') ? render(compileTemplate(value), fields) : value;
  if (Array.isArray(value)) return value.map((each) => fillIn(each, fields));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillIn(each, fields)]));
}
