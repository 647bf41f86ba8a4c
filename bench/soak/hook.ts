import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Book } from './book.ts';
import type { Site } from './site.ts';

/** An event as a webhook brings it. */
interface Told {
  eventName: string;
  dataFields: { messageId?: string };
}

/** What the program has told by webhook: of how many messages each kind of event. */
export interface Hook {
  countOf(eventName: string): number;
}

const kinds = ['smsSend', 'smsSendSkip', 'smsBounce', 'smsReceived', 'smsUnSubscribe'];
/** Of one message each once. */
const ofMessages: readonly string[] = ['smsSend', 'smsSendSkip', 'smsBounce'];

/** A server that webhooks post to; one post in a hundred is refused at first and comes again. */
export async function openHook(stack: AsyncDisposableStack, { ask }: Site, book: Book): Promise<Hook> {
  const events = new Set<string>();
  const messages = new Map(ofMessages.map((kind) => [kind, new Set<string>()]));
  const take = (number: string, { eventName, dataFields: { messageId } }: Told) => {
    events.add(number);
    book.counts.told++;
    const known = messages.get(eventName);
    if (!known || messageId === undefined) return;
    if (known.has(messageId)) book.wrong(`${eventName} of message ${messageId} was told in two events`);
    known.add(messageId);
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const number = String(request.headers['x-carillon-event']);
    const isNew = !events.has(number);
    if (isNew) take(number, JSON.parse(body));
    response.writeHead(isNew && events.size % 100 === 0 ? 500 : 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await ask('POST', '/api/webhooks/create', {
    ...{ endpoint: `http://127.0.0.1:${port}/hook`, childEvents: kinds },
  });
  return { countOf: (eventName) => messages.get(eventName)?.size ?? 0 };
}
