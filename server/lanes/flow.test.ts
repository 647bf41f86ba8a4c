import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBell } from './bell.ts';
import { keepLooking } from './flow.ts';
import { openLaneQueue } from './lane-queue.ts';

/** What happens at the rest of this number. */
type Events = Record<number, () => void>;

/** Looks and finds nothing, but for what the events bring; returns how long each rest was, in milliseconds. */
async function restsOf(count: number, events: (queue: ReturnType<typeof openLaneQueue<number>>) => Events) {
  const [queue, bell, stopping] = [openLaneQueue<number>(), openBell(), new AbortController()];
  const looks: number[] = [];
  let at = 0;
  const happening = events(queue);
  const clock = {
    now: () => new Date(at),
    sleep: async (milliseconds: number) => {
      at += milliseconds;
      if (looks.length >= count) stopping.abort();
      happening[looks.length]?.();
    },
  };
  const look = async () => {
    looks.push(at);
    return [];
  };
  const ground = { clock, bell, stir: openBell() };
  await keepLooking({ queue, look, runners: 1, restMs: () => 200 }, ground, stopping.signal);
  return looks.slice(1).map((instant, index) => instant - (looks[index] ?? 0));
}

test('a flow that finds nothing looks ever less often, every four seconds in the end', async () => {
  assert.deepEqual(await restsOf(8, () => ({})), [200, 400, 800, 1_600, 3_200, 4_000, 4_000]);
});

test('what comes while a flow rests brings it back to its usual pace', async () => {
  const rests = await restsOf(9, (queue) => ({
    6: () => {
      queue.add(3, 1);
      void queue.take().then((task) => task && queue.leave(task.lane));
    },
  }));
  assert.deepEqual(rests, [200, 400, 800, 1_600, 3_200, 200, 200, 400]);
});
