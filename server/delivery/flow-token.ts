import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import { decodeMessageId } from '../database/message-id.ts';
import type { MessageContent, WhatsAppParameter } from '../providers/sending.ts';

/*
 * A flow's token comes back with its answer, and with each call that the flow makes of an endpoint: it says of which message, and so of
 * which person, it is. Phones know it, so it is signed: nobody can name another's message.
 */

const signBytes = 16;

function signatureOf(secrets: Secrets, reference: string): Buffer {
  return secrets.mac(`flow token ${reference}`).subarray(0, signBytes);
}

/** A message as it goes to the wire: a flow that was given no token of its own bears one that names the message. */
export function withFlowToken(content: MessageContent, secrets: Secrets, reference: string): MessageContent {
  const token = () => `${reference}.${signatureOf(secrets, reference).toString('base64url')}`;
  if (content.kind === 'whatsAppMessage')
    return content.type === 'flow' && content.token === undefined ? { ...content, token: token() } : content;
  if (content.kind !== 'whatsAppTemplate' || content.flow === undefined) return content;
  const components = content.components.map((component) =>
    component.type === 'button' && component.sub_type === 'flow'
      ? { ...component, parameters: component.parameters.map((each) => withToken(each, token())) }
      : component,
  );
  return { ...content, components };
}

const withToken = (parameter: WhatsAppParameter, token: string): WhatsAppParameter =>
  parameter.type === 'action'
    ? { ...parameter, action: { ...parameter.action, flow_token: token } }
    : parameter;

/** The message that a token names; null for one that was not made here. */
export function messageOfFlowToken(secrets: Secrets, token: string): { lane: number; id: number } | null {
  const [reference = '', sign = '', ...rest] = token.split('.');
  const given = Buffer.from(sign, 'base64url');
  if (rest.length > 0 || given.length !== signBytes) return null;
  return timingSafeEqual(given, signatureOf(secrets, reference)) ? decodeMessageId(reference) : null;
}
