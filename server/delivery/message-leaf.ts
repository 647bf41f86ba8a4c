import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { rowId } from '../http/schemas.ts';
import { media } from '../medium/media.ts';
import {
  type Asked,
  amongThem,
  type Condition,
  type LeafKind,
  leafKind,
  type Part,
  type ReadingGround,
  type Reference,
  refuse,
  strict,
} from '../segments/leaf-kind.ts';
import { withPerson } from '../segments/leaves/with-person.sql.ts';
import { readWhen, whenSchema } from '../segments/time/window.sql.ts';
import { numberTest, readNumberTest } from '../segments/values/number-test.ts';
import { nameOf } from '../segments/words.ts';

/** What became of a message, or what its person did with it. */
export interface MessageFate {
  /** `they were sent`. */
  words: string;
  /** SQL: when, of messages `m` with what `join` adds as `c`, of which `where` holds. */
  at: Part;
  where: Part;
  join: Part;
  /** By which happenings it may become another (`heardAs`). */
  hears: readonly string[];
}

const fates: Readonly<Record<string, MessageFate>> = {
  sent: {
    words: 'were sent',
    at: sql`m.dispatched_at`,
    where: sql`m.status IN ('sent', 'delivered', 'read', 'bounced')`,
    join: sql``,
    hears: ['message'],
  },
  delivered: {
    words: 'got',
    at: sql`coalesce(m.delivered_at, m.read_at)`,
    where: sql`m.status IN ('delivered', 'read')`,
    join: sql``,
    hears: ['message'],
  },
  read: {
    words: 'read',
    at: sql`m.read_at`,
    where: sql`m.read_at IS NOT NULL`,
    join: sql``,
    hears: ['message'],
  },
  failed: {
    words: 'did not get, as they failed,',
    at: sql`m.failed_at`,
    where: sql`m.status = 'bounced'`,
    join: sql``,
    hears: ['message'],
  },
  skipped: {
    words: 'were passed over for',
    at: sql`m.created_at`,
    where: sql`m.status = 'skipped'`,
    join: sql``,
    hears: ['skip', 'message'],
  },
  clicked: {
    words: 'tapped a link of',
    at: sql`c.clicked_at`,
    where: sql`c.visitor = 'person'`,
    join: sql`JOIN link_click c ON c.lane = m.lane AND c.message_id = m.id`,
    hears: ['click'],
  },
  opened: {
    words: 'opened',
    at: sql`c.opened_at`,
    where: sql`c.visitor = 'person'`,
    join: sql`JOIN email_open c ON c.lane = m.lane AND c.message_id = m.id`,
    hears: ['open'],
  },
};

const ids = Type.Optional(Type.Array(rowId, { minItems: 1, maxItems: 1_000 }));

const schemaOf = (names: readonly string[]) =>
  strict(
    {
      what: Type.Enum([...names], {
        description:
          'What became of it. Clicks and opens of machines count for nothing; an open that is known to be a person’s is told of few emails',
      }),
      campaignIds: ids,
      templateIds: ids,
      channelIds: ids,
      messageTypeIds: ids,
      medium: Type.Optional(Type.Enum(media.map(({ name }) => name))),
      reasons: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          minItems: 1,
          maxItems: 100,
          description: 'Of failed the carrier’s codes, of skipped the reasons',
        }),
      ),
      times: Type.Optional(
        strict(numberTest, 'How many messages. At least one unless told; { "is": 0 } is none'),
      ),
      ...whenSchema,
    },
    'Messages to somebody, by what became of them. Those to whoever was merged into somebody stay with whom they were sent to',
  );

/** Messages that somebody had, and what they did with them: what is known here, and what rooms above bring, by its name. */
export const messageLeafOf = (more: Readonly<Record<string, MessageFate>>): LeafKind => {
  const known = { ...fates, ...more };
  return leafKind('message', schemaOf(Object.keys(known)), (leaf, place, ground) =>
    conditionOf(leaf, known, place, ground),
  );
};

