import type { Account, Registry } from '../network/registry.ts';

/**
 * Checks Basic auth of an account's calls. An account is known from its first call on: the token of that call
 * is its token, with which its callbacks are signed.
 */
export function createAuthenticate(
  registry: Registry,
): (header: string | undefined, sid: string) => Account | null {
  // Decoding the same header for every message would cost more than the rest of the check.
  const decoded = new Map<string, { user: string; token: string }>();

  function decode(header: string): { user: string; token: string } {
    const known = decoded.get(header);
    if (known) return known;
    const text = Buffer.from(header.slice(6), 'base64').toString();
    const colon = text.indexOf(':');
    const pair = { user: text.slice(0, Math.max(0, colon)), token: text.slice(colon + 1) };
    if (decoded.size > 1000) decoded.clear();
    decoded.set(header, pair);
    return pair;
  }

  return (header, sid) => {
    if (!header?.startsWith('Basic ')) return null;
    const { user, token } = decode(header);
    if (token === '') return null;
    const account = registry.accounts.get(sid);
    // An API key (SK…) is taken for an account that is set up; its secret does not sign.
    if (user.startsWith('SK')) return account ?? null;
    if (user !== sid) return null;
    if (account) return account.authToken === token ? account : null;
    const first = { sid, authToken: token };
    registry.accounts.set(sid, first);
    return first;
  };
}
