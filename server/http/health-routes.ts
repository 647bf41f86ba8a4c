import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { answers } from '../database/answers.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from './api.ts';
import { ApiError } from './errors.ts';

/** Whether the program takes requests; false from the moment it is asked to stop. */
export interface Readiness {
  ready: boolean;
}

/** Adds a capability's figures to those for Prometheus. */
export type Gauges = (registry: Registry, db: Database) => void;

/**
 * `/healthz`: the process answers. `/readyz`: it is set up, its database answers and it is not stopping.
 * `/metrics`: figures for Prometheus, without personal data, those of `gauges` among them; for whoever shows the
 * operator's token, and where none is set for this machine alone.
 */
export function healthRoutes(
  readiness: Readiness,
  gauges: readonly Gauges[],
  metricsToken: string | null,
): Routes {
  return (api, context) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'carillon_' });
    for (const add of gauges) add(registry, context.db);

    api.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
    api.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
      if (!readiness.ready) return reply.status(503).send({ status: 'not ready' });
      if (await answers(context.db)) return { status: 'ready' };
      return reply.status(503).send({ status: 'the database does not answer' });
    });
    api.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      requireReader(request, metricsToken);
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  };
}

/** Headers by which a proxy tells that it calls for somebody else. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
thisMachine.addAddress('::1', 'ipv6');

function requireReader({ headers, raw }: FastifyRequest, token: string | null): void {
  if (token !== null) {
    if (sameText(headers.authorization ?? '', `Bearer ${token}`)) return;
    throw new ApiError('BadApiKey', 'Figures are for who sends METRICS_TOKEN, as Authorization: Bearer …');
  }
  const { remoteAddress = '', remoteFamily = 'IPv4' } = raw.socket;
  const isNear = thisMachine.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4');
  if (isNear && forwardingHeaders.every((name) => headers[name] === undefined)) return;
  throw new ApiError(
    'BadApiKey',
    'Figures are shown on this machine only; set METRICS_TOKEN to read them from elsewhere',
  );
}

/** Compares in a time that tells nothing of where two texts differ. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
