import { recordWishes } from '../../consent/ledger.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import type { UserPreference } from '../../providers/meta/webhook.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import type { UserKey } from '../../users/identity.ts';
import { everybodyOf } from './receive.ts';

/**
 * Obeys what a person set in WhatsApp's own control: "stop" ends the marketing channels there, for everybody whom
 * number and user id name; "resume" is their own act on the handset and brings them back. Meta cannot be asked
 * again, so it is recorded at once.
 */
export async function obeyPreference(
  context: Context,
  from: CallingAccount,
  preference: UserPreference,
): Promise<void> {
  const { phone, whatsAppUserId } = preference;
  const [key, ...more]: UserKey[] = [
    ...(phone ? [{ phone }] : []),
    ...(whatsAppUserId ? [{ whatsAppUserId }] : []),
  ];
  if (!key) return;
  const at = context.clock.now();
  const user = await findOrCreateUser(context.db, from.projectId, [key, ...more], at);
  const stops = preference.value === 'stop';
  const users = stops ? await everybodyOf(context.db, from.projectId, user, [key, ...more]) : [user];
  const channels = await context.db
    .selectFrom('channel')
    .select('id')
    .where('project_id', '=', from.projectId)
    .where('medium', '=', 'whatsApp')
    .where('purpose', '=', 'promotional')
    .execute();
  const channelIds = channels.map((channel) => channel.id);
  const outcomes = await recordWishes(
    context,
    users.flatMap(({ lane, id }) =>
      channelIds.map((targetId) => ({
        lane,
        userId: id,
        projectId: from.projectId,
        action: stops ? ('optOut' as const) : ('optIn' as const),
        kind: 'channel' as const,
        targetId,
        address: phone ?? whatsAppUserId ?? null,
        method: stops ? 'provider' : 'keyword',
        source: 'WhatsApp: the control for marketing messages',
        wording: preference.detail ?? null,
        happenedAt: preference.at,
      })),
    ),
    at,
  );
  if (!stops || !outcomes.some((outcome) => 'changed' in outcome && outcome.changed)) return;
  for (const each of users) await skipQueued(context.db, each, { channelIds }, 'optedOut');
}
