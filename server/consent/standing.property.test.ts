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
 * a message may leave when both stand open. An opt-out older than what the person has proven since is none.
 */
interface Told {
  open: boolean;
  /** Whether it waits for a confirmation from the handset. */
  waits?: boolean;
  outAt: number | null;
  provenAt?: number;
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
    const opened = (text: string) => {
      const before = at(text);
      const proven = before.open ? before.provenAt : undefined;
      const provenAt = proving.includes(method) ? Math.max(proven ?? time, time) : proven;
      told.set(text, { open: true, outAt: null, ...(provenAt === undefined ? {} : { provenAt }) });
    };
    if (action === 'optOut') {
      if ((at(own).open || at(own).waits) && (at(own).provenAt ?? time) > time) continue;
      if (kind === 'channel')
        for (const type of tree.typesOfChannel.get(targetId)!) {
          const text = targetText('messageType', type);
          if (at(text).open || at(text).waits || endedBy.get(type) === channelId) {
            if (at(text).waits) endedBy.delete(type);
            else endedBy.set(type, channelId);
            told.set(text, { open: false, outAt: Math.max(at(channel).outAt ?? time, time) });
          }
        }
      else endedBy.delete(targetId);
      out(own);
    }
    if (action !== 'optIn' && action !== 'optInPending') continue;
    const latest = Math.max(at(own).outAt ?? -1, at(channel).outAt ?? -1);
    if (latest >= 0 && !(proving.includes(method) && time > latest)) continue;
    const confirms = (type: number) => type !== 11 || ['keyword', 'reply', 'doubleOptIn'].includes(method);
    if (kind === 'messageType') endedBy.delete(targetId);
    if (action === 'optInPending' || !confirms(targetId)) {
      told.set(own, { open: at(own).open, outAt: null });
      continue;
    }
    const wasOut = at(channel).outAt !== null;
    opened(own);
    if (own === channel || !at(channel).open) opened(channel);
    if (wasOut)
      for (const type of tree.typesOfChannel.get(channelId)!) {
        const ended = endedBy.get(type) === channelId;
        endedBy.delete(type);
        if (!ended || kind !== 'channel') continue;
        const text = targetText('messageType', type);
        if (confirms(type)) opened(text);
        else told.set(text, { open: false, waits: true, outAt: null, provenAt: time });
      }
  }
  return told;
}

// What waits for a confirmation from its first day on has rules of its own below; the plain telling knows only
// the waiting of a type that a form brought back with its channel.
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
      for (const [text, { open, waits, outAt }] of tellPlainly(wishes)) {
        const standing = standings.get(text);
        assert.equal(standing?.status === 'subscribed', open, text);
        assert.equal(standing?.status === 'pending', waits === true, text);
        if (outAt !== null) assert.equal(standing?.since.getTime(), outAt, text);
      }
    }),
    { numRuns: 2000 },
  );
});

test('of what a person says to one sender the latest counts, in whatever order it arrives', () => {
  const said = fc.record({
    stop: fc.boolean(),
    second: fc.integer({ min: 0, max: 20 }),
  });
  const arrivals = fc
    .array(said, { minLength: 1, maxLength: 6 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(arrivals, ([list, arrived]) => {
      const standings: Standings = new Map();
      let id = 0;
      const day = Date.UTC(2026, 0, 2);
      const about = { kind: 'channel' as const, targetId: 1, method: 'keyword' };
      const start = { action: 'optIn' as const, happenedAt: new Date(day - 86_400_000), method: 'webForm' };
      ruleOnWish(standings, tree, { ...start, kind: 'messageType', targetId: 10 }, () => ++id);
      for (const { stop, second } of arrived) {
        const happenedAt = new Date(day + second * 1000);
        ruleOnWish(standings, tree, { ...about, action: stop ? 'optOut' : 'optIn', happenedAt }, () => ++id);
      }
      const last = Math.max(...list.map((each) => each.second));
      const isOut = list.some((each) => each.stop && each.second === last);
      const status = isOut ? 'unsubscribed' : 'subscribed';
      assert.equal(standings.get('channel:1')?.status, status);
      assert.equal(standings.get('messageType:10')?.status, status);
    }),
    { numRuns: 2000 },
  );
});

test('only a proof newer than an unclear wish settles it', () => {
  const standings: Standings = new Map();
  let id = 0;
  const say = (action: RuledWish['action'], method: string, day: number) => {
    const happenedAt = new Date(Date.UTC(2026, 0, day));
    ruleOnWish(standings, tree, { action, kind: 'channel', targetId: 1, method, happenedAt }, () => ++id);
    return standings.get('channel:1')?.pausedAt?.getUTCDate();
  };
  say('optIn', 'webForm', 1);
  assert.equal(say('pause', 'reply', 5), 5);
  assert.equal(say('optIn', 'paper', 4), 5);
  assert.equal(say('optIn', 'import', 6), 5);
  assert.equal(say('optIn', 'keyword', 6), undefined);
  assert.equal(say('pause', 'reply', 5), undefined);
});

test('what must be confirmed is asked about again when a form brings its channel back', () => {
  const standings: Standings = new Map();
  let id = 0;
  const on = (
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
  on('optIn', 'messageType', 11, 'doubleOptIn', 1);
  on('optOut', 'channel', 1, 'keyword', 2);
  on('optIn', 'channel', 1, 'webForm', 3);
  assert.equal(standings.get('messageType:11')?.status, 'pending');
  on('optOut', 'channel', 1, 'keyword', 4);
  on('optIn', 'messageType', 11, 'doubleOptIn', 5);
  on('optOut', 'channel', 1, 'keyword', 6);
  on('optIn', 'channel', 1, 'keyword', 7);
  assert.equal(standings.get('messageType:11')?.status, 'subscribed');
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
        const latest = before.reduce((last, { happenedAt }) => Math.max(last, happenedAt.getTime()), 0);
        const happenedAt = new Date(Math.max(latest, out.happenedAt.getTime()));
        const optOut = { ...out, action: 'optOut' as const, happenedAt };
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
