import type { TwilioEntry } from '../ledger/entry.ts';
import type { Behaviour } from '../network/behaviour.ts';
import { within } from '../network/behaviour.ts';
import type { Callback } from '../network/callbacks.ts';
import { type Network, playReceipts, type ReceiptStep } from '../network/network.ts';
import { receiptStatusOf } from './errors.ts';
import { writeForm } from './form.ts';
import { retryPolicyOf } from './retry-policy.ts';
import { signForm } from './signature.ts';

type Fields = [string, string][];

let dateMinute = -1;
let dateText = '';

/** The instant a carrier's receipt says it was done: YYMMDDhhmm in UTC. */
function receiptDate(at: number): string {
  const minute = Math.floor(at / 60_000);
  if (minute !== dateMinute) {
    dateMinute = minute;
    dateText = new Date(at).toISOString().slice(2, 16).replace(/[-T:]/g, '');
  }
  return dateText;
}

/** Fields of a status callback, sorted by name as the signature wants them. */
function statusFields(entry: TwilioEntry, step: ReceiptStep, at: number): Fields {
  const fields: Fields = [
    ['AccountSid', entry.accountSid],
    ['ApiVersion', '2010-04-01'],
  ];
  const whatsApp = entry.to.startsWith('whatsapp:');
  if (whatsApp) fields.push(['ChannelPrefix', 'whatsapp'], ['ChannelToAddress', entry.to]);
  if (step.errorCode !== undefined) fields.push(['ErrorCode', String(step.errorCode)]);
  fields.push(['From', entry.from], ['MessageSid', entry.id], ['MessageStatus', step.status]);
  if (entry.messagingServiceSid) fields.push(['MessagingServiceSid', entry.messagingServiceSid]);
  if (step.status === 'delivered' || step.status === 'undelivered')
    fields.push(['RawDlrDoneDate', receiptDate(at)]);
  fields.push(['SmsSid', entry.id], ['SmsStatus', step.status], ['To', entry.to]);
  return fields;
}

/** A signed form post to a customer's webhook. `fields` are sorted by name. */
export function signedPost(authToken: string, url: string, fields: Fields): Callback {
  const hash = url.indexOf('#');
  const signedUrl = hash < 0 ? url : url.slice(0, hash);
  return {
    headers: [
      'content-type',
      'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature',
      signForm(authToken, signedUrl, fields),
      'user-agent',
      'TwilioProxy/1.1',
    ],
    body: writeForm(fields),
  };
}

function stepsOf(
  entry: TwilioEntry,
  behaviour: Behaviour,
  errorCode: number | null,
  random: () => number,
): ReceiptStep[] {
  const last = within(behaviour.receiptDelayMs, random);
  const sent = { status: 'sent', delayMs: last * random() * 0.5 };
  if (errorCode === null) {
    const delivered = { status: 'delivered', delayMs: last };
    if (!entry.to.startsWith('whatsapp:') || random() >= behaviour.read) return [sent, delivered];
    return [sent, delivered, { status: 'read', delayMs: last * 1.5 }];
  }
  const status = receiptStatusOf(errorCode);
  const end = { status, delayMs: last, errorCode };
  return status === 'failed' ? [end] : [sent, end];
}

/** Sends the receipts of a message in their time, to its StatusCallback when it has one. */
export function sendReceipts(
  network: Network,
  behaviour: Behaviour,
  entry: TwilioEntry,
  errorCode: number | null,
): void {
  const steps = stepsOf(entry, behaviour, errorCode, network.random);
  const url = entry.statusCallback;
  const policy = retryPolicyOf(url ?? '');
  playReceipts(network, behaviour, entry, steps, (step) => {
    if (url === undefined) return;
    network.callbacks.send(url, policy, () => {
      const token = network.registry.accounts.get(entry.accountSid)?.authToken ?? '';
      return signedPost(token, url, statusFields(entry, step, network.now()));
    });
  });
}
