import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConsentTree, type RuledWish, ruleOnWish, type Standings, targetText } from './standing.ts';

const tree: ConsentTree = {
  typesOfChannel: new Map([
    [1, [10, 11]],
    [2, [20]],
  ]),
  channelOfType: new Map([
    [10, 1],
    [11, 1],
    [20, 2],
  ]),
  doubleOptIn: new Set([11]),
};
const proving = ['keyword', 'webForm', 'doubleOptIn', 'inPerson', 'paper'];
const wish: fc.Arbitrary<RuledWish> = fc
  .record({
    action: fc.constantFrom('optIn', 'optIn', 'optInPending', 'optOut', 'pause', 'resume'),
    target: fc.constantFrom(
      { kind: 'channel' as const, targetId: 1 },
      { kind: 'channel' as const, targetId: 2 },
      { kind: 'messageType' as const, targetId: 10 },
      { kind: 'messageType' as const, targetId: 11 },
      { kind: 'messageType' as const, targetId: 20 },
    ),
    method: fc.constantFrom(...proving, 'api', 'import', 'console', 'reply', 'link', 'provider'),
    happenedAt: fc.integer({ min: 0, max: 30 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
  })
  .map(({ target, ...rest }) => ({ ...rest, ...target }));

/**
 * The rules once more, as plainly as they can be said: a type has its own latest opt-out and its channel's, and
 * a message may leave when both stand open.
 */
interface Told {
  open: boolean;
  outAt: number | null;
}

function tellPlainly(wishes: RuledWish[]): Map<string, Told> {
  const told = new Map<string, Told>();
  const endedBy = new Map<number, number>();
  const at = (text: string) => told.get(text) ?? { open: false, outAt: null };
  for (const { action, kind, targetId, method, happenedAt } of wishes) {
    const channelId = kind === 'channel' ? targetId : tree.channelOfType.get(targetId)!;
    const [own, channel] = [targetText(kind, targetId), targetText('channel', channelId)];
    const time = happenedAt.getTime();
    const out = (text: string) =>
      told.set(text, { open: false, outAt: Math.max(at(text).outAt ?? time, time) });
    if (action === 'optOut') {
      if (kind === 'channel')
        for (const type of tree.typesOfChannel.get(targetId)!) {
          const text = targetText('messageType', type);
          if (at(text).open || endedBy.get(type) === channelId) {
            endedBy.set(type, channelId);
            told.set(text, { open: false, outAt: Math.max(at(channel).outAt ?? time, time) });
          }
        }
      else endedBy.delete(targetId);
      out(own);
    }
    if (action !== 'optIn' && action !== 'optInPending') continue;
    const latest = Math.max(at(own).outAt ?? -1, at(channel).outAt ?? -1);
    if (latest >= 0 && !(proving.includes(method) && time > latest)) continue;
    const confirms = targetId !== 11 || ['keyword', 'reply', 'doubleOptIn'].includes(method);
    if (kind === 'messageType') endedBy.delete(targetId);
    if (action === 'optInPending' || !confirms) {
      told.set(own, { open: at(own).open, outAt: null });
      continue;
    }
    const wasOut = at(channel).outAt !== null;
    told.set(own, { open: true, outAt: null });
    told.set(channel, { open: true, outAt: null });
    if (wasOut)
      for (const type of tree.typesOfChannel.get(channelId)!) {
        const ended = endedBy.get(type) === channelId;
        endedBy.delete(type);
        if (ended && kind === 'channel')
          told.set(targetText('messageType', type), { open: true, outAt: null });
      }
  }
  return told;
}

// Pending opt-ins beside channel opt-outs have rules of their own below; the plain telling leaves them out.
test('any sequence of wishes ends where the plain telling of the rules says', () => {
  const plain = wish.filter(
    ({ action, targetId, method }) =>
      action !== 'optInPending' && (targetId !== 11 || action !== 'optIn' || method === 'keyword'),
  );
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 25 }), (wishes) => {
      const standings: Standings = new Map();
      let id = 0;
      for (const one of wishes) ruleOnWish(standings, tree, one, () => ++id);
      for (const [text, { open, outAt }] of tellPlainly(wishes)) {
        const standing = standings.get(text);
        assert.equal(standing?.status === 'subscribed', open, text);
        if (outAt !== null) assert.equal(standing?.since.getTime(), outAt, text);
      }
    }),
    { numRuns: 2000 },
  );
});

test('after an opt-out nothing but a newer proof of the person opens that target again', () => {
  fc.assert(
    fc.property(
      fc.array(wish, { maxLength: 20 }),
      wish,
      fc.array(wish, { maxLength: 20 }),
      (before, out, after) => {
        const standings: Standings = new Map();
        let id = 0;
        for (const one of before) ruleOnWish(standings, tree, one, () => ++id);
        const optOut = { ...out, action: 'optOut' as const };
        ruleOnWish(standings, tree, optOut, () => ++id);
        const weak = after.filter(
          (one) =>
            one.action === 'optOut' || !proving.includes(one.method) || one.happenedAt <= optOut.happenedAt,
        );
        for (const one of weak) ruleOnWish(standings, tree, one, () => ++id);
        assert.equal(standings.get(targetText(out.kind, out.targetId))?.status, 'unsubscribed');
        if (out.kind === 'channel')
          for (const type of tree.typesOfChannel.get(out.targetId)!)
            assert.notEqual(standings.get(targetText('messageType', type))?.status, 'subscribed');
      },
    ),
    { numRuns: 2000 },
  );
});

test('a START brings back what the STOP ended, and never what waited for a confirmation', () => {
  const standings: Standings = new Map();
  let id = 0;
  const say = (
    action: RuledWish['action'],
    kind: RuledWish['kind'],
    targetId: number,
    method: string,
    day: number,
  ) =>
    ruleOnWish(
      standings,
      tree,
      { action, kind, targetId, method, happenedAt: new Date(Date.UTC(2026, 0, day)) },
      () => ++id,
    );
  say('optIn', 'messageType', 10, 'webForm', 1);
  assert.equal(say('optIn', 'messageType', 11, 'webForm', 1).outcome, 'pending');
  say('optOut', 'channel', 1, 'keyword', 2);
  assert.equal(say('optIn', 'messageType', 10, 'import', 3).outcome, 'optOutStands');
  say('optIn', 'channel', 1, 'keyword', 4);
  assert.equal(standings.get('messageType:10')?.status, 'subscribed');
  assert.equal(standings.get('messageType:11')?.status, 'unsubscribed');
});
