import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { IterableClient } from '@iterable/api';
import { startTestProgram, type TestProgram } from '../../testing/program.ts';

/** Three people that all tests know: the first two have opted in to transactional SMS, and Ann to more. */
export const [ann, bob, cid] = ['ann@example.com', 'bob@example.com', 'cid@example.com'] as const;

export let program: TestProgram;
/** The official client, of which only the base URL is ours. */
export let client: IterableClient;
/** Names of the client's methods that tests have called. */
export const called = new Set<string>();

before(async () => {
  program = await startTestProgram();
  const plain = new IterableClient({ apiKey: program.key, baseUrl: program.url });
  client = new Proxy(plain, {
    get: (target, name) => {
      called.add(String(name));
      return Reflect.get(target, name, target);
    },
  });
});
after(async () => {
  client.destroy();
  await program.close();
});

/** The id that an upsert's answer names. */
export function templateIdOf(answer: { params?: Record<string, unknown> | null | undefined }): number {
  return Number(answer.params?.templateId);
}

/** Channel and message type of this name, as a first start leaves them. */
export async function channelAndType(name: string) {
  const { channels } = await client.getChannels();
  const { messageTypes } = await client.getMessageTypes();
  const channelId = channels.find((channel) => channel.name === name)?.id ?? 0;
  const typeId = messageTypes.find((type) => type.channelId === channelId)?.id ?? 0;
  assert.ok(channelId > 0 && typeId > 0, name);
  return { channelId, typeId };
}

/** Opts these users in to a channel and its message type; returns the type's id. */
export async function subscribe(name: string, users: string[]): Promise<number> {
  const { channelId, typeId } = await channelAndType(name);
  for (const [subscriptionGroup, subscriptionGroupId] of [
    ['messageChannel', channelId],
    ['messageType', typeId],
  ] as const)
    await client.bulkUpdateSubscriptions({
      subscriptionGroup,
      subscriptionGroupId,
      action: 'subscribe',
      users,
    });
  return typeId;
}

/** Waits until a campaign's metrics show so many messages in this column. */
export function counted(
  campaignId: number,
  count: number,
  column = 'Delivered',
): Promise<Record<string, string>> {
  return program.until(`campaign ${campaignId} to have ${count} in ${column}`, async () => {
    const [row] = await client.getCampaignMetrics({
      campaignId,
      startDateTime: '2026-11-01 00:00:00',
      endDateTime: '2026-12-31 00:00:00',
    });
    return Number(row?.[column]) === count ? (row ?? null) : null;
  });
}
