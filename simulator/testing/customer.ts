import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { readBody } from '../network/http.ts';

/** A request that the network made to a customer. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A customer's server: takes webhooks and remembers them. */
export interface Customer {
  url: string;
  received: Received[];
  /** HTTP statuses of the next answers; 200 when there are none. */
  answers: number[];
  /** Resolves with what was received as soon as `enough` holds. */
  until(enough: (received: Received[]) => boolean): Promise<Received[]>;
  close(): Promise<void>;
}

function answerChallenge(url: string): string | null {
  return new URL(url, 'http://customer').searchParams.get('hub.challenge');
}

/** Starts a customer on any free port. It echoes Meta's challenge. */
export async function startCustomer(): Promise<Customer> {
  const received: Received[] = [];
  const answers: number[] = [];
  const waiting = new Set<() => void>();
  const server: Server = createServer((request, response) => {
    readBody(request, 1_000_000, (body) => {
      const { url = '', method = '', headers } = request;
      const challenge = method === 'GET' ? answerChallenge(url) : null;
      const status = challenge === null ? (answers.shift() ?? 200) : 200;
      response.writeHead(status).end(challenge ?? '');
      if (challenge !== null) return;
      received.push({ method, url, headers, body: body?.toString() ?? '' });
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answers,
    until(enough) {
      return new Promise((resolve) => {
        const look = () => {
          if (!enough(received)) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
