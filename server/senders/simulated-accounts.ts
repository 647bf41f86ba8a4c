import type { Database } from '../database/connect.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';
import type { Wires } from '../providers/wires.ts';
import { fieldsOf } from './account.ts';

/** Points the accounts that belong to the simulator to where it listens now. */
export async function pointSimulatedAccounts(
  db: Database,
  wires: Wires,
  simulator: SimulatorPlace,
): Promise<void> {
  const accounts = await db
    .selectFrom('provider_account')
    .select(['id', 'wire', 'settings'])
    .where('simulated', '=', true)
    .execute();
  for (const account of accounts) {
    const there = wires.named(account.wire)?.simulated?.settingsAt(simulator);
    if (!there) continue;
    const settings = { ...fieldsOf(account.settings), ...there };
    await db
      .updateTable('provider_account')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', account.id)
      .execute();
  }
}
