import type { IncomingMessage } from 'node:http';

/** Names of this machine itself, as they stand in a Host header without a port. */
const ownNames = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
/** Methods that only look. */
const looking = ['GET', 'HEAD', 'OPTIONS'];

/** A host as a Host header spells it: an IPv6 address in brackets. */
function spelled(host: string): string {
  return (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host).toLowerCase();
}

/** Host and port of an Origin; null for one that is none, such as the `null` of a sandboxed page. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Who may call, since whoever is on this machine may be led to any web page and nothing here asks for a password.
 * The answer to a request that may not be served says why; null for one that may.
 *
 * A page elsewhere can have its own name resolve to this address (DNS rebinding), but its requests then say that name
 * in `Host`: only loopback names, the address that was called, the address that is listened on and the names in
 * `more` are served. And it can post here without asking, but the browser then says so in `Origin` and
 * `Sec-Fetch-Site`: what changes anything is taken of no page but our own. Programs send neither.
 */
export function createCallerCheck(
  listensOn: string,
  more: readonly string[],
): (request: IncomingMessage) => string | null {
  const known = new Set([listensOn, ...more].map(spelled));

  return ({ headers, method = 'GET', socket }) => {
    const host = (headers.host ?? '').toLowerCase();
    const name = host.replace(/:\d+$/, '');
    if (!ownNames.test(name) && !known.has(name) && name !== spelled(socket.localAddress ?? ''))
      return `Host: ${headers.host ?? 'none'} is no name of this simulator; call it by 127.0.0.1, or let whoever runs it add the name to SIMULATOR_HOSTS`;
    if (looking.includes(method)) return null;
    const { origin, 'sec-fetch-site': site } = headers;
    if (origin !== undefined && hostOf(origin) !== host)
      return `Origin: ${origin} may change nothing here; only the simulator's own page may, or a program that sends no Origin`;
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return `Sec-Fetch-Site: a page elsewhere (${site}) may change nothing here; only the simulator's own page may`;
    return null;
  };
}
