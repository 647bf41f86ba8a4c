import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeAfter, readBody, serveGuarded } from '../network/http.ts';
import { afterLatency, type Network } from '../network/network.ts';
import type { Business, Flow, Sender } from '../network/registry.ts';
import { app, isProofWrong, serveDebugToken, servePhoneNumbers, serveSubscriptions } from './business.ts';
import { answer, answerError, type Call, formOf, parseJson } from './call.ts';
import { serveCall, servePermissions } from './calling.ts';
import { metaError } from './errors.ts';
import { textAt } from './fields.ts';
import { serveFlow, serveFlows } from './flows.ts';
import type { MediaStore } from './media.ts';
import type { People } from './people.ts';
import { serveNumber } from './phone-number.ts';
import { sendMessage } from './send.ts';
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  listTemplates,
  templateJson,
  templatesOf,
  unpauseTemplate,
} from './templates.ts';

/** Paths of the Graph API: `/v23.0/…`. */
export const metaPath = /^\/v\d+\.\d+\//;

/** Largest file (Meta, media: documents of 100 MB), and largest body that is none; Flow JSON may have 10 MB. */
const longestFile = 100_000_000;
const longestPost = 11_000_000;

/** A part of a path without its escapes; null when they are broken. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Answers calls to Meta's Graph API for WhatsApp. */
export function createMetaWire(
  network: Network,
  people: People,
  media: MediaStore,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { registry } = network;

  function allowed(call: Call, business: Business): boolean {
    return business.accessToken === undefined || business.accessToken === call.token;
  }

  function send(call: Call, sender: Sender): void {
    const { response } = call;
    const value = parseJson(call.body);
    if (isRead(value)) {
      const read = network.ledger.get(textAt(value, 'message_id'));
      const isTheirs = read?.wire === 'meta' && read.kind === 'inbound';
      if (isTheirs && read.phoneNumberId === sender.phoneNumberId) answer(response, { success: true });
      else answerError(response, metaError(131009, 'Message ID is invalid or of no message to this number'));
      return;
    }
    const sent = sendMessage(network, people, media, sender, value);
    const { behaviour } = sent;
    if ('error' in sent) {
      afterLatency(network, behaviour, () => answerError(response, sent.error));
      return;
    }
    const { entry, input } = sent;
    const reply = () => {
      if (behaviour.dropAnswer > 0 && network.random() < behaviour.dropAnswer) {
        response.destroy();
        return;
      }
      const status = entry.type === 'template' ? { message_status: 'accepted' } : {};
      const number = people.numberShown(entry.userId, entry.to);
      const contact = number === null ? { user_id: entry.userId } : { wa_id: number };
      const messages = [{ id: entry.id, ...status }];
      answer(response, { messaging_product: 'whatsapp', contacts: [{ input, ...contact }], messages });
    };
    sent.taken.then(
      () => afterLatency(network, behaviour, reply),
      (error) => {
        network.log.error({ err: error }, 'ledger not written');
        answerError(response, metaError(131016));
      },
    );
  }

  async function upload(call: Call): Promise<void> {
    const form = await formOf(call);
    const file = form?.get('file');
    if (!(file instanceof Blob)) {
      answerError(call.response, metaError(100, 'file is missing'));
      return;
    }
    const id = String(network.now() * 1000 + Math.floor(network.random() * 1000));
    const type = form?.get('type');
    const mimeType = file.type || (typeof type === 'string' ? type : 'application/octet-stream');
    await media.put(id, mimeType, Buffer.from(await file.arrayBuffer()));
    answer(call.response, { id });
  }

  function onNumber(call: Call, sender: Sender): void | Promise<void> {
    const { edge, method } = call;
    if (edge === 'messages' && method === 'POST') send(call, sender);
    else if (edge === 'media' && method === 'POST') return upload(call);
    else if (edge === 'calls' && method === 'POST') return serveCall(network, call, sender);
    else if (edge === 'call_permissions' && method === 'GET') servePermissions(network, call, sender);
    else return serveNumber(network, call, sender);
  }

  function onTemplates(call: Call, business: Business): void {
    const { response, method, query } = call;
    if (method === 'GET' && call.item !== '') {
      const found = templatesOf(network, business).find(({ id }) => id === call.item);
      if (found) answer(response, templateJson(found));
      else answerError(response, metaError(33, `Object with ID '${call.item}' does not exist`));
    } else if (method === 'GET') answer(response, listTemplates(network, business, call.address, query));
    else if (method === 'POST') {
      const created = createTemplate(network, business, parseJson(call.body));
      if ('error' in created) answerError(response, created.error);
      else {
        const { id, status, category } = created.template;
        answer(response, { id, status, category });
      }
    } else if (deleteTemplates(network, business, query.get('name'), query.get('hsm_id')))
      answer(response, { success: true });
    else answerError(response, metaError(100, 'no such template'));
  }

  function onBusiness(call: Call, business: Business): void | Promise<void> {
    const { response, edge, method } = call;
    if (edge === 'message_templates') onTemplates(call, business);
    else if (edge === 'flows') return serveFlows(network, call, business);
    else if (edge === 'phone_numbers') servePhoneNumbers(network, call, business);
    else if (edge === 'subscribed_apps') return serveSubscriptions(network, call, business);
    else if (edge === '' && method === 'GET') answer(response, { id: business.id, name: 'Carillon' });
    else answerError(response, metaError(100, `no ${method} ${edge} on a business account`));
  }

  function onTemplate(call: Call, id: string): boolean {
    const template = registry.templates.values().find((one) => one.id === id);
    const business = template && registry.businesses.get(template.wabaId);
    if (!template || !business) return false;
    if (!allowed(call, business)) answerError(call.response, metaError(190));
    else if (call.method === 'GET') answer(call.response, templateJson(template));
    else if (call.edge === 'unpause') answer(call.response, unpauseTemplate(network, business, template));
    else {
      const error = editTemplate(network, business, template, parseJson(call.body));
      if (error) answerError(call.response, error);
      else answer(call.response, { success: true });
    }
    return true;
  }

  function onFlow(call: Call, flow: Flow): void | Promise<void> {
    const business = registry.businesses.get(flow.wabaId);
    if (!business || !allowed(call, business)) answerError(call.response, metaError(190));
    else return serveFlow(network, call, business, flow);
  }

  async function onMedium(call: Call, id: string): Promise<void> {
    const { response, method, request, edge } = call;
    const medium = await media.find(id);
    if (!medium) answerError(response, metaError(33, `Object with ID '${id}' does not exist`));
    else if (method === 'DELETE') {
      await media.delete(id);
      answer(response, { success: true });
    } else if (edge === 'content') {
      const bytes = await media.read(id);
      response.writeHead(200, { 'content-type': medium.mimeType, 'content-length': bytes.length }).end(bytes);
    } else {
      const url = medium.link ?? `http://${request.headers.host}${request.url?.split('?')[0]}/content`;
      const { mimeType, sha256, fileSize } = medium;
      answer(response, {
        messaging_product: 'whatsapp',
        url,
        mime_type: mimeType,
        sha256,
        file_size: fileSize,
        id,
      });
    }
  }

  function serve(call: Call, id: string): void | Promise<void> {
    const owner = registry.businessOf(id);
    const business = owner?.business ?? registry.businesses.get(id);
    if (business && !allowed(call, business)) answerError(call.response, metaError(190));
    else if (business && isProofWrong(call, business))
      answerError(call.response, metaError(100, 'Invalid appsecret_proof provided in the API argument'));
    else if (owner) return onNumber(call, { ...owner, phoneNumberId: id });
    else if (business) return onBusiness(call, business);
    // The app that a token belongs to.
    else if (id === 'app') answer(call.response, app);
    else if (id === 'debug_token') serveDebugToken(network, call);
    // A resumable upload: a session first, then its bytes; what comes back stands for the file in an example.
    else if (call.edge === 'uploads') answer(call.response, { id: `upload:${network.newId('')}` });
    else if (id.startsWith('upload:')) answer(call.response, { h: `4::${id.slice(7)}` });
    else {
      const flow = registry.flows.get(id);
      if (flow) return onFlow(call, flow);
      if (!onTemplate(call, id)) return onMedium(call, id);
    }
  }

  return (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const [, , name = '', edge = '', item = ''] = path.split('/');
    const id = decode(name);
    // Resumable uploads take the token as `OAuth`, all else as `Bearer`.
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (token === '') {
      closeAfter(response);
      answerError(response, metaError(190, 'An access token is required'));
      return;
    }
    const isFile = edge === 'media' || id?.startsWith('upload:');
    readBody(request, isFile ? longestFile : longestPost, (body) => {
      const address = `http://${request.headers.host}${path}`;
      const method = request.method ?? 'GET';
      if (!body) {
        closeAfter(response);
        answerError(response, metaError(131053, 'the file is too large'));
      } else if (id === null) answerError(response, metaError(33, `Object with ID '${name}' does not exist`));
      else
        serveGuarded(
          network.log,
          response,
          () =>
            serve(
              {
                request,
                response,
                method,
                address,
                edge,
                item,
                query: new URLSearchParams(query),
                token,
                body,
              },
              id,
            ),
          () => answerError(response, metaError(131000)),
        );
    });
  };
}

/** Whether a post marks a message as read (with or without typing) rather than sending one. */
function isRead(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'status' in value && value.status === 'read';
}
