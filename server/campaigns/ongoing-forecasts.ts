import type { Context } from '../http/context.ts';
import { restAfter } from '../lanes/courtesy.ts';
import { answerKey } from '../lanes/ongoing-answers.sql.ts';
import { type Begun, type OfPeople, openOngoing } from '../lanes/ongoing-answers.ts';
import { counted, type EstimatedForecast, estimate } from './estimated-forecast.ts';
import { beginJudging, forecastOf, isJudged, type Judging, judgeOn, judgeSlices } from './forecast.ts';
import { type ImaginedLaunch, sizeOfLaunch } from './imagined-launch.ts';

/** So many people are judged to the last before the first answer. */
const judgedAtOnce = 5_000;
/** A little more is not worth rendering anew. */
const growth = 1.2;

/**
 * Forecasts by what is asked for. The first answer comes within a second: a small audience's is the whole sum, a large one's
 * is projected from slices of it, and becomes exact while it is asked for again and again (`openOngoing`). Who asks after a change
 * of the campaign begins anew.
 */
export function openForecasts(context: Context, atOnce = judgedAtOnce) {
  const { db, clock } = context;
  const ask = openOngoing(context, asForecast);

  /** Judges the rest of an audience. */
  async function* goOn(judging: Judging, people: number): AsyncGenerator<OfPeople<EstimatedForecast> | null> {
    const { launch } = judging;
    let told = 0;
    while (!isJudged(judging)) {
      await restAfter(clock, () => judgeOn(context, judging));
      const { lane, afterUserId, counts } = judging;
      if (isJudged(judging)) break;
      // Whole lanes stand for all.
      if (lane < 2 || afterUserId > 0 || counts.audience < told * growth) {
        yield null;
        continue;
      }
      told = counts.audience;
      yield ofPeople(estimate(await forecastOf(context, launch, counts), Math.max(people, told)));
    }
    yield ofPeople(counted(await forecastOf(context, launch, judging.counts)));
  }

  async function begin(launch: ImaginedLaunch): Promise<Begun<EstimatedForecast>> {
    const judging = beginJudging(launch);
    while (!isJudged(judging) && judging.counts.audience < atOnce) await judgeOn(context, judging);
    if (isJudged(judging))
      return { ...ofPeople(counted(await forecastOf(context, launch, judging.counts))), rest: null };
    const { counts } = await judgeSlices(context, launch);
    const people = await sizeOfLaunch(db, launch);
    const first = estimate(await forecastOf(context, launch, counts), Math.max(people, counts.audience));
    return { ...ofPeople(first), rest: () => goOn(judging, people) };
  }

  return (asked: unknown, launch: ImaginedLaunch): Promise<EstimatedForecast> => {
    const { plan, campaignId, campaignAt } = launch;
    return ask(answerKey(plan.projectId, ['forecast', campaignId, asked, campaignAt]), () => begin(launch));
  };
}

const ofPeople = (answer: EstimatedForecast) => ({ answer, judged: answer.judged });

/** As JSON has it. */
type Stored = Omit<EstimatedForecast, 'firstAt' | 'lastAt'> & {
  firstAt: string | null;
  lastAt: string | null;
};

/** A forecast as it was kept: nobody else writes such answers. */
function asForecast(json: unknown): EstimatedForecast {
  const { firstAt, lastAt, ...figures } = json as Stored;
  return {
    ...figures,
    firstAt: firstAt === null ? null : new Date(firstAt),
    lastAt: lastAt === null ? null : new Date(lastAt),
  };
}
