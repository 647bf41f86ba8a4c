import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { FlowManagement } from '../providers/flow-management.ts';
import { failureWords, type ProviderFailure } from '../providers/provider-failure.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import { requireUsable } from '../senders/account.ts';
import { findAccount } from '../senders/provider-accounts.sql.ts';
import { requireSender } from '../senders/sender.ts';

/** An account in which flows are kept, with the calls by which they are. */
export interface FlowAccount {
  account: ProviderAccount;
  /** What people call the provider. */
  title: string;
  flows: FlowManagement;
}

/** An account of the project. @throws ApiError InvalidState for one that is gone, keeps no flows, or cannot be used. */
export async function requireFlowAccount(
  context: Context,
  projectId: number,
  accountId: number,
): Promise<FlowAccount> {
  const row = await findAccount(context.db, projectId, accountId);
  const wire = row && context.providers.known.named(row.wire);
  if (!row || !wire?.flows)
    throw new ApiError('InvalidState', `The account ${accountId} is not here any more, or keeps no flows`, {
      providerAccountId: accountId,
    });
  return { account: requireUsable(row, context), title: wire.title, flows: wire.flows };
}

/** The account of a WhatsApp sender, with the number as its wire knows it. @throws ApiError BadParams for another sender. */
export async function flowAccountOf(
  context: Context,
  projectId: number,
  senderId: number,
): Promise<FlowAccount & { wireAddress: string }> {
  const sender = await requireSender(context.db, projectId, senderId);
  if (sender.medium !== 'whatsApp')
    throw new ApiError(
      'BadParams',
      `senderId ${senderId} is not a WhatsApp sender; name one of kind whatsApp`,
      {
        field: 'senderId',
      },
    );
  const account = await requireFlowAccount(context, projectId, sender.provider_account_id);
  return { ...account, wireAddress: sender.wire_address };
}

/** What a provider said in place of doing what was asked. */
export function notDone({ title }: FlowAccount, failure: ProviderFailure, what: string): ApiError {
  return failure.outcome === 'refused'
    ? new ApiError('ProviderError', `${title} ${what}: ${failure.detail} (${failure.code})`, {
        code: failure.code,
      })
    : new ApiError('ProviderError', `${failureWords(title, failure)}; try again`);
}
