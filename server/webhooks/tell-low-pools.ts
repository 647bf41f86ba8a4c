import type { TellLow } from '../content/coupons/low-pools.ts';
import { queueWebhookEvents } from './queue-events.ts';

/** Queues `couponsLow` for the webhooks that want it. */
export const tellLowPools: TellLow = async (transaction, { pool, left, at }) => {
  const { id: poolId, name: poolName, alarm_below: alarmBelow, project_id: projectId } = pool;
  const dataFields = { poolId, poolName, left, alarmBelow };
  const event = { name: 'couponsLow' as const, person: null, channelId: null, messageTypeId: null };
  await queueWebhookEvents(transaction, projectId, [{ ...event, at, dataFields }]);
};
