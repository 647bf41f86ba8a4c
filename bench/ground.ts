import { type Api, readList, readNumber, readText, readValue } from './api.ts';
import { sendBulk, userRow } from './ingest.ts';
import { campaignTemplate, type Person } from './people.ts';

/** What a message is for, and so which channel, message type and sender it takes. */
export type Purpose = 'promotional' | 'transactional';

/** What blasts and single sends stand on, all made through the API. */
export interface Ground {
  listId: number;
  blastTemplateId: number;
  /** Number that the blasts come from. */
  blastSender: { id: number; address: string };
  /** A triggered campaign that sends a code, and the number it comes from. */
  codeCampaignId: number;
  /** Users and rows a second of each half of the audience. */
  usersPerSecond: number[];
}

/** So many segments a second that the sender's pace holds nothing back. */
const boundless = 100_000;
const consentProof = {
  method: 'webForm',
  source: 'https://shop.example/join',
  wording: 'Yes, text me about my rewards and my orders. Msg & data rates may apply. Reply STOP to end.',
};

/**
 * Makes the audience with its consent and list, the sender, the templates and the triggered campaign.
 * `withCodes` are those who may be sent codes besides.
 */
export async function prepareGround(
  api: Api,
  audience: readonly Person[],
  withCodes: readonly Person[],
  purpose: Purpose,
): Promise<Ground> {
  const usersPerSecond = await makeUsers(api, audience);
  const [blastType, codeType] = [await messageType(api, purpose), await messageType(api, 'transactional')];
  await optIn(api, 'consent', audience, blastType);
  if (blastType !== codeType) await optIn(api, 'consent to codes', withCodes, codeType);
  const blastSender = await openSender(api, purpose);
  const blastTemplateId = await makeTemplate(api, 'bench-blast', campaignTemplate, blastType);
  const codeTemplateId = await makeTemplate(api, 'bench-code', 'Your code is {{code}}', codeType);
  const codeSender = await openSender(api, 'transactional');
  const codeCampaign = { name: 'Codes', templateId: codeTemplateId, senderId: codeSender.id };
  const codeCampaignId = readNumber(
    await api.call('POST', '/api/campaigns/create', codeCampaign),
    'campaignId',
  );
  await api.call('POST', '/api/campaigns/activateTriggered', { campaignId: codeCampaignId });
  return {
    listId: await makeList(api, audience),
    blastTemplateId,
    blastSender,
    codeCampaignId,
    usersPerSecond,
  };
}

/** Creates the users in two halves, so that there are two figures. */
async function makeUsers(api: Api, audience: readonly Person[]): Promise<number[]> {
  const middle = Math.ceil(audience.length / 2);
  const figures: number[] = [];
  for (const part of [audience.slice(0, middle), audience.slice(middle)])
    figures.push(
      await sendBulk(api, 'users', '/api/users/bulkUpdate', part.map(userRow), (users) => ({ users })),
    );
  return figures;
}

/** The project's message type for texts of a purpose. */
export async function messageType(api: Api, purpose: Purpose): Promise<number> {
  const channels = readList(await api.call('GET', '/api/channels'), 'channels');
  const wanted = purpose === 'promotional' ? 'Marketing' : 'Transactional';
  const channel = channels.find(
    (each) => readText(each, 'messageMedium') === 'SMS' && readText(each, 'channelType') === wanted,
  );
  const types = readList(await api.call('GET', '/api/messageTypes'), 'messageTypes');
  const type = types.find((each) => readValue(each, 'channelId') === readNumber(channel, 'id'));
  return readNumber(type, 'id');
}

async function optIn(
  api: Api,
  label: string,
  people: readonly Person[],
  messageTypeId: number,
): Promise<void> {
  const rows = people.map(({ email }) => ({ email, messageTypeId, ...consentProof }));
  await sendBulk(api, label, '/api/consent', rows, (consents) => ({ consents }));
}

/** The project's long code of a purpose, its pace set so high that only the machine holds it back. */
export async function openSender(api: Api, purpose: Purpose): Promise<{ id: number; address: string }> {
  const senders = readList(await api.call('GET', '/api/senders'), 'senders');
  const sender = senders.find(
    (each) => readText(each, 'kind') === 'longCode' && readText(each, 'purpose') === purpose,
  );
  const id = readNumber(sender, 'id');
  await api.call('PATCH', `/api/senders/${id}`, { mps: boundless, dailyCap: null });
  return { id, address: readText(sender, 'address') };
}

/** Makes a text template and returns its id. */
export async function makeTemplate(
  api: Api,
  name: string,
  message: string,
  messageTypeId: number,
): Promise<number> {
  const body = { clientTemplateId: name, name, message, messageTypeId };
  const answer = await api.call('POST', '/api/templates/sms/upsert', body);
  return readNumber(answer, 'params', 'templateId');
}

async function makeList(api: Api, audience: readonly Person[]): Promise<number> {
  const listId = readNumber(await api.call('POST', '/api/lists', { name: 'Bench' }), 'listId');
  const subscribers = audience.map(({ email }) => ({ email }));
  await sendBulk(api, 'list', '/api/lists/subscribe', subscribers, (batch) => ({
    listId,
    subscribers: batch,
  }));
  return listId;
}
