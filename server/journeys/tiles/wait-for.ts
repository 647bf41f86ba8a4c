import { type RawBuilder, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Definition, type Part, slot, strict } from '../../segments/leaf-kind.ts';
import { earliest } from '../../segments/time/flips.sql.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
import { readTextsMeant, type TextsMeant, textsMeant } from '../definition/texts-meant.ts';
import {
  type Occurrence,
  ofOwnClick,
  ofOwnMessage,
  type Step,
  type TileGround,
  tileKind,
  type Where,
} from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';
import { keptUntilOf, type Run } from '../runs/run.ts';
import { lengthMs, lengthOf, lengthWords } from './wall-clock.ts';

const occurrence = strict(
  {
    event: Type.Optional(
      strict({
        name: Type.String({ minLength: 1, maxLength: 255 }),
        where: Type.Optional(
          slot('conditions', 'Conditions on its fields, as an event of a segment has them'),
        ),
      }),
    ),
    purchase: Type.Optional(
      strict({
        where: Type.Optional(
          slot('conditions', 'Conditions on its fields, as an event of a segment has them'),
        ),
      }),
    ),
    message: Type.Optional(
      Type.Union([Type.Literal('delivered'), Type.Literal('read'), Type.Literal('failed')], {
        description: 'What became of the last message that they got in this passage',
      }),
    ),
    click: Type.Optional(Type.Literal(true, { description: 'A tap on a link of that message' })),
    reply: Type.Optional(
      strict(textsMeant, 'A text from them: any where neither keywords nor contains is said'),
    ),
    becomes: Type.Optional(slot('definition', 'A definition as segments have it: it holds of them')),
  },
  'One of event, purchase, message, click, reply or becomes',
);

const schema = Type.Object(
  {
    kind: Type.Literal('waitFor'),
    branches: Type.Array(
      strict({ name: Type.String({ minLength: 1, maxLength: 60 }), for: occurrence, next: target }),
      {
        minItems: 1,
        maxItems: 10,
        description:
          'What is waited for; whichever comes first, and of what came at one instant the first that stands here',
      },
    ),
    since: Type.Optional(
      Type.Union([Type.Literal('lastMessage'), Type.Literal('entry'), Type.Literal('arrival')], {
        description:
          'What has happened already counts from there on: the last message of this passage, or arrival where there was none (unless told); the entry; arrival at this tile',
      }),
    ),
    sameKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'Events count only whose field of this name holds what the passage is told apart by',
      }),
    ),
    within: lengthOf('Who has waited so long goes on by timeout; for ever where neither is given'),
    timeout: Type.Optional(target),
  },
  { additionalProperties: false, description: 'Holds people until something happens, or a time is over' },
);

/** Name of the way for those of whom nothing came in time. */
const timeout = 'timeout';

/** What is waited for, read. */
interface Awaited {
  name: string;
  stored: Static<typeof occurrence>;
  words: string;
  /** As happenings are called that may bring it; those of the last message without its number. */
  hears: readonly string[];
  /** Which texts bring it, for what texts of theirs bring. */
  texts?: TextsMeant;
  /** SQL: when it first came since `r.since` to who has the run `r`, who is `u`; null for not yet, and for what texts bring. */
  at(where: Where, among: readonly number[], sameKey: string | null): RawBuilder<unknown>;
  /** As a rehearsal calls it. */
  what: Occurrence;
  /** SQL: until when `at` may be as it is of `users u`, by time alone; null for ever. `ownInstant`: it is to be asked at each instant by itself. */
  until?(where: Where, among: readonly number[]): Part | 'ownInstant' | null;
}

/** What is known of somebody here. */
interface Known {
  /** When each thing that is waited for came, in ms since 1970. */
  at: readonly (number | null)[];
  /** The texts that answer this passage, the first first; null where none is waited for. */
  texts: readonly { at: number; body: string }[] | null;
  /** The last message of the passage. */
  messageId: number | null;
  /** When each is supposed to come, in a rehearsal. */
  supposed?: readonly (number | null)[];
}

