import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  addMessages,
  addSender,
  addUsers,
  findChannel,
  type Ground,
  type TestUser,
} from '../../campaigns/campaign-fixtures.ts';
import { insertProject } from '../../consent/new-project.ts';
import { findChangedRollups, foldChanges } from '../../delivery/rollups/fold-changes.sql.ts';
import { foldResponses, readLinkCounts, readResponses } from '../../delivery/rollups/fold-responses.sql.ts';
import { openOutbox } from '../../happenings/outbox.ts';
import { askTogether } from '../../lanes/over-lanes.sql.ts';
import { peopleOf } from '../../program/personal-data.ts';
import { standingClock, type TestClock } from '../../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { deleteUsers } from '../../users/delete-users.ts';
import { mergeUsers } from '../../users/merge-users.ts';
import { clickOn, openEmail, optOut, writeTo } from '../response-fixtures.ts';
import { countResponses } from '../totals/campaign-totals.sql.ts';

const campaigns = [7, 8];
const day = 86_400_000;
let database: TestDatabase;
let ground: Ground;
let clock: TestClock;
let senderId: number;
let channelId: number;
before(async () => {
  database = await startTestDatabase();
  clock = standingClock('2026-11-23T17:20:00Z');
  const projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at: clock.now() });
  ground = { db: database.db, projectId, at: clock.now() };
  senderId = await addSender(ground);
  channelId = (await findChannel(ground)).channelId;
});
after(() => database.close());

/** A message as somebody who wrote everything down knows it. */
interface Noted {
  user: TestUser;
  messageId: number;
  campaignId: number;
  admittedAt: number;
  leftAt: number;
  bounced: boolean;
}

/** A response as it was put down to a campaign when it came. */
interface Answered {
  campaignId: number;
  kind: string;
  subject: number;
  /** When the messages were admitted that it is put down to. */
  admitted: number[];
  /** Where a click led. */
  url?: string;
}

/** From (inclusive) and to (exclusive), ms since 1970. */
type Range = readonly [from: number, to: number];
const always: Range = [0, 8.64e14];

/** All that happened, written down beside the database. */
class Book {
  readonly users: TestUser[] = [];
  readonly gone = new Set<number>();
  readonly messages: Noted[] = [];
  readonly answered: Answered[] = [];

  /** Puts a reply or an opt-out down to each campaign that reached the person within the day before. */
  putDown(kind: 'reply' | 'optOut', { id }: TestUser, at: number): void {
    const reached = this.messages.filter(
      ({ user, leftAt, bounced }) =>
        user.id === id && leftAt <= at && leftAt > at - day && !(kind === 'optOut' && bounced),
    );
    for (const [campaignId, own] of Map.groupBy(reached, (each) => each.campaignId))
      this.answered.push({ campaignId, kind, subject: id, admitted: own.map((each) => each.admittedAt) });
  }

  /** What a person or a machine did with one message. */
  note({ campaignId, admittedAt }: Noted, kind: string, subject: number, url?: string): void {
    this.answered.push({ campaignId, kind, subject, admitted: [admittedAt], ...(url && { url }) });
  }

  /** What a campaign comes to: by messages of a range, and the clicks on what `within` says, where it is given. */
  countsOf(
    campaignId: number,
    within?: (url: string) => boolean,
    [from, to]: Range = always,
  ): Record<string, [number, number]> {
    const own = this.answered.filter(
      (each) =>
        each.campaignId === campaignId &&
        (!within || (each.url && within(each.url))) &&
        each.admitted.some((at) => at >= from && at < to),
    );
    return Object.fromEntries(
      [...Map.groupBy(own, ({ kind }) => kind)].map(([kind, all]) => {
        const isOfNobody = kind === 'preview' || kind === 'bot';
        return [kind, [all.length, isOfNobody ? 0 : new Set(all.map(({ subject }) => subject)).size]];
      }),
    );
  }
}

/** Two of them are one page's. */
const urls = ['https://shop.example/hat?c=1', 'https://shop.example/hat?c=2', 'https://shop.example/scarf'];

type Deed = (book: Book, pick: number) => Promise<unknown>;
const at = () => ({ ...ground, at: clock.now() });
const one = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];
const somebody = ({ users, gone }: Book, pick: number) =>
  one(
    users.filter(({ id }) => !gone.has(id)),
    pick,
  );
