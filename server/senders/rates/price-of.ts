import type { Rate, RateCategory, RateMedium, RateSenderKind } from './rate.ts';

/** What is to be priced. */
export interface PriceRequest {
  wire: Rate['wire'];
  /** The recipient's country; null where unknown. */
  country: string | null;
  /** The recipient's carrier, where known. */
  carrier?: string | null;
  senderKind: RateSenderKind;
  medium: RateMedium;
  /** WhatsApp's category; when left out, the dearest is taken. */
  category?: RateCategory;
  direction?: Rate['direction'];
  /** Segments by SMS; other media count as one. */
  segments: number;
  at: Date;
}

/** One line of the bill. */
export interface PricePart {
  part: Rate['part'];
  provider: string;
  carrier: string;
  micros: number;
  source: string;
  certainty: Rate['certainty'];
  /** True where the carrier was unknown and the dearest carrier's fee was taken. */
  assumed: boolean;
}

export interface Price {
  /** Millionths of a dollar in all. */
  micros: number;
  currency: 'USD';
  parts: PricePart[];
}

/**
 * The price of one message, null where the list has no line for it. Of several lines that fit, the most exact
 * counts (country, then carrier, sender kind and category before `*`), of equals the later begun.
 *
 * The carrier is mostly unknown before sending (US numbers move between carriers). Then the dearest carrier's
 * surcharge is taken, so that a forecast is never below the bill; the part says `assumed`.
 */
export function priceOf(request: PriceRequest, rates: RateIndex): Price | null {
  const units = request.medium === 'sms' ? request.segments : 1;
  const fitting = fittingRates(request, rates);
  const base = choose(
    fitting.filter((rate) => rate.part === 'base' && fitsCarrier(rate, request.carrier)),
    request,
  );
  if (!base) return null;
  const parts = [toPart(base, units, false)];
  const surcharge = surchargeOf(fitting, request);
  if (surcharge) parts.push(toPart(surcharge.rate, units, surcharge.assumed));
  return { micros: parts.reduce((sum, part) => sum + part.micros, 0), currency: 'USD', parts };
}

/** A price list ready for fast look-up; made by `indexRates`. */
export type RateIndex = ReadonlyMap<string, readonly Rate[]>;

/** Sorts a list by what every request names, so that a price is found among a dozen lines, not hundreds. */
export function indexRates(rates: readonly Rate[]): RateIndex {
  return Map.groupBy(rates, (rate) => indexKey(rate.wire, rate.medium, rate.direction, rate.country));
}

function indexKey(wire: string, medium: string, direction: string, country: string): string {
  return `${wire} ${medium} ${direction} ${country}`;
}

function fittingRates(request: PriceRequest, rates: RateIndex): Rate[] {
  const { wire, medium, country, at, direction = 'outbound' } = request;
  const day = at.toISOString().slice(0, 10);
  const here = country === null ? [] : (rates.get(indexKey(wire, medium, direction, country)) ?? []);
  const anywhere = country === '*' ? [] : (rates.get(indexKey(wire, medium, direction, '*')) ?? []);
  return [...here, ...anywhere].filter(
    (rate) =>
      (rate.senderKind === '*' || rate.senderKind === request.senderKind) &&
      (rate.category === '*' || request.category === undefined || rate.category === request.category) &&
      (rate.from === null || rate.from <= day) &&
      (rate.until === null || day <= rate.until),
  );
}

const sameCarrier = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function fitsCarrier(rate: Rate, carrier: string | null | undefined): boolean {
  return rate.carrier === '*' || (typeof carrier === 'string' && sameCarrier(rate.carrier, carrier));
}

function surchargeOf(
  fitting: readonly Rate[],
  request: PriceRequest,
): { rate: Rate; assumed: boolean } | null {
  const { carrier } = request;
  const all = fitting.filter((rate) => rate.part === 'surcharge');
  const own = choose(
    all.filter((rate) => fitsCarrier(rate, carrier)),
    request,
  );
  if (own && (carrier || !all.some((rate) => rate.carrier !== '*'))) return { rate: own, assumed: false };
  // A carrier without a line of its own is taken like an unknown one: small carriers charge too.
  const perCarrier = [...Map.groupBy(all, (rate) => plain(rate.carrier)).values()].map((rows) =>
    choose(rows, request),
  );
  const rate = dearest(perCarrier.filter((row) => row !== null));
  return rate && { rate, assumed: true };
}

/** The most exact line; without a category asked for, the dearest category's. */
function choose(rates: readonly Rate[], { category }: PriceRequest): Rate | null {
  if (category !== undefined) return mostExact(rates);
  const perCategory = [...Map.groupBy(rates, (rate) => rate.category).values()].map(mostExact);
  return dearest(perCategory.filter((rate) => rate !== null));
}

function mostExact(rates: readonly Rate[]): Rate | null {
  return rates.reduce<Rate | null>((best, rate) => {
    if (best === null) return rate;
    const [rank, bestRank] = [rankOf(rate), rankOf(best)];
    return rank > bestRank || (rank === bestRank && rate.micros > best.micros) ? rate : best;
  }, null);
}

/** Compared as text: exactness first, then the day it begins. */
function rankOf(rate: Rate): string {
  const exact = [rate.country, rate.carrier, rate.senderKind, rate.category].map((value) =>
    value === '*' ? '0' : '1',
  );
  return `${exact.join('')} ${rate.from ?? ''}`;
}

function dearest(rates: readonly Rate[]): Rate | null {
  return rates.reduce<Rate | null>(
    (most, rate) => (most === null || rate.micros > most.micros ? rate : most),
    null,
  );
}

function toPart(rate: Rate, units: number, assumed: boolean): PricePart {
  const { part, provider, carrier, source, certainty } = rate;
  return { part, provider, carrier, micros: rate.micros * units, source, certainty, assumed };
}
