import { sql } from 'kysely';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Database } from '../database/connect.ts';
import type { Routes } from './api.ts';

/** Whether the program takes requests; false from the moment it is asked to stop. */
export interface Readiness {
  ready: boolean;
}

/** Adds a capability's figures to those for Prometheus. */
export type Gauges = (registry: Registry, db: Database) => void;

/**
 * `/healthz`: the process answers. `/readyz`: it is set up, its database answers and it is not stopping.
 * `/metrics`: figures for Prometheus, without personal data, those of `gauges` among them.
 */
export function healthRoutes(readiness: Readiness, gauges: readonly Gauges[]): Routes {
  return (api, context) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'carillon_' });
    for (const add of gauges) add(registry, context.db);

    api.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
    api.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
      if (!readiness.ready) return reply.status(503).send({ status: 'not ready' });
      try {
        await sql`SELECT 1`.execute(context.db);
        return { status: 'ready' };
      } catch {
        return reply.status(503).send({ status: 'the database does not answer' });
      }
    });
    api.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    );
  };
}
