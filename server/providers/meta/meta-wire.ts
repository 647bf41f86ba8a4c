import { tellDeparture } from '../departure.ts';
import type { Exchanges } from '../exchange.ts';
import { refusal, unanswered } from '../http-refusal.ts';
import { parseRecord, recordsAt, textAt } from '../json-reading.ts';
import type {
  NoteResult,
  OpenWire,
  OutgoingMessage,
  SendResult,
  WhatsAppComponent,
  WhatsAppParameter,
} from '../sending.ts';
import { isMetaAccount } from './account.ts';
import { graphRefusal, graphRequest } from './graph.ts';
import { fetchMetaFile } from './sent-file.ts';
import { sessionBody } from './session-body.ts';

/**
 * WhatsApp by Meta's Cloud API: JSON to the number's own address. Meta cannot be asked about a message, so a
 * lost answer stays `unknown` until a webhook brings our reference back (`biz_opaque_callback_data`).
 */
export function createMetaWire(exchanges: Exchanges): OpenWire {
  return {
    name: 'meta',
    async send(account, message, context) {
      const body = isMetaAccount(account) ? messageBody(message) : null;
      if (!isMetaAccount(account) || body === null) {
        tellDeparture(context);
        return {
          outcome: 'refused',
          errorClass: 'permanent',
          code: 'WRONG_WIRE',
          detail: 'Meta takes WhatsApp messages only',
        };
      }
      const request = graphRequest(account, 'POST', `${encodeURIComponent(message.from)}/messages`, body);
      if (request === null) {
        tellDeparture(context);
        return {
          outcome: 'refused',
          errorClass: 'account',
          code: 'BASE_URL',
          detail: 'the account has no usable base URL',
        };
      }
      const exchange = await exchanges.run(request, context);
      if (exchange.kind !== 'answered') return unanswered(exchange);
      if (exchange.status < 200 || exchange.status > 299) return refusal(graphRefusal(exchange));
      return accepted(exchange.body, exchange.status);
    },
    async noteRead(account, { from, providerMessageId, isTyping }): Promise<NoteResult> {
      const body = {
        ...{ messaging_product: 'whatsapp', status: 'read', message_id: providerMessageId },
        ...(isTyping && { typing_indicator: { type: 'text' } }),
      };
      const request = isMetaAccount(account)
        ? graphRequest(account, 'POST', `${encodeURIComponent(from)}/messages`, body)
        : null;
      if (request === null) return { outcome: 'refused', detail: 'the account has no usable base URL' };
      const exchange = await exchanges.run(request);
      if (exchange.kind !== 'answered') return { outcome: 'refused', detail: exchange.detail };
      if (exchange.status >= 200 && exchange.status <= 299) return { outcome: 'noted' };
      const { code, detail } = graphRefusal(exchange);
      return { outcome: 'refused', detail: `${code ?? exchange.status}: ${detail}` };
    },
    fetchFile: async (account, file, most) =>
      isMetaAccount(account)
        ? fetchMetaFile(exchanges, account, file, most)
        : { outcome: 'gone', detail: 'it did not come by Meta' },
  };
}

/** Whether an address is a WhatsApp user id (`US.1349…`, `US.ENT.…`) rather than a phone number. */
function isWhatsAppUserId(address: string): boolean {
  return /^[A-Z]{2}\./.test(address);
}

function accepted(answer: string, status: number): SendResult {
  const message = recordsAt(parseRecord(answer), 'messages')[0];
  const providerMessageId = message === undefined ? undefined : textAt(message, 'id');
  if (providerMessageId === undefined)
    return { outcome: 'unknown', detail: `answered ${status} without a message id` };
  const contact = recordsAt(parseRecord(answer), 'contacts')[0];
  const number = contact && textAt(contact, 'wa_id')?.replace(/^\+/, '');
  if (number === undefined || !/^\d{5,15}$/.test(number)) return { outcome: 'accepted', providerMessageId };
  return { outcome: 'accepted', providerMessageId, knownAs: `+${number}` };
}

/** The JSON that sends a WhatsApp message; `null` for any other content. */
function messageBody(message: OutgoingMessage): Record<string, unknown> | null {
  const { content, to, reference } = message;
  const envelope = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(isWhatsAppUserId(to) ? { recipient: to } : { to: to.startsWith('+') ? to : `+${to}` }),
    biz_opaque_callback_data: reference,
  };
  switch (content.kind) {
    case 'whatsAppMessage':
      return {
        ...envelope,
        ...(content.replyTo === undefined ? {} : { context: { message_id: content.replyTo } }),
        ...sessionBody(content),
      };
    case 'whatsAppTemplate': {
      const components = content.components.map(componentBody);
      const template = { name: content.name, language: { code: content.language }, components };
      return { ...envelope, type: 'template', template };
    }
    default:
      return null;
  }
}

function componentBody(component: WhatsAppComponent): Record<string, unknown> {
  if (component.type === 'carousel')
    return {
      type: 'carousel',
      cards: component.cards.map((card) => ({ ...card, components: card.components.map(componentBody) })),
    };
  return { ...component, parameters: component.parameters.map(parameterBody) };
}

function parameterBody(parameter: WhatsAppParameter): Record<string, unknown> {
  switch (parameter.type) {
    case 'image':
    case 'video':
    case 'document': {
      const { type, link, filename } = parameter;
      return { type, [type]: { link, ...(filename === undefined ? {} : { filename }) } };
    }
    default:
      return { ...parameter };
  }
}
