import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  addMessages,
  addSender,
  addTemplate,
  addUsers,
  type Ground,
  type TestUser,
} from '../../campaigns/campaign-fixtures.ts';
import { insertProject } from '../../consent/new-project.ts';
import { changeMessages } from '../../delivery/rollups/count-changes.sql.ts';
import { findChangedRollups, foldChanges } from '../../delivery/rollups/fold-changes.sql.ts';
import { takeRequestId } from '../../requests/request-key.sql.ts';
import { standingClock, type TestClock } from '../../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { clickOn } from '../response-fixtures.ts';
import { campaignTotals } from './campaign-totals.ts';

const campaignId = 7;
const minute = 60_000;
let database: TestDatabase;
let ground: Ground;
let clock: TestClock;
let senderId: number;
let templateId: number;
let users: TestUser[];
before(async () => {
  database = await startTestDatabase();
  clock = standingClock('2026-11-23T17:20:00Z');
  const projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at: clock.now() });
  ground = { db: database.db, projectId, at: clock.now() };
  senderId = await addSender(ground);
  templateId = await addTemplate(ground);
  users = await addUsers(ground, 12);
});
after(() => database.close());

/** A message as somebody who wrote everything down knows it. */
interface Noted {
  user: TestUser;
  id: number;
  /** By which it is in a range: its launch's, or its own. */
  time: number;
  status: 'queued' | 'delivered' | 'bounced' | 'skipped';
  clicks: number;
}

/** All that happened, written down beside the database. */
interface Book {
  messages: Noted[];
  launch: { id: number; time: number } | null;
  times: number[];
}

type Deed = (book: Book, pick: number) => Promise<unknown>;
const at = () => ({ ...ground, at: clock.now() });

async function write(book: Book, pick: number, requestId: number, time: number, user: TestUser) {
  const status = (['queued', 'delivered', 'bounced', 'skipped'] as const)[pick % 4] ?? 'queued';
  if (book.messages.some((each) => each.user.id === user.id && each.time === time)) return;
  const [id = 0] = await addMessages(at(), [{ user, requestId, campaignId, status, senderId }]);
  book.messages.push({ user, id, time, status, clicks: 0 });
  book.times.push(time, clock.now().getTime());
}

const somebody = (pick: number) => users[pick % users.length] ?? { id: 0, lane: 0 };

const deeds: Record<string, Deed> = {
  launch: async (book) => {
    const id = await takeRequestId(ground.db);
    await sql`
      INSERT INTO send_request (id, project_id, campaign_id, campaign_name, template_id, state, send_at, created_at)
      VALUES (${id}, ${ground.projectId}, ${campaignId}, 'Sale', ${templateId}, 'admitted', ${clock.now()},
        ${new Date(clock.now().getTime() - 3_600_000)})`.execute(ground.db);
    clock.advance(1_000);
    book.launch = { id, time: clock.now().getTime() - 1_000 };
  },
  admit: async (book, pick) => {
    const { launch } = book;
    if (!launch) return;
    for (const more of [0, 1, 2])
      await write(book, pick + more, launch.id, launch.time, somebody(pick + more));
    clock.advance(1_000);
  },
  sendToOne: async (book, pick) => {
    await write(book, pick, await takeRequestId(ground.db), clock.now().getTime(), somebody(pick));
    clock.advance(1_000);
  },
  settle: async (book, pick) => {
    const { lane } = somebody(pick);
    await changeMessages({
      ...{ lane, which: sql`campaign_id = ${campaignId} AND status = 'queued'`, told: sql`id` },
      set: sql`status = 'delivered', dispatched_at = ${clock.now()}, delivered_at = ${clock.now()}`,
    }).execute(ground.db);
    for (const message of book.messages)
      if (message.user.lane === lane && message.status === 'queued') message.status = 'delivered';
  },
  click: async (book, pick) => {
    const message = book.messages[pick % Math.max(1, book.messages.length)];
    if (!message) return;
    await clickOn(at(), { ...message.user, messageId: message.id, campaignId }, 'person');
    message.clicks += 1;
  },
  fold: async () => {
    for (const { lane } of await findChangedRollups(ground.db, clock.now()))
      await foldChanges(ground.db, lane, clock.now());
  },
  minutesPass: async (_, pick) => clock.advance((pick % 50) * minute),
  daysPass: async (_, pick) => clock.advance((pick % 3) * 1_440 * minute),
};

const empty = () =>
  sql`TRUNCATE message, message_rollup, message_rollup_change, response_rollup, response_change, responder, link_click,
    send_request CASCADE`.execute(ground.db);

function factsOf({ messages }: Book, from: number, to: number) {
  const own = messages.filter(({ time }) => time >= from && time < to);
  const of = (...statuses: string[]) => own.filter(({ status }) => statuses.includes(status));
  const people = (all: readonly Noted[]) => new Set(all.map(({ user }) => user.id)).size;
  const clicked = own.filter(({ clicks }) => clicks > 0);
  return {
    ...{ audience: own.length, sends: of('delivered', 'bounced').length, pending: of('queued').length },
    ...{ skips: of('skipped').length, segments: of('delivered', 'bounced').length },
    ...{ uniqueSends: people(of('delivered', 'bounced')), uniqueDelivered: people(of('delivered')) },
    clicks: clicked.reduce((sum, { clicks }) => sum + clicks, 0),
    clicked: people(clicked),
  };
}

async function told(from: number, to: number) {
  const range = { from: new Date(from), to: new Date(to) };
  const totals = await campaignTotals(ground.db, ground.projectId, campaignId, range);
  const { audience, sends, pending, skips, segments, uniqueSends, uniqueDelivered, clicks } = totals;
  return {
    ...{ audience, sends, pending, skips, segments, uniqueSends, uniqueDelivered },
    ...{ clicks: clicks.total, clicked: clicks.unique },
  };
}

test('a range has launches whole by their time and what was sent to one person by its own, however it cuts what is counted together', async () => {
  const often = ['launch', 'admit', 'admit', 'sendToOne', 'sendToOne', 'minutesPass', 'fold'];
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(deeds), ...often),
    pick: fc.nat({ max: 1_000 }),
  });
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 15, maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 5, maxLength: 5 }),
      async (steps, picks) => {
        await empty();
        const book: Book = { messages: [], launch: null, times: [clock.now().getTime()] };
        for (const { name, pick } of steps) {
          await deeds[name]?.(book, pick);
          done.add(name);
        }
        const ends = book.times.flatMap((time) => [time, time + 1_000, time - 90 * minute]);
        const end = (pick: number) => ends[pick % ends.length] ?? 0;
        for (const [one, other] of picks) {
          const [from, to] = [Math.min(end(one), end(other)), Math.max(end(one), end(other))];
          assert.deepEqual(await told(from, to), factsOf(book, from, to));
        }
        assert.deepEqual(await told(0, 8.64e14), factsOf(book, 0, 8.64e14));
      },
    ),
    { numRuns: 15 },
  );
  assert.deepEqual([...done].sort(), Object.keys(deeds).sort(), 'everything has happened');
});
