import type { Download } from '../download.ts';
import type { Exchanges } from '../exchange.ts';
import { httpAddress } from '../http-account.ts';
import { textAt } from '../json-reading.ts';
import type { FileResult, SentFile } from '../sending.ts';
import type { MetaAccount } from './account.ts';
import { askGraph } from './ask-graph.ts';

/** Hosts of Meta's that serve files to who shows the account's token (Cloud API, media, December 2025). */
const metaHosts = /(?:^|\.)(?:fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/;

/**
 * Fetches a file that somebody sent on WhatsApp. Meta keeps it for seven days by its id, which leads to an address that is good for five
 * minutes; where that is over, a new one is asked for once.
 */
export async function fetchMetaFile(
  exchanges: Exchanges,
  account: MetaAccount,
  { id }: SentFile,
  most: number,
): Promise<FileResult> {
  if (id === undefined) return { outcome: 'gone', detail: 'Meta has named no id of the file' };
  let tried: Download | null = null;
  for (let asked = 0; asked < 2; asked++) {
    const found = await askGraph(account, exchanges, 'GET', encodeURIComponent(id));
    if (!found.ok) return { outcome: 'failed', detail: `Meta says of it: ${found.failure.detail}` };
    const url = textAt(found.answer, 'url');
    if (url === undefined || !URL.canParse(url))
      return { outcome: 'failed', detail: 'Meta has named no address of the file' };
    if (Number(textAt(found.answer, 'file_size') ?? 0) > most) return { outcome: 'tooLarge' };
    const headers = { 'user-agent': 'carillon', ...tokenFor(account, url) };
    tried = await exchanges.download({ url, headers, most });
    if (tried.outcome !== 'refused' || tried.status !== 404) break;
  }
  if (tried === null) return { outcome: 'failed', detail: 'it was not asked for' };
  if (tried.outcome === 'refused') return { outcome: 'failed', detail: `Meta answered ${tried.status}` };
  return tried;
}

/** The account's token, for Meta alone and for where the account itself leads. */
function tokenFor({ accessToken, baseUrl }: MetaAccount, url: string): Record<string, string> {
  const { origin, protocol, hostname } = new URL(url);
  const isTheirs = protocol === 'https:' && metaHosts.test(hostname);
  return isTheirs || origin === httpAddress(baseUrl)?.origin
    ? { authorization: `Bearer ${accessToken}` }
    : {};
}
