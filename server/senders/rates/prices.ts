import type { Database } from '../../database/connect.ts';
import type { Medium } from '../../medium/media.ts';
import { defaultRates } from './default-rates.ts';
import { indexRates, priceOf, type RateIndex } from './price-of.ts';
import { type Rate, type RateCategory, type RateSenderKind, rateMediumOf } from './rate.ts';
import { findRateTable } from './rate-table.sql.ts';

/** One message, as far as its price goes. */
export interface PricedMessage {
  sender: { kind: RateSenderKind; medium: Medium; wire: string };
  country: string | null;
  /** WhatsApp's category of its template. */
  category: string | null;
  segments: number;
  isMms: boolean;
  at: Date;
}

/** A project's prices: millionths of a dollar for a message, 0 where the list has no line for it. */
export type Prices = (message: PricedMessage) => number;

const categories: readonly RateCategory[] = ['marketing', 'utility', 'authentication', 'service'];
const defaultIndex = indexRates(defaultRates);

/** Reads a project's own price list, or takes the one that comes with the program. */
export async function loadPrices(db: Database, projectId: number): Promise<Prices> {
  const own = await findRateTable(db, projectId);
  // Checked when it was stored.
  return pricesFrom(own ? indexRates(own.rates as Rate[]) : defaultIndex);
}

/** Prices by a list; a blast asks the same few questions thousands of times, so answers are kept. */
function pricesFrom(rates: RateIndex): Prices {
  const known = new Map<string, number>();
  return (message) => {
    const { sender, country, segments, isMms, at } = message;
    const category = categories.find((each) => each === message.category?.toLowerCase());
    const key = `${sender.wire} ${sender.kind} ${country} ${category} ${segments} ${isMms} ${at.getTime()}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const medium = isMms ? 'mms' : rateMediumOf(sender.medium);
    const price = priceOf(
      { wire: sender.wire, country, senderKind: sender.kind, medium, category, segments, at },
      rates,
    );
    known.set(key, price?.micros ?? 0);
    return price?.micros ?? 0;
  };
}
