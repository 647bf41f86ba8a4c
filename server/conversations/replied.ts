import { sql } from 'kysely';
import type { MessageFate } from '../delivery/message-leaf.ts';
import { isAnswered } from '../delivery/rollups/fold-responses.sql.ts';

/** Messages that were replied to, by the rule that replies are put down to campaigns by; what is sent again may be another's. */
export const replied: MessageFate = {
  words: 'replied, to its sender and within 24 hours, to',
  at: sql`c.received_at`,
  where: sql`true`,
  join: sql`JOIN inbound_message c ON c.lane = m.lane AND c.user_id = m.user_id
    AND ${isAnswered(sql`c.sender_id`, sql`c.received_at`)}`,
  hears: ['received', 'message'],
};