const people = () => peopleOf(ground.db, openOutbox([], clock));
const sentOf = ({ user, messageId, campaignId }: Noted) => ({ ...user, messageId, campaignId });

const deeds: Record<string, Deed> = {
  arrive: async (book) => {
    book.users.push(...(await addUsers(at(), 2)));
  },
  send: async (book, pick) => {
    const user = somebody(book, pick);
    const campaignId = one(campaigns, pick) ?? 0;
    if (!user) return;
    const status = pick % 5 ? 'delivered' : 'bounced';
    const messages = [
      { user, requestId: pick * 1_000 + book.messages.length, campaignId, status, senderId } as const,
    ];
    const [messageId = 0] = await addMessages(at(), messages);
    const leftAt = clock.now().getTime();
    const bounced = status === 'bounced';
    book.messages.push({ user, messageId, campaignId, admittedAt: leftAt, leftAt, bounced });
  },
  click: async (book, pick) => {
    const message = one(book.messages, pick);
    if (!message) return;
    const visitor = one(['person', 'person', 'preview', 'bot'] as const, pick) ?? 'person';
    const url = one(urls, pick >> 2) ?? '';
    await clickOn(at(), sentOf(message), visitor, url);
    book.note(message, visitor === 'person' ? 'click' : visitor, message.user.id, url);
  },
  open: async (book, pick) => {
    const message = one(book.messages, pick);
    if (!message) return;
    const { messageId, user } = message;
    const visitor = pick % 3 ? 'person' : 'machine';
    const { rows } = await sql`
      SELECT FROM email_open WHERE lane = ${user.lane} AND message_id = ${messageId} AND visitor = ${visitor}`.execute(
      ground.db,
    );
    await openEmail(at(), sentOf(message), visitor);
    if (rows.length > 0) return;
    book.note(message, 'open', user.id);
    book.note(message, 'openedMessage', messageId);
    if (visitor === 'person') book.note(message, 'openByPerson', user.id);
  },
  reply: async (book, pick) => {
    const user = somebody(book, pick);
    if (!user) return;
    await writeTo(at(), user, pick % 7 ? senderId : senderId + 1, 'hi', clock.now());
    if (pick % 7) book.putDown('reply', user, clock.now().getTime());
    // What leaves afterwards was not answered.
    clock.advance(1_000);
  },
  leave: async (book, pick) => {
    const user = somebody(book, pick);
    if (!user) return;
    const method = pick % 4 ? 'keyword' : 'import';
    await optOut(at(), user, channelId, method, clock.now());
    // A provider tells the same once more.
    await optOut(at(), user, channelId, method, clock.now());
    if (method === 'keyword') book.putDown('optOut', user, clock.now().getTime());
    clock.advance(1_000);
  },
  bounceLate: async (book, pick) => {
    const message = one(book.messages, pick);
    if (!message) return;
    clock.advance(1_000);
    await sql`UPDATE message SET status = 'bounced', failed_at = ${clock.now()}
      WHERE lane = ${message.user.lane} AND id = ${message.messageId} AND status <> 'bounced'`.execute(
      ground.db,
    );
    message.bounced = true;
    clock.advance(1_000);
  },
  leaveAgain: async (book, pick) => {
    // Its failure was told long after: what came by then is in the sums.
    const message = one(book.messages, pick);
    if (!message) return;
    await deeds.fold?.(book, 0);
    clock.advance(600_000);
    await sql`UPDATE message SET status = 'delivered', failed_at = NULL, dispatched_at = ${clock.now()}
      WHERE lane = ${message.user.lane} AND id = ${message.messageId}`.execute(ground.db);
    Object.assign(message, { leftAt: clock.now().getTime(), bounced: false });
    clock.advance(1_000);
  },
  merge: async (book, pick) => {
    const [from, to] = [somebody(book, pick), somebody(book, pick + 1)];
    if (!from || !to || from.id === to.id) return;
    await mergeUsers(people(), ground.projectId, from, to, [], clock.now());
    book.gone.add(from.id);
  },
  forget: async (book, pick) => {
    const user = somebody(book, pick);
    if (!user || pick % 3) return;
    await deleteUsers(people(), ground.projectId, [user], clock.now());
    book.gone.add(user.id);
  },
  fold: async () => {
    for (const { lane } of await findChangedRollups(ground.db, clock.now()))
      await foldChanges(ground.db, lane, clock.now());
  },
  dieWhileFolding: async () => {
    for (const { lane } of await findChangedRollups(ground.db, clock.now()))
      await assert.rejects(
        ground.db.transaction().execute(async (transaction) => {
          await foldResponses(transaction, lane);
          throw new Error('dead');
        }),
        /dead/,
      );
  },
  hoursPass: async (_, pick) => clock.advance((pick % 15) * 3_600_000),
};

