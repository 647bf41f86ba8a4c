import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TwilioEntry } from '../ledger/entry.ts';
import { answerJson, closeAfter, readBody, serveGuarded } from '../network/http.ts';
import { afterLatency, type Network } from '../network/network.ts';
import type { Account } from '../network/registry.ts';
import { createAuthenticate } from './authenticate.ts';
import { errorBody, type TwilioError, twilioError } from './errors.ts';
import { parseForm } from './form.ts';
import { listMessages } from './list.ts';
import { findMedium, listMedia } from './media.ts';
import { messageJson } from './message.ts';
import { serveProduct } from './products/routes.ts';
import { sendMessage } from './send.ts';

/** The path under which Twilio's REST API of 2010 lives. */
export const twilioPrefix = '/2010-04-01/';

const longestPost = 1_000_000;
const path =
  /^\/2010-04-01\/Accounts\/(AC[0-9A-Za-z]+)\/Messages(?:\/((?:SM|MM)\w+)(\/Media(?:\/(ME\w+))?|\/Feedback)?)?(\.json)?$/;

function answerError(response: ServerResponse, error: TwilioError): void {
  const challenge = error.status === 401 ? { 'www-authenticate': 'Basic realm="Twilio API"' } : {};
  for (const [name, value] of Object.entries(challenge)) response.setHeader(name, value);
  answerJson(response, error.status, errorBody(error));
}

/** Answers calls to Twilio's REST APIs: messages here, all else by its products. */
export function createTwilioWire(
  network: Network,
): (request: IncomingMessage, response: ServerResponse) => void {
  const authenticate = createAuthenticate(network.registry);

  function create(request: IncomingMessage, response: ServerResponse, account: Account, body: string): void {
    if (account.status !== undefined && account.status !== 'active') {
      answerError(response, twilioError(20005, account.status));
      return;
    }
    const sent = sendMessage(network, account, body, request.headers.host ?? '');
    const { behaviour } = sent;
    if ('error' in sent) {
      afterLatency(network, behaviour, () => answerError(response, sent.error));
      return;
    }
    // The answer is of the moment of creation, whatever receipts do while it is under way.
    const json = messageJson(sent.entry, true);
    const answer = () => {
      if (behaviour.dropAnswer > 0 && network.random() < behaviour.dropAnswer) response.destroy();
      else answerJson(response, 201, json);
    };
    sent.taken.then(
      () => afterLatency(network, behaviour, answer),
      (error) => {
        network.log.error({ err: error }, 'ledger not written');
        answerError(response, twilioError(20503));
      },
    );
  }

  /** Empties a message's body in the API, or cancels one that is scheduled. */
  function update(response: ServerResponse, entry: TwilioEntry, body: string): void {
    const { fields } = parseForm(body);
    if (fields.Status === 'canceled' && !network.ledger.setStatus(entry, 'canceled')) {
      answerError(response, twilioError(20404, 'the message is on its way or canceled already'));
      return;
    }
    if (fields.Body === '') {
      entry.redacted = true;
      network.ledger.noteFlags(entry);
    }
    answerJson(response, 200, messageJson(entry));
  }

  function remove(response: ServerResponse, entry: TwilioEntry): void {
    entry.removed = true;
    network.ledger.noteFlags(entry);
    response.writeHead(204).end();
  }

  function media(
    method: string,
    response: ServerResponse,
    entry: TwilioEntry,
    sid: string | undefined,
    json: boolean,
  ): void {
    if (sid === undefined) {
      answerJson(response, 200, listMedia(entry));
      return;
    }
    const medium = findMedium(entry, sid);
    if (!medium) answerError(response, twilioError(20404));
    else if (method === 'DELETE') {
      entry.removedMedia = [...(entry.removedMedia ?? []), medium.place];
      network.ledger.noteFlags(entry);
      response.writeHead(204).end();
    } else if (json) answerJson(response, 200, medium.json);
    else response.writeHead(307, { location: new URL(medium.url).href }).end();
  }

  function find(account: Account, sid: string): TwilioEntry | null {
    const entry = network.ledger.get(sid);
    if (entry?.wire !== 'twilio' || entry.removed || entry.accountSid !== account.sid) return null;
    return entry;
  }

  function onMessage(
    method: string,
    response: ServerResponse,
    entry: TwilioEntry,
    parts: string[],
    body: string,
  ): void {
    const [, , , subresource, mediaSid, json] = parts;
    if (subresource?.startsWith('/Media')) media(method, response, entry, mediaSid, json !== undefined);
    else if (subresource === '/Feedback') feedback(response, entry, body);
    else if (method === 'GET') answerJson(response, 200, messageJson(entry));
    else if (method === 'POST') update(response, entry, body);
    else if (method === 'DELETE') remove(response, entry);
    else answerError(response, twilioError(20004));
  }

  function feedback(response: ServerResponse, entry: TwilioEntry, body: string): void {
    const outcome = parseForm(body).fields.Outcome ?? 'unconfirmed';
    answerJson(
      response,
      201,
      JSON.stringify({ account_sid: entry.accountSid, message_sid: entry.id, outcome }),
    );
  }

  function serve(request: IncomingMessage, response: ServerResponse, body: string): void | Promise<void> {
    const url = request.url ?? '';
    const question = url.indexOf('?');
    const parts = path.exec(question < 0 ? url : url.slice(0, question));
    if (!parts) return serveProduct(network, authenticate, request, response, body);
    const account = authenticate(request.headers.authorization, parts[1]!);
    const method = request.method ?? 'GET';
    if (!account) answerError(response, twilioError(20003));
    else if (parts[2]) {
      const entry = find(account, parts[2]);
      if (entry) onMessage(method, response, entry, parts, body);
      else answerError(response, twilioError(20404));
    } else if (method === 'POST') create(request, response, account, body);
    else if (method === 'GET') {
      const query = new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
      answerJson(response, 200, listMessages(network, account.sid, query));
    } else answerError(response, twilioError(20004));
  }

  return (request, response) => {
    if (!request.headers.authorization) {
      closeAfter(response);
      answerError(response, twilioError(20003));
      return;
    }
    readBody(request, longestPost, (body) => {
      if (!body) {
        closeAfter(response);
        answerError(response, twilioError(21617));
      } else
        serveGuarded(
          network.log,
          response,
          () => serve(request, response, body.toString()),
          () => answerError(response, twilioError(20500)),
        );
    });
  };
}
