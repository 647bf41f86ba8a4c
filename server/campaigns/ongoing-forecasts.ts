import { setTimeout as sleep } from 'node:timers/promises';
import { countAudience } from '../audiences/audience-size.sql.ts';
import type { Context } from '../http/context.ts';
import { counted, type EstimatedForecast, estimate } from './estimated-forecast.ts';
import {
  beginJudging,
  type Forecast,
  forecastOf,
  isJudged,
  type Judging,
  judgeOn,
  judgeSlices,
} from './forecast.ts';
import type { Imagined } from './judged-audience.ts';

/** A forecast that is worked out while somebody looks at it. */
interface Ongoing {
  judging: Judging;
  /** Who stands for all: slices first, then the lanes that are judged whole. */
  sample: Pick<Judging, 'imagined' | 'counts'>;
  people: number;
  /** By when this process last was asked for it, as `performance.now()` tells. */
  askedAt: number;
  /** What was last told of a sample; a little more is not worth rendering anew. */
  latest: { forecast: Forecast; judged: number } | null;
}

/** So many people are judged to the last before the first answer. */
const judgedAtOnce = 5_000;
/** Then it rests so much longer than it works: what is being sent goes first. */
const restPerWork = 2;
/** Who asks for nothing any more is worked for no longer. */
const lookedAtMs = 10_000;

/**
 * Forecasts by what is asked for. The first answer comes within a second: a small audience's is the whole sum, a large one's
 * is projected from slices of it. While it is asked for again and again the rest is judged between, a page at a
 * time; the answer that says so is the last, and who asks then begins anew.
 */
export function openForecasts(context: Context, atOnce = judgedAtOnce) {
  const ongoing = new Map<string, Ongoing>();

  async function goOn(key: string, forecast: Ongoing): Promise<void> {
    while (!isJudged(forecast.judging) && performance.now() - forecast.askedAt < lookedAtMs) {
      const begin = performance.now();
      await judgeOn(context, forecast.judging);
      const { lane, afterUserId, imagined, counts } = forecast.judging;
      if (lane > 1 && afterUserId === 0) forecast.sample = { imagined, counts: structuredClone(counts) };
      await sleep((performance.now() - begin) * restPerWork, undefined, { ref: false });
    }
    if (!isJudged(forecast.judging)) ongoing.delete(key);
  }

  async function begin(key: string, imagined: Imagined): Promise<Ongoing> {
    const judging = beginJudging(imagined);
    while (!isJudged(judging) && judging.counts.audience < atOnce) await judgeOn(context, judging);
    const sample = isJudged(judging) ? judging : await judgeSlices(context, imagined);
    const people = isJudged(judging) ? judging.counts.audience : await countAudience(context.db, imagined);
    const forecast = { judging, sample, people, askedAt: performance.now(), latest: null };
    ongoing.set(key, forecast);
    // What fails is begun anew by who asks next.
    if (!isJudged(judging)) void goOn(key, forecast).catch(() => ongoing.delete(key));
    return forecast;
  }

  return async (key: string, imagined: Imagined): Promise<EstimatedForecast> => {
    const forecast = ongoing.get(key) ?? (await begin(key, imagined));
    forecast.askedAt = performance.now();
    if (isJudged(forecast.judging)) {
      ongoing.delete(key);
      return counted(await forecastOf(context, forecast.judging));
    }
    const judged = forecast.sample.counts.audience;
    if (!forecast.latest || judged >= forecast.latest.judged * 1.2)
      forecast.latest = { forecast: await forecastOf(context, forecast.sample), judged };
    return estimate(forecast.latest.forecast, Math.max(forecast.people, judged));
  };
}
