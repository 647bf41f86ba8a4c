import { tellDeparture } from '../departure.ts';
import type { Exchanges } from '../exchange.ts';
import { refusal, unanswered } from '../http-refusal.ts';
import { type JsonRecord, parseRecord, textAt } from '../json-reading.ts';
import type { OpenWire, OutgoingMessage, SendResult } from '../sending.ts';
import { isTwilioAccount } from './account.ts';
import { endpointOf } from './endpoint.ts';
import { twilioError } from './error-codes.ts';
import { formEncode } from './form-encoding.ts';
import { lookUpMessage } from './look-up.ts';
import { repeats } from './repeats.ts';
import { fetchTwilioFile } from './sent-file.ts';

/**
 * Twilio's Programmable Messaging: a form post, answered 201 with the message's sid. Twilio has no key against
 * double posts, so a lost answer is `unknown` and settled by `lookUp` or a callback, never by posting again. So is
 * a fault of Twilio's own (5xx), which may have come after the message was made.
 */
export function createTwilioWire(exchanges: Exchanges): OpenWire {
  return {
    name: 'twilio',
    async send(account, message, context) {
      const body = isTwilioAccount(account) ? formOf(message) : null;
      const endpoint = isTwilioAccount(account) ? endpointOf(account) : null;
      if (body === null || endpoint === null) {
        tellDeparture(context);
        return body === null
          ? {
              outcome: 'refused',
              errorClass: 'permanent',
              code: 'WRONG_WIRE',
              detail: 'Twilio takes SMS and MMS only',
            }
          : {
              outcome: 'refused',
              errorClass: 'account',
              code: 'BASE_URL',
              detail: 'the account has no usable base URL',
            };
      }
      const { origin, messagesPath: path, postHeaders: headers, secrets } = endpoint;
      const exchange = await exchanges.run({ origin, path, method: 'POST', headers, body, secrets }, context);
      if (exchange.kind !== 'answered') return unanswered(exchange);
      return readAnswer(exchange.status, parseRecord(exchange.body), exchange.retryAfterMs);
    },
    async lookUp(account, message, since, known) {
      const endpoint = isTwilioAccount(account) ? endpointOf(account) : null;
      if (endpoint === null) return { outcome: 'unreachable', detail: 'not a usable Twilio account' };
      return lookUpMessage(exchanges, endpoint, message, since, known);
    },
    fetchFile: async (account, file, most) =>
      isTwilioAccount(account)
        ? fetchTwilioFile(exchanges, account, file, most)
        : { outcome: 'gone', detail: 'it did not come by Twilio' },
  };
}

/** The form that posts an SMS or MMS; `null` for content that is neither. */
function formOf({ from, to, content, callbackUrl }: OutgoingMessage): string | null {
  if (content.kind !== 'sms') return null;
  let form = `To=${formEncode(to)}&From=${formEncode(from)}`;
  if (content.body !== '') form += `&Body=${formEncode(content.body)}`;
  for (const url of content.mediaUrls ?? []) form += `&MediaUrl=${formEncode(url)}`;
  if (callbackUrl !== undefined) form += `&StatusCallback=${formEncode(callbackUrl + repeats)}`;
  return form;
}

function readAnswer(status: number, answer: JsonRecord, retryAfterMs: number | undefined): SendResult {
  if (status < 200 || status > 299) {
    const code = textAt(answer, 'code');
    const detail = textAt(answer, 'message') ?? '';
    const row = twilioError(code);
    if (status >= 500 && (row === undefined || row.errorClass === 'transient'))
      return { outcome: 'unknown', detail: `answered ${status}: ${code ?? ''} ${detail}`.trim() };
    return refusal({ status, code, detail, retryAfterMs, row });
  }
  const sid = textAt(answer, 'sid');
  if (sid === undefined) return { outcome: 'unknown', detail: `answered ${status} without a sid` };
  const failed = textAt(answer, 'error_code');
  if (failed !== undefined && answer.status === 'failed') {
    const row = twilioError(failed);
    const detail = textAt(answer, 'error_message') ?? row?.meaning ?? 'failed at once';
    return { outcome: 'refused', errorClass: row?.errorClass ?? 'permanent', code: failed, detail };
  }
  // With a messaging service the first answer always says 0 segments: not yet known.
  const segments = Number(answer.num_segments);
  return { outcome: 'accepted', providerMessageId: sid, ...(segments > 0 ? { segments } : {}) };
}
