import { typesByChannel } from '../../server/testing/people.ts';
import { until } from '../../server/testing/program.ts';
import type { Site } from './site.ts';

/** What blasts and codes stand on. Transactional, so that no law's hours hold at whatever time the soak runs. */
export interface Ground {
  channelId: number;
  messageTypeId: number;
  blastTemplateId: number;
  blastSender: { id: number; address: string };
  codeCampaignId: number;
}

/** So fast that a blast lasts, and so slow that codes go out beside. */
const blastMps = 300;
const blastAddress = '+12025550160';

/** How the texts of blasts and of codes begin: answers to people begin otherwise. */
export const ownWords = ['Soak: hi', 'Soak: code'] as const;

export async function prepareGround({ apart, ask }: Site): Promise<Ground> {
  const { channelId, messageTypeId } = (await typesByChannel(apart)).get('SMS Transactional')!;
  const { senders } = await ask<{
    senders: { id: number; kind: string; purpose: string; providerAccountId: number }[];
  }>('GET', '/api/senders');
  const codeSender = senders.find(({ kind, purpose }) => kind === 'longCode' && purpose === 'transactional')!;
  const { id } = await ask<{ id: number }>('POST', '/api/senders', {
    ...{ kind: 'longCode', address: blastAddress, country: 'US', purpose: 'transactional' },
    ...{ mps: blastMps, providerAccountId: codeSender.providerAccountId },
  });
  await until('the carriers to know the number', async () =>
    JSON.stringify(await apart.simulator('GET', '/numbers')).includes(blastAddress) ? true : null,
  );
  const template = async (name: string, message: string) =>
    (
      await ask<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
        ...{ clientTemplateId: name, name, messageTypeId, message },
      })
    ).params.templateId;
  const blastTemplateId = await template(
    'soak-blast',
    `${ownWords[0]} {{firstName}}, see https://example.com/offer`,
  );
  const { campaignId: codeCampaignId } = await ask<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Codes', templateId: await template('soak-code', `${ownWords[1]} {{code}}`) },
    senderId: codeSender.id,
  });
  await ask('POST', '/api/campaigns/activateTriggered', { campaignId: codeCampaignId });
  const blastSender = { id, address: blastAddress };
  return { channelId, messageTypeId, blastTemplateId, blastSender, codeCampaignId };
}
