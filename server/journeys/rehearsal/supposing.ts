import { type Static, Type } from 'typebox';
import { fnv1a } from '../../lanes/lanes.ts';
import { strict } from '../../segments/leaf-kind.ts';
import type { ImaginedMessage, Occurrence, Tile } from '../definition/tile-kind.ts';
import type { Run } from '../runs/run.ts';
import { lengthMs, lengthSchema } from '../tiles/wall-clock.ts';

const share = Type.Number({ minimum: 0, maximum: 100, description: 'Of a hundred' });

/** Something that may come: of how many, and within how long, evenly over that time. */
const chance = (description: string) =>
  Type.Optional(
    strict(
      {
        share,
        within: Type.Optional({
          ...lengthSchema,
          description: 'Within how long it comes, evenly over that time; 24 hours unless told',
        }),
      },
      description,
    ),
  );

const ofMessage = 'Unless told as often as in the last 90 days in this project, or never where none was sent';
const ofEntry = 'Of those who enter, within so long of entering. Nobody unless told';

/** What is supposed to happen to people, as calls say it. */
export const supposingSchema = strict(
  {
    delivered: chance(`Of the messages that leave, within so long; a minute unless told. ${ofMessage}`),
    failed: chance(
      `Of the messages that leave, those that do not arrive; a minute unless told. ${ofMessage}`,
    ),
    read: chance(`Of the messages that leave, of those that are delivered. ${ofMessage}`),
    click: chance(`Of the messages that leave. ${ofMessage}`),
    reply: chance(`Of the messages that leave: any text. ${ofMessage}`),
    purchase: chance(ofEntry),
    becomes: chance(`A condition that a wait waits for comes to hold. ${ofEntry}`),
    events: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 255 }),
        chance(`An event of this name. ${ofEntry}`),
        {
          maxProperties: 100,
        },
      ),
    ),
    waits: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(
          Type.String(),
          chance('Of those who come to this tile, within so long of coming; it goes before all else'),
        ),
        { description: 'By the id of a tile that waits, and the name of a branch of it', maxProperties: 300 },
      ),
    ),
    webhooks: Type.Optional(
      Type.Record(
        Type.String(),
        strict({
          failed: Type.Optional({
            ...share,
            description: 'Of a hundred calls, those that fail; none unless told',
          }),
          answer: Type.Optional(
            Type.Record(Type.String(), Type.Unknown(), {
              description: 'What is kept of the answer, by name',
            }),
          ),
        }),
        { description: 'What calls answer, by the id of a tile that calls', maxProperties: 300 },
      ),
    ),
  },
  'What people are supposed to do. What comes is to the events of all conditions, and with the key of the passage',
);

export type Supposing = Static<typeof supposingSchema>;

/** A chance with all that was left out filled in; `of`: whether it was given, is as it was seen of this project, or is unknown and so none. */
export interface Chance {
  share: number;
  within: { minutes?: number; hours?: number };
  of: 'given' | 'seen' | 'unknown';
}

export const messageChances = ['delivered', 'failed', 'read', 'click', 'reply'] as const;
export type MessageChance = (typeof messageChances)[number];

/** What is supposed, filled in: JSON. */
export interface Supposed {
  messages: Record<MessageChance, Chance>;
  purchase: Chance;
  becomes: Chance;
  events: Record<string, Chance>;
  waits: Record<string, Record<string, Chance>>;
  webhooks: Record<string, { failed: number; answer: Record<string, unknown> }>;
}

/** What a record holds under a name that people gave: `constructor` and `toString` are names like any other. */
const under = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** What is supposed of a branch of a tile that waits; undefined where nothing is said of it. */
export const saidOfWay = (waits: Supposed['waits'], tile: string, way: string): Chance | undefined =>
  under(under(waits, tile) ?? {}, way);

const usualWithin: Record<MessageChance, Chance['within']> = {
  ...{ delivered: { minutes: 1 }, failed: { minutes: 1 } },
  ...{ read: { hours: 24 }, click: { hours: 24 }, reply: { hours: 24 } },
};

type Given = { share: number; within?: Chance['within'] } | undefined;

/** Checks what a schema cannot say: that each time that is given is one length. @throws ApiError naming the field. */
export function requireLengths(given: Supposing): void {
  const { events = {}, waits = {}, webhooks: _, ...own } = given;
  const all: [string, Given][] = [
    ...Object.entries(own).map(([name, one]): [string, Given] => [name, one]),
    ...Object.entries(events).map(([name, one]): [string, Given] => [`events.${name}`, one]),
    ...Object.entries(waits).flatMap(([tile, ways]) =>
      Object.entries(ways).map(([way, one]): [string, Given] => [`waits.${tile}.${way}`, one]),
    ),
  ];
  for (const [place, one] of all) if (one?.within) lengthMs(one.within, `supposing.${place}.within`);
}

