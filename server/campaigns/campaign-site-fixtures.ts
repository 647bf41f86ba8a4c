import { IterableClient } from '@iterable/api';
import type { Selectable } from 'kysely';
import type { SendRequestTable } from '../database/tables/requests.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { addList, addSender, addTemplate, addUsers, type Ground, groundOf } from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';

/** For tests: the calls of campaigns with all that a blast of texts needs, and Iterable's own client for them. */
export interface CampaignSite {
  api: TestApi;
  client: IterableClient;
  ground: Ground;
  templateId: number;
  /** Five people. */
  listId: number;
  /** The promotional one; there is a transactional one too. */
  senderId: number;
  /** Makes a blast to the list; answers its id. */
  newBlast(): Promise<number>;
  /** What a campaign has asked for so far, the first first. */
  requestsOf(campaignId: number): Promise<Selectable<SendRequestTable>[]>;
  close(): Promise<void>;
}

export async function openCampaignSite(): Promise<CampaignSite> {
  const api = await startTestApi([campaignRoutes]);
  const client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  const ground = groundOf(api);
  const senderId = await addSender(ground);
  await addSender(ground, 'sms', 'transactional');
  const templateId = await addTemplate(ground);
  const listId = await addList(ground, await addUsers(ground, 5));
  return {
    ...{ api, client, ground, templateId, listId, senderId },
    newBlast: async () =>
      (await client.createBlastCampaign({ name: 'Sale', templateId, listIds: [listId] })).campaignId,
    requestsOf: (campaignId) =>
      ground.db
        .selectFrom('send_request')
        .selectAll()
        .where('campaign_id', '=', campaignId)
        .orderBy('id')
        .execute(),
    close: async () => {
      client.destroy();
      await api.close();
    },
  };
}
