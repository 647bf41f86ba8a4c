import { creationWords } from '../content/templates/creation-words.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { failureWords, type ProviderFailure } from '../providers/provider-failure.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { TemplateApproval } from '../providers/template-approval.ts';
import { requireUsable } from './account.ts';
import { findAccount } from './provider-accounts.sql.ts';
import { requireSender } from './sender.ts';

/** The account that a template is to belong to, and how its provider approves templates. */
export interface Approver {
  account: ProviderAccount;
  /** What people call the provider. */
  title: string;
  approval: TemplateApproval;
}

/** The approver of a WhatsApp sender's templates. @throws ApiError BadParams for another sender, InvalidState for an account that cannot be used. */
export async function approverOf(context: Context, projectId: number, senderId: number): Promise<Approver> {
  const { known } = context.providers;
  const sender = await requireSender(context.db, projectId, senderId);
  const row = await findAccount(context.db, projectId, sender.provider_account_id);
  if (!row) throw new Error(`sender ${senderId} has no provider account`);
  const wire = known.named(row.wire);
  if (sender.medium !== 'whatsApp' || !wire?.templates)
    throw new ApiError(
      'BadParams',
      `senderId ${senderId} is not a WhatsApp sender; name one of kind whatsApp`,
      {
        field: 'senderId',
      },
    );
  return { account: requireUsable(row, context), title: wire.title, approval: wire.templates };
}

/** The approver of an account in which a template was shown. @throws ApiError InvalidState for one that is gone or cannot be used. */
export async function approverOfAccount(
  context: Context,
  projectId: number,
  accountId: number,
): Promise<Approver> {
  const row = await findAccount(context.db, projectId, accountId);
  const wire = row && context.providers.known.named(row.wire);
  if (!row || !wire?.templates)
    throw new ApiError(
      'InvalidState',
      `The account ${accountId} that Meta was shown it in is not here any more`,
      {
        providerAccountId: accountId,
      },
    );
  return { account: requireUsable(row, context), title: wire.title, approval: wire.templates };
}

/** What a provider said in place of what was asked of it, in plain words where its finer code is known. */
export function notApproved({ title }: Approver, failure: ProviderFailure, what: string): ApiError {
  if (failure.outcome !== 'refused')
    return new ApiError('ProviderError', `${failureWords(title, failure)}; try again`);
  const { code, subcode, detail } = failure;
  const known = subcode === undefined ? null : creationWords(subcode);
  const said =
    known === null ? `${detail} (${code})` : `${known.words} (${subcode}: ${detail}). ${known.remedy}`;
  return new ApiError('ProviderError', `${title} ${what}: ${said}`, {
    code,
    ...(subcode === undefined ? {} : { subcode }),
    ...(known === null ? {} : known),
  });
}
