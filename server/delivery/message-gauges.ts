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
      const { rows } = await sql<{ status: string; purpose: string; count: number }>`
        SELECT status, purpose, count(*) AS count FROM message
        WHERE waits_at IS NOT NULL OR doubt_at IS NOT NULL GROUP BY 1, 2
        UNION ALL
        SELECT m.status, m.purpose, count(DISTINCT m.id) FROM departure d
        JOIN message m ON m.lane = d.lane AND m.id = ANY (d.message_ids)
        WHERE m.status = 'dispatching' GROUP BY 1, 2`.execute(db);
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
