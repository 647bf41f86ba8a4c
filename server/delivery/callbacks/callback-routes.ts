import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeMessageId } from '../../database/message-id.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type {
  AccountChange,
  InboundMessage,
  ProviderNews,
  Receipt,
  UserPreference,
  WireCallback,
} from '../../providers/callback.ts';
import type { FlowUpdate } from '../../providers/flow-management.ts';
import type { TemplateUpdate } from '../../providers/template-approval.ts';
import type { Wire } from '../../providers/wire.ts';
import { meaningOf } from '../../providers/wires.ts';
import { openReceiptIntake, type ReceiptIntake } from '../receipts/take-in.ts';
import { accountCache, type CallingAccount } from './account-cache.ts';

/**
 * Calls from one address. All of a provider's customers share its addresses, and a callback that is turned away may be
 * somebody's STOP: so the limit is far above what a provider sends, and no refused call counts for more than another.
 */
const providersPace = { max: 20_000, timeWindow: 1_000 };

/** What providers tell us besides receipts; each resolves when it is safely in the database. */
export interface CallbackHandlers {
  inbound(context: Context, from: CallingAccount, message: InboundMessage): Promise<void>;
  template(context: Context, from: CallingAccount, update: TemplateUpdate): Promise<void>;
  flow(context: Context, from: CallingAccount, update: FlowUpdate): Promise<void>;
  preference(context: Context, from: CallingAccount, preference: UserPreference): Promise<void>;
  accountChange(context: Context, from: CallingAccount, change: AccountChange): Promise<void>;
}

type Call = FastifyRequest<{ Params: { accountId: string; reference?: string } }>;

/**
 * Where providers call, as their wires say. Every call's signature is checked with the account's own secret; an
 * answer of 2xx means that it is in the database.
 */
export function callbackRoutes(handlers: CallbackHandlers): Routes {
  return async (api, context) => {
    await limitByAddress(api, providersPace);
    const accountOf = accountCache(context);
    const intake = openReceiptIntake(context.db);
    // Signatures are over the bytes as they came.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    const callerOf = async ({ params }: Call, wire: Wire): Promise<CallingAccount> => {
      const from = await accountOf(params.accountId);
      if (from?.account.wire !== wire.name) throw new ApiError('NotFound', 'No such provider account');
      return from;
    };
    const serve = (wire: Wire, callback: WireCallback) =>
      api.route<{ Params: { accountId: string; reference?: string } }>({
        method: callback.method,
        url: `/callbacks/${wire.name}/:accountId${callback.path}`,
        schema: { hide: true },
        ...(callback.method === 'POST' ? { bodyLimit: callback.largestBody } : {}),
        // Before the body is read, and so before it costs anything.
        onRequest: async (request: Call) => {
          await callerOf(request, wire);
          const { signature } = callback;
          if (signature && typeof request.headers[signature.toLowerCase()] !== 'string')
            throw new ApiError('BadApiKey', `${signature} is missing; a callback is signed by its provider`);
        },
        handler: async (request: Call, reply: FastifyReply) => {
          const from = await callerOf(request, wire);
          const heard = callback.hear(callOf(request, context), from.account);
          if (heard.outcome === 'refused') throw new ApiError('BadApiKey', heard.detail);
          if (heard.outcome === 'unreadable') throw new ApiError('BadJsonBody', heard.detail);
          await takeIn(context, handlers, intake, from, wire, heard.news);
          const { status, contentType, body } = heard.reply;
          if (contentType !== undefined) reply.type(contentType);
          return reply.status(status).send(body);
        },
      });
    for (const wire of context.providers.known.all)
      for (const callback of wire.callbacks) serve(wire, callback);
  };
}

function callOf(request: Call, { publicUrl, clock }: Context) {
  return {
    url: publicUrl + request.url,
    query: request.query as Record<string, string | string[] | undefined>,
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    reference: request.params.reference,
    now: clock.now(),
  };
}

/** Takes in all that a provider told; resolves when it is in the database. */
async function takeIn(
  context: Context,
  handlers: CallbackHandlers,
  intake: ReceiptIntake,
  from: CallingAccount,
  wire: Wire,
  news: ProviderNews,
): Promise<void> {
  const { receipts, inbound, templates, flows, preferences, accountChanges } = news;
  await Promise.all((receipts ?? []).map((receipt) => takeReceipt(intake, from, wire, receipt)));
  for (const message of inbound ?? []) await handlers.inbound(context, from, message);
  for (const update of templates ?? []) await handlers.template(context, from, update);
  for (const update of flows ?? []) await handlers.flow(context, from, update);
  for (const preference of preferences ?? []) await handlers.preference(context, from, preference);
  for (const change of accountChanges ?? []) await handlers.accountChange(context, from, change);
}

/** Takes a receipt in; one whose reference is not ours is passed over, so that the provider does not repeat it. */
async function takeReceipt(
  intake: ReceiptIntake,
  from: CallingAccount,
  wire: Wire,
  receipt: Receipt,
): Promise<void> {
  const message = decodeMessageId(receipt.reference);
  if (!message) return;
  await intake.take({
    lane: message.lane,
    messageId: message.id,
    projectId: from.projectId,
    wire: wire.name,
    status: receipt.status,
    providerMessageId: receipt.providerMessageId,
    errorClass: receipt.status === 'failed' ? meaningOf(wire, receipt.code).errorClass : null,
    code: receipt.code ?? null,
    detail: receipt.detail ?? null,
    retryAfterMs: null,
    attempt: null,
    at: receipt.at,
  });
}
