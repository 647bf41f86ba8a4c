import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import type { MediaStore } from '../meta/media.ts';
import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import type { LiveNews } from './events.ts';
import { handsetRoutes } from './handset-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { registryRoutes } from './registry-routes.ts';

/** What a page may load: its own files, and images of messages from anywhere. */
const contentPolicy =
  "default-src 'self'; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; frame-src 'self' data:; base-uri 'none'; form-action 'self'";

/** The control API and the page of handsets, ready to answer. */
export async function createControlApp(
  network: Network,
  people: People,
  media: MediaStore,
  news: LiveNews,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ logger: false });
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) network.log.error({ error }, 'control');
    reply.code(status).send({ error: status < 500 ? 'BadRequest' : 'Internal', message: error.message });
  });
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: 'NotFound', message: `no ${request.method} ${request.url} here` });
  });
  app.get('/healthz', async () => ({
    ok: true,
    smtpPort: network.smtpPort,
    pendingReceipts: network.receipts.pending() + network.callbacks.pending(),
  }));
  app.get('/events', (_request, reply) => {
    reply.hijack();
    news.serve(reply.raw);
  });
  ledgerRoutes(app, network, people);
  handsetRoutes(app, network, people, media);
  registryRoutes(app, network);
  await app.register(fastifyStatic, {
    root: join(import.meta.dirname, '../page'),
    setHeaders: (reply) => reply.header('content-security-policy', contentPolicy),
  });
  await app.ready();
  return app;
}
