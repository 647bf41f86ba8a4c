import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import type { MediaStore } from '../meta/media.ts';
import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import { behaviourRoutes } from './behaviour-routes.ts';
import type { LiveNews } from './events.ts';
import type { CallFault } from './faults.ts';
import { gestureRoutes } from './gesture-routes.ts';
import { handsetRoutes } from './handset-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { registryRoutes } from './registry-routes.ts';
import { compileSchema, readJson } from './validation.ts';

/** What a page may load: its own files, and images of messages from anywhere; no other page may frame it. */
const contentPolicy =
  "default-src 'self'; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; frame-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Pages elsewhere may post plain text and forms without asking, so that only what says to be JSON is taken as such. */
function notJson(type: string | undefined): string {
  return `content-type: ${type ?? 'none'}, but a body here is JSON; send content-type: application/json (curl: -H 'content-type: application/json')`;
}

/** The control API and the page of handsets, ready to answer. */
export async function createControlApp(
  network: Network,
  people: People,
  media: MediaStore,
  news: LiveNews,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ logger: false });
  app.setValidatorCompiler(compileSchema);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => readJson(text),
  );
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
  });
  app.setErrorHandler<Error & Partial<CallFault>>((error, request, reply) => {
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
      reply.code(415).send({ error: 'NotJson', message: notJson(request.headers['content-type']) });
      return;
    }
    const { statusCode = 500, code = '', message } = error;
    const isOwn = error.statusCode !== undefined && !code.startsWith('FST_');
    if (error.statusCode === undefined) network.log.error({ err: error }, 'a call failed');
    reply
      .code(statusCode)
      .send({ error: isOwn ? code : statusCode < 500 ? 'BadRequest' : 'Internal', message });
  });
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: 'NotFound', message: `no ${request.method} ${request.url} here` });
  });
  app.get('/healthz', async () => ({
    ok: true,
    start: network.start,
    smtpPort: network.smtpPort,
    pendingReceipts: network.receipts.pending() + network.callbacks.pending(),
  }));
  app.get('/events', (_request, reply) => {
    reply.hijack();
    news.serve(reply.raw);
  });
  ledgerRoutes(app, network, people);
  handsetRoutes(app, network, people, media);
  gestureRoutes(app, network, people, media);
  registryRoutes(app, network);
  behaviourRoutes(app, network, people);
  await app.register(fastifyStatic, {
    root: join(import.meta.dirname, '../page'),
    setHeaders: (reply) => reply.header('content-security-policy', contentPolicy),
  });
  await app.ready();
  return app;
}
