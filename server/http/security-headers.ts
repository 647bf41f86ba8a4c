import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.ts';

/** What no answer is without: nothing is guessed of its type, run, framed, or told to others by its address. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

/** Sets the headers by which a browser keeps an answer in its place; pages set a policy of their own over it. */
export function setSecurityHeaders(context: Context, request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(always);
  if (cameByHttps(context, request)) void reply.header('Strict-Transport-Security', 'max-age=31536000');
}

/** Whether a browser reached us by https: by a proxy that we trust to say so, or at a public address that has it. */
export function cameByHttps(context: Context, request: FastifyRequest): boolean {
  if (request.protocol === 'https') return true;
  return context.publicUrl.startsWith('https:') && new URL(context.publicUrl).host === request.host;
}
