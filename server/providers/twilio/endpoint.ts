import { httpAddress } from '../http-account.ts';
import type { TwilioAccount } from './account.ts';

/** What every request of an account shares. */
export interface TwilioEndpoint {
  origin: string;
  prefix: string;
  /** `/2010-04-01/Accounts/{sid}/Messages.json`, under the account's prefix. */
  messagesPath: string;
  /** What the headers give to Twilio and nobody else. */
  secrets: readonly string[];
  postHeaders: string[];
  getHeaders: string[];
}

const endpoints = new WeakMap<TwilioAccount, TwilioEndpoint>();

/** The endpoint of an account, built once for each account object; `null` where its base URL is not usable. */
export function endpointOf(account: TwilioAccount): TwilioEndpoint | null {
  const cached = endpoints.get(account);
  if (cached !== undefined) return cached;
  const address = httpAddress(account.baseUrl);
  if (address === null) return null;
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  const getHeaders = [
    'authorization',
    `Basic ${credentials}`,
    'accept',
    'application/json',
    'user-agent',
    'carillon',
  ];
  const endpoint = {
    ...address,
    secrets: [account.authToken, credentials],
    messagesPath: `${address.prefix}/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}/Messages.json`,
    postHeaders: [...getHeaders, 'content-type', 'application/x-www-form-urlencoded'],
    getHeaders,
  };
  endpoints.set(account, endpoint);
  return endpoint;
}
