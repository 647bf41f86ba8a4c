import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import type { Gauges } from '../http/health-routes.ts';

/** How much waits: messages by status and purpose, and receipts that are not applied yet. */
export const messageGauges: Gauges = (registry, db) => {
  new Gauge({
    name: 'carillon_messages_waiting',
    help: 'Messages queued, on the wire or in doubt, by status and purpose',
    labelNames: ['status', 'purpose'],
    registers: [registry],
    async collect() {
      this.reset();
      const rows = await db
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
      const row = await db
        .selectFrom('receipt')
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      this.set(row.count);
    },
  });
};
