import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect, type Database } from '../../server/database/connect.ts';
import { type Api, openApi, readList, readNumber, readText, readValue } from '../api.ts';
import { makeTemplate, messageType, openSender } from '../ground.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { describeMachine } from '../machine.ts';
import { makePeople } from '../people.ts';
import { type Plan, planBlast } from '../plan-blast.ts';
import { say } from '../progress.ts';
import { startCarillon } from '../start-carillon.ts';
import { makeCampaignInBulk } from './campaign-in-bulk.ts';
import { renderTimes } from './million-table.ts';
import { makePeopleInBulk, type Place } from './people-in-bulk.ts';
import { type CallTimes, consoleCalls, type Subjects, timeCall, timeCalls } from './timed-calls.ts';

/** Each reading call is made so often. */
const timesEach = 5;
/** The blast is looked at once so many have left, and lasts no less than so long. */
const underWay = 100;
const blastSeconds = 300;
const startsWithinMs = 120_000;

/**
 * Makes so many people, a list of them all and a campaign that was sent to it, as sets; times every call of the console with
 * nothing else at work and in the middle of a blast to all of them, which is then paused, resumed and stopped; and
 * prints the table on standard output.
 */
export async function measureMillion(people: number): Promise<void> {
  const stack = new AsyncDisposableStack();
  try {
    const { database, program, apiKey } = await startCarillon(stack);
    const api = openApi(program.url, apiKey);
    stack.defer(api.close);
    const connection = connect(database.url, 4);
    stack.defer(connection.close);
    const plan = planBlast();
    say(plan.note);
    const begin = performance.now();
    const times = await unlessInterrupted(measure(api, connection.db, people, plan));
    process.stdout.write(
      `\n${renderTimes(times, {
        ...{ people, machine: await describeMachine(database.url) },
        seconds: (performance.now() - begin) / 1_000,
      })}\n`,
    );
  } finally {
    await stack.disposeAsync();
  }
}

async function measure(api: Api, db: Database, people: number, plan: Plan): Promise<CallTimes[]> {
  const subjects = await makeGround(api, db, people, plan);
  const calls = consoleCalls(subjects);
  say('calls, with nothing else at work');
  // The first calls after so much was written find neither plans nor pages.
  await timeCalls(api, calls, 'at rest', 1);
  const atRest = await timeCalls(api, calls, 'at rest', timesEach);
  const id = subjects.nextCampaignId;
  const send = await timeDeed(api, 'send to all', `/api/campaigns/${id}/send`, 300);
  await untilSent(api, id);
  say('calls, in the middle of a blast');
  const inBlast = await timeCalls(api, calls, 'in a blast', timesEach);
  const pause = await timeDeed(api, 'pause', `/api/campaigns/${id}/pause`, 500);
  const paused = await timeCalls(api, calls.slice(1, 2), 'in a blast', timesEach);
  const resume = await timeDeed(api, 'resume', `/api/campaigns/${id}/resume`, 500);
  await untilSent(api, id);
  const abort = await timeDeed(api, 'abort', '/api/campaigns/abort', 500, { campaignId: id });
  say('calls, while each person’s row of the stopped blast is written');
  const stopped = await timeCalls(api, calls.slice(1, 2), 'in a blast', timesEach);
  const named = (all: CallTimes[], when: string) =>
    all.map((each) => ({ ...each, call: { ...each.call, name: `${each.call.name}, ${when}` } }));
  return [
    ...[...atRest, send, ...inBlast, pause, ...named(paused, 'paused')],
    ...[resume, abort, ...named(stopped, 'being stopped')],
  ];
}

async function makeGround(api: Api, db: Database, people: number, plan: Plan): Promise<Subjects> {
  const { purpose, prefixes } = plan;
  const messageTypeId = await messageType(api, purpose);
  const types = readList(await api.call('GET', '/api/messageTypes'), 'messageTypes');
  const channelId = readNumber(
    types.find((type) => readValue(type, 'id') === messageTypeId),
    'channelId',
  );
  const sender = await openSender(api, purpose);
  // No blast is over before all calls are made in it.
  await api.call('PATCH', `/api/senders/${sender.id}`, { mps: Math.ceil(people / blastSeconds) });
  const text = 'Hi {{firstName}}, {{points}} points wait for you: https://shop.example/rewards';
  const templateId = await makeTemplate(api, 'million', text, messageTypeId);
  const listId = readNumber(await api.call('POST', '/api/lists', { name: 'Everybody' }), 'listId');
  const projectId = readNumber(await api.call('GET', '/api/project'), 'id');
  const place: Place = { projectId, listId, channelId, messageTypeId };
  await makePeopleInBulk(db, place, people, prefixes);
  const create = async (name: string) =>
    readNumber(
      await api.call('POST', '/api/campaigns/create', {
        ...{ name, templateId, listIds: [listId], senderId: sender.id, scheduleSend: false },
      }),
      'campaignId',
    );
  const campaignId = await create('Sent to all');
  await makeCampaignInBulk(db, { ...place, campaignId, templateId, senderId: sender.id, purpose, people });
  say('statistics');
  await sql`VACUUM ANALYZE`.execute(db);
  const [somebody] = makePeople(Math.floor(people / 2), 1, prefixes);
  return {
    ...{ listId, campaignId, templateId, email: somebody?.email ?? '' },
    nextCampaignId: await create('To be sent to all'),
  };
}

async function timeDeed(
  api: Api,
  name: string,
  path: string,
  aim: number,
  body: unknown = {},
): Promise<CallTimes> {
  const call = { name, method: 'POST' as const, path, body, aim };
  return { call, when: 'in a blast', times: [await timeCall(api, call)] };
}

/** Waits until more of a campaign have left. */
async function untilSent(api: Api, id: number): Promise<void> {
  const sends = async () => readNumber(await api.call('GET', `/api/campaigns/${id}/live`), 'totals', 'sends');
  const before = await sends();
  const until = performance.now() + startsWithinMs;
  while (performance.now() < until) {
    if ((await sends()) >= before + underWay) return;
    await sleep(200);
  }
  const state = readText(await api.call('GET', `/api/campaigns/${id}/live`), 'state');
  throw new Error(`the blast does not get under way: its campaign is ${state}`);
}
