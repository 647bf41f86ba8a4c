import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Routes } from './api.ts';

/** Whether the program takes requests; false from the moment it is asked to stop. */
export interface Readiness {
  ready: boolean;
}

/**
 * `/healthz`: the process answers. `/readyz`: it is set up, its database answers and it is not stopping.
 * `/metrics`: figures for Prometheus, without personal data.
 */
export function healthRoutes(readiness: Readiness): Routes {
  return (api, context) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'carillon_' });
    new Gauge({
      name: 'carillon_messages_waiting',
      help: 'Messages queued, on the wire or in doubt, by status and purpose',
      labelNames: ['status', 'purpose'],
      registers: [registry],
      async collect() {
        this.reset();
        const rows = await context.db
          .selectFrom('message')
          .select(['status', 'purpose', sql<number>`count(*)`.as('count')])
          .where('status', 'in', ['queued', 'dispatching', 'inDoubt'])
          .groupBy(['status', 'purpose'])
          .execute();
        for (const row of rows) this.set({ status: row.status, purpose: row.purpose }, row.count);
      },
    });
    new Gauge({
      name: 'carillon_receipts_waiting',
      help: 'Receipts taken in and not yet applied to their messages',
      registers: [registry],
      async collect() {
        const row = await context.db
          .selectFrom('receipt')
          .select(sql<number>`count(*)`.as('count'))
          .executeTakeFirstOrThrow();
        this.set(row.count);
      },
    });

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
