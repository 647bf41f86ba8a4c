import type { FastifyReply, FastifyRequest } from 'fastify';
import { messageOfFlowToken } from '../delivery/flow-token.ts';
import { limitByAddress } from '../http/address-limit.ts';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { FlowCall, FlowReply } from '../providers/flow-management.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { mergedInto } from '../users/merged-users.ts';
import { readUsers, type User } from '../users/user-row.ts';
import { findFlowMessage } from './answers.sql.ts';
import { type FlowCallAnswer, findCallAnswer, keepCallAnswer } from './calls.sql.ts';
import { endpointPath } from './endpoint-address.ts';
import { answerExchange } from './exchange.ts';
import { requireFlowAccount } from './flow-account.ts';
import { type Flow, findFlow, newestVersions } from './flows.sql.ts';
import { readFlowKeys } from './keys.sql.ts';

/** All phones that fill in flows call by way of the provider, whose addresses many share. */
const providersPace = { max: 5_000, timeWindow: 1_000 };
/** What a person fills in, files among it by their addresses. */
const largestBody = 1024 * 1024;
/** What Meta's phones understand (Meta, Flows: error codes of endpoints). */
const codes = { undecryptable: 421, badToken: 427, badSignature: 432 };
const largestId = 2 ** 31 - 1;

type Call = FastifyRequest<{ Params: { flowId: string } }>;

/**
 * Where phones call that fill in a flow which asks as it goes: each call is signed by the provider and encrypted by the phone. One that
 * comes twice is answered as before, by the same bytes.
 */
export const flowEndpointRoutes: Routes = async (api, context) => {
  await limitByAddress(api, providersPace);
  // The signature is over the bytes as they came.
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  api.post<{ Params: { flowId: string } }>(
    `${endpointPath}/:flowId`,
    { bodyLimit: largestBody, schema: { hide: true } },
    async (request: Call, reply: FastifyReply) => {
      const { status, answer } = await serve(context, request);
      return reply.status(status).type('text/plain').send(answer);
    },
  );
};

async function serve(context: Context, { params, headers, body }: Call): Promise<FlowCallAnswer> {
  const id = Number(params.flowId);
  const isId = /^[1-9]\d*$/.test(params.flowId) && id <= largestId;
  const flow = isId ? await findFlow(context.db, id) : null;
  if (!flow) throw new ApiError('NotFound', 'No such flow');
  const { account, flows } = await requireFlowAccount(context, flow.project_id, flow.provider_account_id);
  const { endpoint } = flows;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const signature = headers[endpoint.signature.toLowerCase()];
  if (!endpoint.isSigned(account, bytes, typeof signature === 'string' ? signature : undefined))
    return { status: codes.badSignature, answer: `${endpoint.signature} does not fit this account` };
  const opened = endpoint.open(bytes, await privateKeys(context, flow));
  // A phone that is told so asks for the key anew.
  if (!opened) return { status: codes.undecryptable, answer: '' };
  const before = await findCallAnswer(context.db, opened.requestKey);
  if (before) return before;
  const made = await answerCall(context, flow, opened.call);
  const sealed = { status: made.status, answer: opened.seal(made.reply) };
  return keepCallAnswer(context.db, opened.requestKey, sealed, context.clock.now());
}

async function privateKeys({ db, secrets }: Context, flow: Flow): Promise<string[]> {
  const keys = await readFlowKeys(db, flow.provider_account_id);
  return keys.map(({ privateKey }) => String(secrets.open(privateKey)));
}

async function answerCall(
  context: Context,
  flow: Flow,
  call: FlowCall,
): Promise<{ status: number; reply: FlowReply }> {
  if (call.kind === 'ping') return { status: 200, reply: { kind: 'alive' } };
  if (call.kind === 'error') {
    context.log.warn(
      { flowId: flow.id, detail: call.detail },
      'a phone could not show what a flow was answered',
    );
    return { status: 200, reply: { kind: 'noted' } };
  }
  const person = await personOf(context, flow, call.token);
  if (!person) {
    const message = 'This form cannot be filled in any more. Please ask for another one.';
    return { status: codes.badToken, reply: { kind: 'fault', message } };
  }
  const newest = (await newestVersions(context.db, [flow.id])).get(flow.id);
  const json = parseRecord(newest?.json ?? '');
  return { status: 200, reply: await answerExchange(context, { flow, json, person, call }) };
}

/** Whose flow it is, by the message that its token names, which must have sent this very flow; null for any other token. */
async function personOf({ db, secrets }: Context, flow: Flow, token: string): Promise<User | null> {
  const named = messageOfFlowToken(secrets, token);
  const sent = named && (await findFlowMessage(db, flow.project_id, named));
  if (!named || !sent || sent.accountId !== flow.provider_account_id) return null;
  if (sent.flowId === undefined ? sent.flowName !== flow.name : sent.flowId !== flow.provider_flow_id)
    return null;
  const user = { lane: named.lane, id: sent.userId };
  const [person] = await readUsers(db, flow.project_id, user.lane, [user.id]);
  if (person) return person;
  const remaining = (await mergedInto(db, [user])).get(user.id);
  if (!remaining) return null;
  const [other] = await readUsers(db, flow.project_id, remaining.lane, [remaining.id]);
  return other ?? null;
}
