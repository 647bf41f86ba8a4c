import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Network } from '../network/network.ts';

/** Where short links live, at the simulator's own address. */
export const shortLinkPrefix = '/l/';

const address = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]}]/g;

/** The text with each web address replaced by a short link that leads there. `host` is where this simulator was called. */
export function shortenLinks(network: Network, host: string, text: string): string {
  return text.replace(address, (target) => {
    // The start's own digits and those that count: no code is given twice.
    const code = network.start.slice(0, 6) + network.newId('').slice(-6);
    network.registry.links.set(code, target);
    return `http://${host}${shortLinkPrefix}${code}`;
  });
}

/** Leads a short link to its address. */
export function followLink(network: Network, request: IncomingMessage, response: ServerResponse): void {
  const code = (request.url ?? '').slice(shortLinkPrefix.length).split('?')[0] ?? '';
  const target = network.registry.links.get(code);
  if (target === undefined) response.writeHead(404).end('no such link');
  else response.writeHead(302, { location: new URL(target).href }).end();
}
