import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { sql } from 'kysely';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { connect, type Database } from '../../server/database/connect.ts';
import { lanes } from '../../server/lanes/lanes.ts';
import { segmentKinds } from '../../server/program/segment-leaves.ts';
import type { Definition } from '../../server/segments/leaf-kind.ts';
import { readDefinition } from '../../server/segments/read-definition.ts';
import { type Api, openApi, readNumber, readValue } from '../api.ts';
import { messageType } from '../ground.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { describeMachine } from '../machine.ts';
import { inEachLane } from '../million/lanes-at-once.ts';
import { makePeopleInBulk, type Place } from '../million/people-in-bulk.ts';
import { planBlast } from '../plan-blast.ts';
import { say, startBar } from '../progress.ts';
import { startCarillon } from '../start-carillon.ts';
import { median } from '../table.ts';
import { type DefinitionCase, renderDefinitions } from './definitions-table.ts';

/** Events of each person, over so many days. */
const [eventsEach, days] = [20, 120];
/** Each count is made so often, after once that is not counted. */
const timesEach = 5;
/** Lanes that are asked at once, and threads of DuckDB: as many as the machine has cores, of which it wants two. */
const atOnce = 2;

/** What is asked of both, of the rows that `makeEvents` makes: in our definition, and in DuckDB's SQL. */
const questions = [
  {
    name: 'two profile conditions',
    definition: {
      all: [{ field: { path: 'lastName', is: 'Silva' } }, { field: { path: 'points', atLeast: 5_000 } }],
    },
    duckdb: `SELECT count(*) FROM users WHERE last_name = 'Silva' AND points >= 5000`,
  },
  {
    name: 'did X twice in 30 days',
    definition: {
      event: { name: 'viewedItem', times: { atLeast: 2 }, during: { last: { days: 30 } } },
    },
    duckdb: `SELECT count(*) FROM (SELECT user_id FROM events
      WHERE name = 'viewedItem' AND happened > $now::TIMESTAMP - INTERVAL 720 HOURS AND happened <= $now::TIMESTAMP
      GROUP BY user_id HAVING count(*) >= 2)`,
  },
  {
    name: 'profile, did X with a property, did not Y in 90 days',
    definition: {
      all: [
        { field: { path: 'points', atLeast: 5_000 } },
        {
          event: {
            name: 'viewedItem',
            where: { path: 'price', atLeast: 50 },
            during: { last: { days: 30 } },
          },
        },
        { none: [{ event: { name: 'ordered', during: { last: { days: 90 } } } }] },
      ],
    },
    duckdb: `SELECT count(*) FROM users u WHERE points >= 5000
      AND EXISTS (SELECT 1 FROM events e WHERE e.user_id = u.id AND e.name = 'viewedItem' AND e.price >= 50
        AND e.happened > $now::TIMESTAMP - INTERVAL 720 HOURS AND e.happened <= $now::TIMESTAMP)
      AND NOT EXISTS (SELECT 1 FROM events e WHERE e.user_id = u.id AND e.name = 'ordered'
        AND e.happened > $now::TIMESTAMP - INTERVAL 2160 HOURS AND e.happened <= $now::TIMESTAMP)`,
  },
] as const;

/**
 * Makes so many people with twenty events each, counts three definitions by the program and by DuckDB on the same rows, and prints
 * the table on standard output.
 * @returns Whether both count alike.
 */
export async function measureDefinitions(people: number): Promise<boolean> {
  const stack = new AsyncDisposableStack();
  try {
    const carillon = await startCarillon(stack);
    const api = openApi(carillon.program.url, carillon.apiKey);
    stack.defer(api.close);
    const connection = connect(carillon.database.url, 4);
    stack.defer(connection.close);
    const place = await makePlace(api);
    await unlessInterrupted(fill(connection.db, place, people));
    const duckdb = await openDuckdb(carillon.database.url, carillon.folder);
    stack.defer(async () => duckdb.closeSync());
    const cases: DefinitionCase[] = [];
    for (const question of questions) {
      say(question.name);
      const definition = readDefinition(
        { kinds: segmentKinds, timeZone: 'UTC', segments: new Map() },
        question.definition,
      );
      const now = new Date();
      const ours = await timed(() => countOf(connection.db, definition, place.projectId, now));
      const theirs = await timed(async () => {
        const reader = await duckdb.runAndReadAll(
          question.duckdb.replaceAll('$now', `'${now.toISOString().replace('T', ' ').replace('Z', '')}'`),
        );
        return Number(reader.getRows()[0]?.[0]);
      });
      const preview = await timePreview(api, question.definition);
      cases.push({ name: question.name, ours, theirs, ...preview });
    }
    const machine = await describeMachine(carillon.database.url);
    process.stdout.write(
      `\n${renderDefinitions(cases, { people, events: people * eventsEach, machine, atOnce })}\n`,
    );
    return cases.every(({ ours, theirs }) => ours.count === theirs.count);
  } finally {
    await stack.disposeAsync();
  }
}

