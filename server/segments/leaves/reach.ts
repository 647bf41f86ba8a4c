import { sql } from 'kysely';
import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { factsOf, media } from '../../medium/media.ts';
import { reachedUsers } from '../../users/address-rows.sql.ts';
import { type Asked, amongThem, leafKind, type Reference, strict } from '../leaf-kind.ts';
import { nameOf } from '../words.ts';

const schema = strict(
  {
    medium: Type.Enum(media.map(({ name }) => name)),
    messageTypeId: Type.Optional(rowId),
  },
  'May be written to: has an address there that is not known to be dead, and is subscribed, without an unclear wish that waits, to the message type or to any of the medium, and to its channel',
);

/** Being somebody who may be written to on a medium. */
export const reachLeaf = leafKind('reach', schema, (leaf) => {
  const { medium, messageTypeId } = leaf;
  const refersTo: Reference[] =
    messageTypeId === undefined ? [] : [{ kind: 'messageType', id: messageTypeId }];
  const ofType = messageTypeId === undefined ? sql`true` : sql`t.target_id = ${messageTypeId}`;
  const agreed = (of: Asked) => sql`
    SELECT t.user_id FROM subscription t
    JOIN message_type ty ON ty.id = t.target_id JOIN channel ch ON ch.id = ty.channel_id
    JOIN subscription c ON c.lane = ${of.lane} AND c.user_id = t.user_id AND c.kind = 'channel' AND c.target_id = ty.channel_id
    WHERE t.lane = ${of.lane} AND t.project_id = ${of.projectId} AND t.kind = 'messageType' AND ${ofType}
      AND t.status = 'subscribed' AND t.paused_at IS NULL AND c.status = 'subscribed' AND c.paused_at IS NULL
      AND ch.medium = ${medium} ${amongThem(of, sql`t.user_id`)}`;
  return {
    stored: leaf,
    refersTo,
    sentence: (names) => {
      const [type] = refersTo;
      const what = type ? `with messages of the type ${nameOf(type, names)} ` : '';
      return `they may be written to ${what}by ${factsOf(medium).title}`;
    },
    holds: (of) => sql`(u.id IN (${reachedUsers(medium, of.lane, of.among)}) AND u.id IN (${agreed(of)}))`,
    flipsAt: () => null,
    hears: ['address', 'consent', `consent:${medium}`],
    shows: (of) => sql`jsonb_build_object(
      'hasAddress', u.id IN (${reachedUsers(medium, of.lane, of.among)}), 'agreed', u.id IN (${agreed(of)}))`,
    remarks: () => [],
  };
});
