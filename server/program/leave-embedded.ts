import pg from 'pg';
import type { EmbeddedPostgres } from '../database/embedded.ts';

/**
 * Stops the embedded database unless another process of the program still uses it: whoever leaves last turns
 * out the light.
 */
export async function leaveEmbedded(embedded: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: embedded.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ others: string }>(
      "SELECT count(*) AS others FROM pg_stat_activity WHERE application_name LIKE 'carillon%' AND pid <> pg_backend_pid()",
    );
    if (Number(rows[0]?.others) > 0) return;
  } catch {
    // It does not answer, so nobody uses it.
  } finally {
    await client.end().catch(() => undefined);
  }
  await embedded.stop();
}
