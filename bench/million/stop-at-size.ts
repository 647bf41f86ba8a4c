import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../server/database/connect.ts';
import { type Api, readNumber, readText, readValue } from '../api.ts';
import { countFrom } from '../ledger.ts';
import type { Running } from '../process.ts';
import { say, startBar } from '../progress.ts';
import type { Figure } from './million-table.ts';

/** Who is sent a campaign and stopped, and where it shows. */
export interface Stopping {
  api: Api;
  db: Database;
  simulatorUrl: string;
  /** The sender's address. */
  from: string;
  campaignId: number;
  people: number;
  /** How many the ledger had before the campaign. */
  before: number;
}

/** As long as a post that had left may take to arrive at the network. */
const onItsWayMs = 1_000;
/** More have left since it was sent before a blast counts as under way. */
const underWay = 100;
const startsWithinMs = 120_000;
const cleanedUpWithinMs = 900_000;
/** The program is killed when so large a share of the people have their row. */
const killedAt = 0.4;

/** Waits until more of a campaign have left. */
export async function untilSent(api: Api, campaignId: number): Promise<void> {
  const live = () => api.call('GET', `/api/campaigns/${campaignId}/live`);
  const before = readNumber(await live(), 'totals', 'sends');
  const until = performance.now() + startsWithinMs;
  while (performance.now() < until) {
    if (readNumber(await live(), 'totals', 'sends') >= before + underWay) return;
    await sleep(200);
  }
  throw new Error(`the blast does not get under way: its campaign is ${readText(await live(), 'state')}`);
}

/** How a campaign stood when its stop had just been answered. */
export interface AfterStop {
  /** By the clock of `performance`. */
  at: number;
  sends: number;
  skips: number;
  /** How many of it the ledger had, a moment later. */
  left: number;
}

/** Looks at a campaign that has this moment been answered to be stopped. */
export async function afterStop({
  api,
  simulatorUrl,
  from,
  campaignId,
  before,
}: Omit<Stopping, 'db' | 'people'>): Promise<AfterStop> {
  const at = performance.now();
  const totals = readValue(await api.call('GET', `/api/campaigns/${campaignId}/live`), 'totals');
  const [sends, skips] = [readNumber(totals, 'sends'), readNumber(totals, 'skips')];
  await sleep(onItsWayMs);
  return { at, sends, skips, left: (await countFrom(simulatorUrl, from)) - before };
}

/**
 * What becomes of a campaign to all that has just been answered to be stopped: nothing more arrives at the network, its totals
 * are right at once, and when it is cleaned up each person has one row with its reason. With `program` that is killed by
 * force in the middle of the clean-up, to be started again by `again`.
 */
export async function checkStopped(
  stopping: Stopping,
  answered: AfterStop,
  name: string,
  killed?: { program: Running; again(): Promise<unknown> },
): Promise<Figure[]> {
  const { db, simulatorUrl, from, campaignId, people, before } = stopping;
  const { at, sends, skips, left } = answered;
  if (killed) await killInCleanUp(stopping, killed);
  await untilCleanedUp(stopping);
  const seconds = (performance.now() - at) / 1_000;
  const later = (await countFrom(simulatorUrl, from)) - before - left;
  const { rows } = await sql<
    Record<'rows' | 'people' | 'sent' | 'doubtful' | 'stopped' | 'withoutReason', number>
  >`
    SELECT count(*) AS rows, count(DISTINCT user_id) AS people,
      count(*) FILTER (WHERE status NOT IN ('queued', 'skipped')) AS sent,
      count(*) FILTER (WHERE status IN ('dispatching', 'inDoubt')) AS doubtful,
      count(*) FILTER (WHERE skip_reason = 'campaignAborted') AS stopped,
      count(*) FILTER (WHERE status = 'queued' OR (status = 'skipped' AND skip_reason IS NULL)) AS "withoutReason"
    FROM message WHERE campaign_id = ${campaignId}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('nothing was counted');
  const isOneEach = row.rows === people && row.people === people && row.withoutReason === 0;
  const isOnLedger = left <= row.sent && left >= row.sent - row.doubtful;
  const told = (figure: number) => figure.toLocaleString('en-US');
  return [
    {
      ...{ name: `${name}: arrived at the network after the answer`, value: told(later), aim: '0' },
      held: later === 0,
    },
    {
      name: `${name}: totals at once`,
      value: `${told(sends)} sends, ${told(skips)} skips`,
      ...{ aim: 'all people', held: sends + skips === people },
    },
    {
      name: `${name}: rows when cleaned up, after ${Math.round(seconds)} s`,
      value: `${told(row.rows)} of ${told(row.people)} people: ${told(row.sent)} sent (${told(left)} on the ledger), ${told(row.stopped)} stopped, ${told(row.withoutReason)} without a reason`,
      ...{ aim: 'one each', held: isOneEach && isOnLedger },
    },
  ];
}

async function rowsOf({ db, campaignId }: Stopping): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    SELECT coalesce(sum(messages), 0)::bigint AS rows FROM (
      SELECT messages FROM message_rollup WHERE campaign_id = ${campaignId} AND standing NOT IN ('arrived', 'queued', 'retrying')
      UNION ALL SELECT messages FROM message_rollup_change
      WHERE campaign_id = ${campaignId} AND standing NOT IN ('arrived', 'queued', 'retrying')) rolled`.execute(
    db,
  );
  return rows[0]?.rows ?? 0;
}

async function killInCleanUp(
  stopping: Stopping,
  { program, again }: { program: Running; again(): Promise<unknown> },
): Promise<void> {
  while ((await rowsOf(stopping)) < stopping.people * killedAt) await sleep(200);
  say('the program is killed in the middle of the clean-up');
  kill(program.pid, 'SIGKILL');
  await program.stop();
  await again();
}

async function untilCleanedUp(stopping: Stopping): Promise<void> {
  const { api, campaignId, people } = stopping;
  const bar = startBar('clean-up', people);
  const until = performance.now() + cleanedUpWithinMs;
  while (performance.now() < until) {
    const campaign = await api.call('GET', `/api/campaigns/${campaignId}`);
    if (typeof readValue(campaign, 'endedAt') === 'number') return bar.end();
    bar.at(await rowsOf(stopping));
    await sleep(1_000);
  }
  throw new Error(`campaign ${campaignId} is not cleaned up within ${cleanedUpWithinMs / 60_000} minutes`);
}
