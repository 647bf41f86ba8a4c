import type { Database } from '../database/connect.ts';

/** Points the accounts that belong to the simulator to where it listens now. */
export async function pointSimulatedAccounts(
  db: Database,
  simulator: { url: string; smtp: { host: string; port: number } },
): Promise<void> {
  const accounts = await db
    .selectFrom('provider_account')
    .select(['id', 'wire', 'settings'])
    .where('simulated', '=', true)
    .execute();
  for (const account of accounts) {
    const address = account.wire === 'smtp' ? simulator.smtp : { baseUrl: simulator.url };
    const settings = { ...(account.settings as object), ...address };
    await db
      .updateTable('provider_account')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', account.id)
      .execute();
  }
}
