import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { Medium } from '../../medium/media.ts';
import type { ProviderAccount } from '../../providers/sending.ts';
import type { Wires } from '../../providers/wires.ts';
import { tryAccount } from '../../senders/account.ts';
import type { FrequencyCap } from './reached-limit.ts';

/** A sender that may send, with all that dispatching needs of its account and project. */
export interface ActiveSender {
  id: number;
  projectId: number;
  medium: Medium;
  purpose: Purpose;
  /** What the wire is told as the origin. */
  wireAddress: string;
  mps: number;
  dailyCap: number | null;
  dayZone: string;
  account: ProviderAccount;
  frequencyCaps: FrequencyCap[];
}

/** All senders of all projects that may send now, and the accounts by whose own fault theirs may not. */
export interface LoadedSenders {
  senders: ActiveSender[];
  /** Why an account cannot be used, by its id. Its senders send nothing, and keep no other from sending. */
  unusable: ReadonlyMap<number, string>;
}

/** Loads the senders that are active, on an account that is not stopped and can be used. */
export async function loadActiveSenders(
  db: Database,
  secrets: Secrets,
  wires: Wires,
): Promise<LoadedSenders> {
  const rows = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .innerJoin('project', 'project.id', 'sender.project_id')
    .selectAll('provider_account')
    .select(['sender.id as sender_id', 'sender.project_id as sender_project_id', 'medium', 'purpose'])
    .select(['wire_address', 'mps', 'daily_cap', 'day_zone', 'frequency_caps'])
    .where('sender.state', '=', 'active')
    .where('provider_account.stopped_reason', 'is', null)
    .execute();
  const unusable = new Map<number, string>();
  const senders = rows.flatMap((row): ActiveSender[] => {
    const opened = tryAccount(row, secrets, wires);
    if ('fault' in opened) {
      unusable.set(row.id, opened.fault);
      return [];
    }
    return [
      {
        id: row.sender_id,
        projectId: row.sender_project_id,
        medium: row.medium,
        purpose: row.purpose,
        wireAddress: row.wire_address,
        mps: row.mps,
        dailyCap: row.daily_cap,
        dayZone: row.day_zone,
        account: opened.account,
        // Checked when the project's settings were saved.
        frequencyCaps: row.frequency_caps as FrequencyCap[],
      },
    ];
  });
  return { senders, unusable };
}
