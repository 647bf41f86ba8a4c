import { randomUUID } from 'node:crypto';
import { countAudience } from '../audiences/audience-size.sql.ts';
import type { Context } from '../http/context.ts';
import { restAfter } from '../lanes/courtesy.ts';
import { counted, type EstimatedForecast, estimate } from './estimated-forecast.ts';
import { beginJudging, forecastOf, isJudged, type Judging, judgeOn, judgeSlices } from './forecast.ts';
import type { ImaginedLaunch } from './imagined-launch.ts';
import {
  beginForecast,
  dropForecast,
  type ForecastKey,
  type Freshness,
  forecastKey,
  isForecastWanted,
  keepForecast,
  lookAtForecast,
} from './kept-forecasts.sql.ts';

/** So many people are judged to the last before the first answer. */
const judgedAtOnce = 5_000;
/** Who asks for nothing any more is worked for no longer; an answer that is exact is told again for so long. */
const lookedAtMs = 10_000;
/** A process that says nothing for so long is taken for dead, and another begins. */
const deadAfterMs = 30_000;
/** A little more is not worth rendering anew. */
const growth = 1.2;

/**
 * Forecasts by what is asked for. The first answer comes within a second: a small audience's is the whole sum, a large one's
 * is projected from slices of it. While it is asked for again and again the rest is judged between, a page at a time, by one
 * process, and every process tells what that has come to: its figures never go back. Who asks after a change of the campaign,
 * or after nobody has looked for a while, begins anew.
 */
export function openForecasts(context: Context, atOnce = judgedAtOnce) {
  const { db, clock, log } = context;
  /** What this process works on. */
  const working = new Set<string>();
  const freshness = (): Freshness => {
    const now = clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    return { now, askedSince: before(lookedAtMs), workedSince: before(deadAfterMs) };
  };

  /** Works on a forecast that is this process's, while somebody looks at it. */
  async function goOn(key: ForecastKey, worker: string, judging: Judging, people: number): Promise<void> {
    const { launch } = judging;
    let told = 0;
    while (!isJudged(judging)) {
      if (!(await isForecastWanted(db, key, worker, freshness()))) return;
      await restAfter(clock, () => judgeOn(context, judging));
      const { lane, afterUserId, counts } = judging;
      // Whole lanes stand for all.
      if (isJudged(judging) || lane < 2 || afterUserId > 0 || counts.audience < told * growth) continue;
      told = counts.audience;
      const sum = await forecastOf(context, launch, counts);
      await keepForecast(db, key, worker, estimate(sum, Math.max(people, told)));
    }
    await keepForecast(db, key, worker, counted(await forecastOf(context, launch, judging.counts)));
  }

  async function begin(key: ForecastKey, launch: ImaginedLaunch): Promise<EstimatedForecast> {
    const judging = beginJudging(launch);
    while (!isJudged(judging) && judging.counts.audience < atOnce) await judgeOn(context, judging);
    if (isJudged(judging)) return counted(await forecastOf(context, launch, judging.counts));
    const { counts } = await judgeSlices(context, launch);
    const people = await countAudience(db, launch);
    const first = estimate(await forecastOf(context, launch, counts), Math.max(people, counts.audience));
    const worker = randomUUID();
    const { forecast, isMine } = await beginForecast(db, key, worker, first, freshness());
    if (isMine) void workOn(key, worker, judging, people);
    return forecast;
  }

  async function workOn(key: ForecastKey, worker: string, judging: Judging, people: number): Promise<void> {
    working.add(worker);
    try {
      await goOn(key, worker, judging, people);
    } catch (error) {
      log.warn({ err: error }, 'a forecast broke off; who asks next begins it anew');
      await dropForecast(db, key, worker).catch(() => undefined);
    } finally {
      working.delete(worker);
    }
  }

  return async (asked: unknown, launch: ImaginedLaunch): Promise<EstimatedForecast> => {
    const { plan, campaignId, campaignAt } = launch;
    const key = forecastKey(plan.projectId, campaignId, [asked, campaignAt]);
    const looked = await lookAtForecast(db, key, freshness());
    const isWorkedOn = looked && (looked.isWorkedOn || working.has(looked.worker));
    return isWorkedOn ? looked.forecast : begin(key, launch);
  };
}