/** Holds people until something happens, or a time is over. */
export const waitForTile = tileKind('waitFor', schema, (tile, _id, place, ground) => {
  const { branches, since = 'lastMessage', sameKey = null, within, timeout: otherwise } = tile;
  if ((within === undefined) !== (otherwise === undefined))
    throw ground.refuse(
      place,
      `has ${within ? 'within and no timeout' : 'timeout and no within'}; say both or neither`,
    );
  const lasts = within === undefined ? null : lengthMs(within, `${place}.within`);
  const awaited = branches.map(({ name, for: what }, index) => {
    const where = `${place}.branches.${index}`;
    if (name === timeout || branches.findIndex((each) => each.name === name) < index)
      throw ground.refuse(
        `${where}.name`,
        `is taken: give each branch a name of its own, and none ${timeout}`,
      );
    return readOccurrence(name, what, `${where}.for`, ground);
  });
  const ofMessage = awaited.some(({ hears }) => hears.includes(ofOwnMessage) || hears.includes(ofOwnClick));
  const stored = branches.map((branch, index) => ({ ...branch, for: awaited[index]!.stored }));
  const hears = [...new Set(awaited.flatMap((each) => each.hears))];
  const ofTexts = awaited.some(({ texts }) => texts !== undefined);
  const decide = ({ arrivedAt, memory }: Run, known: Known, now: Date): Step => {
    const { messageId } = known;
    const at = awaited.map(({ texts }, index) =>
      firstOf(
        texts ? known.texts?.find(({ body }) => texts.isMeant(body))?.at : known.at[index],
        known.supposed?.[index],
      ),
    );
    const first = at.reduce<number | null>(
      (best, each, index) => (each === null || (best !== null && (at[best] ?? 0) <= each) ? best : index),
      null,
    );
    const deadline = lasts === null ? null : (keptUntilOf(memory) ?? new Date(arrivedAt.getTime() + lasts));
    if (first !== null && (deadline === null || (at[first] ?? 0) <= deadline.getTime()))
      return { go: branches[first]!.name, isHeard: true, seen: { at: new Date(at[first] ?? 0) } };
    if (deadline && deadline.getTime() <= now.getTime()) return { go: timeout };
    return { stay: deadline, hears: hears.map((name) => ofThisMessage(name, messageId)) };
  };
  return {
    stored: { ...tile, branches: stored, since },
    ways: new Map([
      ...branches.map(({ name, next }) => [name, next] as const),
      ...(otherwise === undefined ? [] : [[timeout, otherwise] as const]),
    ]),
    words: `wait ${within ? `up to ${lengthWords(within)} ` : ''}for whichever comes first: ${awaited
      .map(({ name, words }) => `“${name}” (${words})`)
      .join(', ')}`,
    takesTime: true,
    hears,
    ...(ofTexts && {
      replies: {
        since,
        leadsTo: (body: string) =>
          branches[awaited.findIndex(({ texts }) => texts?.isMeant(body))]?.next ?? null,
      },
    }),
    facts: async (db, where, runs) => {
      const among = runs.map(({ userId }) => userId);
      const marks = sinceOf(since, ofMessage, where.lane);
      const { rows } = await sql<{ id: number } & Known>`
        SELECT r.id, r.message_id AS "messageId", ARRAY[${sql.join(
          awaited.map(
            (each) => sql`(extract(epoch FROM ${each.at(where, among, sameKey)}) * 1000)::double precision`,
          ),
        )}] AS at, ${ofTexts ? textsSince(where) : sql`NULL::jsonb`} AS texts
        FROM (
          SELECT g.id, g.user_id, g.key, ${marks.since} AS since, ${marks.messageId} AS message_id
          FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${among}::bigint[], ${runs.map(({ key }) => key)}::text[],
            ${runs.map(({ arrivedAt }) => arrivedAt)}::timestamptz[], ${runs.map(({ enteredAt }) => enteredAt)}::timestamptz[],
            ${runs.map(({ messageAt }) => messageAt ?? null)}::timestamptz[])
            AS g (id, user_id, key, arrived_at, entered_at, message_at) ${marks.join}
        ) r JOIN users u ON u.lane = ${where.lane} AND u.id = r.user_id`.execute(db);
      return new Map(rows.map(({ id, ...known }) => [id, known]));
    },
    factsUntil: async (db, where, runs) => {
      const among = runs.map(({ userId }) => userId);
      const parts = awaited.map(({ until }) => until?.(where, among) ?? null);
      if (parts.includes('ownInstant')) return new Map(runs.map(({ id }) => [id, where.now]));
      const until = earliest(parts.filter((part) => part !== 'ownInstant'));
      if (until === null) return new Map();
      const { rows } = await sql<{ id: number; until: Date }>`
        SELECT f.id, f.until FROM (
          SELECT r.id, ${until} AS until FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${among}::bigint[]) AS r (id, user_id)
          JOIN users u ON u.lane = ${where.lane} AND u.id = r.user_id
        ) f WHERE f.until IS NOT NULL`.execute(db);
      return new Map(rows.map(({ id, until: instant }) => [id, instant]));
    },
    asOf: (fact, now) => {
      const known = fact as Known | undefined;
      if (!known) return known;
      const isPast = (at: number | null) => at === null || at <= now.getTime();
      // That a condition holds is seen when it is looked at.
      const at = known.at.map((each, index) => {
        if (each === null) return null;
        if (awaited[index]?.what === 'becomes') return now.getTime();
        return isPast(each) ? each : null;
      });
      return { ...known, at };
    },
    awaits: {
      occurrences: awaited.map(({ name, what }) => ({ way: name, what })),
      suppose: (fact, run, at) => {
        const { arrivedAt, enteredAt, messageAt = arrivedAt } = run;
        const from = { entry: enteredAt, arrival: arrivedAt, lastMessage: earlier(messageAt, arrivedAt) };
        const supposed = at.map((each, index) =>
          each !== null && (each >= from[since].getTime() || isOfMessage(awaited[index]!.what)) ? each : null,
        );
        return { ...((fact as Known | undefined) ?? nothingKnown), supposed };
      },
    },
    step: (run, fact, now) => decide(run, (fact as Known | undefined) ?? nothingKnown, now),
  };
});

