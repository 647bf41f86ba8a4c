import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Routes } from './api.ts';

const builtConsole = join(dirname(fileURLToPath(import.meta.url)), '../../console/dist');
/** The first part of every address that is a page of the console (console/src/router.tsx; a test compares them). */
const pages = new Set([
  '',
  'sign-in',
  'users',
  'import',
  'lists',
  'segments',
  'templates',
  'flows',
  'surveys',
  'catalogs',
  'codes',
  'inbox',
  'coupons',
  'campaigns',
  'journeys',
  'senders',
  'settings',
]);
/** Files beside index.html that keep their names from build to build. */
const namedFiles = new Set(['/favicon.svg', '/email-preview.html', '/email-preview.js']);
/** What the build leaves in index.html for the nonce of each answer. */
const noncePlace = '%STYLE_NONCE%';

/**
 * The console, as Vite built it into `console/dist`: its files at `/`, and index.html for every address of a page,
 * so that it can be reloaded and bookmarked. Any other address is answered with 404, as a program that looks for
 * `/health` must not take a page for an answer. A console that was never built answers 503 with the command that
 * builds it.
 */
export const consoleRoutes: Routes = async (api) => {
  await api.register(fastifyStatic, { root: builtConsole, serve: false, cacheControl: false });
  api.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    void reply.header('X-Content-Type-Options', 'nosniff').header('Referrer-Policy', 'same-origin');
    if (path.startsWith('/assets/'))
      // Their names carry a hash of their content.
      return reply.header('Cache-Control', 'public, max-age=31536000, immutable').sendFile(path);
    if (namedFiles.has(path)) return sendNamedFile(reply, path);
    if (!pages.has(path.split('/')[1] ?? '')) return reply.callNotFound();
    return sendPage(reply);
  });
};

function sendNamedFile(reply: FastifyReply, path: string): FastifyReply {
  if (path === '/email-preview.html') void reply.header('Content-Security-Policy', emailPreviewPolicy);
  return reply.header('Cache-Control', 'no-cache').sendFile(path);
}

async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(join(builtConsole, 'index.html'), 'utf8').catch(() => null);
  if (page === null)
    return reply
      .status(503)
      .type('text/plain; charset=utf-8')
      .send(
        'The console is not built yet: run `npm run build --workspace console` and load this page again.\n',
      );
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('Content-Security-Policy', pagePolicy(nonce))
    .header('Cache-Control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(noncePlace, nonce));
}

/** Scripts and styles from this origin only; the nonce is for the style elements that Mantine makes. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "media-src 'self' https:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * An email is shown in a frame of its own, sandboxed so that it has no origin: it may style itself and load
 * pictures, but run nothing and send nothing.
 */
const emailPreviewPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src https: data:',
  'font-src https: data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
].join('; ');
