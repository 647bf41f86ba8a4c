import type { FastifyInstance } from 'fastify';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Static } from 'typebox';
import {
  handsetName,
  handsetOf,
  type LedgerEntry,
  plainAddress,
  publicForm,
  senderOf,
} from '../ledger/entry.ts';
import { deliverWhatsApp } from '../meta/inbound.ts';
import type { MediaStore } from '../meta/media.ts';
import { fillFlow } from '../meta/open-flow.ts';
import { type People, userIdForm } from '../meta/people.ts';
import { templateKey } from '../meta/send.ts';
import { isAnswering, pressOf, renderSession } from '../meta/session-text.ts';
import { renderTemplate } from '../meta/template-text.ts';
import type { Network } from '../network/network.ts';
import { toNumber } from '../network/registry.ts';
import { deliverText } from '../twilio/inbound.ts';
import { addressIn, isPhoneNumber } from './address.ts';
import { badRequest, callFault } from './faults.ts';
import { FlowFilling, HandsetMessage, HandsetParams, HandsetsQuery, NoQuery, Press, Tap } from './schemas.ts';
import { tapLink } from './tap.ts';

const usualLimit = 100;

/** What a person does instead of writing words. */
const deeds = [
  ...(['button', 'interactive', 'flow', 'location', 'contacts', 'order', 'edit', 'revoke'] as const),
];

/** What a person writes; a message has to hold something. */
function wordsOf(message: Static<typeof HandsetMessage>): string {
  const { body, text, media = [] } = message;
  const isDone = deeds.some((deed) => message[deed] !== undefined);
  if (body !== undefined && text !== undefined)
    throw badRequest('text: the same as body, which is given too; leave one out');
  const words = body ?? text ?? '';
  if (words === '' && media.length === 0 && !isDone)
    throw badRequest(
      `body: what the person writes is missing; give body, media, or one of ${deeds.join(', ')}`,
    );
  return words;
}

