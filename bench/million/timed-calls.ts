import type { Api } from '../api.ts';

/** What is timed, and how long it may take at a server that has nothing else to do but what the bench does. */
interface Timed {
  name: string;
  /** Milliseconds. */
  aim: number;
}

/** A call that can be made again and again. */
export interface TimedCall extends Timed {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

/** What a call took, in milliseconds. */
export interface CallTimes {
  call: Timed;
  /** When it was made: with nothing else at work, or while a blast was under way. */
  when: 'at rest' | 'in a blast';
  times: number[];
}

const get = (name: string, path: string, aim = 300): TimedCall => ({ name, method: 'GET', path, aim });

/** What the console's pages and callers ask for of the million. */
export interface Subjects {
  listId: number;
  /** One that is over, and one that is being sent or is to be. */
  campaignId: number;
  nextCampaignId: number;
  templateId: number;
  messageTypeId: number;
  importId: number;
  email: string;
  /** In the middle of all messages, replies and people. */
  deepMessage: string;
  deepReply: string;
  deepUser: number;
  /** When the campaign was to be sent: a time that cuts what is counted together. */
  admittedAt: string;
}

/** Every reading call of the console. */
export function consoleCalls({
  listId,
  campaignId,
  nextCampaignId,
  templateId,
  messageTypeId,
  importId,
  email,
  deepMessage,
  deepReply,
  deepUser,
  admittedAt,
}: Subjects): TimedCall[] {
  const person = encodeURIComponent(email);
  const of = (id: number) => `/api/campaigns/${id}`;
  return [
    get('live page', `${of(campaignId)}/live`, 100),
    get('live page of a second one', `${of(nextCampaignId)}/live`, 100),
    get('forecast, its first answer', `${of(nextCampaignId)}/forecast`, 1_000),
    get('forecast, people behind a reason', `${of(nextCampaignId)}/forecast/people?reason=optedOut&limit=25`),
    get('rehearsal', `${of(nextCampaignId)}/rehearsal?limit=25`),
    get('rehearsal, people with a fate', `${of(nextCampaignId)}/rehearsal?fate=skip&limit=25`),
    get('campaigns', '/api/campaigns?pageSize=25'),
    get('a campaign', of(campaignId)),
    get('a campaign’s links', `${of(campaignId)}/links`),
    get('a campaign’s replies', `${of(campaignId)}/replies?limit=25`),
    get('a campaign’s messages', `/api/messages?campaignId=${campaignId}&limit=25`),
    get('a campaign’s bounced messages', `/api/messages?campaignId=${campaignId}&status=bounced&limit=25`),
    get(
      'a campaign’s people who opted out',
      `/api/messages?campaignId=${campaignId}&skipReason=optedOut&limit=25`,
    ),
    get('messages', '/api/messages?limit=25'),
    get('messages, a page in the middle', `/api/messages?limit=25&after=${deepMessage}`),
    get(
      'a campaign’s messages, in the middle',
      `/api/messages?campaignId=${campaignId}&limit=25&after=${deepMessage}`,
    ),
    get('a message', `/api/messages/${deepMessage}`),
    get('a campaign’s replies, in the middle', `${of(campaignId)}/replies?limit=25&after=${deepReply}`),
    get('metrics of a campaign', `/api/campaigns/metrics?campaignId=${campaignId}`),
    get(
      'metrics, of a time that cuts it',
      `/api/campaigns/metrics?campaignId=${campaignId}&startDateTime=${encodeURIComponent(admittedAt)}`,
    ),
    get('people', '/api/users?pageSize=50'),
    get('people, the oldest first', '/api/users?pageSize=50&sort=since'),
    get('people, a page in the middle', `/api/users?pageSize=50&cursor=b${deepUser}`),
    get('people by name', '/api/users?pageSize=50&sort=name&query=person771'),
    get('people of a list', `/api/users?pageSize=50&listId=${listId}`),
    get('people of a list, in the middle', `/api/users?pageSize=50&listId=${listId}&cursor=b${deepUser}`),
    get(
      'people of a message type',
      `/api/users?pageSize=50&messageTypeId=${messageTypeId}&standing=subscribed`,
    ),
    get(
      'people who left a message type',
      `/api/users?pageSize=50&messageTypeId=${messageTypeId}&standing=unsubscribed`,
    ),
    get('search by two names', '/api/users?pageSize=50&query=ana%20okafor'),
    get('search for nobody', '/api/users?pageSize=50&query=zzzzqqq'),
    get('search by name', '/api/users?pageSize=50&query=okafor'),
    get('search by a part of an email', '/api/users?pageSize=50&query=person7712'),
    get('search by a number', '/api/users?pageSize=50&query=%2B1212620'),
    get('a person’s lists', `/api/users/${person}/lists`),
    get('a person’s history', `/api/users/${person}/history`),
    get('a person’s proof of consent', `/api/consent/proof?email=${person}`),
    get('fields', '/api/users/getFields'),
    get('lists with sizes', '/api/lists?sizes=true'),
    get('size of a list', `/api/lists/${listId}/size`),
    get('templates', '/api/templates?pageSize=1000&sort=-updatedAt'),
    get('a template', `/api/templates/sms/get?templateId=${templateId}`),
    get('a template’s campaigns', `/api/templates/${templateId}/campaigns`),
    get('channels', '/api/channels'),
    get('message types', '/api/messageTypes'),
    get('senders', '/api/senders'),
    get('pools', '/api/senderPools'),
    get('wires', '/api/wires'),
    get('provider accounts', '/api/providerAccounts'),
    get('imports', '/api/import'),
    get('an import', `/api/import/${importId}`),
    get('an import’s refused rows', `/api/import/${importId}/rows`),
    get('unclear replies', '/api/consent/unclear'),
    get('webhooks', '/api/webhooks'),
    get('keys', '/api/keys'),
    get('project', '/api/project'),
  ];
}

/** Makes each call so many times, one after the other. */
export async function timeCalls(
  api: Api,
  calls: readonly TimedCall[],
  when: CallTimes['when'],
  times: number,
): Promise<CallTimes[]> {
  const all: CallTimes[] = [];
  for (const call of calls) {
    const taken: number[] = [];
    for (let time = 0; time < times; time += 1) taken.push(await timeCall(api, call));
    all.push({ call, when, times: taken });
  }
  return all;
}

/** Makes a call, and returns the milliseconds until its answer was read. */
export async function timeCall(api: Api, { method, path, body }: TimedCall): Promise<number> {
  const begin = performance.now();
  await api.read(method, path, body);
  return performance.now() - begin;
}
