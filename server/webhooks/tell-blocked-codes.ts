import type { TellBlocked } from '../verifications/tell-of-blocks.sql.ts';
import { queueWebhookEvents } from './queue-events.ts';

/** Queues `verificationsBlocked` for the webhooks that want it. */
export const tellBlockedCodes: TellBlocked = async (
  transaction,
  { projectId, profileName, ...block },
  at,
) => {
  const { profileId, kind, key, sent, verified, until } = block;
  const dataFields = { profileId, profileName, kind, key, sent, verified, until: until.toISOString() };
  const event = { name: 'verificationsBlocked' as const, person: null, channelId: null, messageTypeId: null };
  await queueWebhookEvents(transaction, projectId, [{ ...event, at, dataFields }]);
};
