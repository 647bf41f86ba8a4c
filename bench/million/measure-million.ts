import { sql } from 'kysely';
import { connect, type Database } from '../../server/database/connect.ts';
import { type Api, openApi, readList, readNumber, readValue } from '../api.ts';
import { makeTemplate, messageType, openSender } from '../ground.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { countFrom } from '../ledger.ts';
import { describeMachine } from '../machine.ts';
import { makePeople } from '../people.ts';
import { type Plan, planBlast } from '../plan-blast.ts';
import type { Running } from '../process.ts';
import { say } from '../progress.ts';
import { type Carillon, startCarillon } from '../start-carillon.ts';
import { makeCampaignInBulk, type Sent } from './campaign-in-bulk.ts';
import { measureExports, measureIdle, measureStart } from './data-at-size.ts';
import { makeEventsInBulk } from './events-in-bulk.ts';
import { type MillionTimes, renderTimes } from './million-table.ts';
import { makePeopleInBulk } from './people-in-bulk.ts';
import { afterStop, checkStopped, type Stopping, untilSent } from './stop-at-size.ts';
import { findPlaces } from './subjects.sql.ts';
import { type CallTimes, consoleCalls, type Subjects, timeCall, timeCalls } from './timed-calls.ts';
import { makeImport, timeEdits } from './timed-edits.ts';

/** Each reading call is made so often. */
const timesEach = 5;
/** Blasts to all that are stopped in their middle. */
const stops = 3;
/** A blast to all lasts no less than so long. */
const blastSeconds = 300;

/**
 * Makes a tenth of so many people, a list of them all and a campaign that was sent to it, as sets, and then the rest; times
 * every call of the console, and what it makes, changes and deletes, with the tenth and with all, and in the middle of a blast to all of them; reads exports, looks
 * at the program while it idles and starts; stops two blasts in their middle and looks at what becomes of them; and prints
 * the tables on standard output.
 * @returns Whether all that must hold at any speed did.
 */
export async function measureMillion(people: number): Promise<boolean> {
  const stack = new AsyncDisposableStack();
  try {
    const carillon = await startCarillon(stack);
    const api = openApi(carillon.program.url, carillon.apiKey);
    stack.defer(api.close);
    const connection = connect(carillon.database.url, 4);
    stack.defer(connection.close);
    const plan = planBlast();
    say(plan.note);
    const begin = performance.now();
    const site = { carillon, api, db: connection.db, plan, people };
    const times: MillionTimes = { tenth: [], all: [], inBlast: [], figures: [] };
    const machine = await describeMachine(carillon.database.url);
    try {
      await unlessInterrupted(measure(site, times));
    } finally {
      // Also of a run that breaks off, what was measured till then.
      const gigabytes = await gigabytesOf(connection.db);
      const seconds = (performance.now() - begin) / 1_000;
      process.stdout.write(`\n${renderTimes(times, { people, machine, seconds, gigabytes })}\n`);
    }
    return times.figures.every(({ held }) => held !== false);
  } finally {
    await stack.disposeAsync();
  }
}

/** Where it is measured, and with how many. */
interface Site {
  carillon: Carillon;
  api: Api;
  db: Database;
  plan: Plan;
  people: number;
}

/** Adds to `times` what is measured, one after the other. */
async function measure(begun: Site, times: MillionTimes): Promise<void> {
  const { api, db, people } = begun;
  const { database, apiKey, startAgain } = begun.carillon;
  const { tenth, all, figures } = times;
  const ground = await makeGround(begun);
  await begun.carillon.program.stop();
  const first = await measureStart(startAgain, 'with nobody');
  figures.push(first.figure);
  const carillon = { ...begun.carillon, program: first.program };
  const site = { ...begun, carillon };
  const pids = [carillon.program.pid, database.pid];
  figures.push(await measureIdle(pids, 'with nobody'));
  const aTenth = Math.floor(people / 10);
  tenth.push(...(await timeAtRest(api, await fill(site, ground, { from: 0, count: aTenth }))));
  const subjects = await fill(site, ground, { from: aTenth, count: people - aTenth });
  all.push(...(await timeAtRest(api, subjects)));
  const { rows } = await sql<{ events: number }>`SELECT count(*) AS events FROM event`.execute(db);
  figures.push({ name: 'events', value: (rows[0]?.events ?? 0).toLocaleString('en-US') });
  figures.push(await measureIdle(pids, 'with all'));
  figures.push(...(await measureExports(carillon.program, apiKey, subjects.campaignId)));
  const program = await measureBlast(site, ground, subjects, times);
  await stopUnpaused(site, ground, times);
  say('the program starts again');
  await program.stop();
  const started = await measureStart(startAgain, 'with all');
  figures.push(started.figure);
}

