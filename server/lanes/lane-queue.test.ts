import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLaneQueue } from './lane-queue.ts';

test('a lane is never with two runners, and what is added meanwhile comes up when it is left', async () => {
  const queue = openLaneQueue<string>();
  queue.add(3, 'a');
  queue.add(3, 'b');
  queue.add(3, 'a');
  assert.deepEqual(await queue.take(), { lane: 3, due: ['a', 'b'] });
  queue.add(3, 'c');
  queue.add(4, 'd');
  assert.deepEqual(await queue.take(), { lane: 4, due: ['d'] });
  const third = queue.take();
  queue.leave(4);
  queue.leave(3);
  assert.deepEqual(await third, { lane: 3, due: ['c'] });
});

test('lanes come up in the order in which something was due there first', async () => {
  const queue = openLaneQueue<number>();
  for (const lane of [7, 2, 5, 2, 7]) queue.add(lane, lane);
  const order = [await queue.take(), await queue.take(), await queue.take()];
  assert.deepEqual(
    order.map((task) => task?.lane),
    [7, 2, 5],
  );
});

test('a closed queue sends its runners home, those that wait and those that come', async () => {
  const queue = openLaneQueue<number>();
  const waiting = queue.take();
  queue.close();
  queue.add(1, 1);
  assert.equal(await waiting, null);
  assert.equal(await queue.take(), null);
});
