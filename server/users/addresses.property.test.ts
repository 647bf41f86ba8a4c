import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { media } from '../medium/media.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { chooseAddresses } from './address-rows.sql.ts';
import { type Address, addressesOn } from './addresses.ts';

const lane = 7;
let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

const drawn: fc.Arbitrary<Address> = fc.record({
  kind: fc.constantFrom('phone', 'whatsApp', 'email', 'roof'),
  value: fc.constantFrom('+14155550101', '+14155550102', 'US.1', 'US.2', 'a@example.com', 'b@example.com'),
  addedAt: fc.constantFrom(new Date('2026-11-20T00:00:00Z'), new Date('2026-11-21T00:00:00Z')),
  unreachable: fc.dictionary(
    fc.constantFrom('sms', 'whatsApp', 'email'),
    fc.constant({ code: '30005', since: '2026-11-21T00:00:00.000Z' }),
  ),
});
const people = fc.array(fc.uniqueArray(drawn, { selector: ({ value }) => value, maxLength: 8 }), {
  minLength: 1,
  maxLength: 20,
});

test('whatever addresses people have, SQL and the rule in memory choose the same one on each medium', () =>
  fc.assert(
    fc.asyncProperty(people, async (all) => {
      const { db } = database;
      await db.deleteFrom('address').where('lane', '=', lane).execute();
      const rows = all.flatMap((own, index) => own.map((address) => ({ ...address, userId: index + 1 })));
      await sql`
        INSERT INTO address (lane, project_id, user_id, kind, value, added_at, unreachable)
        SELECT ${lane}, 1, n.* FROM unnest(${rows.map((row) => row.userId)}::bigint[], ${rows.map((row) => row.kind)}::text[],
          ${rows.map((row) => row.value)}::text[], ${rows.map((row) => row.addedAt)}::timestamptz[],
          ${rows.map((row) => JSON.stringify(row.unreachable))}::jsonb[]) n`.execute(db);
      const ids = all.map((_, index) => index + 1);
      for (const { name } of media) {
        const chosen = await chooseAddresses(db, name, lane, ids);
        for (const [index, own] of all.entries()) {
          const best = addressesOn(name, own)[0];
          const code = best?.unreachable[name]?.code ?? null;
          assert.deepEqual(chosen.get(index + 1), best && { value: best.value, code });
        }
      }
    }),
    { numRuns: 60 },
  ));

test('a person is reached where somebody answers before where nobody does, by the best kind, at the newest', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  const dead = { whatsApp: { code: '131026', since: at(20).toISOString() } };
  const number = { kind: 'phone', value: '+14155550101', addedAt: at(1), unreachable: {} };
  const account = { kind: 'whatsApp', value: 'US.1', addedAt: at(9), unreachable: {} };
  const newer = { ...number, value: '+14155550102', addedAt: at(2) };
  const chosen = (...addresses: Address[]) => addressesOn('whatsApp', addresses)[0]?.value;
  assert.equal(chosen(account), 'US.1', 'who shows no number is reached by the user id');
  assert.equal(chosen(account, number), '+14155550101');
  assert.equal(chosen(number, newer), '+14155550102');
  assert.equal(chosen(account, { ...number, unreachable: dead }), 'US.1');
  assert.equal(chosen({ ...account, unreachable: dead }, { ...number, unreachable: dead }), '+14155550101');
  assert.equal(addressesOn('sms', [{ ...number, unreachable: dead }, newer])[0]?.value, newer.value);
});
