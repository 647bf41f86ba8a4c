import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canReach, chooseSender, type SenderCandidate, type SenderRequest } from './choose-sender.ts';

const sender = (id: number, change: Partial<SenderCandidate> = {}): SenderCandidate => ({
  id,
  kind: 'longCode',
  medium: 'sms',
  purpose: 'promotional',
  country: 'US',
  state: 'active',
  ...change,
});

const request = (change: Partial<SenderRequest> = {}): SenderRequest => ({
  choice: { kind: 'any' },
  medium: 'sms',
  purpose: 'promotional',
  userId: 1,
  country: 'US',
  sticky: null,
  ...change,
});

describe('why nobody may send', () => {
  test('no sender of the medium', () =>
    assert.deepEqual(chooseSender(request({ medium: 'email' }), [sender(1)]), { refusal: 'noSender' }));
  test('a sender of the other purpose is never used', () => {
    const transactional = [sender(1, { purpose: 'transactional' })];
    const choice = { kind: 'sender', senderId: 1 } as const;
    assert.deepEqual(chooseSender(request({ choice }), transactional), { refusal: 'senderPurpose' });
    assert.deepEqual(chooseSender(request(), transactional), { refusal: 'noSender' });
  });
  test('the sender is stopped', () =>
    assert.deepEqual(chooseSender(request(), [sender(1, { state: 'stopped' })]), {
      refusal: 'senderStopped',
    }));
  test('the sender cannot reach the country', () =>
    assert.deepEqual(chooseSender(request({ country: 'DE' }), [sender(1, { kind: 'shortCode' })]), {
      refusal: 'senderCountry',
    }));
});

describe('where senders reach', () => {
  for (const [kind, from, to, reaches] of [
    ['shortCode', 'US', 'US', true],
    ['shortCode', 'US', 'PR', true],
    ['shortCode', 'US', 'CA', false],
    ['tollFree', 'US', 'CA', true],
    ['tollFree', 'US', 'GB', false],
    ['alphanumeric', 'GB', 'GB', true],
    ['alphanumeric', 'GB', 'DE', true],
    ['alphanumeric', 'GB', 'US', false],
    ['alphanumeric', 'GB', 'SG', false],
    ['alphanumeric', 'SG', 'SG', true],
    ['longCode', 'US', 'DE', true],
    ['longCode', 'GB', 'US', false],
    ['longCode', 'CA', 'US', true],
    ['whatsApp', 'US', 'BR', true],
    ['email', 'US', 'BR', true],
  ] as const)
    test(`${kind} of ${from} ${reaches ? 'reaches' : 'does not reach'} ${to}`, () =>
      assert.equal(canReach({ kind, country: from }, to), reaches));
});

const pool = (ids: readonly number[]) => ({ kind: 'pool', senderIds: ids }) as const;
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 });
const user = fc.integer({ min: 1, max: 2 ** 45 });

describe('a pool', () => {
  test('gives the same user the same sender every time, in whatever order the senders come', () =>
    fc.assert(
      fc.property(ids, user, (all, userId) => {
        const wanted = request({ choice: pool(all), userId });
        const senders = all.map((id) => sender(id));
        assert.deepEqual(chooseSender(wanted, senders), chooseSender(wanted, senders.toReversed()));
      }),
    ));

  test('keeps the sender a user knows while it can send', () =>
    fc.assert(
      fc.property(ids, user, fc.nat(), fc.boolean(), (all, userId, pick, stopped) => {
        const sticky = all[pick % all.length] ?? 0;
        const senders = all.map((id) =>
          sender(id, { state: stopped && id === sticky ? 'stopped' : 'active' }),
        );
        const chosen = chooseSender(request({ choice: pool(all), userId, sticky }), senders);
        if (!stopped) assert.deepEqual(chosen, { senderId: sticky });
        else if (all.length > 1) assert.notDeepEqual(chosen, { senderId: sticky });
        else assert.deepEqual(chosen, { refusal: 'senderStopped' });
      }),
    ));

  test('moves no user but those of the sender that leaves', () =>
    fc.assert(
      fc.property(ids, user, fc.nat(), (all, userId, pick) => {
        const leaving = all[pick % all.length] ?? 0;
        const senders = all.map((id) => sender(id));
        const before = chooseSender(request({ choice: pool(all), userId }), senders);
        const rest = all.filter((id) => id !== leaving);
        if ('senderId' in before && before.senderId !== leaving)
          assert.deepEqual(chooseSender(request({ choice: pool(rest), userId }), senders), before);
      }),
    ));

  test('prefers a sender of the recipient’s own country', () =>
    fc.assert(
      fc.property(user, (userId) => {
        const senders = [sender(1), sender(2, { country: 'DE' }), sender(3, { country: 'GB' })];
        const wanted = request({ choice: pool([1, 2, 3]), userId, country: 'DE' });
        assert.deepEqual(chooseSender(wanted, senders), { senderId: 2 });
      }),
    ));

  test('spreads users evenly', () => {
    const all = [3, 4, 5, 6, 7];
    const counts = new Map<number, number>();
    for (let userId = 1; userId <= 20_000; userId++) {
      const chosen = chooseSender(
        request({ choice: pool(all), userId }),
        all.map((id) => sender(id)),
      );
      assert.ok('senderId' in chosen);
      counts.set(chosen.senderId, (counts.get(chosen.senderId) ?? 0) + 1);
    }
    for (const id of all) assert.ok(Math.abs((counts.get(id) ?? 0) - 4000) < 300, `${id}: ${counts.get(id)}`);
  });

  test('never chooses a sender that may not send this', () => {
    const any = fc.record({
      id: fc.integer({ min: 1, max: 50 }),
      kind: fc.constantFrom('longCode', 'shortCode', 'tollFree', 'alphanumeric'),
      medium: fc.constant('sms' as const),
      purpose: fc.constantFrom('promotional', 'transactional'),
      country: fc.constantFrom('US', 'CA', 'GB', 'DE', 'SG', 'FR'),
      state: fc.constantFrom('active', 'stopped'),
    });
    const senders = fc.uniqueArray(any, { selector: (one) => one.id, maxLength: 8 });
    fc.assert(
      fc.property(senders, user, fc.constantFrom('US', 'GB', 'SG', null), (all, userId, country) => {
        const chosen = chooseSender(
          request({ choice: pool(all.map((one) => one.id)), userId, country }),
          all,
        );
        if (!('senderId' in chosen)) return;
        const one = all.find((candidate) => candidate.id === chosen.senderId);
        assert.ok(one && one.state === 'active' && one.purpose === 'promotional' && canReach(one, country));
      }),
    );
  });
});

test('without a choice the project’s first sender that fits sends', () => {
  const senders = [
    sender(9),
    sender(3),
    sender(5, { purpose: 'transactional' }),
    sender(1, { state: 'stopped' }),
  ];
  assert.deepEqual(chooseSender(request(), senders), { senderId: 3 });
});
