import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { handsetName, handsetOf, plainAddress, publicForm } from '../ledger/entry.ts';
import { deliverWhatsApp, tellNewNumber, tellPreference } from '../meta/inbound.ts';
import type { MediaStore } from '../meta/media.ts';
import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import { type Sender, toNumber } from '../network/registry.ts';
import { deliverText } from '../twilio/inbound.ts';
import { addressIn, isPhoneNumber } from './address.ts';
import { badRequest, callFault } from './faults.ts';
import { reactionText } from './reaction-text.ts';
import { CallPermission, HandsetParams, NumberChange, Preference, Reaction } from './schemas.ts';

type Params = Static<typeof HandsetParams>;

/** Routes for what a person does on a handset beside writing: signs on messages, settings, a new number. */
export function gestureRoutes(
  app: FastifyInstance,
  network: Network,
  people: People,
  media: MediaStore,
): void {
  const { ledger, registry } = network;
  const handsetIn = (params: Params) => addressIn(network, people, params.number);

  function whatsAppSender(to: string): Sender {
    const sender = registry.whatsAppSender(to);
    if (sender) return sender;
    throw callFault(404, 'UnknownNumber', `to: ${to} is no WhatsApp number here; see GET /numbers`);
  }

  app.post<{ Params: Params; Body: Static<typeof Preference> }>(
    '/handsets/:number/preferences',
    { schema: { params: HandsetParams, body: Preference } },
    async ({ params, body }) => {
      const status = await tellPreference(
        network,
        people,
        whatsAppSender(body.to),
        handsetIn(params),
        body.value,
      );
      return { webhook: { status } };
    },
  );

  app.post<{ Params: Params; Body: Static<typeof NumberChange> }>(
    '/handsets/:number/number-changes',
    { schema: { params: HandsetParams, body: NumberChange } },
    async ({ params, body }, reply) => {
      const handset = handsetIn(params);
      const next = toNumber(body.newNumber);
      if (!isPhoneNumber(handset)) throw badRequest(`number: ${handset} is no phone number to change`);
      if (!isPhoneNumber(next) || handsetName(next) === handsetName(handset))
        throw badRequest(`newNumber: ${body.newNumber} is no other number, such as +12125550199`);
      const { entry, status } = await tellNewNumber(network, people, whatsAppSender(body.to), handset, next);
      return reply.code(201).send({ message: publicForm(entry), webhook: { status } });
    },
  );

  app.post<{ Params: Params; Body: Static<typeof CallPermission> }>(
    '/handsets/:number/call-permissions',
    { schema: { params: HandsetParams, body: CallPermission } },
    async ({ params, body }) => {
      const text = { handset: handsetIn(params), body: '', media: [], mayCall: body.value === 'accept' };
      const { status } = await deliverWhatsApp(network, people, media, whatsAppSender(body.to), text);
      return { webhook: { status } };
    },
  );

  app.post<{ Params: Params; Body: Static<typeof Reaction> }>(
    '/handsets/:number/reactions',
    { schema: { params: HandsetParams, body: Reaction } },
    async ({ params, body: { messageId, emoji, phone, remove } }, reply) => {
      const handset = handsetIn(params);
      const entry = ledger.get(messageId);
      if (entry?.kind !== 'outbound' || entry.wire === 'smtp' || handsetOf(entry) !== handsetName(handset))
        throw callFault(
          404,
          'UnknownMessage',
          `messageId: ${messageId} is no text or WhatsApp message to ${handset}`,
        );
      const { entry: sent, status } =
        entry.wire === 'meta'
          ? await deliverWhatsApp(network, people, media, whatsAppSender(entry.phoneNumberId), {
              handset,
              body: '',
              media: [],
              reaction: { messageId, emoji: remove ? '' : emoji },
            })
          : await reactByText(entry.from, entry.body, handset);
      return reply.code(201).send({ message: publicForm(sent), webhook: { status } });

      async function reactByText(sender: string, quoted: string, by: string) {
        const owned = registry.numbers.get(toNumber(plainAddress(sender)));
        if (!owned) throw callFault(404, 'UnknownNumber', `${sender} takes no answers; see GET /numbers`);
        const body = reactionText(emoji, quoted, { phone, remove });
        return deliverText(network, owned, { handset: by, body, media: [] }, sender.startsWith('whatsapp:'));
      }
    },
  );
}
