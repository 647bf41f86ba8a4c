import type { Forecast } from './projected-forecast.ts';

/** How many messages would be sent, surely enough: a campaign's true figure lies between in so much of all cases. */
export interface Between {
  from: number;
  to: number;
  /** Share of all cases, 0 to 1; 1 where everybody is judged. */
  surety: number;
}

/** A forecast of everybody, from those who are judged so far. */
export interface EstimatedForecast extends Forecast {
  /** Of the audience so many are judged; all: what needs no text filled in is exact. */
  judged: number;
  isCounted: boolean;
  sendsBetween: Between;
}

const surety = 0.95;
/** Standard deviations of a normal distribution within which 95 % lie. */
const deviations = 1.96;

/**
 * Projects the forecast of those who are judged so far on an audience of `people`. People are judged by lanes, into which
 * they fall by a hash, so that who was judged stands for all; the interval is Wilson's for a share, narrowed as the rest
 * grows small. Pure.
 */
export function estimate(forecast: Forecast, people: number): EstimatedForecast {
  const judged = forecast.audience;
  const share = judged === 0 ? 0 : people / judged;
  const all = (figure: number) => Math.round(figure * share);
  const ofReasons = (reasons: Record<string, number>) =>
    Object.fromEntries(Object.entries(reasons).map(([reason, figure]) => [reason, all(figure)]));
  const { sends, delayed, segments, price } = forecast;
  return {
    ...forecast,
    audience: people,
    skipsByReason: ofReasons(forecast.skipsByReason),
    expectedSkips: ofReasons(forecast.expectedSkips),
    ...{
      reachable: all(forecast.reachable),
      sends: all(sends),
      delayed: all(delayed),
      segments: all(segments),
    },
    price: price * share,
    ...{ exact: false, judged, isCounted: false },
    sendsBetween: between(sends, judged, people),
  };
}

/** The forecast of an audience that is judged to the last. Pure. */
export function counted(forecast: Forecast): EstimatedForecast {
  const { audience: judged, sends, exact, sampled, reachable } = forecast;
  const texts = exact ? { from: sends, to: sends, surety: 1 } : betweenOfTexts(sends, reachable, sampled);
  return { ...forecast, judged, isCounted: true, sendsBetween: texts };
}

/** Whom the text skips is known of a sample only. */
const betweenOfTexts = (sends: number, reachable: number, sampled: number): Between =>
  between(reachable === 0 ? 0 : (sends * sampled) / reachable, sampled, reachable);

function between(sends: number, judged: number, people: number): Between {
  if (judged === 0) return { from: 0, to: people, surety };
  const p = sends / judged;
  // Of those not judged yet alone nothing is known.
  const square = deviations ** 2 * (people <= 1 ? 0 : Math.max(0, people - judged) / (people - 1));
  const middle = (p + square / (2 * judged)) / (1 + square / judged);
  const half =
    (Math.sqrt(square) / (1 + square / judged)) *
    Math.sqrt((p * (1 - p)) / judged + square / (4 * judged ** 2));
  const bounded = (figure: number) => Math.min(people, Math.max(0, figure));
  return {
    from: Math.floor(bounded((middle - half) * people)),
    to: Math.ceil(bounded((middle + half) * people)),
    surety,
  };
}
