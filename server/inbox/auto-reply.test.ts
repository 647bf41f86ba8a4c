import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { autoReplyKinds, autoReplyTo, brakes, type Heard } from './auto-reply.ts';

const all = { outOfHours: 'closed', firstContact: 'welcome', unknownWords: 'wait' };
const heard: Heard = {
  ...{ begins: true, isFirst: false, isWorkingTime: true, from: '+14155550100' },
  ...{ inAMinute: 1, theSameInADay: 1, isEcho: false, isUndecided: false, said: [] },
};

test('who writes at night is told of it, a newcomer is welcomed, and others are told to wait, once in twelve hours each', () => {
  assert.equal(autoReplyTo(all, { ...heard, isWorkingTime: false, isFirst: true }), 'outOfHours');
  assert.equal(autoReplyTo(all, { ...heard, isFirst: true }), 'firstContact');
  assert.equal(autoReplyTo(all, heard), 'unknownWords');
  assert.equal(autoReplyTo(all, { ...heard, begins: false }), null, 'an agent is in talks with them');
  assert.equal(autoReplyTo({ firstContact: 'welcome' }, heard), null);
  const said = [{ kind: 'unknownWords', secondsAgo: 3_600 }];
  assert.equal(autoReplyTo(all, { ...heard, said }), null);
  assert.equal(autoReplyTo(all, { ...heard, isWorkingTime: false, said }), 'outOfHours');
});

test('machines are not answered', () => {
  for (const more of [{ from: '72345' }, { inAMinute: 6 }, { theSameInADay: 4 }, { isEcho: true }])
    assert.equal(autoReplyTo(all, { ...heard, ...more }), null, JSON.stringify(more));
});

test('nobody is answered while it is open whether they wish to be written to at all', () => {
  assert.equal(autoReplyTo(all, { ...heard, isUndecided: true }), null);
});

test('whatever two programs say to one another, at most three answers of ours go in a day', () => {
  const wrote = fc.record({
    begins: fc.boolean(),
    isFirst: fc.boolean(),
    isWorkingTime: fc.boolean(),
    afterSeconds: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(fc.array(wrote, { maxLength: 60 }), (history) => {
      let now = 0;
      const said: { kind: string; at: number }[] = [];
      for (const { afterSeconds, ...more } of history) {
        now += afterSeconds;
        const past = said.map(({ kind, at }) => ({ kind, secondsAgo: now - at }));
        const kind = autoReplyTo(all, { ...heard, ...more, said: past });
        if (kind) said.push({ kind, at: now });
        const lately = said.filter(({ at }) => now - at < 86_400);
        assert.ok(lately.length <= 3);
        for (const each of autoReplyKinds)
          assert.ok(said.filter((one) => one.kind === each && now - one.at < brakes[0]!.seconds).length <= 1);
      }
    }),
  );
});