function conditionOf(
  leaf: Static<ReturnType<typeof schemaOf>>,
  known: Readonly<Record<string, MessageFate>>,
  place: string,
  ground: ReadingGround,
): Condition {
  const { what, campaignIds, templateIds, channelIds, messageTypeIds, medium, reasons } = leaf;
  if (reasons && what !== 'failed' && what !== 'skipped')
    throw refuse(`${place}.reasons`, `says nothing beside ${what}; leave it out`);
  const { when, stored } = readWhen(leaf, place, ground);
  const times = readNumberTest(leaf.times ?? { atLeast: 1 }, `${place}.times`);
  if (!times) throw refuse(`${place}.times`, `must have one of ${Object.keys(numberTest).join(', ')}`);
  const fate = known[what];
  if (!fate) throw refuse(`${place}.what`, `is none of ${Object.keys(known).join(', ')}`);
  const oneOf = (column: string, values: readonly number[] | undefined) =>
    values ? sql`AND ${sql.ref(`m.${column}`)} = ANY(${values}::int[])` : sql``;
  const why = sql.ref(what === 'failed' ? 'm.error_code' : 'm.skip_reason');
  /** SQL: the end of a WHERE: which messages are meant. */
  const which = sql`${oneOf('campaign_id', campaignIds)} ${oneOf('template_id', templateIds)} ${oneOf('channel_id', channelIds)}
      ${oneOf('message_type_id', messageTypeIds)} ${medium ? sql`AND m.medium = ${medium}` : sql``}
      ${reasons ? sql`AND ${why} = ANY(${reasons}::text[])` : sql``}`;
  /** SQL: FROM and WHERE of what counts. */
  const counting = (
    of: Asked,
  ) => sql`FROM message m ${fate.join} ${withPerson(when?.asksPerson, of.lane, sql`m.user_id`)}
    WHERE m.lane = ${of.lane} AND m.project_id = ${of.projectId} AND ${fate.where} AND ${fate.at} <= ${of.now}::timestamptz
      ${which}
      AND ${when?.holdsAt(fate.at, of.now, 'z') ?? sql`true`}`;
  const isTurned = times.holds(0);
  const wanted = (of: number) => sql`${of}::numeric`;
  const isAny = times.stored.is === 0 || times.stored.atLeast === 1;
  const counted = times.sql(sql`count(DISTINCT m.id)`, wanted);
  const grouped = isAny
    ? sql``
    : sql`GROUP BY m.user_id HAVING ${isTurned ? sql`NOT (${counted})` : counted}`;
  const targets = (
    [
      ['campaign', 'campaign', campaignIds],
      ['template', 'template', templateIds],
      ['channel', 'channel', channelIds],
      ['message type', 'messageType', messageTypeIds],
    ] as const
  ).flatMap(([title, kind, ofKind]) =>
    ofKind ? [[title, ofKind.map((id): Reference => ({ kind, id }))] as const] : [],
  );
  return {
    stored: { ...leaf, zone: undefined, ...stored },
    refersTo: targets.flatMap(([, references]) => references),
    sentence: (names) => {
      const never = times.stored.is === 0;
      const often = isAny
        ? never
          ? 'no message'
          : 'a message'
        : `${times.words} messages${isTurned ? ' (or none)' : ''}`;
      const which = [
        ...(medium ? [` by ${medium}`] : []),
        ...targets.map(
          ([title, references]) =>
            ` of the ${title} ${references.map((each) => nameOf(each, names)).join(' or ')}`,
        ),
        ...(reasons ? [`, for ${reasons.join(' or ')}`] : []),
        ...(when ? [` ${when.words}`] : []),
      ];
      return `they ${fate.words} ${often}${which.join('')}`;
    },
    holds: (of) => {
      const found = sql`u.id IN (SELECT m.user_id ${counting(of)} ${amongThem(of, sql`m.user_id`)} ${grouped})`;
      return isTurned ? sql`NOT ${found}` : found;
    },
    flipsAt: (of) => {
      const goes = when?.flips?.(fate.at, of.now, 'u');
      // What is true while there is one flips when the last one goes; else it may with each.
      const leaves = goes && (isAny ? sql`max(${goes})` : sql`min(${goes})`);
      const isInTime = sql`${fate.at} <= ${of.now}::timestamptz AND ${when?.holdsAt(fate.at, of.now, 'u') ?? sql`true`}`;
      return sql`(SELECT least(min(${fate.at}) FILTER (WHERE ${fate.at} > ${of.now}::timestamptz)
          ${leaves ? sql`, ${leaves} FILTER (WHERE ${isInTime})` : sql``})
        FROM message m ${fate.join} WHERE m.lane = ${of.lane} AND m.user_id = u.id AND ${fate.where} ${which})`;
    },
    hears: [...fate.hears, ...(when?.asksPerson ? ['place'] : [])],
    shows: (
      of,
    ) => sql`(SELECT jsonb_build_object('times', count(DISTINCT m.id), 'first', min(${fate.at}), 'last', max(${fate.at}))
      ${counting(of)} AND m.user_id = u.id)`,
    remarks: () =>
      campaignIds ? [] : ['Reads every message there ever was; say campaignIds where others do not matter'],
  };
}