const firstOf = (one: number | null | undefined, other: number | null | undefined): number | null =>
  one == null || other == null ? (one ?? other ?? null) : Math.min(one, other);

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
/** What becomes of the last message counts whenever it came. */
const isOfMessage = (what: Occurrence): boolean => ['delivered', 'read', 'failed', 'click'].includes(what);

const nothingKnown: Known = { at: [], texts: null, messageId: null };

/** More texts than anybody writes in earnest while they wait. */
const mostTexts = 1_000;

/** SQL: the texts since `r.since` that answer the run `r`. */
const textsSince = ({ lane }: Where) => sql`(
  SELECT jsonb_agg(jsonb_build_object('at', (extract(epoch FROM t.received_at) * 1000)::double precision, 'body', t.body)
    ORDER BY t.received_at, t.id)
  FROM (SELECT i.id, i.received_at, i.body FROM journey_reply g JOIN inbound_message i ON i.lane = ${lane} AND i.id = g.inbound_id
    WHERE g.lane = ${lane} AND g.run_id = r.id AND g.held_by = r.id AND g.received_at >= r.since
    ORDER BY g.received_at, g.inbound_id LIMIT ${mostTexts}) t)`;

/** What is heard of the passage's messages is heard of this one alone. */
const ofThisMessage = (name: string, messageId: number | null): string =>
  name === ofOwnMessage || name === ofOwnClick ? `${name}${messageId ?? 0}` : name;

/** SQL: from when on what happened counts, and the last message of a passage `g`. */
function sinceOf(since: 'lastMessage' | 'entry' | 'arrival', ofMessage: boolean, lane: number) {
  const needsMessage = since === 'lastMessage' || ofMessage;
  return {
    since:
      since === 'lastMessage'
        ? sql`coalesce(least(lm.created_at, g.message_at, g.arrived_at), g.arrived_at)`
        : sql.ref(since === 'entry' ? 'g.entered_at' : 'g.arrived_at'),
    messageId: needsMessage ? sql`lm.id` : sql`NULL::bigint`,
    join: needsMessage
      ? sql`LEFT JOIN LATERAL (SELECT m.id, m.created_at FROM journey_message jm JOIN message m ON m.lane = ${lane} AND m.id = jm.message_id
          WHERE jm.lane = ${lane} AND jm.run_id = g.id ORDER BY jm.message_id DESC LIMIT 1) lm ON true`
      : sql``,
  };
}

