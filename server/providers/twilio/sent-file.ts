import type { Exchanges } from '../exchange.ts';
import type { FileResult, SentFile } from '../sending.ts';
import type { TwilioAccount } from './account.ts';
import { endpointOf } from './endpoint.ts';

/**
 * Fetches a file of an MMS, or of a message on WhatsApp by Twilio: from an address of Twilio's API, which asks for the account's name and
 * token and leads on to where the file lies (twilio.com/docs/messaging/api/media-resource). Nobody else is shown these.
 */
export async function fetchTwilioFile(
  exchanges: Exchanges,
  account: TwilioAccount,
  { url }: SentFile,
  most: number,
): Promise<FileResult> {
  if (url === undefined || !URL.canParse(url))
    return { outcome: 'gone', detail: 'Twilio has named no address of the file' };
  const endpoint = endpointOf(account);
  const isTheirs = endpoint !== null && new URL(url).origin === endpoint.origin;
  const [, credentials = ''] = endpoint?.secrets ?? [];
  const headers = {
    'user-agent': 'carillon',
    ...(isTheirs && { authorization: `Basic ${credentials}` }),
  };
  const download = await exchanges.download({ url, headers, most });
  return download.outcome === 'refused'
    ? { outcome: 'failed', detail: `Twilio answered ${download.status}` }
    : download;
}