async function makePlace(api: Api): Promise<Place> {
  const messageTypeId = await messageType(api, 'promotional');
  const answer = await api.call('GET', '/api/messageTypes');
  const types = readValue(answer, 'messageTypes') as { id: number; channelId: number }[];
  return {
    projectId: readNumber(await api.call('GET', '/api/project'), 'id'),
    listId: readNumber(await api.call('POST', '/api/lists', { name: 'Everybody' }), 'listId'),
    channelId: types.find(({ id }) => id === messageTypeId)?.channelId ?? 0,
    messageTypeId,
  };
}

async function fill(db: Database, place: Place, people: number): Promise<void> {
  await makePeopleInBulk(db, place, { from: 0, count: people }, planBlast().prefixes);
  await makeEvents(db, place, people);
  say('statistics');
  await sql`VACUUM ANALYZE`.execute(db);
}

/** Half of what people did is a view with a price, a tenth an order; some do much and most do little of each. */
async function makeEvents(db: Database, { projectId, listId }: Place, people: number): Promise<void> {
  const bar = startBar('events', people * eventsEach);
  let done = 0;
  await inEachLane((lane) =>
    db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL synchronous_commit = off`.execute(transaction);
      const { numAffectedRows } = await sql`
        INSERT INTO event (lane, id, project_id, user_id, name, kind, data, happened_at, recorded_at)
        SELECT ${lane}, nextval('event_id_seq'), ${projectId}, d.user_id,
          CASE WHEN d.draw < 0.5 THEN 'viewedItem' WHEN d.draw < 0.6 THEN 'ordered' ELSE 'opened' END, 'custom',
          jsonb_build_object('price', (d.draw * 10007)::int % 100, 'page', 'rewards'),
          now() - d.age * make_interval(days => ${days}::int), now()
        FROM (SELECT m.user_id, random() AS draw, random() AS age
          FROM list_member m CROSS JOIN generate_series(1, ${eventsEach}::int) n
          WHERE m.lane = ${lane} AND m.list_id = ${listId}) d`.execute(transaction);
      done += Number(numAffectedRows ?? 0);
      bar.at(done);
    }),
  );
  bar.end();
}

/** A DuckDB in memory with the same rows, what the questions ask for as columns of its own. */
async function openDuckdb(databaseUrl: string, folder: string) {
  const [users, events] = [join(folder, 'users.csv'), join(folder, 'events.csv')];
  say('the same rows for DuckDB');
  await copyOut(
    databaseUrl,
    `SELECT id, data_fields->>'lastName', (data_fields->>'points')::int FROM users`,
    users,
  );
  await copyOut(
    databaseUrl,
    `SELECT user_id, name, (data->>'price')::int, happened_at AT TIME ZONE 'UTC' FROM event`,
    events,
  );
  const instance = await DuckDBInstance.create(':memory:', { threads: String(atOnce) });
  const duckdb = await instance.connect();
  await duckdb.run('CREATE TABLE users (id BIGINT, last_name VARCHAR, points INTEGER)');
  await duckdb.run('CREATE TABLE events (user_id BIGINT, name VARCHAR, price INTEGER, happened TIMESTAMP)');
  await duckdb.run(`COPY users FROM '${users}' (FORMAT csv, HEADER false)`);
  await duckdb.run(`COPY events FROM '${events}' (FORMAT csv, HEADER false)`);
  return duckdb;
}

async function copyOut(databaseUrl: string, rows: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await pipeline(client.query(copyTo(`COPY (${rows}) TO STDOUT (FORMAT csv)`)), createWriteStream(file));
  } finally {
    await client.end();
  }
}

/** How many a definition holds of: the statements of a send's audience, a lane each, two at a time. */
async function countOf(db: Database, definition: Definition, projectId: number, now: Date): Promise<number> {
  const left = lanes.values();
  let sum = 0;
  const next = async () => {
    for (const lane of left) {
      const asked = { projectId, lane, now, among: null };
      const { rows } = await sql<{ count: number }>`
        SELECT count(*)::int AS count FROM users u
        WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND ${definition.holds(asked)}`.execute(db);
      sum += rows[0]?.count ?? 0;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return sum;
}

async function timed(count: () => Promise<number>): Promise<{ count: number; ms: number }> {
  let counted = await count();
  const times: number[] = [];
  for (let time = 0; time < timesEach; time++) {
    const begin = performance.now();
    counted = await count();
    times.push(performance.now() - begin);
  }
  return { count: counted, ms: median(times) };
}

/** Until the console's first answer, with reach and each condition by itself, and until it is exact. */
async function timePreview(api: Api, definition: unknown): Promise<{ firstMs: number; exactMs: number }> {
  const begin = performance.now();
  let firstMs: number | null = null;
  for (;;) {
    const answer = await api.call('POST', '/api/segments/preview', { definition });
    firstMs ??= performance.now() - begin;
    if (readValue(answer, 'isCounted') === true) return { firstMs, exactMs: performance.now() - begin };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
