import type { Medium } from '../../medium/media.ts';
import { numberPlaces } from '../../users/place/number-places.ts';

/** A law by which a refusal said to one sender of a medium ends all the others of it too, needed ones among them. */
interface RevokeAllRule {
  /** ISO 3166-1, of the person's number. */
  country: string;
  medium: Medium;
  /** First day in force and first day no longer, YYYY-MM-DD where the regulator sits; null for open. */
  from: string;
  until: string | null;
  timeZone: string;
  law: string;
  source: string;
  /** V: read on a page that says so, K: known, U: unsure. */
  certainty: 'V' | 'K' | 'U';
}

/** The rules known. Figures read November 2026; the FCC may rewrite its own before it is in force. */
const revokeAllRules: readonly RevokeAllRule[] = [
  {
    country: 'US',
    medium: 'sms',
    from: '2027-01-31',
    until: null,
    timeZone: 'America/New_York',
    law: '47 CFR 64.1200(a)(10), "revoke all", delayed by FCC DA 26-12 (2026-01-06)',
    source: 'infolawgroup.com/insights/2026/1/7; consumerfinancialserviceslawmonitor.com/?p=30918',
    certainty: 'V',
  },
];

/** Whether a refusal that comes from this address on this medium at this time is one of everything there. */
export function revokesAll(medium: Medium, address: string, at: Date): boolean {
  const countries = new Set(numberPlaces(address).map((place) => place.country));
  return revokeAllRules.some((rule) => {
    if (rule.medium !== medium || !countries.has(rule.country)) return false;
    const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
    const day = instant.toZonedDateTimeISO(rule.timeZone).toPlainDate().toString();
    return rule.from <= day && (rule.until === null || day < rule.until);
  });
}
