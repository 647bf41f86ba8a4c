import { type Finding, fault, fine, type WebhookSetUp } from '../account-set-up.ts';
import type { Exchanges } from '../exchange.ts';
import { recordsAt, textAt } from '../json-reading.ts';
import { failureWords } from '../provider-failure.ts';
import { isTwilioAccount, type TwilioAccount } from './account.ts';
import { askTwilio } from './ask-twilio.ts';
import { type OwnNumber, ownNumbers, setInbound, type TakingService, takingServices } from './own-numbers.ts';
import { repeats } from './repeats.ts';

/** Where texts to an account's numbers are to come. */
export const inboundUrlOf = (callbacks: string) => `${callbacks}/inbound${repeats}`;

/**
 * What people write comes to the address that each number has at Twilio. What becomes of our own messages is told to an address that goes with
 * each of them, so nothing is set for that.
 */
export const twilioWebhooks: WebhookSetUp = {
  toCopy: (callbacks) => [
    {
      where:
        'Phone Numbers → Manage → Active numbers → the number → Messaging Configuration → “A message comes in”: Webhook, HTTP POST',
      address: inboundUrlOf(callbacks),
    },
  ],
  async set(account, senders, callbacks, { exchanges }) {
    if (!isTwilioAccount(account)) return [];
    const owned = await ownNumbers(account, exchanges);
    if (!owned.ok) return [fault('Webhook', failureWords('Twilio', owned.failure), 'Try again in a moment.')];
    const findings: Finding[] = [];
    for (const { address } of answering(senders)) {
      const number = owned.numbers.find((each) => each.address === address);
      if (!number) {
        findings.push(notHere(address));
        continue;
      }
      const set = await setInbound(account, exchanges, number, inboundUrlOf(callbacks));
      findings.push(
        set.ok
          ? fine(address, 'What people text there comes to Carillon from now on')
          : fault(
              address,
              failureWords('Twilio', set.failure),
              'Set it by hand with the address below, then check again.',
            ),
      );
    }
    return findings;
  },
  async check(account, senders, callbacks, { exchanges, now }) {
    if (!isTwilioAccount(account)) return [];
    const [owned, services, failing] = await Promise.all([
      ownNumbers(account, exchanges),
      takingServices(account, exchanges),
      failingFindings(account, callbacks, exchanges, now),
    ]);
    if (!owned.ok) return [fault('Webhook', failureWords('Twilio', owned.failure), 'Try again in a moment.')];
    const led = answering(senders).map(({ address }) => {
      const number = owned.numbers.find((each) => each.address === address);
      const service = services.ok
        ? services.services.find(({ addresses }) => addresses.includes(address))
        : undefined;
      return number ? webhookFinding(number, service, callbacks) : notHere(address);
    });
    return [...failing, ...led];
  },
};

/** How far back failed calls are looked for: what has been well for an hour is mended. */
const failingMs = 3_600_000;

/** Whether Twilio's calls to us have failed lately, by its own account of errors (11200 to 11299: what could not be fetched). */
async function failingFindings(
  account: TwilioAccount,
  callbacks: string,
  exchanges: Exchanges,
  now: Date,
): Promise<Finding[]> {
  const since = new Date(now.getTime() - failingMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const path = `/v1/Alerts?LogLevel=error&PageSize=1000&StartDate=${encodeURIComponent(since)}`;
  const asked = await askTwilio(account, exchanges, 'monitor', path);
  // Beside the rest: an account whose errors are not told is looked at all the same.
  if (!asked.ok) return [];
  const failed = recordsAt(asked.answer, 'alerts').filter(
    (alert) =>
      /^112\d\d$/.test(textAt(alert, 'error_code') ?? '') &&
      textAt(alert, 'request_url')?.startsWith(`${callbacks}/`),
  );
  const [last] = failed;
  if (!last) return [];
  const times = failed.length === 1 ? 'once' : `${failed.length} times`;
  return [
    fault(
      'Webhook',
      `Within the last hour Twilio called Carillon ${times} in vain: ${textAt(last, 'alert_text') ?? 'no answer'} (${textAt(last, 'error_code')})`,
      'Have whoever runs Carillon look whether PUBLIC_URL is reached from outside and that the auth token is still the account’s.',
    ),
  ];
}

/** Names take no answers, so nothing is set for them. */
const answering = <Sender extends { kind: string }>(senders: readonly Sender[]) =>
  senders.filter(({ kind }) => kind !== 'alphanumeric');

const notHere = (address: string) =>
  fault(
    address,
    'This account has no such number at Twilio any more',
    'If you gave it up or moved it to another account, stop this sender; else look for it under Phone Numbers in console.twilio.com.',
  );

function webhookFinding(number: OwnNumber, service: TakingService | undefined, callbacks: string): Finding {
  const { address, inboundUrl, application } = number;
  // What stands after # is asked of Twilio and is no part of where it leads.
  const leads = (url: string) => url.split('#')[0] === `${callbacks}/inbound`;
  if (service && !leads(service.inboundUrl))
    return fault(
      address,
      `It is in the Messaging Service “${service.name}”, which has what people text, STOP among it, go to ${service.inboundUrl}`,
      'In console.twilio.com open Messaging → Services → the service → Integration, and choose “Defer to sender’s webhook”.',
    );
  if (service || (leads(inboundUrl) && application === ''))
    return fine(address, 'What people text there comes to Carillon');
  const elsewhere =
    application === '' ? inboundUrl || 'nowhere' : `the application ${application} of this account`;
  return {
    ...fault(
      address,
      `What people text there, STOP among it, goes to ${elsewhere}`,
      'Let Carillon set the address at Twilio, or enter it there by hand.',
    ),
    mendedBy: 'webhooks',
  };
}