async function gigabytesOf(db: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT pg_database_size(current_database()) AS bytes`.execute(db);
  return (rows[0]?.bytes ?? 0) / 1e9;
}

/** What people are put on, and what they are sent. */
interface Ground extends Omit<Sent, 'campaignId' | 'people'> {
  from: string;
}

async function makeGround({ api, plan, people }: Site): Promise<Ground> {
  const { purpose } = plan;
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
  return {
    projectId,
    listId,
    channelId,
    messageTypeId,
    templateId,
    senderId: sender.id,
    from: sender.address,
    purpose,
  };
}

async function createCampaign({ api }: Site, ground: Ground, name: string): Promise<number> {
  const { templateId, listId, senderId } = ground;
  const body = { name, templateId, listIds: [listId], senderId, scheduleSend: false };
  return readNumber(await api.call('POST', '/api/campaigns/create', body), 'campaignId');
}

/** Makes these people with their events, and a campaign that was sent to all who are there then. */
async function fill(site: Site, ground: Ground, range: { from: number; count: number }): Promise<Subjects> {
  const { api, db, plan } = site;
  const people = range.from + range.count;
  await makePeopleInBulk(db, ground, range, plan.prefixes);
  await makeEventsInBulk(db, ground, range.count);
  const campaignId = await createCampaign(site, ground, 'Sent to all');
  await makeCampaignInBulk(db, { ...ground, campaignId, people });
  say('statistics');
  await sql`VACUUM ANALYZE`.execute(db);
  say('sums of responses');
  while (!(await isFolded(db))) await api.call('GET', '/api/project');
  const [somebody] = makePeople(Math.floor(people / 2), 1, plan.prefixes);
  return {
    ...{
      listId: ground.listId,
      campaignId,
      templateId: ground.templateId,
      messageTypeId: ground.messageTypeId,
      importId: await makeImport(api),
      email: somebody?.email ?? '',
    },
    ...(await findPlaces(db, campaignId)),
    nextCampaignId: await createCampaign(site, ground, 'To be sent to all'),
  };
}

async function isFolded(db: Database): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`
    SELECT EXISTS (SELECT FROM response_change) OR EXISTS (SELECT FROM message_rollup_change) AS left, pg_sleep(0.5)`.execute(
    db,
  );
  return rows[0]?.left === false;
}

async function timeAtRest(api: Api, subjects: Subjects): Promise<CallTimes[]> {
  const calls = consoleCalls(subjects);
  say('calls, with nothing else at work');
  // The first calls after so much was written find neither plans nor pages.
  await timeCalls(api, calls, 'at rest', 1);
  await timeEdits(api, subjects, 'at rest', 1);
  return [
    ...(await timeCalls(api, calls, 'at rest', timesEach)),
    ...(await timeEdits(api, subjects, 'at rest', timesEach)),
  ];
}

/**
 * Every call in the middle of a blast, which is then paused, resumed, paused and stopped, the program being killed in its
 * clean-up. Answers the program that runs then.
 */
async function measureBlast(
  site: Site,
  ground: Ground,
  subjects: Subjects,
  { inBlast: times, figures }: MillionTimes,
): Promise<Running> {
  const { api, carillon, people } = site;
  const { simulator } = carillon;
  const calls = consoleCalls(subjects);
  const live = calls.slice(1, 2);
  const named = (all: CallTimes[], when: string) =>
    all.map((each) => ({ ...each, call: { ...each.call, name: `${each.call.name}, ${when}` } }));
  const id = subjects.nextCampaignId;
  const before = await countFrom(simulator.url, ground.from);
  times.push(await timeDeed(api, 'send to all', `/api/campaigns/${id}/send`, 300));
  await untilSent(api, id);
  say('calls, in the middle of a blast');
  times.push(...(await timeCalls(api, calls, 'in a blast', timesEach)));
  times.push(...(await timeEdits(api, subjects, 'in a blast', timesEach)));
  const pauses: CallTimes[] = [];
  const resumes: CallTimes[] = [];
  for (let time = 0; time < 3; time += 1) {
    pauses.push(await timeDeed(api, 'pause', `/api/campaigns/${id}/pause`, 500));
    if (time === 0) times.push(...named(await timeCalls(api, live, 'in a blast', timesEach), 'paused'));
    resumes.push(await timeDeed(api, 'resume', `/api/campaigns/${id}/resume`, 500));
    await untilSent(api, id);
  }
  pauses.push(await timeDeed(api, 'pause', `/api/campaigns/${id}/pause`, 500));
  times.push(together(pauses), together(resumes));
  times.push(await timeDeed(api, 'abort, paused before', '/api/campaigns/abort', 500, { campaignId: id }));
  const answered = await afterStop({
    api,
    simulatorUrl: simulator.url,
    from: ground.from,
    campaignId: id,
    before,
  });
  say('calls, while each person’s row of the stopped blast is written');
  times.push(...named(await timeCalls(api, live, 'in a blast', timesEach), 'being stopped'));
  let { program } = carillon;
  const again = async () => {
    const started = await measureStart(carillon.startAgain, 'killed in a clean-up');
    program = started.program;
    figures.push(started.figure);
  };
  const stopping: Stopping = {
    ...{ api, db: site.db, simulatorUrl: simulator.url, from: ground.from, campaignId: id, people, before },
  };
  figures.push(
    ...(await checkStopped(stopping, answered, 'stopped when paused, killed', { program, again })),
  );
  return program;
}

/** Stops blasts to all in their middle, without a pause before it: each once, so several, that the figure is not one moment's. */
async function stopUnpaused(site: Site, ground: Ground, { inBlast, figures }: MillionTimes): Promise<void> {
  const { api, db, carillon, people } = site;
  const { url: simulatorUrl } = carillon.simulator;
  const aborts: CallTimes[] = [];
  for (let time = 1; time <= stops; time += 1) {
    const campaignId = await createCampaign(site, ground, `To be stopped, ${time}`);
    const before = await countFrom(simulatorUrl, ground.from);
    await api.call('POST', `/api/campaigns/${campaignId}/send`, {});
    await untilSent(api, campaignId);
    aborts.push(await timeDeed(api, 'abort, in the middle', '/api/campaigns/abort', 500, { campaignId }));
    const stopping = { api, db, simulatorUrl, from: ground.from, campaignId, people, before };
    figures.push(
      ...(await checkStopped(stopping, await afterStop(stopping), `stopped in the middle, ${time}`)),
    );
  }
  inBlast.push(together(aborts));
}

function together(all: readonly CallTimes[]): CallTimes {
  const [first] = all;
  if (!first) throw new Error('nothing was timed');
  return { ...first, times: all.flatMap(({ times }) => times) };
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
