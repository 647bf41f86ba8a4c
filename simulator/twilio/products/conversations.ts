import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { countSegments } from '../../ledger/segments.ts';
import { record } from '../../network/network.ts';
import { twilioFault } from '../errors.ts';
import type { Call, Route } from './call.ts';
import { type Collection, collectionRoutes, resourcesOf } from './collection.ts';

/** The one service in which all conversations of an account are. */
const chatService = 'IS00000000000000000000000000000001';

const conversations: Collection = {
  path: '/v1/Conversations',
  key: 'conversations',
  prefix: 'CH',
  usual: {
    friendly_name: null,
    unique_name: null,
    messaging_service_sid: null,
    attributes: '{}',
    state: 'active',
  },
  links: { participants: 'Participants', messages: 'Messages' },
  complete(call, fields, before) {
    const { network, account } = call;
    const twin = resourcesOf(network, account.sid, conversations).find(
      (one) => one.fields.unique_name === fields.unique_name && one.sid !== before?.sid,
    );
    if (fields.unique_name && twin) throw twilioFault(50353, String(fields.unique_name));
    return fields;
  },
  show: () => ({ chat_service_sid: chatService, timers: {}, bindings: {} }),
};

const within = { collection: conversations, field: 'conversation_sid' };

const Binding = Type.Object({ address: Type.String(), proxy_address: Type.String() });
const bindingCheck = Compile(Binding);

const participants: Collection = {
  path: '/v1/Conversations/:conversation/Participants',
  key: 'participants',
  prefix: 'MB',
  within,
  usual: { identity: null, attributes: '{}', role_sid: null },
  complete({ form }, fields, before) {
    if (before) return fields;
    const address = form.get('MessagingBinding.Address');
    const proxy = form.get('MessagingBinding.ProxyAddress');
    if (!address && !fields.identity) throw twilioFault(50200, 'give Identity or MessagingBinding.Address');
    if (!address) return { ...fields, messaging_binding: null };
    if (!proxy) throw twilioFault(50200, 'MessagingBinding.ProxyAddress: the number to write from');
    const type = address.startsWith('whatsapp:') ? 'whatsapp' : 'sms';
    return { ...fields, messaging_binding: { type, address, proxy_address: proxy } };
  },
  show: () => ({ last_read_message_index: null, last_read_timestamp: null }),
};

/** Sends a conversation's message to the phones that take part in it. */
function sendToPhones({ network, account, params }: Call, author: unknown, body: string): void {
  for (const { fields } of resourcesOf(network, account.sid, participants, params.conversation)) {
    const binding = fields.messaging_binding;
    if (!bindingCheck.Check(binding) || binding.address === author) continue;
    record(network, {
      wire: 'twilio',
      kind: 'outbound',
      id: network.newId('SM'),
      accountSid: account.sid,
      from: binding.proxy_address,
      to: binding.address,
      status: 'delivered',
      body,
      media: [],
      segments: countSegments(body),
    });
  }
}

const messages: Collection = {
  path: '/v1/Conversations/:conversation/Messages',
  key: 'messages',
  prefix: 'IM',
  within,
  usual: { author: 'system', body: '', attributes: '{}', content_sid: null, participant_sid: null },
  complete(call, fields, before) {
    if (before) return fields;
    const { network, account, params } = call;
    const { body, author } = fields;
    if (typeof body !== 'string' || body === '') throw twilioFault(50200, 'Body is missing');
    sendToPhones(call, author, body);
    return { ...fields, index: resourcesOf(network, account.sid, messages, params.conversation).length };
  },
  show: () => ({ media: null, delivery: null, links: {} }),
};

/** Conversations: what is written in one goes to the phones that take part. (What they answer comes as a text.) */
export const conversationRoutes: Route[] = [conversations, participants, messages].flatMap(collectionRoutes);
