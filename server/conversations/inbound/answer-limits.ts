import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lockUsers } from '../../users/user-row.ts';
import type { Inbound } from './inbound.ts';

/** How often one sender answers one address at most; what is written beyond that is obeyed and not answered. */
interface AnswerLimit {
  /** The same words, or answers of any words together. */
  of: 'same' | 'all';
  most: number;
  seconds: number;
  source: string;
}

/**
 * Carriers ask senders not to answer machines without end and leave the figures to them; these are ours, far below
 * where providers cut in: Twilio fails replies between two numbers after 30 that follow each other by less than 30
 * seconds (twilio.com/docs/errors/14107) and drops what looks made by a machine (twilio.com/docs/api/errors/30039).
 * Read November 2026.
 */
const answerLimits: readonly AnswerLimit[] = [
  {
    of: 'same',
    most: 3,
    seconds: 86_400,
    source: 'ours; 47 CFR 64.1200(a)(12) asks for one confirmation of an opt-out',
  },
  { of: 'all', most: 8, seconds: 86_400, source: 'ours; twilio.com/docs/errors/14107' },
];

/** As `answerLimits`, for answers that nothing was changed for: asked twice in one breath, HELP is answered once. */
const helpLimits: readonly AnswerLimit[] = [
  ...answerLimits,
  { of: 'same', most: 1, seconds: 60, source: 'ours: the answer stands on the screen yet' },
];

/**
 * Whether these words may be answered to the writer now. Holds the writer until the transaction ends, so that of
 * several at once each is counted.
 */
export async function mayAnswer(
  transaction: Database,
  { projectId, user, sender, addresses, at }: Inbound,
  body: string,
  changed: boolean,
): Promise<boolean> {
  await lockUsers(transaction, projectId, user.lane, [user.id]);
  const limits = changed ? answerLimits : helpLimits;
  const longest = Math.max(...limits.map((limit) => limit.seconds));
  const { rows } = await sql<{ body: string | null; age: number }>`
    SELECT m.content->>'body' AS body, extract(epoch FROM ${at}::timestamptz - m.created_at)::float8 AS age
    FROM message m
    WHERE m.lane = ${user.lane} AND m.user_id = ${user.id} AND m.project_id = ${projectId}
      AND m.sender_id = ${sender.id} AND m.to_address = ANY(${addresses}::text[]) AND m.basis = 'ownMessage'
      AND m.created_at > ${at}::timestamptz - make_interval(secs => ${longest})`.execute(transaction);
  return limits.every(({ of, most, seconds }) => {
    const counted = rows.filter((row) => row.age < seconds && (of === 'all' || row.body === body));
    return counted.length < most;
  });
}