const empty = () =>
  sql`TRUNCATE message, message_rollup, message_rollup_change, response_rollup, response_change, responder,
    response_put_down, link_click, email_open, inbound_message, consent_entry, subscription`.execute(
    ground.db,
  );

type Counts = Awaited<ReturnType<typeof readResponses>>;
const shown = (counts: Counts) =>
  Object.fromEntries(
    counts
      .filter(({ total }) => total > 0)
      .map(({ kind, total, people }) => [kind, [total, kind === 'preview' || kind === 'bot' ? 0 : people]]),
  );

const kept = async (campaignId: number) =>
  shown(await askTogether(ground.db, (ask) => readResponses(ask, ground.projectId, campaignId)));

/** As totals of a range are counted that cuts the campaign. */
async function counted(campaignId: number, [from, to]: Range) {
  const range = { from: new Date(from), to: new Date(to), within: [], outside: [] };
  const scope = { projectId: ground.projectId, campaignId, range, brake: null };
  return shown(await askTogether(ground.db, (ask) => countResponses(ask, scope)));
}

/** What is kept of clicks, on each address and then on each page, whatever their order. */
async function keptByLink(campaignId: number) {
  const counts = await askTogether(ground.db, (ask) => readLinkCounts(ask, ground.projectId, campaignId));
  return Map.groupBy(counts, ({ page, address }) => `${page} ${address}`)
    .values()
    .map((each) => Object.fromEntries(each.map(({ kind, total, people }) => [kind, [total, people]])))
    .toArray();
}

function expectedByLink(book: Book, campaignId: number) {
  const pages = [...new Set(urls.map((url) => url.split('?')[0] ?? ''))];
  return [
    ...urls.map((url) => book.countsOf(campaignId, (each) => each === url)),
    ...pages.map((page) => book.countsOf(campaignId, (each) => each.startsWith(page))),
  ].filter((counts) => Object.keys(counts).length > 0);
}

const inOneOrder = (counts: object[]) =>
  counts
    .map((each) =>
      Object.entries(each)
        .map(([kind, [total, people]]) => `${kind} ${total} ${people}`)
        .sort()
        .join(', '),
    )
    .sort();

/** What is kept of both campaigns, and what is counted of any range, is what came. */
async function holds(book: Book): Promise<void> {
  const admitted = book.messages.map(({ admittedAt }) => admittedAt).sort((a, b) => a - b);
  const middle = admitted[Math.floor(admitted.length / 2)] ?? 0;
  for (const campaignId of campaigns) {
    assert.deepEqual(await kept(campaignId), book.countsOf(campaignId));
    assert.deepEqual(inOneOrder(await keptByLink(campaignId)), inOneOrder(expectedByLink(book, campaignId)));
    for (const range of [always, [always[0], middle], [middle, always[1]]] as const)
      assert.deepEqual(
        await counted(campaignId, range),
        book.countsOf(campaignId, undefined, range),
        `${range}`,
      );
  }
}

test('what is kept of clicks, opens, replies and opt-outs, and counted of a range, is what came, whoever is merged, forgotten, bounces later or is sent it again', async () => {
  const often = ['send', 'send', 'send', 'click', 'click', 'open', 'reply', 'leave', 'arrive'];
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(deeds), ...often),
    pick: fc.nat({ max: 1_000 }),
  });
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), async (steps) => {
      await empty();
      const book = new Book();
      await deeds.arrive?.(book, 0);
      for (const { name, pick } of steps) {
        await deeds[name]?.(book, pick);
        done.add(name);
      }
      await holds(book);
      await deeds.fold?.(book, 0);
      await holds(book);
      const { rows } = await sql`SELECT FROM response_change`.execute(ground.db);
      assert.equal(rows.length, 0);
    }),
    { numRuns: 12 },
  );
  assert.deepEqual([...done].sort(), Object.keys(deeds).sort(), 'everything has happened');
});