function readOccurrence(
  name: string,
  what: Static<typeof occurrence>,
  place: string,
  ground: TileGround,
): Awaited {
  const forms = Object.entries(what).filter(([, value]) => value !== undefined);
  if (forms.length !== 1)
    throw ground.refuse(place, 'must have exactly one of event, purchase, message, click, reply or becomes');
  if (what.event ?? what.purchase) {
    const given = what.event?.where ?? what.purchase?.where;
    const kind = what.event ? 'event' : 'purchase';
    const where = given === undefined ? null : ground.conditions(given, `${place}.${kind}.where`);
    return ofEvents(name, what, where);
  }
  if (what.message) return ofMessages(name, what, what.message);
  if (what.click) return ofClicks(name, what);
  if (what.reply) {
    const texts = readTextsMeant(what.reply, `${place}.reply`, ground);
    const none = () => sql`NULL::timestamptz`;
    const isAny = what.reply.keywords === undefined && what.reply.contains === undefined;
    return {
      ...{ name, stored: what, words: texts.words, hears: ['received'], texts, at: none },
      what: isAny ? 'reply' : 'certainReply',
    };
  }
  return ofDefinition(name, ground.definition(what.becomes, `${place}.becomes`));
}

function ofEvents(name: string, what: Static<typeof occurrence>, where: Conditions | null): Awaited {
  const event = what.event
    ? { name: what.event.name, kind: 'custom' }
    : { name: 'purchase', kind: 'purchase' };
  const inner = { ...(what.event && { name: event.name }), ...(where && { where: where.stored }) };
  return {
    name,
    stored: what.event ? { event: { name: event.name, ...inner } } : { purchase: inner },
    words: `${what.event ? `the event “${event.name}”` : 'a purchase'}${where ? ` of which ${where.words}` : ''}`,
    hears: [what.event ? `event:${event.name}` : 'purchase'],
    what: what.event ? `event:${event.name}` : 'purchase',
    until: () => (where?.flips ? 'ownInstant' : null),
    at: ({ projectId, lane, now, upTo = now }, among, sameKey) => sql`(
      SELECT min(e.happened_at) FROM event e
      WHERE e.lane = ${lane} AND e.project_id = ${projectId} AND e.user_id = r.user_id
        AND e.name = ${event.name} AND e.kind = ${event.kind}
        AND e.happened_at >= r.since AND e.happened_at <= ${upTo}::timestamptz
        AND ${where?.holds(sql`e.data`, { projectId, lane, now, among }, 'u', 0) ?? sql`true`}
        AND ${sameKey === null ? sql`true` : sql`e.data ->> ${sameKey}::text = r.key`})`,
  };
}

const columnOf = { delivered: 'delivered_at', read: 'read_at', failed: 'failed_at' } as const;

const ofMessages = (name: string, what: Static<typeof occurrence>, fate: keyof typeof columnOf): Awaited => ({
  name,
  stored: what,
  words: `their last message is ${fate === 'failed' ? 'not delivered' : fate}`,
  hears: [ofOwnMessage],
  what: fate,
  at: ({ lane }) =>
    sql`(SELECT ${sql.ref(`m.${columnOf[fate]}`)} FROM message m WHERE m.lane = ${lane} AND m.id = r.message_id)`,
});

const ofClicks = (name: string, what: Static<typeof occurrence>): Awaited => ({
  name,
  stored: what,
  words: 'a tap on a link of their last message',
  hears: [ofOwnClick],
  what: 'click',
  at: ({ lane }) => sql`(SELECT min(c.clicked_at) FROM link_click c
    WHERE c.lane = ${lane} AND c.message_id = r.message_id AND c.visitor = 'person')`,
});

const ofDefinition = (name: string, definition: Definition): Awaited => ({
  name,
  stored: { becomes: definition.stored },
  words: 'a condition holds of them',
  hears: definition.hears,
  what: 'becomes',
  until: ({ projectId, lane, now }, among) => definition.flipsAt({ projectId, lane, now, among }),
  at: ({ projectId, lane, now }, among) =>
    sql`(CASE WHEN ${definition.holds({ projectId, lane, now, among })} THEN ${now}::timestamptz END)`,
});
