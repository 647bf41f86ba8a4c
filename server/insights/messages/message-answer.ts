import { type Static, Type } from 'typebox';
import { encodeMessageId } from '../../database/message-id.ts';
import { waitingFor } from '../../delivery/waiting-for.ts';
import { nullable } from '../../http/schemas.ts';
import type { ClickRow, MessageRow } from './message-rows.sql.ts';

/** A message as it is listed. Instants in ms since 1970. */
export const messageAnswer = Type.Object({
  messageId: Type.String(),
  userRef: nullable(
    Type.String({ description: 'Names the user in /api/users/{ref}/history; null when deleted' }),
  ),
  email: nullable(Type.String()),
  userId: nullable(Type.String()),
  phoneNumber: nullable(Type.String()),
  toAddress: nullable(Type.String()),
  campaignId: nullable(Type.Integer()),
  templateId: nullable(Type.Integer()),
  senderId: nullable(Type.Integer()),
  channelId: Type.Integer(),
  messageTypeId: nullable(Type.Integer()),
  medium: Type.String(),
  wire: nullable(
    Type.String({ description: 'The wire it went by last, one of GET /api/wires; null before it went' }),
  ),
  purpose: Type.String(),
  status: Type.String(),
  skipReason: nullable(Type.String()),
  errorCode: nullable(Type.String()),
  errorDetail: nullable(Type.String()),
  retryAt: nullable(Type.Integer({ description: 'When what has bounced is tried again; null for never' })),
  segments: Type.Integer(),
  price: Type.Number({ description: 'US dollars' }),
  createdAt: Type.Integer(),
  dueAt: nullable(
    Type.Integer({ description: 'When one that waits may leave; null once it left, or while it is paused' }),
  ),
  waitingFor: nullable(
    Type.String({
      description:
        'Why one that waits does: pause (of its campaign), turn (its sender is busy), retry, time (its own is to come), hours (none is lawful at the person’s place now), hoursOrLimit (those, or a limit of messages)',
    }),
  ),
  dispatchedAt: nullable(Type.Integer()),
  deliveredAt: nullable(Type.Integer()),
});

/** One thing that happened to a message. */
const lifeEntry = Type.Object({
  at: Type.Integer(),
  what: Type.String(),
  detail: nullable(Type.String()),
});

/** A message with its content and its whole life. */
export const messageLifeAnswer = Type.Object({
  ...messageAnswer.properties,
  content: Type.Unknown(),
  attempts: Type.Integer(),
  providerMessageId: nullable(Type.String()),
  life: Type.Array(lifeEntry),
});

const milliseconds = (at: Date | null) => at?.getTime() ?? null;

/** A row as it is listed, as it stands `now`. */
export function messageAsAnswer(row: MessageRow, now: Date): Static<typeof messageAnswer> {
  return {
    messageId: encodeMessageId(row.lane, row.id),
    userRef: row.user_exists ? `id:${row.lane}.${row.user_id}` : null,
    email: row.email,
    userId: row.external_id,
    phoneNumber: row.phone_number,
    toAddress: row.to_address,
    campaignId: row.campaign_id,
    templateId: row.template_id,
    senderId: row.sender_id,
    channelId: row.channel_id,
    messageTypeId: row.message_type_id,
    medium: row.medium,
    wire: row.wire,
    purpose: row.purpose,
    status: row.status,
    skipReason: row.skip_reason,
    errorCode: row.error_code,
    errorDetail: row.error_detail,
    retryAt: milliseconds(row.retry_at),
    segments: row.segments,
    price: row.price_micros / 1_000_000,
    createdAt: row.created_at.getTime(),
    dueAt: row.status === 'queued' ? milliseconds(row.due_at) : null,
    waitingFor: waitingFor(row, now),
    dispatchedAt: milliseconds(row.dispatched_at),
    deliveredAt: milliseconds(row.delivered_at),
  };
}

/** A row with all that is known of its life, in order of time. */
export function messageLifeAsAnswer(
  row: MessageRow,
  clicks: readonly ClickRow[],
  now: Date,
): Static<typeof messageLifeAnswer> {
  return {
    ...messageAsAnswer(row, now),
    content: row.content,
    attempts: row.attempts,
    providerMessageId: row.provider_message_id,
    life: lifeOf(row, clicks),
  };
}

function lifeOf(row: MessageRow, clicks: readonly ClickRow[]): Static<typeof lifeEntry>[] {
  const entries: { at: Date | null; what: string; detail: string | null }[] = [
    { at: row.created_at, what: 'admitted', detail: null },
    {
      at: row.dispatched_at,
      what: 'dispatched',
      detail: row.attempts > 1 ? `attempt ${row.attempts}` : null,
    },
    { at: row.sent_at, what: 'sent', detail: row.provider_message_id },
    { at: row.delivered_at, what: 'delivered', detail: null },
    { at: row.read_at, what: 'read', detail: null },
    {
      at: row.failed_at,
      what: 'bounced',
      detail: [row.error_code, row.error_detail].filter(Boolean).join(': ') || null,
    },
    ...clicks.map((click) => ({
      at: click.clicked_at,
      what:
        click.visitor === 'person' ? 'clicked' : `clickedBy${click.visitor === 'bot' ? 'Bot' : 'Preview'}`,
      detail: click.url,
    })),
  ];
  const life = entries
    .flatMap(({ at, ...entry }) => (at ? [{ at: at.getTime(), ...entry }] : []))
    .sort((a, b) => a.at - b.at);
  // A skip has no instant of its own: it is the last thing that happened.
  if (row.status === 'skipped')
    life.push({ at: life.at(-1)?.at ?? row.created_at.getTime(), what: 'skipped', detail: row.skip_reason });
  return life;
}
