import type { ImaginedMessage } from '../definition/tile-kind.ts';
import { countTurn } from '../step/write-turn.ts';
import type { ImaginedPassage, ImaginedPerson } from './imagined-person.ts';
import { count, countInstant, type Tally } from './tally.ts';

const hourMs = 3_600_000;

/** What is counted of people who were rehearsed to the end of the virtual time. Pure. */
export function countPeople(people: readonly ImaginedPerson[], start: string, until: Date): Tally {
  const tally: Tally = new Map();
  for (const { refused, passages } of people) {
    count(tally, 'people');
    for (const { reason } of refused) count(tally, `refused ${reason}`);
    for (const passage of passages) countPassage(tally, passage, start, until);
  }
  return tally;
}

function countPassage(
  tally: Tally,
  { run, steps, left, stuck, messages }: ImaginedPassage,
  start: string,
  until: Date,
): void {
  const add = (tile: string, what: string, by = 1) => count(tally, `tile ${tile} ${what}`, by);
  count(tally, 'entered');
  if (run.isHeldOut) count(tally, 'heldOut');
  if (stuck !== null) add(run.tile, 'stuck');
  add(start, 'arrived');
  add(start, 'inside');
  const before = { ...run, tile: start };
  countTurn({ before, run, steps, left }, add);
  for (const message of messages) countMessage(tally, message, until);
}

function countMessage(tally: Tally, message: ImaginedMessage, until: Date): void {
  const { tile, at, skip, segments, priceMicros, senderId, channelId, medium } = message;
  if (at >= until || skip !== null) {
    count(tally, at >= until ? `waiting ${tile}` : `skip ${tile} ${skip}`);
    return;
  }
  const hour = Math.floor(at.getTime() / hourMs) * hourMs;
  for (const name of [`sent ${tile}`, `sender ${senderId ?? 0}`, `channel ${channelId} ${medium}`]) {
    count(tally, `${name} messages`);
    count(tally, `${name} segments`, segments);
    count(tally, `${name} micros`, priceMicros);
  }
  count(tally, `hour ${senderId ?? 0} ${hour} messages`);
  count(tally, `hour ${senderId ?? 0} ${hour} segments`, segments);
  countInstant(tally, 'message', at.getTime());
}
