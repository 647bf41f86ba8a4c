import { request } from 'undici';

/** What a tap on a link led to. */
export interface TapResult {
  status: number;
  location: string | null;
}

const mobile =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';

/** Opens a link as a phone's browser does, up to its first redirect, which is not followed. */
export async function tapLink(url: string): Promise<TapResult> {
  const headers = {
    'user-agent': mobile,
    accept: 'text/html,application/xhtml+xml',
    'accept-language': 'en-US,en',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    'sec-fetch-user': '?1',
  };
  const answer = await request(url, { headers });
  await answer.body.dump();
  const { location } = answer.headers;
  return { status: answer.statusCode, location: typeof location === 'string' ? location : null };
}
