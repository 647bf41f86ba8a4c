import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../../network/http.ts';
import type { Network } from '../../network/network.ts';
import type { Authenticate } from '../authenticate.ts';
import { errorBody, faultOf, twilioFault } from '../errors.ts';
import { accountRoutes } from './accounts.ts';
import type { Answer, Call, Route } from './call.ts';
import { complianceRoutes } from './compliance.ts';
import { contentRoutes } from './content.ts';
import { conversationRoutes } from './conversations.ts';
import { linkShorteningRoutes } from './link-shortening.ts';
import { lookupRoutes } from './lookups.ts';
import { networkFactRoutes } from './network-facts.ts';
import { stockRoutes } from './number-stock.ts';
import { numberRoutes } from './numbers.ts';
import { serviceRoutes } from './services.ts';
import { usageRoutes } from './usage.ts';
import { verifyRoutes } from './verify.ts';

/** Paths of Twilio's products beside the API of 2010; each has a host of its own, which is not looked at here. */
export const productPath = /^\/v[12]\//;

const routes: { route: Route; parts: string[] }[] = [
  accountRoutes,
  usageRoutes,
  numberRoutes,
  stockRoutes,
  serviceRoutes,
  complianceRoutes,
  linkShorteningRoutes,
  contentRoutes,
  lookupRoutes,
  verifyRoutes,
  networkFactRoutes,
  conversationRoutes,
]
  .flat()
  .map((route) => ({ route, parts: route.path.split('/') }));

function paramsOf(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [place, name] of pattern.entries()) {
    const part = parts[place] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = part;
    else if (name !== part) return null;
  }
  return params;
}

/** A part of a path without its escapes; broken ones stay and name nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The call that a path and method mean; a path that has the same parts without names comes first. */
function routeOf(method: string, path: string): { route: Route; params: Record<string, string> } {
  const parts = path.split('/').map(decode);
  const found = routes.flatMap(({ route, parts: pattern }) => {
    const params = paramsOf(pattern, parts);
    return params ? [{ route, params }] : [];
  });
  if (found.length === 0) throw twilioFault(20404, path);
  const served = found
    .filter(({ route }) => route.method === method)
    .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
  if (!served) throw twilioFault(20004, `${method} ${path}`);
  return served;
}

function jsonOf(request: IncomingMessage, body: string): unknown {
  if (!request.headers['content-type']?.includes('json')) return null;
  try {
    return JSON.parse(body);
  } catch {
    throw twilioFault(20001, 'the body is not JSON');
  }
}

function send(response: ServerResponse, { status, json, headers }: Answer): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (json === undefined) response.writeHead(status).end();
  else answerJson(response, status, JSON.stringify(json));
}

/** Answers a call to one of Twilio's products. */
export async function serveProduct(
  network: Network,
  authenticate: Authenticate,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): Promise<void> {
  const url = new URL(request.url ?? '', `http://${request.headers.host}`);
  const path = url.pathname.replace(/\.json$/, '');
  const method = request.method ?? 'GET';
  try {
    const { route, params } = routeOf(method, path);
    const account = authenticate(request.headers.authorization, params.account ?? null);
    if (!account) throw twilioFault(20003);
    const json = jsonOf(request, body);
    const form = new URLSearchParams(json === null ? body : '');
    const call: Call = {
      network,
      account,
      method,
      origin: url.origin,
      path,
      query: url.searchParams,
      form,
      json,
      params,
    };
    send(response, await route.answer(call));
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    if (fault.status === 401) response.setHeader('www-authenticate', 'Basic realm="Twilio API"');
    answerJson(response, fault.status, errorBody(fault));
  }
}
