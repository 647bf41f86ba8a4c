import { parse as parseForm } from 'node:querystring';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeMessageId } from '../../database/message-id.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { AccountChange } from '../../providers/meta/account-change.ts';
import type { TemplateUpdate } from '../../providers/meta/template-update.ts';
import { parseWebhook, type UserPreference } from '../../providers/meta/webhook.ts';
import { verifyChallenge, verifyMetaSignature } from '../../providers/meta/webhook-signature.ts';
import { type FormFields, parseInbound, parseStatusCallback } from '../../providers/twilio/callback.ts';
import { verifyTwilioSignature } from '../../providers/twilio/signature.ts';
import type { InboundMessage, ProviderAccount, Receipt } from '../../providers/wire.ts';
import { meaningOf } from '../../providers/wires.ts';
import { openReceiptIntake, type ReceiptIntake } from '../receipts/take-in.ts';
import { accountCache, type CallingAccount } from './account-cache.ts';

/** A form of Twilio's: a text of 1,600 signs, ten addresses of media, some forty fields of an address or an id. */
const largestForm = 64 * 1024;
/** Meta gathers what happened into posts of up to 3 MB (https://developers.facebook.com/docs/graph-api/webhooks). */
const largestBatch = 3 * 1024 * 1024;
/**
 * Calls from one address. All of a provider's customers share its addresses, and a callback that is turned away may be
 * somebody's STOP: so the limit is far above what a provider sends, and no refused call counts for more than another.
 */
const providersPace = { max: 20_000, timeWindow: 1_000 };

/** What providers tell us besides receipts; each resolves when it is safely in the database. */
export interface CallbackHandlers {
  inbound(context: Context, from: CallingAccount, message: InboundMessage): Promise<void>;
  template(context: Context, from: CallingAccount, update: TemplateUpdate): Promise<void>;
  preference(context: Context, from: CallingAccount, preference: UserPreference): Promise<void>;
  accountChange(context: Context, from: CallingAccount, change: AccountChange): Promise<void>;
}

/**
 * Where providers call: receipts and inbound messages of Twilio, the webhook of Meta. Every call's signature
 * is checked with the account's own secret; an answer of 2xx means that it is in the database.
 */
export function callbackRoutes(handlers: CallbackHandlers): Routes {
  return async (api, context) => {
    await limitByAddress(api, providersPace);
    const accountOf = accountCache(context.db, context.secrets, context.clock);
    const intake = openReceiptIntake(context.db);
    // Signatures are over the bytes as they came.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    /** Refuses, before the body is read, what names no account of the wire or brings no signature. */
    const requireSigned =
      (wire: ProviderAccount['wire'], header: string) =>
      async (request: FastifyRequest<{ Params: { accountId: string } }>): Promise<void> => {
        const from = await accountOf(request.params.accountId);
        if (from?.account.wire !== wire) throw new ApiError('NotFound', 'No such provider account');
        if (typeof request.headers[header.toLowerCase()] !== 'string')
          throw new ApiError('BadApiKey', `${header} is missing; a callback is signed by its provider`);
      };
    const ofTwilio = {
      schema: { hide: true },
      bodyLimit: largestForm,
      onRequest: requireSigned('twilio', 'X-Twilio-Signature'),
    };

    const twilio = async (request: FastifyRequest<{ Params: { accountId: string } }>) => {
      const from = await accountOf(request.params.accountId);
      if (from?.account.wire !== 'twilio') throw new ApiError('NotFound', 'No such provider account');
      const fields: FormFields = parseForm(bodyOf(request).toString('utf8'));
      const signature = request.headers['x-twilio-signature'];
      const isSigned = verifyTwilioSignature({
        authTokens: [
          from.account.authToken,
          ...(from.account.otherAuthToken ? [from.account.otherAuthToken] : []),
        ],
        // A fragment on the address we gave is neither sent nor signed.
        url: context.publicUrl + request.url,
        signature: typeof signature === 'string' ? signature : undefined,
        params: fields,
      });
      if (!isSigned)
        throw new ApiError('BadApiKey', 'X-Twilio-Signature does not fit this account and address');
      return { from, fields };
    };

    api.post<{ Params: { accountId: string; reference: string } }>(
      '/callbacks/twilio/:accountId/:reference',
      ofTwilio,
      async (request, reply) => {
        const { from, fields } = await twilio(request);
        const receipt = parseStatusCallback(fields, request.params.reference, context.clock.now());
        if (receipt) await takeReceipt(intake, from, receipt);
        return reply.status(204).send();
      },
    );

    api.post<{ Params: { accountId: string } }>(
      '/callbacks/twilio/:accountId/inbound',
      ofTwilio,
      async (request, reply) => {
        const { from, fields } = await twilio(request);
        const message = parseInbound(fields, context.clock.now());
        if (message) await handlers.inbound(context, from, message);
        return reply.type('text/xml').send('<Response/>');
      },
    );

    api.get<{ Params: { accountId: string } }>(
      '/callbacks/meta/:accountId',
      { schema: { hide: true } },
      async (request, reply) => {
        const from = await accountOf(request.params.accountId);
        const query = request.query as Record<string, string | undefined>;
        const challenge =
          from?.account.wire === 'meta' ? verifyChallenge(query, from.account.verifyToken) : null;
        if (challenge === null) throw new ApiError('BadApiKey', 'hub.verify_token does not fit this account');
        return reply.type('text/plain').send(challenge);
      },
    );

    api.post<{ Params: { accountId: string } }>(
      '/callbacks/meta/:accountId',
      {
        schema: { hide: true },
        bodyLimit: largestBatch,
        onRequest: requireSigned('meta', 'X-Hub-Signature-256'),
      },
      async (request, reply) => metaWebhook(request, reply),
    );

    const metaWebhook = async (
      request: FastifyRequest<{ Params: { accountId: string } }>,
      reply: FastifyReply,
    ) => {
      const from = await accountOf(request.params.accountId);
      if (from?.account.wire !== 'meta') throw new ApiError('NotFound', 'No such provider account');
      const body = bodyOf(request);
      const signature = request.headers['x-hub-signature-256'];
      if (
        !verifyMetaSignature(
          from.account.appSecret,
          body,
          typeof signature === 'string' ? signature : undefined,
        )
      )
        throw new ApiError('BadApiKey', 'X-Hub-Signature-256 does not fit this account');
      const contents = parseWebhook(parseJson(body), context.clock.now());
      await Promise.all(contents.receipts.map((receipt) => takeReceipt(intake, from, receipt)));
      for (const message of contents.inbound) await handlers.inbound(context, from, message);
      for (const update of contents.templates) await handlers.template(context, from, update);
      for (const preference of contents.preferences) await handlers.preference(context, from, preference);
      for (const change of contents.accountChanges) await handlers.accountChange(context, from, change);
      return reply.status(200).send();
    };
  };
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ApiError('BadJsonBody', 'The body is not JSON');
  }
}

/** Takes a receipt in; one whose reference is not ours is passed over, so that the provider does not repeat it. */
async function takeReceipt(intake: ReceiptIntake, from: CallingAccount, receipt: Receipt): Promise<void> {
  const message = decodeMessageId(receipt.reference);
  if (!message) return;
  await intake.take({
    lane: message.lane,
    messageId: message.id,
    projectId: from.projectId,
    status: receipt.status,
    providerMessageId: receipt.providerMessageId,
    errorClass: receipt.status === 'failed' ? meaningOf(from.account.wire, receipt.code).errorClass : null,
    code: receipt.code ?? null,
    detail: receipt.detail ?? null,
    retryAfterMs: null,
    attempt: null,
    at: receipt.at,
  });
}
