import { sql } from 'kysely';
import { connect, type Database } from '../../server/database/connect.ts';
import { lanes } from '../../server/lanes/lanes.ts';
import { type Api, openApi, readNumber } from '../api.ts';
import { messageType, openSender, prepareGround } from '../ground.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { measureLatency } from '../latency.ts';
import { describeMachine } from '../machine.ts';
import { makePeople, type Person } from '../people.ts';
import { planBlast } from '../plan-blast.ts';
import { say } from '../progress.ts';
import { startCarillon } from '../start-carillon.ts';
import { type JourneyFigures, renderJourneys } from './journeys-table.ts';
import { makeRuns } from './runs-in-bulk.sql.ts';

/** Passages that are due at once, and of how many people. */
const [due, people] = [200_000, 10_000];
/** Tiles that each of them leaves. */
const stepsEach = 2;
/** Passages that wait while single people go on. */
const waiting = 1_000_000;
/** Single people who go from an event to a message. */
const singles = 1_000;
const warmUp = 40;
/** Times that passages go on, and rows are updated raw, one after the other. */
const rounds = 3;

/**
 * Has passages go on as fast as they can beside a raw UPDATE of the same rows, and single people go from an event to a message, with and without many who wait; prints
 * the table on standard output.
 * @returns Whether all came where they were to come, and every message arrived.
 */
export async function measureJourneys(): Promise<boolean> {
  const stack = new AsyncDisposableStack();
  try {
    const carillon = await startCarillon(stack);
    const { program, simulator, database, apiKey } = carillon;
    const api = openApi(program.url, apiKey);
    stack.defer(api.close);
    const connection = connect(database.url, 4);
    stack.defer(connection.close);
    const all = makePeople(0, people, planBlast().prefixes);
    const site = { api, db: connection.db, simulatorUrl: simulator.url };
    const measured = await unlessInterrupted(measure(site, all));
    const machine = await describeMachine(database.url);
    process.stdout.write(`\n${renderJourneys({ ...measured, machine })}\n`);
    return measured.alone.lost + measured.beside.lost === 0;
  } finally {
    await stack.disposeAsync();
  }
}

interface Site {
  api: Api;
  db: Database;
  simulatorUrl: string;
}

async function measure(site: Site, all: readonly Person[]): Promise<Omit<JourneyFigures, 'machine'>> {
  const { api, db } = site;
  await prepareGround(api, all, all.slice(0, warmUp + singles), 'transactional');
  const codes = await makeCodes(api);
  const send = ({ email }: Person, code: string) =>
    api.call('POST', '/api/events/track', { email, eventName: 'codeAsked', dataFields: { code } });
  const measureSingles = async () => {
    // What was written in bulk before is on the disk, so that nobody waits for that.
    await sql`CHECKPOINT`.execute(db);
    return measureLatency(send, site.simulatorUrl, all.slice(warmUp, warmUp + singles));
  };
  const [moved, raw]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    say(`${due.toLocaleString('en')} passages that are due, ${round} of ${rounds}`);
    const journeyId = await makeDue(api, db);
    moved.push((due * stepsEach) / (await secondsOf(() => goOn(api, db, journeyId))));
    say('the same rows, updated raw');
    raw.push(due / (await secondsOf(() => updateRaw(db, journeyId))));
    // Before it is stopped: letting go of them takes the same rows.
    await sql`DELETE FROM journey_run WHERE journey_id = ${journeyId}`.execute(db);
    await api.call('POST', `/api/journeys/${journeyId}/stop`, {});
  }
  // After the rounds, so that what they left behind is the same with nobody waiting and with many.
  say('single people, from an event to a message');
  await measureLatency(send, site.simulatorUrl, all.slice(0, warmUp));
  const alone = await measureSingles();
  say(`${waiting.toLocaleString('en')} passages that wait`);
  await makeWaiting(api, db, codes);
  say('single people, while they wait');
  const beside = await measureSingles();
  return { moved, raw, alone, beside, due, waiting, people };
}

