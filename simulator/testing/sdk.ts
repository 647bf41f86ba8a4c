import twilio from 'twilio';
import { account, type Lab } from './lab.ts';

/** The official SDK of the tests' account, or of another: nothing is changed but the hosts it calls. */
export function sdkFor(
  lab: Lab,
  { sid, token }: { sid: string; token: string } = account,
): ReturnType<typeof twilio> {
  const client = new twilio.RequestClient();
  const request = client.request.bind(client);
  client.request = (options) =>
    request({ ...options, uri: options.uri.replace(/^https:\/\/[a-z]+\.twilio\.com/, lab.simulator.url) });
  return twilio(sid, token, { httpClient: client });
}
