import type { FastifyInstance } from 'fastify';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Static } from 'typebox';
import { handsetOf, type LedgerEntry, publicForm, senderOf } from '../ledger/entry.ts';
import { deliverWhatsApp, tellPreference } from '../meta/inbound.ts';
import type { MediaStore } from '../meta/media.ts';
import type { People } from '../meta/people.ts';
import { templateKey } from '../meta/send.ts';
import { renderTemplate } from '../meta/template-text.ts';
import type { Network } from '../network/network.ts';
import { toNumber } from '../network/registry.ts';
import { deliverText } from '../twilio/inbound.ts';
import { addressIn } from './ledger-routes.ts';
import { HandsetMessage, HandsetParams, HandsetsQuery, Preference, Tap } from './schemas.ts';
import { tapLink } from './tap.ts';

const usualLimit = 100;

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
    if (entry.wire !== 'meta' || !entry.template) return shown;
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
      const limit = query.limit ?? usualLimit;
      const part = (query.q ?? '').trim();
      const found = ledger.handsets(part, query.cursor ?? Number.POSITIVE_INFINITY, limit);
      return {
        handsets: found.map(summary),
        next: found.length === limit ? (found.at(-1)?.seq ?? null) : null,
      };
    },
  );

  app.get<{ Params: Static<typeof HandsetParams> }>(
    '/handsets/:number/messages',
    { schema: { params: HandsetParams } },
    async ({ params }) => ({
      messages: ledger.thread(addressIn(network, people, params.number)).map(show),
    }),
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof HandsetMessage> }>(
    '/handsets/:number/messages',
    { schema: { params: HandsetParams, body: HandsetMessage } },
    async ({ params, body: message }, reply) => {
      const handset = addressIn(network, people, params.number);
      const { to, body = '', media: links = [], profileName, button } = message;
      const whatsApp = message.wire === 'twilio' ? null : registry.whatsAppSender(to);
      if (whatsApp) {
        const { whatsAppUserId: userId, username, usernameOnly, interactive, replyTo } = message;
        const text = {
          handset,
          body,
          media: links,
          userId,
          profileName,
          username,
          usernameOnly,
          button,
          interactive,
          replyTo,
        };
        const { entry, status } = await deliverWhatsApp(network, people, media, whatsApp, text);
        return reply.code(201).send({ message: show(entry), webhook: { status } });
      }
      const channel = to.startsWith('whatsapp:');
      const owned = registry.numbers.get(toNumber(channel ? to.slice(9) : to));
      if (message.wire === 'meta' || !owned)
        return reply
          .code(404)
          .send({ error: 'UnknownNumber', message: `to: nobody registered ${to} (PUT /numbers/{number})` });
      const text = { handset, body, media: links, profileName, button };
      const { entry, status } = await deliverText(network, owned, text, channel);
      return reply.code(201).send({ message: show(entry), webhook: { status } });
    },
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof Preference> }>(
    '/handsets/:number/preferences',
    { schema: { params: HandsetParams, body: Preference } },
    async ({ params, body }, reply) => {
      const sender = registry.whatsAppSender(body.to);
      if (!sender)
        return reply
          .code(404)
          .send({ error: 'UnknownNumber', message: `to: ${body.to} is no WhatsApp number here` });
      const handset = addressIn(network, people, params.number);
      return { webhook: { status: await tellPreference(network, people, sender, handset, body.value) } };
    },
  );

  app.post<{ Params: Static<typeof HandsetParams>; Body: Static<typeof Tap> }>(
    '/handsets/:number/taps',
    { schema: { params: HandsetParams, body: Tap } },
    async ({ body }, reply) => {
      const result = await tapLink(body.url).catch(() => null);
      return (
        result ?? reply.code(502).send({ error: 'NoAnswer', message: `url: nobody answers at ${body.url}` })
      );
    },
  );
}
