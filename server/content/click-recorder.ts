import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { notingClicks } from '../events/note-responses.sql.ts';
import type { Context } from '../http/context.ts';
import { keysOf } from './links/page-of.ts';

/** One request for a short link. */
export interface Click {
  lane: number;
  projectId: number;
  messageId: number;
  userId: number;
  campaignId: number | null;
  code: string;
  /** Where the link leads. */
  url: string;
  visitor: 'person' | 'preview' | 'bot';
  userAgent: string | null;
  at: Date;
}

/** Resolves when the click is in the database; rejects when it could not be written. */
export type RecordClick = (click: Click) => Promise<void>;

interface Waiting {
  click: Click;
  resolve(): void;
  reject(error: unknown): void;
}

const lanesAtOnce = 4;
const largestBatch = 1000;

/**
 * A recorder that writes what came in while the last batch was being written, one lane a statement: alone, a
 * click is written at once; under load, by the hundred. Nothing is kept back by a timer. People's clicks are
 * announced in the same transaction.
 */
export function clickRecorder(context: Pick<Context, 'db' | 'announce'>): RecordClick {
  const waiting = new Map<number, Waiting[]>();
  let writers = 0;

  const writeWaiting = async () => {
    writers++;
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [lane, all] = next.value;
      waiting.delete(lane);
      const batch = all.splice(0, largestBatch);
      if (all.length > 0) waiting.set(lane, all);
      try {
        await writeClicks(
          context,
          lane,
          batch.map(({ click }) => click),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writers--;
  };

  return (click) =>
    new Promise((resolve, reject) => {
      const ofLane = waiting.get(click.lane) ?? [];
      waiting.set(click.lane, ofLane);
      ofLane.push({ click, resolve, reject });
      if (writers < lanesAtOnce) void writeWaiting();
    });
}

async function writeClicks(
  { db, announce }: Pick<Context, 'db' | 'announce'>,
  lane: number,
  clicks: readonly Click[],
): Promise<void> {
  const taps = clicks.filter((click) => click.visitor === 'person');
  await db.transaction().execute(async (transaction) => {
    await insertClicks(transaction, lane, clicks);
    await notingClicks(
      lane,
      sql`SELECT project_id, campaign_id, CASE visitor WHEN 'person' THEN 'click' ELSE visitor END AS kind, user_id,
        clicked_at AS at, ${keysOf(sql`url`)} FROM ${given(clicks)}`,
    ).execute(transaction);
    if (taps.length > 0)
      await announce(
        transaction,
        taps.map(({ projectId, userId, messageId, campaignId, url, at }) => ({
          ...{ kind: 'click' as const, projectId, lane, userId, messageId, campaignId, url, at },
        })),
      );
  });
}

async function insertClicks(db: Database, lane: number, clicks: readonly Click[]): Promise<void> {
  await sql`
    INSERT INTO link_click (lane, id, project_id, message_id, user_id, campaign_id, code, visitor, user_agent, clicked_at,
      address_key, page_key)
    SELECT ${lane}::smallint, nextval('link_click_id_seq'), project_id, message_id, user_id, campaign_id, code, visitor,
      user_agent, clicked_at, ${keysOf(sql`url`)}
    FROM ${given(clicks)}`.execute(db);
}

/** SQL: clicks as rows. */
const given = (clicks: readonly Click[]) => sql`unnest(
  ${clicks.map((click) => click.projectId)}::int[],
  ${clicks.map((click) => click.messageId)}::bigint[],
  ${clicks.map((click) => click.userId)}::bigint[],
  ${clicks.map((click) => click.campaignId)}::int[],
  ${clicks.map((click) => click.code)}::text[],
  ${clicks.map((click) => click.visitor)}::text[],
  ${clicks.map((click) => click.userAgent)}::text[],
  ${clicks.map((click) => click.at)}::timestamptz[],
  ${clicks.map((click) => click.url)}::text[]
) AS given (project_id, message_id, user_id, campaign_id, code, visitor, user_agent, clicked_at, url)`;
