import { recordWishes } from '../../consent/ledger.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import type { UserPreference } from '../../providers/meta/webhook.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import type { UserKey } from '../../users/identity.ts';

/**
 * Obeys what a person set in WhatsApp's own control: "stop" ends the marketing channels there, "resume" is
 * their own act on the handset and brings them back. Meta cannot be asked again, so it is recorded at once.
 */
export async function obeyPreference(
  context: Context,
  from: CallingAccount,
  preference: UserPreference,
): Promise<void> {
  const { phone, whatsAppUserId } = preference;
  const key: UserKey | null = phone ? { phone } : whatsAppUserId ? { whatsAppUserId } : null;
  if (!key) return;
  const at = context.clock.now();
  const user = await findOrCreateUser(context.db, from.projectId, key, at);
  const channels = await context.db
    .selectFrom('channel')
    .select('id')
    .where('project_id', '=', from.projectId)
    .where('medium', '=', 'whatsApp')
    .where('purpose', '=', 'promotional')
    .execute();
  const stops = preference.value === 'stop';
  await recordWishes(
    context,
    channels.map(({ id }) => ({
      lane: user.lane,
      userId: user.id,
      projectId: from.projectId,
      action: stops ? ('optOut' as const) : ('optIn' as const),
      kind: 'channel' as const,
      targetId: id,
      address: phone ?? whatsAppUserId ?? null,
      method: stops ? 'provider' : 'keyword',
      source: 'WhatsApp: the control for marketing messages',
      wording: preference.detail ?? null,
      happenedAt: preference.at,
    })),
    at,
  );
  if (stops) await skipQueued(context.db, user, { channelIds: channels.map(({ id }) => id) }, 'optedOut');
}
