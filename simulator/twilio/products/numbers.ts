import { hash } from 'node:crypto';
import { isTollFree } from '../../network/opt-outs.ts';
import { type OwnedNumber, toNumber } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import { type Answer, type Call, dateText, type Route } from './call.ts';
import { readFields } from './collection.ts';
import { capabilities, freeNumbers } from './number-stock.ts';
import { pageOf } from './page.ts';

/** Whether a number is a short code: three to eight digits. */
function isShortCode(number: string): boolean {
  return /^\d{3,8}$/.test(number);
}

/** The sid of an owned number: the same whenever it is asked for, however the number came to its account. */
export function numberSid({ number }: OwnedNumber): string {
  return (isShortCode(number) ? 'SC' : 'PN') + hash('md5', number);
}

/** The account's numbers, or its short codes. */
export function ownedBy({ network, account }: Call, shortCodes: boolean): OwnedNumber[] {
  return network.registry.numbers
    .values()
    .filter((one) => one.accountSid === account.sid && isShortCode(one.number) === shortCodes)
    .reverse();
}

/** What a customer may set on a number; the address of inbound texts is the registry's own. */
const settable = {
  friendly_name: '',
  sms_method: 'POST',
  sms_fallback_url: '',
  sms_fallback_method: 'POST',
  sms_application_sid: '',
  status_callback: '',
  status_callback_method: 'POST',
  voice_url: '',
  voice_method: 'POST',
  voice_fallback_url: '',
  voice_fallback_method: 'POST',
  voice_application_sid: '',
  voice_caller_id_lookup: false,
  voice_receive_mode: 'voice',
  trunk_sid: '',
  address_sid: '',
  identity_sid: '',
  bundle_sid: '',
  emergency_status: 'Inactive',
  emergency_address_sid: '',
};

const shortCodeFields = ['friendly_name', 'sms_method', 'sms_fallback_url', 'sms_fallback_method'] as const;

function numberJson(call: Call, owned: OwnedNumber): Record<string, unknown> {
  const date = dateText(call, owned.created ?? 0);
  const sid = numberSid(owned);
  const list = `/2010-04-01/Accounts/${owned.accountSid}`;
  const common = {
    sid,
    account_sid: owned.accountSid,
    api_version: '2010-04-01',
    sms_url: owned.inboundUrl ?? '',
    date_created: date,
    date_updated: date,
  };
  const settings = { ...settable, friendly_name: owned.number, ...owned.settings };
  if (isShortCode(owned.number)) {
    const own = Object.fromEntries(shortCodeFields.map((name) => [name, settings[name]]));
    return { ...common, ...own, short_code: owned.number, uri: `${list}/SMS/ShortCodes/${sid}.json` };
  }
  return {
    ...common,
    ...settings,
    phone_number: owned.number,
    capabilities,
    address_requirements: 'none',
    beta: false,
    origin: 'twilio',
    status: 'in-use',
    type: isTollFree(owned.number) ? 'tollfree' : 'local',
    emergency_address_status: 'unregistered',
    uri: `${list}/IncomingPhoneNumbers/${sid}.json`,
  };
}

function keep(call: Call, owned: OwnedNumber): OwnedNumber {
  const { form, network } = call;
  const changed = {
    ...owned,
    inboundUrl: form.has('SmsUrl') ? form.get('SmsUrl') || undefined : owned.inboundUrl,
    settings: { ...owned.settings, ...readFields(form, settable) },
  };
  network.registry.numbers.set(owned.number, changed);
  return changed;
}

/** The number that is to be bought: the one asked for, or a free one of an area code. */
function wantedNumber({ form, network }: Call): string {
  const area = form.get('AreaCode');
  const asked = form.get('PhoneNumber');
  if (asked === null) {
    const [first] = area ? freeNumbers(network.registry, 'US', 'Local', { area }) : [];
    if (!area) throw twilioFault(21451, 'give PhoneNumber or AreaCode');
    if (!first) throw twilioFault(21452, area);
    return first;
  }
  const number = toNumber(asked);
  if (!/^\+[1-9]\d{6,14}$/.test(number)) throw twilioFault(21421, asked);
  if (network.registry.numbers.has(number)) throw twilioFault(21422, asked);
  return number;
}

function buy(call: Call): Answer {
  const { network, account } = call;
  const owned = { number: wantedNumber(call), accountSid: account.sid, created: network.now() };
  return { status: 201, json: numberJson(call, keep(call, owned)) };
}

/** `*` stands for any digits in the filter by number. */
function matches(pattern: string, number: string): boolean {
  const parts = pattern.replace(/[^\d*]/g, '').split('*');
  return new RegExp(parts.join('\\d*')).test(number);
}

function list(call: Call, kind: 'all' | 'Local' | 'TollFree' | 'Mobile', shortCodes: boolean): Answer {
  const number = call.query.get(shortCodes ? 'ShortCode' : 'PhoneNumber');
  const name = call.query.get('FriendlyName');
  const found = ownedBy(call, shortCodes).filter(
    (one) =>
      (number === null || matches(number, one.number)) &&
      (name === null || (one.settings?.friendly_name ?? one.number) === name) &&
      (kind === 'all' || (kind !== 'Mobile' && isTollFree(one.number) === (kind === 'TollFree'))),
  );
  return pageOf(call, shortCodes ? 'short_codes' : 'incoming_phone_numbers', found, (one) =>
    numberJson(call, one),
  );
}

function find(call: Call, shortCodes: boolean): OwnedNumber {
  const found = ownedBy(call, shortCodes).find((one) => numberSid(one) === call.params.sid);
  if (!found) throw twilioFault(20404, call.path);
  return found;
}

const account = '/2010-04-01/Accounts/:account';
const numbers = `${account}/IncomingPhoneNumbers`;
const codes = `${account}/SMS/ShortCodes`;

/** An account's own numbers and short codes: those of the registry, however they came there. */
export const numberRoutes: Route[] = [
  { method: 'GET', path: numbers, answer: (call) => list(call, 'all', false) },
  { method: 'POST', path: numbers, answer: buy },
  ...(['Local', 'TollFree', 'Mobile'] as const).flatMap((kind): Route[] => [
    { method: 'GET', path: `${numbers}/${kind}`, answer: (call) => list(call, kind, false) },
    { method: 'POST', path: `${numbers}/${kind}`, answer: buy },
  ]),
  { method: 'GET', path: codes, answer: (call) => list(call, 'all', true) },
  ...[false, true].flatMap((shortCodes): Route[] => {
    const path = `${shortCodes ? codes : numbers}/:sid`;
    return [
      {
        method: 'GET',
        path,
        answer: (call) => ({ status: 200, json: numberJson(call, find(call, shortCodes)) }),
      },
      {
        method: 'POST',
        path,
        answer: (call) => ({ status: 200, json: numberJson(call, keep(call, find(call, shortCodes))) }),
      },
    ];
  }),
  {
    method: 'DELETE',
    path: `${numbers}/:sid`,
    answer: (call) => {
      call.network.registry.numbers.delete(find(call, false).number);
      return { status: 204 };
    },
  },
];