/** A journey in which an event has a code sent. Answers its id. */
async function makeCodes(api: Api): Promise<number> {
  const messageTypeId = await messageType(api, 'transactional');
  const { id: senderId } = await openSender(api, 'transactional');
  const template = await api.call('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'journey-code', name: 'journey-code', messageTypeId },
    message: 'Your code is {{code}}',
  });
  return publish(api, 'Codes', {
    entry: { on: { event: { name: 'codeAsked' } }, key: 'code' },
    start: 'text',
    tiles: {
      text: { kind: 'send', templateId: readNumber(template, 'params', 'templateId'), senderId, next: 'end' },
    },
  });
}

/** A journey that is held, with passages in it that are due. */
async function makeDue(api: Api, db: Database): Promise<number> {
  const id = await publish(api, 'Due', {
    entry: { on: { api: {} } },
    start: 'first',
    tiles: {
      first: { kind: 'wait', for: { minutes: 1 }, next: 'who' },
      who: {
        kind: 'split',
        branches: [{ name: 'much', entry: { path: 'points', atLeast: 50 }, next: 'last' }],
        otherwise: 'other',
      },
      last: { kind: 'wait', for: { hours: 2_400 }, next: 'end' },
      other: { kind: 'wait', for: { hours: 2_400 }, next: 'end' },
    },
  });
  await api.call('POST', `/api/journeys/${id}/pause`, {});
  await makeRuns(db, { journeyId: id, tile: 'first', runs: due, wakes: sql`now() - interval '1 minute'` });
  await sql`VACUUM ANALYZE journey_run`.execute(db);
  return id;
}

async function goOn(api: Api, db: Database, journeyId: number): Promise<void> {
  await api.call('POST', `/api/journeys/${journeyId}/resume`, {});
  const until = performance.now() + 600_000;
  for (;;) {
    const { rows } = await sql<{ left: boolean }>`
      SELECT EXISTS (SELECT FROM journey_run WHERE journey_id = ${journeyId} AND tile = 'first') AS left`.execute(
      db,
    );
    if (rows[0]?.left === false) return;
    if (performance.now() > until) throw new Error('the passages do not come to their end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What moving them costs at the least: each lane's rows, a thousand at a time, by two connections. */
async function updateRaw(db: Database, journeyId: number): Promise<void> {
  const open = [...lanes];
  const worker = async () => {
    for (let lane = open.pop(); lane !== undefined; lane = open.pop()) {
      const { rows } = await sql<{ id: number }>`
        SELECT id FROM journey_run WHERE lane = ${lane} AND journey_id = ${journeyId} ORDER BY id`.execute(
        db,
      );
      const ids = rows.map(({ id }) => id);
      for (let from = 0; from < ids.length; from += 1_000)
        await sql`
          UPDATE journey_run SET tile = 'raw', arrived_at = now(), wake_at = now() + interval '100 days'
          WHERE lane = ${lane} AND id = ANY (${ids.slice(from, from + 1_000)}::bigint[])`.execute(db);
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Passages of another journey, that wait for months. */
async function makeWaiting(api: Api, db: Database, beside: number): Promise<void> {
  const id = await publish(api, 'Waiting', {
    entry: { on: { api: {} } },
    start: 'months',
    tiles: {
      months: {
        kind: 'waitFor',
        branches: [{ name: 'came', for: { event: { name: 'neverTracked' } }, next: 'end' }],
        within: { hours: 2_400 },
        timeout: 'end',
      },
    },
  });
  if (id === beside) throw new Error('two journeys have one id');
  await makeRuns(db, {
    ...{ journeyId: id, tile: 'months', runs: waiting, hears: ['event:neverTracked'] },
    wakes: sql`now() + interval '1 day' + (n % 90) * interval '1 day'`,
  });
  await sql`VACUUM ANALYZE journey_run`.execute(db);
}

async function publish(api: Api, name: string, document: object): Promise<number> {
  const id = readNumber(await api.call('POST', '/api/journeys', { name, document }), 'id');
  await api.call('POST', `/api/journeys/${id}/publish`, {});
  return id;
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}
