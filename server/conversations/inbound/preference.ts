import { recordWishes } from '../../consent/ledger.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import type { UserPreference } from '../../providers/callback.ts';
import { findSender } from './inbound-messages.sql.ts';
import { channelsOn } from './standings.sql.ts';
import { findWriter } from './writer.ts';

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
  const at = context.clock.now();
  const sender = preference.phoneNumberId
    ? await findSender(context.db, from, preference.phoneNumberId)
    : undefined;
  const writer = await findWriter(context.people, from, sender?.id ?? null, { phone, whatsAppUserId }, at);
  if (!writer) return;
  const stops = preference.value === 'stop';
  const users = stops ? writer.users : [writer.user];
  const channelIds = await channelsOn(context.db, from.projectId, 'whatsApp', 'promotional');
  await recordWishes(
    context,
    users.flatMap(({ lane, id }) =>
      channelIds.map((targetId) => ({
        lane,
        userId: id,
        projectId: from.projectId,
        action: stops ? ('optOut' as const) : ('optIn' as const),
        kind: 'channel' as const,
        targetId,
        address: writer.address,
        method: stops ? 'provider' : 'keyword',
        source: 'WhatsApp: the control for marketing messages',
        wording: preference.detail ?? null,
        happenedAt: preference.at,
      })),
    ),
    at,
    async (db, lane) => {
      if (!stops) return;
      for (const each of users.filter((one) => one.lane === lane))
        await skipQueued({ ...context, db }, each, { channelIds }, 'optedOut', at);
    },
  );
}
