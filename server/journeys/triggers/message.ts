import { type RawBuilder, sql } from 'kysely';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { isAnswered, isLeftBy } from '../../delivery/rollups/fold-responses.sql.ts';
import type { Happening, MessageHappening } from '../../http/happenings.ts';
import { rowId } from '../../http/schemas.ts';
import { type Medium, media } from '../../medium/media.ts';
import { strict } from '../../segments/leaf-kind.ts';
import type { Where } from '../definition/tile-kind.ts';
import { isOfJourney } from '../journey-campaigns.sql.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

/** What may become of a message, by the word of documents, with the happening that tells it. */
const told = {
  sent: 'send',
  delivered: 'delivered',
  read: 'seen',
  failed: 'bounce',
  skipped: 'sendSkip',
} as const satisfies Record<string, MessageHappening['what']>;
const fates = [...Object.keys(told), 'clicked', 'replied', 'unsubscribed'] as (
  | keyof typeof told
  | 'clicked'
  | 'replied'
  | 'unsubscribed'
)[];

const ids = Type.Optional(Type.Array(rowId, { minItems: 1, maxItems: 1_000, uniqueItems: true }));
const schema = strict(
  {
    what: Type.Union(
      fates.map((fate) => Type.Literal(fate)),
      {
        description:
          'What becomes of it. A reply is one to the sender of a message that left within 24 hours before; an opt-out likewise, of its channel or message type',
      },
    ),
    ...{ campaignIds: ids, templateIds: ids, channelIds: ids },
    medium: Type.Optional(Type.Union(media.map(({ name }) => Type.Literal(name)))),
    reasons: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 1,
        maxItems: 100,
        description: 'Of failed the carrier’s codes, of skipped the reasons; any, where none is named',
      }),
    ),
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description: 'Of clicked: what stands in the link’s address, upper and lower case alike',
      }),
    ),
  },
  'What becomes of a message, of any or of those that are named. Messages of the journey itself let nobody in, so that it does not go round',
);

/** Something becomes of a message. */
export const messageTrigger = triggerKind('message', schema, (given, place, ground) => {
  const { what, campaignIds, templateIds, channelIds, medium, reasons } = given;
  const url = given.url?.toLowerCase();
  if (reasons && what !== 'failed' && what !== 'skipped')
    throw ground.refuse(`${place}.reasons`, `says nothing beside ${what}; leave it out`);
  if (url !== undefined && what !== 'clicked')
    throw ground.refuse(`${place}.url`, `says nothing beside ${what}; leave it out`);
  const named = [
    ...(campaignIds ?? []).map((id) => ({ reference: { kind: 'campaign', id } as const, at: 'campaignIds' })),
    ...(templateIds ?? []).map((id) => ({ reference: { kind: 'template', id } as const, at: 'templateIds' })),
    ...(channelIds ?? []).map((id) => ({ reference: { kind: 'channel', id } as const, at: 'channelIds' })),
  ];
  for (const { reference, at } of named) ground.refer(reference, `${place}.${at}`);
  const isCampaign = (id: number | null) =>
    campaignIds === undefined || (id !== null && campaignIds.includes(id));
  const isMeant = (happening: Happening): boolean => {
    switch (happening.kind) {
      case 'message':
        return (
          what in told &&
          happening.what === told[what as keyof typeof told] &&
          isCampaign(happening.campaignId) &&
          (reasons === undefined || reasons.includes(happening.reason ?? '')) &&
          isMedium(happening.medium)
        );
      case 'click':
        return (
          what === 'clicked' &&
          isCampaign(happening.campaignId) &&
          (url === undefined || happening.url.toLowerCase().includes(url))
        );
      case 'received':
        return what === 'replied' && isMedium(happening.medium);
      case 'standing':
        return what === 'unsubscribed' && happening.status === 'unsubscribed' && isMedium(happening.medium);
      default:
        return false;
    }
  };
  const isMedium = (of: Medium) => medium === undefined || medium === of;
  const oneOf = (column: string, values: readonly number[] | undefined) =>
    values ? sql`AND ${sql.ref(column)} = ANY (${values}::int[])` : sql``;
  const which = sql`${oneOf('m.campaign_id', campaignIds)} ${oneOf('m.template_id', templateIds)}
    ${oneOf('m.channel_id', channelIds)} ${medium ? sql`AND m.medium = ${medium}` : sql``}`;
  const kind = what in told ? 'message' : kinds[what as keyof typeof kinds];
  const of = named.map(({ reference }) => `${reference.kind} ${ground.nameOf(reference)}`);
  return {
    stored: { message: given },
    words: `a message ${words[what]}${of.length > 0 ? `, of ${of.join(' or ')}` : ''}${medium ? `, by ${medium}` : ''}${reasons ? `, for ${reasons.join(' or ')}` : ''}${given.url ? `, to an address with “${given.url}” in it` : ''}`,
    kinds: [kind],
    wants: isMeant,
    caused: async (db, where, happenings) => {
      const meant = happenings.filter(isMeant);
      const found = await messagesOf(db, where, meant, which);
      return meant.flatMap((happening, index): Caused[] => {
        const message = found.get(index);
        if (!message) return [];
        const { userId, at } = happening;
        const data = {
          messageId: encodeMessageId(where.lane, message.id),
          ...{ campaignId: message.campaignId, templateId: message.templateId },
          ...(happening.kind === 'click' && { url: happening.url }),
          ...(happening.kind === 'received' && { reply: happening.body }),
          ...(happening.kind === 'message' && happening.reason !== null && { reason: happening.reason }),
        };
        return [{ userId, at, eventId: null, data, cause: { message: what, ...data, at } }];
      });
    },
  };
});

