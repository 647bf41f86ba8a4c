import { hash } from 'node:crypto';
import type { TwilioEntry } from '../../ledger/entry.ts';
import { twilioError, twilioFault } from '../errors.ts';
import { pricePerPart } from '../message.ts';
import { type Answer, type Call, dateText, type Route } from './call.ts';
import { pageOf } from './page.ts';

/** Countries whose price is known here: what `message.ts` bills. */
const priced: Record<string, string> = { US: 'United States' };

function countryJson(call: Call, iso: string): Record<string, unknown> {
  return {
    country: priced[iso],
    iso_country: iso,
    url: `${call.origin}/v1/Messaging/Countries/${iso}`,
  };
}

function pricesOf(call: Call): Answer {
  const iso = call.params.country ?? '';
  if (!priced[iso]) throw twilioFault(20404, call.path);
  const prices = (types: string[]) =>
    types.map((type) => ({
      number_type: type,
      base_price: String(pricePerPart),
      current_price: String(pricePerPart),
    }));
  return {
    status: 200,
    json: {
      ...countryJson(call, iso),
      price_unit: 'USD',
      inbound_sms_prices: prices(['local', 'toll-free', 'shortcode']),
      outbound_sms_prices: [
        { carrier: 'All', mcc: null, mnc: null, prices: prices(['local', 'toll-free', 'shortcode']) },
      ],
    },
  };
}

function alertsOf(call: Call): TwilioEntry[] {
  const { network, account } = call;
  const found: TwilioEntry[] = [];
  for (const entry of network.ledger.all())
    if (entry.wire === 'twilio' && entry.accountSid === account.sid && entry.errorCode) found.push(entry);
  return found.reverse();
}

const alertSid = (entry: TwilioEntry) => `NO${hash('md5', entry.id)}`;

/** A message that met an error, as Twilio's debugger tells of it. */
function alertJson(call: Call, entry: TwilioEntry): Record<string, unknown> {
  const date = dateText(call, entry.updatedAt);
  const code = entry.errorCode ?? 0;
  const sid = alertSid(entry);
  return {
    sid,
    account_sid: entry.accountSid,
    resource_sid: entry.id,
    service_sid: entry.messagingServiceSid ?? null,
    error_code: String(code),
    alert_text: twilioError(code).message,
    log_level: 'error',
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    api_version: '2010-04-01',
    request_method: null,
    request_url: null,
    date_created: date,
    date_generated: date,
    date_updated: date,
    url: `${call.origin}/v1/Alerts/${sid}`,
  };
}

/** A webhook that the customer's server did not take, whose form says whose it was. */
function webhookAlerts(call: Call): { at: number; json: Record<string, unknown> }[] {
  const { network, account } = call;
  const theirs = network.callbacks
    .failed()
    .filter(({ body }) => new URLSearchParams(body).get('AccountSid') === account.sid);
  return theirs.map(({ url, body, at }) => {
    const form = new URLSearchParams(body);
    const sid = `NO${hash('md5', `${url} ${at}`)}`;
    const date = dateText(call, at);
    return {
      at,
      json: {
        ...{ sid, account_sid: account.sid, resource_sid: form.get('MessageSid'), service_sid: null },
        ...{ error_code: '11200', alert_text: 'HTTP retrieval failure', log_level: 'error' },
        more_info: 'https://www.twilio.com/docs/errors/11200',
        ...{ api_version: '2010-04-01', request_method: 'POST', request_url: url },
        ...{ date_created: date, date_generated: date, date_updated: date },
        url: `${call.origin}/v1/Alerts/${sid}`,
      },
    };
  });
}

/** All alerts since an instant, newest first. */
function alertsSince(call: Call): Record<string, unknown>[] {
  const since = Date.parse(call.query.get('StartDate') ?? '') || 0;
  const ofMessages = alertsOf(call).map((entry) => ({ at: entry.updatedAt, json: alertJson(call, entry) }));
  return [...ofMessages, ...webhookAlerts(call)]
    .filter(({ at }) => at >= since)
    .sort((one, other) => other.at - one.at)
    .map(({ json }) => json);
}

const noBody = {
  request_variables: null,
  request_headers: null,
  response_body: null,
  response_headers: null,
};

/** Numbers given up on a day, one a line: what the address of a day's list leads to. */
function deactivated(call: Call): string {
  const day = call.query.get('Date') ?? new Date(call.network.now()).toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw twilioFault(20001, 'Date is not a day such as 2026-11-28');
  const { deactivations } = call.network.registry;
  const numbers = deactivations
    .entries()
    .filter(([number, at]) => number.startsWith('+1') && at.startsWith(day));
  return numbers.map(([number]) => `${number.slice(1)}\n`).join('');
}

/** What Twilio tells of its network: prices, what went wrong, and US numbers that were given up. */
export const networkFactRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/Messaging/Countries',
    answer: (call) => pageOf(call, 'countries', Object.keys(priced), (iso) => countryJson(call, iso)),
  },
  { method: 'GET', path: '/v1/Messaging/Countries/:country', answer: pricesOf },
  {
    method: 'GET',
    path: '/v1/Alerts',
    answer: (call) => {
      const level = call.query.get('LogLevel') ?? 'error';
      return pageOf(call, 'alerts', level === 'error' ? alertsSince(call) : [], (row) => row);
    },
  },
  {
    method: 'GET',
    path: '/v1/Alerts/:sid',
    answer: (call) => {
      const found = alertsOf(call).find((one) => alertSid(one) === call.params.sid);
      if (!found) throw twilioFault(20404, call.path);
      return { status: 200, json: { ...alertJson(call, found), ...noBody } };
    },
  },
  {
    // Twilio sends whoever asks to a file elsewhere; here the file is in the address itself.
    method: 'GET',
    path: '/v1/Deactivations',
    answer: (call) => {
      const location = `data:text/plain,${encodeURIComponent(deactivated(call))}`;
      return { status: 307, json: { redirect_to: location }, headers: { location } };
    },
  },
];
