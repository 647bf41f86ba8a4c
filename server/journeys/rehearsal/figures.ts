import type { Database } from '../../database/connect.ts';
import { type HourOfLoad, loadOf } from './load.ts';
import { namesOfSenders } from './senders-of.sql.ts';
import { begunBy, type Tally } from './tally.ts';

/** Messages that leave. Price in US dollars. */
export interface Sends {
  messages: number;
  segments: number;
  price: number;
}

/** What a rehearsal has come to. */
export interface RehearsalFigures {
  /** People whom something was to let in. */
  people: number;
  entered: number;
  notEntered: Record<string, number>;
  heldOut: number;
  inside: number;
  /** Of those inside, passages that were followed no further since there was too much of them, by tile. */
  unfinished: Record<string, number>;
  finished: number;
  left: Record<string, number>;
  tiles: Record<
    string,
    {
      arrived: number;
      inside: number;
      ways: Record<string, number>;
      left: Record<string, number>;
      /** Null where the tile sent nothing and skipped nobody. */
      sends: (Sends & { skips: Record<string, number>; waiting: number }) | null;
    }
  >;
  sends: Sends & {
    skips: Record<string, number>;
    waiting: number;
    firstAt: number | null;
    lastAt: number | null;
  };
  channels: (Sends & { channelId: number; medium: string })[];
  senders: (Sends & {
    senderId: number;
    name: string;
    /** Segments a second, and a day. */
    pace: number | null;
    dailyCap: number | null;
    hours: HourOfLoad[];
    /** The most that a message leaves later than it was due, since the sender is not fast enough, in ms. */
    mostLateMs: number;
  })[];
}

/** Figures of what was counted, with the pace that senders have now. */
export async function figuresOf(db: Database, projectId: number, tally: Tally): Promise<RehearsalFigures> {
  const number = (what: string) => tally.get(what) ?? 0;
  const named = (begin: string) => Object.fromEntries(begunBy(tally, begin));
  const sendsOf = (of: string): Sends => ({
    messages: number(`${of} messages`),
    segments: number(`${of} segments`),
    price: number(`${of} micros`) / 1_000_000,
  });
  const tiles = tilesOf(tally, named, sendsOf);
  const each = Object.values(tiles);
  const left = addUp(each.map((tile) => tile.left));
  const { finished = 0, ...others } = left;
  const sums = each.flatMap(({ sends }) => sends ?? []);
  const ids = distinct(begunBy(tally, 'sender '));
  const senders = await namesOfSenders(db, projectId, ids);
  const sum = (of: (sends: Sends & { waiting: number }) => number) =>
    sums.reduce((total, sends) => total + of(sends), 0);
  return {
    ...{ people: number('people'), entered: number('entered'), notEntered: named('refused ') },
    ...{ heldOut: number('heldOut'), inside: each.reduce((total, { inside }) => total + inside, 0) },
    ...{ unfinished: named('unfinished '), finished, left: others },
    tiles: Object.fromEntries(
      Object.entries(tiles).map(
        ([
          id,
          {
            left: { finished: _, ...gone },
            ...tile
          },
        ]) => [id, { ...tile, left: gone }],
      ),
    ),
    sends: {
      messages: sum(({ messages }) => messages),
      segments: sum(({ segments }) => segments),
      price: sum(({ price }) => price * 1_000_000) / 1_000_000,
      waiting: sum(({ waiting }) => waiting),
      skips: addUp(sums.map(({ skips }) => skips)),
      firstAt: tally.get('first message') ?? null,
      lastAt: tally.get('last message') ?? null,
    },
    channels: begunBy(tally, 'channel ').flatMap(([what]) => {
      const [id = '', medium = '', of] = what.split(' ');
      return of === 'messages'
        ? [{ channelId: Number(id), medium, ...sendsOf(`channel ${id} ${medium}`) }]
        : [];
    }),
    senders: ids.map((senderId) => {
      const sender = senders.get(senderId);
      const hours = hoursOf(tally, senderId);
      const load = sender ? loadOf(hours, sender) : hours.map((hour) => ({ ...hour, left: 0, lateMs: 0 }));
      return {
        ...{ senderId, name: sender?.name ?? '', ...sendsOf(`sender ${senderId}`), hours: load },
        ...{ pace: sender?.mps ?? null, dailyCap: sender?.dailyCap ?? null },
        mostLateMs: load.reduce((most, { lateMs }) => Math.max(most, lateMs), 0),
      };
    }),
  };
}

function tilesOf(
  tally: Tally,
  named: (begin: string) => Record<string, number>,
  sendsOf: (of: string) => Sends,
): RehearsalFigures['tiles'] {
  const ids = [...new Set(begunBy(tally, 'tile ').map(([what]) => what.slice(0, what.indexOf(' '))))];
  return Object.fromEntries(
    ids.map((id) => {
      const skips = named(`skip ${id} `);
      const waiting = tally.get(`waiting ${id}`) ?? 0;
      const sends = sendsOf(`sent ${id}`);
      const isSending = sends.messages + waiting + Object.keys(skips).length > 0;
      return [
        id,
        {
          arrived: tally.get(`tile ${id} arrived`) ?? 0,
          inside: tally.get(`tile ${id} inside`) ?? 0,
          ways: named(`tile ${id} way `),
          left: named(`tile ${id} left `),
          sends: isSending ? { ...sends, skips, waiting } : null,
        },
      ];
    }),
  );
}

const addUp = (all: readonly Record<string, number>[]): Record<string, number> => {
  const sums = new Map<string, number>();
  for (const [name, by] of all.flatMap((each) => Object.entries(each)))
    sums.set(name, (sums.get(name) ?? 0) + by);
  return Object.fromEntries(sums);
};

const distinct = (counts: readonly [string, number][]): number[] => [
  ...new Set(counts.map(([what]) => Number(what.slice(0, what.indexOf(' '))))),
];

function hoursOf(tally: Tally, senderId: number) {
  return begunBy(tally, `hour ${senderId} `)
    .flatMap(([what, messages]) => {
      const [at = '', of] = what.split(' ');
      if (of !== 'messages') return [];
      return [{ at: Number(at), messages, segments: tally.get(`hour ${senderId} ${at} segments`) ?? 0 }];
    })
    .toSorted((a, b) => a.at - b.at);
}