const kinds = { clicked: 'click', replied: 'received', unsubscribed: 'standing' } as const;

const words: Record<(typeof fates)[number], string> = {
  ...{ sent: 'that was sent', delivered: 'that was delivered', read: 'that was read' },
  ...{ failed: 'that failed', skipped: 'that was not sent', clicked: 'of which a link was tapped' },
  ...{ replied: 'that was answered', unsubscribed: 'after which they opted out' },
};

interface Found {
  id: number;
  campaignId: number | null;
  templateId: number | null;
}

/** The message of each happening, by its place; where several are answered by one text, the last of them. Each opt-out counts once for a message. */
async function messagesOf(
  db: Database,
  { projectId, lane, journeyId }: Where & { journeyId: number },
  happenings: readonly Happening[],
  which: RawBuilder<unknown>,
): Promise<Map<number, Found>> {
  const column = <Value>(of: (happening: Happening) => Value): Value[] => happenings.map(of);
  const standing = <Value>(of: (each: Extract<Happening, { kind: 'standing' }>) => Value) =>
    column((each) => (each.kind === 'standing' ? of(each) : null));
  const isOf = sql`CASE h.kind
    WHEN 'received' THEN ${isAnswered(sql`h.sender_id`, sql`h.at`)}
    WHEN 'standing' THEN ${isLeftBy(
      sql`CASE WHEN h.message_type_id IS NULL THEN ARRAY[h.channel_id] ELSE '{}'::int[] END`,
      sql`CASE WHEN h.message_type_id IS NULL THEN '{}'::int[] ELSE ARRAY[h.message_type_id] END`,
      sql`h.at`,
    )}
    ELSE m.id = h.message_id END`;
  const { rows } = await sql<Found & { place: number; kind: string }>`
    SELECT h.place, h.kind, f.* FROM unnest(${column(({ kind }) => kind)}::text[], ${column(({ userId }) => userId)}::bigint[],
      ${column(({ at }) => at)}::timestamptz[], ${column((each) => ('messageId' in each ? each.messageId : null))}::bigint[],
      ${column((each) => (each.kind === 'received' ? each.senderId : null))}::int[],
      ${standing(({ channelId }) => channelId)}::int[], ${standing(({ messageTypeId }) => messageTypeId)}::int[])
      WITH ORDINALITY AS h (kind, user_id, at, message_id, sender_id, channel_id, message_type_id, place)
    CROSS JOIN LATERAL (
      SELECT m.id, m.campaign_id AS "campaignId", m.template_id AS "templateId" FROM message m
      WHERE m.lane = ${lane} AND m.project_id = ${projectId} AND m.user_id = h.user_id
        AND (h.message_id IS NULL OR m.id = h.message_id) AND ${isOf} ${which} AND NOT ${isOfJourney(journeyId)}
      ORDER BY m.dispatched_at DESC NULLS LAST, m.id DESC LIMIT 1
    ) f ORDER BY h.place`.execute(db);
  const seen = new Set<number>();
  return new Map(
    rows.flatMap(({ place, kind, ...message }) => {
      if (kind === 'standing' && seen.has(message.id)) return [];
      seen.add(message.id);
      return [[Number(place) - 1, message] as const];
    }),
  );
}
