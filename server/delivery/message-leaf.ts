import { sql } from 'kysely';
import { Type } from 'typebox';
import { rowId } from '../http/schemas.ts';
import { media } from '../medium/media.ts';
import { type Asked, amongThem, leafKind, type Part, refuse, strict } from '../segments/leaf-kind.ts';
import { withPerson } from '../segments/leaves/with-person.sql.ts';
import { readWhen, whenSchema } from '../segments/time/window.sql.ts';
import { numberTest, readNumberTest } from '../segments/values/number-test.ts';

interface Fate {
  /** `they were sent`. */
  words: string;
  /** SQL: when, of messages `m` with what `join` adds as `c`, of which `where` holds. */
  at: Part;
  where: Part;
  join: Part;
}

/** What became of a message, or what its person did with it. */
const fates = {
  sent: {
    words: 'were sent',
    at: sql`m.dispatched_at`,
    where: sql`m.status IN ('sent', 'delivered', 'read', 'bounced')`,
    join: sql``,
  },
  delivered: {
    words: 'got',
    at: sql`coalesce(m.delivered_at, m.read_at)`,
    where: sql`m.status IN ('delivered', 'read')`,
    join: sql``,
  },
  read: { words: 'read', at: sql`m.read_at`, where: sql`m.read_at IS NOT NULL`, join: sql`` },
  failed: {
    words: 'did not get, as they failed,',
    at: sql`m.failed_at`,
    where: sql`m.status = 'bounced'`,
    join: sql``,
  },
  skipped: {
    words: 'were passed over for',
    at: sql`m.created_at`,
    where: sql`m.status = 'skipped'`,
    join: sql``,
  },
  clicked: {
    words: 'tapped a link of',
    at: sql`c.clicked_at`,
    where: sql`c.visitor = 'person'`,
    join: sql`JOIN link_click c ON c.lane = m.lane AND c.message_id = m.id`,
  },
  opened: {
    words: 'opened',
    at: sql`c.opened_at`,
    where: sql`c.visitor = 'person'`,
    join: sql`JOIN email_open c ON c.lane = m.lane AND c.message_id = m.id`,
  },
} as const satisfies Record<string, Fate>;

/** By which happenings each may become another. */
const heard: Readonly<Record<keyof typeof fates, readonly string[]>> = {
  sent: ['message'],
  delivered: ['message'],
  read: ['message'],
  failed: ['message'],
  skipped: ['skip', 'message'],
  clicked: ['click'],
  opened: ['open'],
};

const ids = Type.Optional(Type.Array(rowId, { minItems: 1, maxItems: 1_000 }));

const schema = strict(
  {
    what: Type.Enum(Object.keys(fates) as (keyof typeof fates)[], {
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

/** Messages that somebody had, and what they did with them. */
export const messageLeaf = leafKind('message', schema, (leaf, place, ground) => {
  const { what, campaignIds, templateIds, channelIds, messageTypeIds, medium, reasons } = leaf;
  if (reasons && what !== 'failed' && what !== 'skipped')
    throw refuse(`${place}.reasons`, `says nothing beside ${what}; leave it out`);
  const { when, stored } = readWhen(leaf, place, ground);
  const times = readNumberTest(leaf.times ?? { atLeast: 1 }, `${place}.times`);
  if (!times) throw refuse(`${place}.times`, `must have one of ${Object.keys(numberTest).join(', ')}`);
  const fate: Fate = fates[what];
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
  return {
    stored: { ...leaf, zone: undefined, ...stored },
    refersTo: [
      ...(channelIds ?? []).map((id) => ({ kind: 'channel' as const, id })),
      ...(messageTypeIds ?? []).map((id) => ({ kind: 'messageType' as const, id })),
    ],
    sentence: () => {
      const never = times.stored.is === 0;
      const often = isAny
        ? never
          ? 'no message'
          : 'a message'
        : `${times.words} messages${isTurned ? ' (or none)' : ''}`;
      const which = [
        ...(medium ? [` by ${medium}`] : []),
        ...(campaignIds ? [` of campaign ${campaignIds.join(' or ')}`] : []),
        ...(templateIds ? [` of template ${templateIds.join(' or ')}`] : []),
        ...(channelIds ? [` of channel ${channelIds.join(' or ')}`] : []),
        ...(messageTypeIds ? [` of message type ${messageTypeIds.join(' or ')}`] : []),
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
    hears: [...heard[what], ...(when?.asksPerson ? ['place'] : [])],
    shows: (
      of,
    ) => sql`(SELECT jsonb_build_object('times', count(DISTINCT m.id), 'first', min(${fate.at}), 'last', max(${fate.at}))
      ${counting(of)} AND m.user_id = u.id)`,
    remarks: () => [],
  };
});
