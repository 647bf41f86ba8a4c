import { type Medium, media, type SenderKind, senderKinds } from '../../medium/media.ts';

/** What a message goes by, as far as its price depends on it. */
export type RateSenderKind = SenderKind;
/** A medium by its name in small letters, and `mms`, which the trade prices by itself. */
export type RateMedium = Lowercase<Medium> | 'mms';
/** Meta's categories; a price of its own for each. */
export type RateCategory = 'marketing' | 'utility' | 'authentication' | 'service';

/** One line of a price list. */
export interface Rate {
  /** Who asks for the money: `Twilio`, `Meta`, or `carriers` for what providers pass on. */
  provider: string;
  wire: string;
  /** `base` is the provider's price; `surcharge` comes on top of it. */
  part: 'base' | 'surcharge';
  /** The recipient's country (ISO 3166), or `*` for every country without a line of its own. */
  country: string;
  /** The recipient's carrier, or `*`. */
  carrier: string;
  senderKind: RateSenderKind | '*';
  medium: RateMedium;
  category: RateCategory | '*';
  direction: 'outbound' | 'inbound';
  /** Millionths of a dollar: for a segment by SMS, for a message otherwise. */
  micros: number;
  currency: 'USD';
  /** First and last day it holds (`2026-01-19`), by UTC; null is open. */
  from: string | null;
  until: string | null;
  source: string;
  /** V: read on a page that says so. K: known in the trade. U: our guess, for the operator to replace. */
  certainty: 'V' | 'K' | 'U';
}

export const rateParts: readonly Rate['part'][] = ['base', 'surcharge'];
export const rateMedia: readonly RateMedium[] = [...media.map(({ name }) => rateMediumOf(name)), 'mms'];

/** What price lists call a medium. */
export function rateMediumOf(medium: Medium): RateMedium {
  return medium.toLowerCase() as Lowercase<Medium>;
}
export const rateDirections: readonly Rate['direction'][] = ['outbound', 'inbound'];
export const rateCertainties: readonly Rate['certainty'][] = ['V', 'K', 'U'];
export const rateSenderKinds: readonly Rate['senderKind'][] = [...senderKinds, '*'];
export const rateCategories: readonly Rate['category'][] = [
  'marketing',
  'utility',
  'authentication',
  'service',
  '*',
];
