import { Type } from 'typebox';
import { nullable } from '../http/schemas.ts';
import type { Finding } from '../providers/account-set-up.ts';

/** A finding as answers show it. */
export const findingSchema = Type.Object({
  about: Type.String({ description: 'What was looked at: the sign-in, the webhook, a sender’s address' }),
  state: Type.Enum(['ok', 'notice', 'fault']),
  found: Type.String(),
  remedy: nullable(Type.String()),
  mendedBy: nullable(
    Type.Enum(['webhooks', 'operator'], {
      description:
        '`webhooks`: by POST /api/providerAccounts/{id}/webhooks; `operator`: by whoever runs Carillon',
    }),
  ),
});

/** Shows a finding. */
export const findingView = ({ about, state, found, remedy, mendedBy }: Finding) => ({
  ...{ about, state, found, remedy, mendedBy: mendedBy ?? null },
});
