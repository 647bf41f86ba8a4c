import type { Exchanges } from '../exchange.ts';
import { type JsonRecord, recordAt, textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { TwilioAccount } from './account.ts';
import { askTwilio, listTwilio } from './ask-twilio.ts';

/** A number or short code of an account, as Twilio has it. */
export interface OwnNumber {
  kind: 'longCode' | 'tollFree' | 'shortCode';
  address: string;
  name: string;
  /** Whether it takes and sends texts. */
  texts: boolean;
  /** Where texts to it go; empty where nothing is set. */
  inboundUrl: string;
  /** The application that overrides that; empty for none. */
  application: string;
  /** Where it is changed. */
  path: string;
}

const base = ({ accountSid }: TwilioAccount) => `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;

/** The account's numbers and short codes. */
export async function ownNumbers(
  account: TwilioAccount,
  exchanges: Exchanges,
): Promise<{ ok: true; numbers: OwnNumber[] } | { ok: false; failure: ProviderFailure }> {
  const numbersPath = `${base(account)}/IncomingPhoneNumbers`;
  const codesPath = `${base(account)}/SMS/ShortCodes`;
  const [numbers, codes] = await Promise.all([
    listTwilio(account, exchanges, 'api', `${numbersPath}.json`, 'incoming_phone_numbers'),
    listTwilio(account, exchanges, 'api', `${codesPath}.json`, 'short_codes'),
  ]);
  if (!numbers.ok) return numbers;
  if (!codes.ok) return codes;
  return {
    ok: true,
    numbers: [
      ...numbers.entries.map((entry) => ({
        ...common(entry, numbersPath, 'phone_number'),
        kind: isTollFree(entry) ? ('tollFree' as const) : ('longCode' as const),
        texts: recordAt(entry, 'capabilities').sms !== false,
      })),
      ...codes.entries.map((entry) => ({
        ...common(entry, codesPath, 'short_code'),
        ...{ kind: 'shortCode' as const, texts: true },
      })),
    ],
  };
}

function common(entry: JsonRecord, path: string, addressKey: string) {
  const address = textAt(entry, addressKey) ?? '';
  return {
    address,
    name: textAt(entry, 'friendly_name') ?? address,
    inboundUrl: textAt(entry, 'sms_url') ?? '',
    application: textAt(entry, 'sms_application_sid') ?? '',
    path: `${path}/${encodeURIComponent(textAt(entry, 'sid') ?? '')}.json`,
  };
}

/** Twilio says `tollfree`; an answer without the word is told by the number (of North America). */
function isTollFree(entry: JsonRecord): boolean {
  const type = textAt(entry, 'type')
    ?.toLowerCase()
    .replace(/[^a-z]/g, '');
  if (type !== undefined) return type === 'tollfree';
  return /^\+1(?:800|833|844|855|866|877|888)/.test(textAt(entry, 'phone_number') ?? '');
}

/** A Messaging Service that takes the texts to its numbers itself, in place of each number's own address. */
export interface TakingService {
  name: string;
  addresses: string[];
  inboundUrl: string;
}

/** The account's Messaging Services that have an address of their own for what people write. */
export async function takingServices(
  account: TwilioAccount,
  exchanges: Exchanges,
): Promise<{ ok: true; services: TakingService[]; all: number } | { ok: false; failure: ProviderFailure }> {
  const listed = await listTwilio(account, exchanges, 'messaging', '/v1/Services', 'services');
  if (!listed.ok) return listed;
  const taking = listed.entries.filter(
    (entry) => textAt(entry, 'inbound_request_url') && entry.use_inbound_webhook_on_number !== true,
  );
  const services: TakingService[] = [];
  for (const entry of taking) {
    const sid = encodeURIComponent(textAt(entry, 'sid') ?? '');
    const addresses: string[] = [];
    for (const [part, key, addressKey] of [
      ['PhoneNumbers', 'phone_numbers', 'phone_number'],
      ['ShortCodes', 'short_codes', 'short_code'],
    ] as const) {
      const found = await listTwilio(account, exchanges, 'messaging', `/v1/Services/${sid}/${part}`, key);
      if (!found.ok) return found;
      addresses.push(...found.entries.map((each) => textAt(each, addressKey) ?? ''));
    }
    const name = textAt(entry, 'friendly_name') ?? sid;
    services.push({ name, addresses, inboundUrl: textAt(entry, 'inbound_request_url') ?? '' });
  }
  return { ok: true, services, all: listed.entries.length };
}

/** Has texts to a number come to an address, whatever application stood before it. */
export const setInbound = (account: TwilioAccount, exchanges: Exchanges, number: OwnNumber, url: string) =>
  askTwilio(account, exchanges, 'api', number.path, {
    ...{ SmsUrl: url, SmsMethod: 'POST' },
    ...(number.application === '' ? {} : { SmsApplicationSid: '' }),
  });
