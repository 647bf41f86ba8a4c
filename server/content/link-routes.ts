import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordWishes } from '../consent/ledger.ts';
import { optOutByHash } from '../consent/opt-out-by-hash.ts';
import { limitByAddress } from '../http/address-limit.ts';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { clickRecorder } from './click-recorder.ts';
import { askToUnsubscribePage, noSuchLinkPage, unsubscribedPage } from './link-pages.ts';
import { classifyVisitor } from './links/classify-visitor.ts';
import { brandOf, findLink, type Link, recordOpen } from './links/open-link.sql.ts';
import { isOpenPixel, opener, openPixelGif } from './open-pixel.ts';
import { hashOfAddress, readUnsubscribeTarget, type UnsubscribeTarget } from './unsubscribe-target.ts';

const longestUserAgent = 300;
/** A carrier's people, and those of a mail program or scanner, open links and unsubscribe from one address. */
const readersPace = { max: 2_000, timeWindow: 1_000 };
const htmlType = 'text/html; charset=utf-8';

/**
 * Where links of messages lead, open to everybody: `/l/:code` on to the page, its click written first; `/o/:code`
 * to the picture that tells an email was opened; `/u/:code` to unsubscribing, which only a POST does (RFC 8058), since scanners and previews GET whatever they see.
 */
export const linkRoutes: Routes = async (api, context) => {
  await limitByAddress(api, readersPace);
  // Forms and one-click posts come in whatever type a mail program likes; what they say does not matter.
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, null));
  redirectRoute(api, context);
  openRoute(api, context);
  unsubscribeRoutes(api, context);
};

function redirectRoute(api: Api, context: Context): void {
  const record = clickRecorder(context);
  // Fastify answers HEAD by this same route.
  api.get<{ Params: { code: string } }>('/l/:code', { schema: { hide: true } }, async (request, reply) => {
    const link = await findLink(context.db, request.params.code);
    if (!link || !/^https?:\/\//i.test(link.url)) return nowhere(reply);
    await record({
      lane: link.lane,
      projectId: link.project_id,
      messageId: link.message_id,
      userId: link.user_id,
      campaignId: link.campaign_id,
      code: request.params.code,
      url: link.url,
      visitor: visitorOf(request),
      userAgent: request.headers['user-agent']?.slice(0, longestUserAgent).toWellFormed() ?? null,
      at: context.clock.now(),
    });
    return (
      reply
        .header('Cache-Control', 'no-store')
        .header('Referrer-Policy', 'no-referrer')
        // They go on elsewhere: kept open, the connections of a blast's taps would leave none for others.
        .header('Connection', 'close')
        .redirect(asciiUrl(link.url), 302)
    );
  });
}

function openRoute(api: Api, context: Context): void {
  api.get<{ Params: { code: string } }>('/o/:code', { schema: { hide: true } }, async (request, reply) => {
    const link = await findLink(context.db, request.params.code);
    if (!link || !isOpenPixel(link.url)) return nowhere(reply);
    const visitor = opener(request.headers['user-agent'] ?? '', visitorOf(request) !== 'person');
    await recordOpen(context, link, visitor, context.clock.now());
    return reply.type('image/gif').header('Cache-Control', 'no-store').send(openPixelGif);
  });
}

function unsubscribeRoutes(api: Api, context: Context): void {
  api.get<{ Params: { code: string } }>('/u/:code', { schema: { hide: true } }, async (request, reply) => {
    const found = await findUnsubscribe(context, request.params.code);
    return found
      ? answer(reply, 200, askToUnsubscribePage(found.brand, addressOf(found.target)))
      : nowhere(reply);
  });
  api.post<{ Params: { code: string } }>('/u/:code', { schema: { hide: true } }, async (request, reply) => {
    const { code } = request.params;
    const found = await findUnsubscribe(context, code);
    if (!found) return nowhere(reply);
    await unsubscribe(context, found, `${context.publicUrl}/u/${code}`);
    return answer(reply, 200, unsubscribedPage(found.brand, addressOf(found.target)));
  });
}

interface FoundLink {
  link: Link;
  target: UnsubscribeTarget;
}

/** Opts out the person of a link; of somebody who was deleted, the address. */
async function unsubscribe(context: Context, { link, target }: FoundLink, source: string): Promise<void> {
  const at = context.clock.now();
  const { channelId } = target;
  if ('address' in target) {
    const person = { lane: link.lane, userId: link.user_id, projectId: link.project_id };
    const optOut = { action: 'optOut', kind: 'channel', targetId: channelId, method: 'link' } as const;
    const wish = { ...person, ...optOut, address: target.address, source, happenedAt: at };
    const [outcome] = await recordWishes(context, [wish], at);
    if (outcome?.outcome !== 'unknownUser') return;
  }
  const hash = 'address' in target ? hashOfAddress(link.project_id, target.address) : target;
  await optOutByHash(context, link.project_id, channelId, hash, source, at);
}

function addressOf(target: UnsubscribeTarget): string | null {
  return 'address' in target ? target.address : null;
}

async function findUnsubscribe(context: Context, code: string) {
  const link = await findLink(context.db, code);
  const target = link ? readUnsubscribeTarget(link.url) : null;
  if (!link || !target) return null;
  const brand = await brandOf(context.db, link);
  return brand === undefined ? null : { link, target, brand };
}

function visitorOf(request: FastifyRequest) {
  const { headers, method } = request;
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-moz'] ?? headers['x-purpose'];
  return classifyVisitor({
    method,
    userAgent: headers['user-agent'],
    purpose: Array.isArray(purpose) ? purpose.join(' ') : purpose,
  });
}

/** A header holds ASCII only; an address as people write it may hold more. */
function asciiUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).href : encodeURI(url);
}

function nowhere(reply: FastifyReply): FastifyReply {
  return answer(reply, 404, noSuchLinkPage());
}

function answer(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .status(status)
    .type(htmlType)
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'no-referrer')
    .header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    .send(html);
}
