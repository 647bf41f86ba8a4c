import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InFlight, openInFlight } from './in-flight.ts';

const account = 1;

/**
 * Posts to a provider that takes `serviceMs` for each, `servers` at a time, after `wayMs` on the way; as many are under
 * way as there is room for. Returns how many were at the end. Time is counted, not waited for.
 */
async function settle(
  inFlight: InFlight,
  provider: { wayMs: number; serviceMs: number; servers: number; moodMs?: (answer: number) => number },
): Promise<number> {
  const underWay: { endsAt: number; tookMs: number }[] = [];
  const freeAt = Array.from({ length: provider.servers }, () => 0);
  let now = 0;
  let waiting: Promise<void> | null = null;
  let posts = 0;
  const post = () => {
    waiting = null;
    const soonest = freeAt.indexOf(Math.min(...freeAt));
    const serviceMs = provider.serviceMs + (provider.moodMs?.(posts++) ?? 0);
    const endsAt = Math.max(now + provider.wayMs, freeAt[soonest] ?? 0) + serviceMs;
    freeAt[soonest] = endsAt;
    underWay.push({ endsAt, tookMs: endsAt - now });
  };
  const fill = () => {
    while (!waiting) {
      const room = inFlight.enter(account);
      if (room) waiting = room.then(post);
      else post();
    }
  };
  const answer = async () => {
    underWay.sort((a, b) => a.endsAt - b.endsAt);
    const { endsAt, tookMs } = underWay.shift() as { endsAt: number; tookMs: number };
    now = endsAt;
    inFlight.answered(account, tookMs);
    inFlight.done();
    // Who waited for the room posts before the next answer comes.
    await Promise.resolve();
  };
  for (let answers = 0; answers < 50_000; answers++) {
    fill();
    await answer();
  }
  const count = underWay.length;
  while (underWay.length > 0) await answer();
  return count;
}

test('a provider that is far away but quick gets all the room there is', async () => {
  assert.ok((await settle(openInFlight(192), { wayMs: 150, serviceMs: 1, servers: 500 })) >= 190);
});

test('so does one that takes now 5 ms and now 200, or ten times as long for one in ten', async () => {
  const far = { wayMs: 5, serviceMs: 1, servers: 500 };
  const anything = (answer: number) => (answer * 7_919) % 196;
  assert.ok((await settle(openInFlight(192), { ...far, moodMs: anything })) >= 180);
  const tailed = (answer: number) => ((answer * 7_919) % 10 === 0 ? 1_000 : 100);
  assert.ok((await settle(openInFlight(192), { ...far, moodMs: tailed })) >= 180);
});

test('one that works posts off one by one gets as many as keep it busy, and they do not queue up', async () => {
  const inFlight = openInFlight(192);
  // 10 ms of slack are 50 posts of 0.2 ms, and twice the least room are 32.
  const underWay = await settle(inFlight, { wayMs: 1, serviceMs: 0.2, servers: 1 });
  assert.ok(underWay >= 60 && underWay <= 100, `${underWay} under way`);
});

test('one that has become slower is as far away as it now is', async () => {
  const inFlight = openInFlight(192);
  await settle(inFlight, { wayMs: 10, serviceMs: 1, servers: 500 });
  assert.ok((await settle(inFlight, { wayMs: 400, serviceMs: 1, servers: 500 })) >= 180);
});

test('an account has room of its own, and all is drained when each post is done', async () => {
  const inFlight = openInFlight(2);
  assert.equal(inFlight.enter(1), undefined);
  assert.equal(inFlight.enter(1), undefined);
  const third = inFlight.enter(1);
  assert.ok(third);
  assert.equal(inFlight.enter(2), undefined);
  let isDrained = false;
  const drained = inFlight.drained().then(() => {
    isDrained = true;
  });
  inFlight.answered(1, 1);
  await third;
  for (const accountId of [1, 1, 2]) inFlight.answered(accountId, null);
  for (let posts = 0; posts < 3; posts++) inFlight.done();
  await Promise.resolve();
  assert.equal(isDrained, false);
  inFlight.done();
  await drained;
});
