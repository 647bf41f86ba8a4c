import type { ImaginedMessage } from '../definition/tile-kind.ts';
import { countTurn } from '../step/write-turn.ts';
import { type Teller, unfinished } from './imagined-person.ts';
import { count, countInstant, type Tally } from './tally.ts';

const hourMs = 3_600_000;

/** What is counted of people as they are gone through: as much of it as there are tiles, senders and hours, however many people and steps there are. */
export interface Sums {
  tally: Tally;
  /** Who came to a tile and went from it, by step of the virtual time (`standings.ts`). */
  standings: Tally;
  teller: Teller;
}

/** Sums of nobody yet; `start` is the tile at which people begin, `stepMs` how long a step is. */
export function openSums(start: string, until: Date, stepMs: number): Sums {
  const tally: Tally = new Map();
  const standings: Tally = new Map();
  const stand = (tile: string, at: Date, what: 'arrived' | 'gone') =>
    count(standings, `${tile} ${Math.floor(at.getTime() / stepMs) * stepMs} ${what}`);
  return {
    ...{ tally, standings },
    teller: {
      enters: (_person, { run }) => {
        count(tally, 'entered');
        if (run.isHeldOut) count(tally, 'heldOut');
        count(tally, `tile ${start} arrived`);
        count(tally, `tile ${start} inside`);
        stand(start, run.enteredAt, 'arrived');
      },
      refuses: (_person, { reason }) => count(tally, `refused ${reason}`),
      moves: (_passage, turn, at) =>
        countTurn(turn, (tile, what, by) => {
          count(tally, `tile ${tile} ${what}`, by);
          if (what === 'arrived') stand(tile, at, 'arrived');
          if (what === 'inside' && by < 0) stand(tile, at, 'gone');
        }),
      makes: (_passage, message) => countMessage(tally, message, until),
      sticks: ({ run, stuck }) => {
        if (stuck === unfinished) count(tally, `unfinished ${run.tile}`);
      },
    },
  };
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
