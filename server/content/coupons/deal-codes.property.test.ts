import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { insertProject } from '../../consent/new-project.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { addCodes, laneOfCode } from './add-codes.sql.ts';
import { foldedCode } from './code-rules.ts';
import { type CouponPool, insertPool } from './coupon-pools.sql.ts';
import { giveCodes, holdCodes, messagesWithCodes, takeBackCodes } from './deal-codes.sql.ts';
import { couponData } from './personal-data.ts';

let database: TestDatabase;
let projectId: number;
const at = new Date('2026-11-23T17:00:00Z');
before(async () => {
  database = await startTestDatabase();
  projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at });
});
after(() => database.close());

/** Four people of three lanes; the codes lie in any of the 64. */
const people = [
  { userId: 1, lane: 3 },
  { userId: 2, lane: 3 },
  { userId: 3, lane: 17 },
  { userId: 4, lane: 40 },
];
type Deed =
  | { kind: 'give'; person: number; givenFor: number; commits: boolean }
  | { kind: 'skip'; message: number }
  | { kind: 'merge'; from: number; to: number }
  | { kind: 'forget'; person: number };
const person = fc.nat({ max: people.length - 1 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      person,
      givenFor: fc.nat({ max: 2 }),
      commits: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('skip' as const), message: fc.nat({ max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: person, to: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), person }) },
);

/** What a simple book of who has which code would say. */
interface Book {
  free: Set<string>;
  /** By person and what it is for. */
  theirs: Map<string, string>;
  /** Messages that alone show a code. */
  alone: Map<number, string>;
}

test('whatever is dealt, skipped, merged, forgotten or rolled back, each code is in one place, and nobody sees another’s', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 6 }), fc.array(deed, { maxLength: 25 }), async (count, deeds) => {
      const { db } = database;
      const pool = await insertPool(
        db,
        projectId,
        { name: `p${++round}`, description: null, one_for: 'campaign', expires_at: null, alarm_below: null },
        at,
      );
      assert.ok(pool);
      const codes = Array.from({ length: count }, (_, index) => `R${round}C${index}`);
      if (count > 0)
        await addCodes(
          db,
          pool,
          codes.map((code, place) => ({ code, place })),
          { buttonLimit: null },
        );
      const book: Book = { free: new Set(codes), theirs: new Map(), alone: new Map() };
      let message = 0;
      for (const each of deeds) message = await act(pool, book, each, message);
      await compare(pool, codes, book);
      await sql`DELETE FROM coupon WHERE pool_id = ${pool.id}`.execute(db);
    }),
    { numRuns: 40 },
  );
});

/** Does a deed in the database and in the book; answers the number of the last message. */
async function act(pool: CouponPool, book: Book, each: Deed, last: number): Promise<number> {
  const { db } = database;
  if (each.kind === 'give') {
    const { userId, lane } = people[each.person]!;
    const message = last + 1;
    const key = `${userId} ${each.givenFor}`;
    const known = book.theirs.get(key);
    let shown: string | undefined;
    const rolledBack = new Error('rolled back');
    await db
      .transaction()
      .execute(async (transaction) => {
        const [held] = await holdCodes(transaction, lane, pool, [{ userId, givenFor: each.givenFor }]);
        shown = held?.code;
        if (held)
          await giveCodes(
            transaction,
            lane,
            [{ ...held, messageId: message, campaignId: each.givenFor }],
            at,
          );
        if (!each.commits) throw rolledBack;
      })
      .catch((error: unknown) => assert.equal(error, rolledBack));
    if (known !== undefined) assert.equal(shown, known, 'their own code again');
    else assert.equal(shown !== undefined, book.free.size > 0, 'the last code is found');
    if (shown === undefined || !each.commits) return message;
    if (known !== undefined) {
      for (const [id, code] of book.alone) if (code === shown) book.alone.delete(id);
    } else {
      assert.ok(book.free.delete(shown), 'a code that nobody has');
      book.theirs.set(key, shown);
      book.alone.set(message, shown);
    }
    return message;
  }
  if (each.kind === 'skip') {
    for (const lane of new Set(people.map((one) => one.lane)))
      await db.transaction().execute(async (transaction) => {
        const ids = await messagesWithCodes(transaction, lane, [each.message]);
        await takeBackCodes(transaction, lane, ids);
      });
    const code = book.alone.get(each.message);
    if (code === undefined) return last;
    book.alone.delete(each.message);
    book.free.add(code);
    for (const [key, theirs] of book.theirs) if (theirs === code) book.theirs.delete(key);
    return last;
  }
  const one = people[each.kind === 'merge' ? each.from : each.person]!;
  const ref = { id: one.userId, lane: one.lane };
  const own = [...book.theirs].filter(([key]) => key.startsWith(`${one.userId} `));
  if (each.kind === 'merge') {
    const to = people[each.to]!;
    if (to.userId === one.userId) return last;
    await db.transaction().execute((transaction) =>
      couponData.moveUser!(transaction, {
        ...{ announce: async () => undefined, projectId, at },
        ...{ from: ref, to: { id: to.userId, lane: to.lane } },
      }),
    );
    for (const [key, code] of own) {
      const theirs = key.replace(/^\d+/, String(to.userId));
      if (!book.theirs.has(theirs)) book.theirs.set(theirs, code);
    }
  } else
    await db.transaction().execute((transaction) =>
      couponData.forgetUsers!(transaction, {
        ...{ announce: async () => undefined, projectId, lane: one.lane, at, merged: [] },
        users: [{ id: one.userId } as never],
      }),
    );
  for (const [key, code] of own) {
    book.theirs.delete(key);
    for (const [id, shown] of book.alone) if (shown === code) book.alone.delete(id);
  }
  return last;
}

async function compare(pool: CouponPool, codes: readonly string[], book: Book): Promise<void> {
  const { rows } = await sql<{ lane: number; code: string; state: string; key: string | null }>`
    SELECT lane, code, state, user_id || ' ' || given_for AS key FROM coupon
    WHERE pool_id = ${pool.id}`.execute(database.db);
  const there = rows.filter(({ state }) => state !== 'elsewhere');
  assert.deepEqual(there.map(({ code }) => code).sort(), [...codes].sort(), 'each code is in one place');
  const free = there.filter(({ state }) => state === 'free').map(({ code }) => code);
  assert.deepEqual(free.sort(), [...book.free].sort());
  const theirs = there.flatMap(({ key, code }) => (key === null ? [] : [[key, code]]));
  assert.deepEqual(theirs.sort(), [...book.theirs].sort());
  for (const code of codes) {
    const home = laneOfCode(projectId, foldedCode(code));
    assert.ok(
      rows.some((row) => row.code === code && row.lane === home),
      'its own lane knows it',
    );
  }
}
