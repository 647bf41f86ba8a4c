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
  sample: Judging['counts'];
  people: number;
  /** When this process last was asked for it, in milliseconds since 1970. */
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
 * time; the answer that says so is the last, and who asks then begins anew. So does who asks after a change of the
 * campaign, or after nobody has looked for a while.
 */
export function openForecasts(context: Context, atOnce = judgedAtOnce) {
  const { clock, log } = context;
  const ongoing = new Map<string, Ongoing>();
  const isLookedAt = ({ askedAt }: Ongoing) => clock.now().getTime() - askedAt < lookedAtMs;

  async function goOn(forecast: Ongoing): Promise<void> {
    while (!isJudged(forecast.judging) && isLookedAt(forecast)) {
      const begin = performance.now();
      await judgeOn(context, forecast.judging);
      const { lane, afterUserId, counts } = forecast.judging;
      if (lane > 1 && afterUserId === 0) forecast.sample = structuredClone(counts);
      await clock.sleep((performance.now() - begin) * restPerWork);
    }
  }

  async function begin(key: string, imagined: Imagined): Promise<Ongoing> {
    const judging = beginJudging(imagined);
    while (!isJudged(judging) && judging.counts.audience < atOnce) await judgeOn(context, judging);
    const { counts } = isJudged(judging) ? judging : await judgeSlices(context, imagined);
    const people = isJudged(judging) ? counts.audience : await countAudience(context.db, imagined);
    const forecast = { judging, sample: counts, people, askedAt: clock.now().getTime(), latest: null };
    ongoing.set(key, forecast);
    goOn(forecast).catch((error: unknown) => {
      log.warn({ err: error }, 'a forecast broke off; who asks next begins it anew');
      if (ongoing.get(key) === forecast) ongoing.delete(key);
    });
    return forecast;
  }

  return async (asked: string, imagined: Imagined): Promise<EstimatedForecast> => {
    for (const [each, forecast] of ongoing) if (!isLookedAt(forecast)) ongoing.delete(each);
    const key = JSON.stringify([asked, imagined.campaignAt]);
    const forecast = ongoing.get(key) ?? (await begin(key, imagined));
    forecast.askedAt = clock.now().getTime();
    if (isJudged(forecast.judging)) {
      ongoing.delete(key);
      return counted(await forecastOf(context, imagined, forecast.judging.counts));
    }
    const judged = forecast.sample.audience;
    if (!forecast.latest || judged >= forecast.latest.judged * 1.2)
      forecast.latest = { forecast: await forecastOf(context, imagined, forecast.sample), judged };
    return estimate(forecast.latest.forecast, Math.max(forecast.people, judged));
  };
}
