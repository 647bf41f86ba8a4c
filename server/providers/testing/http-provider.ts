import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { ProviderAccount } from '../sending.ts';
import type { ContractProvider, ProviderTurn } from '../wire.contract.ts';

/** What an HTTP provider answers: a status, a JSON body (or text as it is), and headers. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A request as the provider read it. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An HTTP provider for tests, on a port of its own. */
export interface HttpProvider extends ContractProvider<HttpAnswer> {
  baseUrl: string;
  requests: SeenRequest[];
  /** Answers by what is asked, instead of by turn. */
  answerWith(answer: (request: SeenRequest) => HttpAnswer): void;
}

/** Starts a provider that accepts whatever it is told to accept. */
export async function startHttpProvider(
  accountAt: (baseUrl: string) => ProviderAccount,
): Promise<HttpProvider> {
  const requests: SeenRequest[] = [];
  const held: (() => void)[] = [];
  let respond: ((request: SeenRequest) => HttpAnswer) | undefined;
  let turn: ProviderTurn<HttpAnswer> = { do: 'cut' };

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request: SeenRequest = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      const now = turn;
      if (respond !== undefined) write(response, respond(request));
      else if (now.do === 'cut') incoming.socket.destroy();
      else if (now.do === 'answer') write(response, now.answer);
      else held.push(() => write(response, now.answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  return {
    account: accountAt(baseUrl),
    baseUrl,
    requests,
    answerWith(answer) {
      respond = answer;
    },
    turn(next) {
      turn = next;
    },
    arrived: () => requests.length,
    release() {
      // An answer asked for now may belong to a request that is still on its way: it is then given at once.
      if (turn.do === 'hold') turn = { do: 'answer', answer: turn.answer };
      for (const go of held.splice(0)) go();
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function write(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
