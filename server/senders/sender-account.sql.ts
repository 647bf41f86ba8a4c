import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import { tryAccount } from './account.ts';

/** A sender's account and what the wire knows the sender by; or why it cannot be used. */
export type SenderAccount = { account: ProviderAccount; wireAddress: string } | { fault: string };

/** By which account a sender is asked about or told of something; null where the project has no such sender. */
export async function readSenderAccount(
  { db, secrets, providers }: Pick<Context, 'secrets' | 'providers'> & { db: Database },
  projectId: number,
  senderId: number,
): Promise<SenderAccount | null> {
  const row = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .selectAll('provider_account')
    .select('wire_address')
    .where('sender.id', '=', senderId)
    .where('sender.project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) return null;
  const opened = tryAccount(row, secrets, providers.known);
  return 'fault' in opened ? opened : { account: opened.account, wireAddress: row.wire_address };
}
