import { sql } from 'kysely';
import { connect, type Database } from '../../server/database/connect.ts';
import { type Api, openApi, readList, readNumber, readValue } from '../api.ts';
import { eventRow, sendBulk, userRow } from '../ingest.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { describeMachine } from '../machine.ts';
import { makePeople, type Person } from '../people.ts';
import { planBlast } from '../plan-blast.ts';
import { say } from '../progress.ts';
import { startCarillon } from '../start-carillon.ts';
import { median } from '../table.ts';
import { type LiveCase, renderLive } from './live-table.ts';

const people = 5_000;
/** Single calls whose answers are timed, and events of a bulk whose whole work is. */
const [singles, inBulk] = [200, 10_000];
/** Live segments, and whether they name the event that is tracked; with none first and last, which tells how steady the machine was. */
const cases = [
  { segments: 0, naming: true },
  { segments: 100, naming: false },
  { segments: 10, naming: true },
  { segments: 100, naming: true },
  { segments: 0, naming: true },
] as const;

/**
 * Tracks events with live segments that name them and that do not, and prints the table of what an event costs on standard output.
 * @returns Whether each event was heard by each segment that names it.
 */
export async function measureLive(): Promise<boolean> {
  const stack = new AsyncDisposableStack();
  try {
    const carillon = await startCarillon(stack);
    const api = openApi(carillon.program.url, carillon.apiKey);
    stack.defer(api.close);
    const connection = connect(carillon.database.url, 2);
    stack.defer(connection.close);
    const all = makePeople(0, people, planBlast().prefixes);
    await sendBulk(api, 'people', '/api/users/bulkUpdate', all.map(userRow), (users) => ({ users }));
    const measured: LiveCase[] = [];
    // What is compiled and planned at first is not what an event costs.
    await unlessInterrupted(measureEvents(api, connection.db, all));
    for (const each of cases) {
      say(`${each.segments} live segments that ${each.naming ? '' : 'do not '}name the event`);
      measured.push(await unlessInterrupted(measureCase(api, connection.db, all, each)));
    }
    const machine = await describeMachine(carillon.database.url);
    process.stdout.write(`\n${renderLive(measured, { people, singles, inBulk, machine })}\n`);
    return measured.every(({ isRight }) => isRight);
  } finally {
    await stack.disposeAsync();
  }
}

async function measureCase(
  api: Api,
  db: Database,
  all: readonly Person[],
  { segments, naming }: (typeof cases)[number],
): Promise<LiveCase> {
  const ids: number[] = [];
  for (let index = 0; index < segments; index++) {
    const event = {
      name: naming ? 'viewedItem' : 'other',
      times: { atLeast: index + 1 },
      during: { last: { days: 30 } },
    };
    ids.push(
      readNumber(
        await api.call('POST', '/api/segments', {
          name: `Segment ${index}`,
          definition: { event },
          live: true,
        }),
        'id',
      ),
    );
  }
  await until('all to be filled', async () => {
    const answer = readList(await api.call('GET', '/api/segments'), 'segments');
    return answer.every((segment) => readValue(segment, 'filling') === undefined);
  });
  const figures = await measureEvents(api, db, all);
  const isRight = !naming || segments === 0 || (await isKept(db, ids[0] ?? 0));
  for (const id of ids) await api.call('DELETE', `/api/segments/${id}`);
  await until('all to be emptied', async () => (await countOf(db, 'segment_meaning')) === 0);
  return { segments, naming, isRight, ...figures };
}

async function measureEvents(
  api: Api,
  db: Database,
  all: readonly Person[],
): Promise<Pick<LiveCase, 'callMs' | 'bulkMs' | 'heardMs'>> {
  const times: number[] = [];
  for (const person of all.slice(0, singles)) {
    const begin = performance.now();
    await api.call('POST', '/api/events/track', eventRow(person));
    times.push(performance.now() - begin);
  }
  await until('all to be heard', async () => (await countOf(db, 'happening')) === 0);
  const rows = Array.from({ length: inBulk }, (_, index) => eventRow(all[index % all.length] as Person));
  const begin = performance.now();
  await sendBulk(api, 'events', '/api/events/trackBulk', rows, (events) => ({ events }));
  const bulkMs = performance.now() - begin;
  await until('all to be heard', async () => (await countOf(db, 'happening')) === 0);
  return { callMs: median(times), bulkMs, heardMs: performance.now() - begin };
}

/** Whether a segment of everybody who did it has everybody who did. */
async function isKept(db: Database, segmentId: number): Promise<boolean> {
  const { rows } = await sql<{ kept: number; asked: number }>`
    SELECT (SELECT count(*) FROM segment_standing WHERE segment_id = ${segmentId} AND is_member) AS kept,
      (SELECT count(DISTINCT user_id) FROM event WHERE name = 'viewedItem') AS asked`.execute(db);
  return rows[0] !== undefined && rows[0].kept === rows[0].asked;
}

async function countOf(db: Database, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 300_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