/** Routes that are a handset in someone's hand. */
export function handsetRoutes(
  app: FastifyInstance,
  network: Network,
  people: People,
  media: MediaStore,
): void {
  const { ledger, registry } = network;

  function show(entry: LedgerEntry) {
    const shown = { ...publicForm(entry), handset: handsetOf(entry), sender: senderOf(entry) };
    if (entry.wire !== 'meta') return shown;
    if (!entry.template) {
      const rendered = entry.kind === 'outbound' ? renderSession(entry.type, entry.content) : null;
      return rendered ? { ...shown, rendered } : shown;
    }
    const { name, language, components } = entry.template;
    const template = registry.templates.get(templateKey(entry.wabaId, name, language));
    return template ? { ...shown, rendered: renderTemplate(template.components, components) } : shown;
  }

  function summary(entry: LedgerEntry) {
    const number = handsetOf(entry);
    const display = parsePhoneNumberFromString(number)?.formatInternational() ?? number;
    return { number, display, messages: ledger.thread(number).length, last: show(entry) };
  }

  app.get<{ Querystring: Static<typeof HandsetsQuery> }>(
    '/handsets',
    { schema: { querystring: HandsetsQuery } },
    async ({ query }) => {
      const limit = Number(query.limit ?? usualLimit);
      const part = (query.q ?? '').trim();
      const found = ledger.handsets(part, Number(query.cursor ?? Number.POSITIVE_INFINITY), limit);
      return {
        handsets: found.map(summary),
        next: found.length === limit ? (found.at(-1)?.seq ?? null) : null,
      };
    },
  );

  app.get<{ Params: Static<typeof HandsetParams> }>(
    '/handsets/:number/messages',
    { schema: { params: HandsetParams, querystring: NoQuery } },
    async ({ params }) => ({
      messages: ledger.thread(addressIn(network, people, params.number)).map(show),
    }),
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof HandsetMessage> }>(
    '/handsets/:number/messages',
    { schema: { params: HandsetParams, body: HandsetMessage } },
    async ({ params, body: message }, reply) => {
      const handset = addressIn(network, people, params.number);
      const { to, media: links = [], profileName, button } = message;
      const body = wordsOf(message);
      const onlyTwilio = message.wire === 'twilio' || message.wire === 'sms';
      const whatsApp = onlyTwilio ? null : registry.whatsAppSender(to);
      if (whatsApp) {
        if (!isPhoneNumber(handset) && !userIdForm.test(handset))
          throw badRequest(
            `number: ${handset} is no one on WhatsApp; people have a number (+12125550132) or a user id (US.1349)`,
          );
        const { whatsAppUserId: userId, to: _, wire: __, text: ___, ...rest } = message;
        const text = { ...rest, handset, body, media: links, userId };
        const { entry, status } = await deliverWhatsApp(network, people, media, whatsApp, text);
        return reply.code(201).send({ message: show(entry), webhook: { status } });
      }
      const channel = to.startsWith('whatsapp:');
      const owned = registry.numbers.get(toNumber(plainAddress(to)));
      if (message.wire === 'meta' || (message.wire === 'whatsApp' && !channel) || !owned)
        throw callFault(
          404,
          'UnknownNumber',
          `to: nobody registered ${to}${message.wire ? ` for ${message.wire}` : ''}; see GET /numbers, or PUT /numbers/{number} and /businesses/{id}`,
        );
      if (!isPhoneNumber(handset))
        throw badRequest(`number: ${handset} is no phone number, such as +12125550132, so it cannot text`);
      const text = { handset, body, media: links, profileName, button };
      const { entry, status } = await deliverText(network, owned, text, channel);
      return reply.code(201).send({ message: show(entry), webhook: { status } });
    },
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof Press> }>(
    '/handsets/:number/presses',
    { schema: { params: HandsetParams, body: Press } },
    async ({ params, body: { messageId, title, card } }, reply) => {
      const handset = addressIn(network, people, params.number);
      const entry = ledger.get(messageId);
      const isTheirs = entry?.kind === 'outbound' && handsetOf(entry) === handsetName(handset);
      const sender =
        isTheirs && entry.wire === 'meta' ? registry.whatsAppSender(entry.phoneNumberId) : undefined;
      if (!entry || !sender)
        throw callFault(
          404,
          'UnknownMessage',
          `messageId: ${messageId} is no WhatsApp message to ${handset}`,
        );
      const shown = show(entry);
      const buttons = 'rendered' in shown ? shown.rendered.buttons : [];
      const found = buttons.find(
        (button) =>
          button.text === title && isAnswering(button) && (card === undefined || button.card === card),
      );
      if (!found)
        throw callFault(
          404,
          'UnknownButton',
          `title: the message has no such button; it has ${buttons.map(({ text }) => text).join(', ') || 'none'}`,
        );
      const { entry: sent, status } = await deliverWhatsApp(network, people, media, sender, {
        ...{ handset, body: '', media: [], replyTo: messageId },
        ...pressOf(found, handset),
      });
      return reply.code(201).send({ message: show(sent), webhook: { status } });
    },
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof FlowFilling> }>(
    '/handsets/:number/flows',
    { schema: { params: HandsetParams, body: FlowFilling } },
    async ({ params, body: { messageId, answers } }, reply) => {
      const handset = addressIn(network, people, params.number);
      const entry = ledger.get(messageId);
      const isTheirs = entry?.kind === 'outbound' && handsetOf(entry) === handsetName(handset);
      if (!isTheirs || entry.wire !== 'meta')
        throw callFault(
          404,
          'UnknownMessage',
          `messageId: ${messageId} is no WhatsApp message to ${handset}`,
        );
      const sender = registry.whatsAppSender(entry.phoneNumberId);
      if (!sender) throw callFault(404, 'UnknownMessage', `messageId: nobody here sent ${messageId}`);
      const filled = await fillFlow(network, entry, sender.business, answers);
      if ('fault' in filled) return reply.code(200).send(filled);
      const { response, screens } = filled;
      const { entry: sent, status } = await deliverWhatsApp(network, people, media, sender, {
        ...{ handset, body: '', media: [], replyTo: messageId, flow: { response } },
      });
      return reply.code(201).send({ message: show(sent), webhook: { status }, response, screens });
    },
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof Tap> }>(
    '/handsets/:number/taps',
    { schema: { params: HandsetParams, body: Tap } },
    ({ body }) =>
      tapLink(body.url).catch((error: Error) => {
        throw callFault(502, 'NoAnswer', `url: nobody answers at ${body.url} (${error.message})`);
      }),
  );
}
