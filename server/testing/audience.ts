import type { TestProgram } from './program.ts';

/** What a test's campaign goes to and says. */
export interface TestCampaign {
  /** Numbers of users 0 … count-1; the default gives each a number of its own in San Francisco. */
  phoneOf?: (index: number) => string;
  count: number;
  /** Name of a channel of the first start: "SMS Marketing", "SMS Transactional", … */
  channel: string;
  message?: string;
  /** Options of POST /api/campaigns/create: senderId, poolId, quietHours, caps, … */
  options?: Record<string, unknown>;
  /** How many of them opt in; all by default, from the first. */
  consenting?: number;
  /** Part of emails and names, to tell this test's users from another's. */
  tag: string;
}

/** A number of its own for each index: 10 million of them in area code 415. */
export function sanFranciscoNumber(index: number): string {
  return `+1415${String(2_000_000 + index)}`;
}

/**
 * Makes users with numbers and consent, a list, an SMS template with a personal field and a link, and a
 * campaign that is ready to send. Returns the ids.
 */
export async function makeCampaign(
  program: Pick<TestProgram, 'call'>,
  campaign: TestCampaign,
): Promise<{
  campaignId: number;
  listId: number;
  templateId: number;
  messageTypeId: number;
  channelId: number;
  emails: string[];
}> {
  const { call } = program;
  const { channels } = await call<{ channels: { id: number; name: string }[] }>('GET', '/api/channels');
  const { messageTypes } = await call<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const channelId = channels.find((each) => each.name === campaign.channel)?.id ?? 0;
  const messageTypeId = messageTypes.find((each) => each.channelId === channelId)?.id ?? 0;
  const phoneOf = campaign.phoneOf ?? sanFranciscoNumber;
  const emails = Array.from({ length: campaign.count }, (_, index) => `${campaign.tag}-${index}@example.com`);
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: campaign.tag });
  for (let from = 0; from < emails.length; from += 1_000) {
    const batch = emails.slice(from, from + 1_000);
    const users = batch.map((email, index) => ({
      email,
      dataFields: { phoneNumber: phoneOf(from + index), firstName: `Ann${from + index}` },
    }));
    await call('POST', '/api/users/bulkUpdate', { users });
    await call('POST', '/api/lists/subscribe', { listId, subscribers: batch.map((email) => ({ email })) });
    const consenting = batch.slice(0, Math.max(0, (campaign.consenting ?? campaign.count) - from));
    if (consenting.length > 0)
      await call('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=subscribe`, {
        users: consenting,
      });
  }
  const template = await call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
    clientTemplateId: campaign.tag,
    name: campaign.tag,
    messageTypeId,
    message: campaign.message ?? 'Carillon: hi {{firstName}}, see https://example.com/offer',
  });
  const { templateId } = template.params;
  const { campaignId } = await call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    name: campaign.tag,
    templateId,
    listIds: [listId],
    scheduleSend: false,
    ...campaign.options,
  });
  return { campaignId, listId, templateId, messageTypeId, channelId, emails };
}
