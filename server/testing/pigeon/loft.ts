import { createServer, type IncomingMessage } from 'node:http';
import { pigeonSignature } from './pigeon.ts';

/** A message as it came to the provider. */
export interface Flight {
  path: string;
  ring: string | undefined;
  reference: string;
  from: string;
  to: string;
  text: string;
  report: string;
}

/** The provider of pigeon post, on a port of its own. */
export interface Loft {
  url: string;
  flights: Flight[];
  /** What it cries at messages from now on in place of taking them; null to take them. */
  refuseWith(cry: string | null): void;
  /** Calls an address of ours with its signature, or another; the status of the answer and its text. */
  tell(url: string, letter: object, ring?: string): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** Starts the provider; its ring has this inscription. */
export async function startLoft(ownRing: string): Promise<Loft> {
  const flights: Flight[] = [];
  let cry: string | null = null;
  const server = createServer(async (request, response) => {
    const flight = JSON.parse(await textOf(request));
    const ring = request.headers['x-ring'];
    flights.push({ ...flight, path: request.url, ring: typeof ring === 'string' ? ring : undefined });
    response.writeHead(cry === null ? 200 : 422, { 'content-type': 'application/json' });
    response.end(JSON.stringify(cry === null ? { bird: `bird-${flights.length}` } : { cry }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    flights,
    refuseWith: (next) => {
      cry = next;
    },
    tell: async (url, letter, ring = ownRing) => {
      const body = JSON.stringify(letter);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'x-ring': pigeonSignature(ring, url, body), 'content-type': 'application/json' },
        body,
      });
      return { status: answer.status, text: await answer.text() };
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
