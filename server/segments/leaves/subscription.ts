import { sql } from 'kysely';
import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { type Asked, amongThem, leafKind, type Part, type Reference, refuse, strict } from '../leaf-kind.ts';
import { readWhen, whenSchema } from '../time/window.sql.ts';
import { nameOf } from '../words.ts';
import { withPerson } from './with-person.sql.ts';

const schema = strict(
  {
    channelId: Type.Optional(rowId),
    messageTypeId: Type.Optional(rowId),
    status: Type.Enum(['subscribed', 'pending', 'unsubscribed', 'none'], {
      description:
        'none: nothing was ever said. Whoever is unsubscribed from a channel is so from its message types',
    }),
    paused: Type.Optional(Type.Boolean({ description: 'Whether an unclear wish waits for a decision' })),
    methods: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 50 }), {
        minItems: 1,
        maxItems: 50,
        description: 'By which means it came to be so: keyword, webForm, import …',
      }),
    ),
    ...whenSchema,
  },
  'Where somebody stands with a channel, or with a message type; during: since then',
);

/** Standing with a channel or message type. */
export const subscriptionLeaf = leafKind('subscription', schema, (leaf, place, ground) => {
  const { channelId, messageTypeId, status, paused, methods, during } = leaf;
  const id = channelId ?? messageTypeId;
  if (id === undefined || (channelId !== undefined && messageTypeId !== undefined))
    throw refuse(place, 'must have one of channelId and messageTypeId');
  if (status === 'none' && (paused !== undefined || methods || during))
    throw refuse(place, 'has status none, of which there is no paused, methods or during; leave them out');
  const target: Reference = { kind: channelId === undefined ? 'messageType' : 'channel', id };
  const { when, stored } = readWhen(leaf, place, ground);

  /** SQL: ids of those of whom a row says so. */
  const rows = (
    of: Asked,
    kind: 'channel' | 'messageType',
    targetId: Part,
    statuses: readonly string[],
  ) => sql`(
    SELECT s.user_id FROM subscription s ${withPerson(when?.asksPerson, of.lane, sql`s.user_id`)}
    WHERE s.lane = ${of.lane} AND s.project_id = ${of.projectId} AND s.kind = ${kind} AND s.target_id = ${targetId}
      AND s.status = ANY(${statuses}::text[]) ${amongThem(of, sql`s.user_id`)}
      AND ${paused === undefined ? sql`true` : sql`(s.paused_at IS NOT NULL) = ${paused}`}
      AND ${when?.holdsAt(sql`s.since`, of.now, 'z') ?? sql`true`}
      AND ${
        methods
          ? sql`EXISTS (SELECT 1 FROM consent_entry c
        WHERE c.lane = ${of.lane} AND c.id = s.entry_id AND c.method = ANY(${methods}::text[]))`
          : sql`true`
      })`;
  /** SQL: ids of those whose channel is closed, since whenever. */
  const closed = (of: Asked) => sql`(
    SELECT s.user_id FROM subscription s WHERE s.lane = ${of.lane} AND s.project_id = ${of.projectId} AND s.kind = 'channel'
      AND s.target_id = ${channelOf} AND s.status = 'unsubscribed' ${amongThem(of, sql`s.user_id`)})`;
  const channelOf = sql`(SELECT t.channel_id FROM message_type t WHERE t.id = ${id})`;

  const holds = (of: Asked): Part => {
    if (status === 'none') {
      const some = sql`u.id IN ${rows(of, target.kind === 'channel' ? 'channel' : 'messageType', sql`${id}`, ['subscribed', 'pending', 'unsubscribed'])}`;
      return target.kind === 'channel' ? sql`NOT ${some}` : sql`NOT (${some} OR u.id IN ${closed(of)})`;
    }
    if (target.kind === 'channel') return sql`u.id IN ${rows(of, 'channel', sql`${id}`, [status])}`;
    const ofType = sql`u.id IN ${rows(of, 'messageType', sql`${id}`, [status])}`;
    return status === 'unsubscribed'
      ? sql`(${ofType} OR u.id IN ${rows(of, 'channel', channelOf, ['unsubscribed'])})`
      : sql`(${ofType} AND NOT u.id IN ${closed(of)})`;
  };

  const stands = {
    subscribed: 'are subscribed to',
    pending: 'have yet to confirm',
    unsubscribed: 'are unsubscribed from',
    none: 'never said anything of',
  }[status];
  /** What a message type's channel has to do with it. */
  const ofChannel =
    status === 'unsubscribed' ? ' or from its channel' : ' and are not unsubscribed from its channel';
  return {
    stored: { ...leaf, zone: undefined, ...stored },
    refersTo: [target],
    sentence: (names) =>
      [
        `they ${stands} the ${target.kind === 'channel' ? 'channel' : 'message type'} ${nameOf(target, names)}${target.kind === 'channel' ? '' : ofChannel}`,
        ...(paused === undefined
          ? []
          : [paused ? 'with an unclear wish that waits' : 'with no unclear wish that waits']),
        ...(methods ? [`by ${methods.join(' or ')}`] : []),
        ...(when ? [`since a time ${when.words}`] : []),
      ].join(', '),
    holds,
    flipsAt: (of) =>
      when?.flips
        ? sql`(SELECT min(${when.flips(sql`s.since`, of.now, 'u')}) FROM subscription s
            WHERE s.lane = ${of.lane} AND s.user_id = u.id AND (s.kind = ${target.kind} AND s.target_id = ${id}
              OR s.kind = 'channel' AND s.target_id = ${target.kind === 'channel' ? sql`${id}` : channelOf}))`
        : null,
    // An address that comes or goes may bring an opt-out or end an opt-in; a channel that closes closes its types.
    hears: [
      ...['address', 'consent', target.kind === 'channel' ? `channel:${id}` : `messageType:${id}`],
      ...(target.kind === 'channel' ? [] : ['channel']),
      ...(when?.asksPerson ? ['place'] : []),
    ],
    shows: ({ lane }) => sql`(
      SELECT jsonb_build_object('status', s.status, 'since', s.since, 'paused', s.paused_at IS NOT NULL,
        'channel', (SELECT c.status FROM subscription c WHERE c.lane = ${lane} AND c.user_id = u.id AND c.kind = 'channel'
          AND c.target_id = ${target.kind === 'channel' ? sql`${id}` : channelOf}))
      FROM subscription s WHERE s.lane = ${lane} AND s.user_id = u.id AND s.kind = ${target.kind} AND s.target_id = ${id})`,
    remarks: () => [],
  };
});