/** Fills in what was left out; `seen` are shares of a hundred messages that left, null where that is not known. Pure. */
export function fillSupposing(given: Supposing, seen: Record<MessageChance, number | null>): Supposed {
  const filled = (one: Given, within: Chance['within'] = { hours: 24 }): Chance =>
    one
      ? { share: one.share, within: one.within ?? within, of: 'given' }
      : { share: 0, within, of: 'unknown' };
  const ofMessages = (name: MessageChance): Chance => {
    const share = seen[name];
    const within = usualWithin[name];
    if (given[name] || share === null) return filled(given[name], within);
    return { share, within, of: 'seen' };
  };
  const each = (named: Readonly<Record<string, Given>> = {}) =>
    Object.fromEntries(Object.entries(named).map(([name, one]) => [name, filled(one)]));
  return {
    messages: Object.fromEntries(
      messageChances.map((name) => [name, ofMessages(name)]),
    ) as Supposed['messages'],
    purchase: filled(given.purchase),
    becomes: filled(given.becomes),
    events: each(given.events),
    waits: Object.fromEntries(Object.entries(given.waits ?? {}).map(([tile, ways]) => [tile, each(ways)])),
    webhooks: Object.fromEntries(
      Object.entries(given.webhooks ?? {}).map(([tile, { failed = 0, answer = {} }]) => [
        tile,
        { failed, answer },
      ]),
    ),
  };
}

/** A number from 0 to under 1 that is always the same for the same. Pure. */
const drawn = (text: string): number => fnv1a(text) / 2 ** 32;

/** Who does what, and when, of a rehearsal: the same whenever it is asked. Pure. */
export function openDraws(seed: number, supposed: Supposed) {
  const known = new Map<Chance, number>();
  const withinMs = (chance: Chance): number => {
    const ms = known.get(chance) ?? lengthMs(chance.within, 'within');
    known.set(chance, ms);
    return ms;
  };
  /** Whole seconds later, and never at once. */
  const when = (chance: Chance, text: string, from: number): number =>
    from + Math.max(1_000, Math.round((drawn(`${text} when`) * withinMs(chance)) / 1_000) * 1_000);
  const come = (chance: Chance | undefined, text: string, from: number): number | null =>
    chance && drawn(text) * 100 < chance.share ? when(chance, text, from) : null;
  // Not by instants: people do the same in a rehearsal that begins at another time.
  const ofRun = ({ id }: Run) => `${seed} ${id}`;
  const ofVisit = (run: Run) =>
    `${ofRun(run)} ${run.tile} ${run.arrivedAt.getTime() - run.enteredAt.getTime()}`;

  /** When something that is supposed of who enters comes to a passage. */
  const ofEntry = (run: Run, what: 'purchase' | 'becomes' | `event:${string}`): number | null => {
    const chance =
      what === 'purchase' || what === 'becomes'
        ? supposed[what]
        : under(supposed.events, what.slice('event:'.length));
    return come(chance, `${ofRun(run)} ${what}`, run.enteredAt.getTime());
  };
  /** When something becomes of a message that leaves. */
  const ofMessage = (
    run: Run,
    message: ImaginedMessage,
    number: number,
    what: MessageChance,
  ): number | null => {
    if (message.skip !== null) return null;
    const text = `${ofRun(run)} ${message.tile} ${number}`;
    const at = message.at.getTime();
    const chance = supposed.messages[what];
    if (what === 'click' || what === 'reply') return come(chance, `${text} ${what}`, at);
    // Of one message one thing becomes: those that are read are among those that arrive, and none of them fails.
    const fate = drawn(text) * 100;
    if (what === 'failed') return fate >= 100 - chance.share ? when(chance, `${text} ${what}`, at) : null;
    const { delivered } = supposed.messages;
    if (fate >= (what === 'read' ? Math.min(chance.share, delivered.share) : chance.share)) return null;
    const arrives = when(delivered, `${text} delivered`, at);
    return what === 'read' ? Math.max(arrives, when(chance, `${text} read`, at)) : arrives;
  };
  const own = (
    run: Run,
    what: Occurrence,
    message: ImaginedMessage | undefined,
    number: number,
  ): number | null => {
    switch (what) {
      case 'certainReply':
        return null;
      case 'delivered':
      case 'failed':
      case 'read':
      case 'click':
      case 'reply':
        return message ? ofMessage(run, message, number, what) : null;
      default:
        return ofEntry(run, what);
    }
  };
  return {
    ofEntry,
    /**
     * When what a tile waits for is supposed to come to a passage that is there, by the places of its occurrences; in ms. `number` says which of the passage's
     * messages the last one is.
     */
    atWait: (
      { awaits }: Tile,
      run: Run,
      message: ImaginedMessage | undefined,
      number: number,
    ): (number | null)[] =>
      (awaits?.occurrences ?? []).map(({ way, what }) => {
        const named = saidOfWay(supposed.waits, run.tile, way);
        if (!named) return own(run, what, message, number);
        return come(named, `${ofVisit(run)} ${way}`, run.arrivedAt.getTime());
      }),
    /** What a tile's call answers to a passage; null where it fails. */
    answerOf: (tile: string, run: Run): Readonly<Record<string, unknown>> | null => {
      const { failed, answer } = under(supposed.webhooks, tile) ?? { failed: 0, answer: {} };
      return drawn(`${ofVisit(run)} call`) * 100 < failed ? null : answer;
    },
    /** Where somebody's entry lies in the time over which all are spread, from 0 to under 1. */
    placeOf: (userId: number): number => drawn(`${seed} ${userId} enters`),
  };
}

export type Draws = ReturnType<typeof openDraws>;
