import type { Ledger, LedgerFilter } from '../ledger/ledger.ts';
import { badRequest } from './faults.ts';

const wires = new Map<string, Pick<LedgerFilter, 'wire' | 'medium'>>([
  ['twilio', { wire: 'twilio' }],
  ['meta', { wire: 'meta' }],
  ['smtp', { wire: 'smtp' }],
  ['sms', { medium: 'sms' }],
  ['whatsapp', { medium: 'whatsApp' }],
  ['email', { medium: 'email' }],
]);

/** Reads the filter `wire`: a wire's name or a medium's, in any case. */
export function readWire(text: string | undefined): Pick<LedgerFilter, 'wire' | 'medium'> {
  if (text === undefined) return {};
  const found = wires.get(text.toLowerCase());
  if (!found)
    throw badRequest(`wire: "${text}" is none of twilio, meta, smtp, nor of the media sms, whatsApp, email`);
  return found;
}

const isoForm =
  /^\d{4}-\d\d-\d\d(?:(?<clock>[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;

/** An instant in ISO 8601 in milliseconds since 1970, or null; without a zone it is in UTC. */
function readIso(text: string): number | null {
  // A blank is what a `+` of a time zone becomes on its way.
  const given = text.replace(/(:\d\d(?:\.\d+)?) (\d\d:?\d\d)$/, '$1+$2');
  const parts = isoForm.exec(given)?.groups;
  if (!parts) return null;
  const instant = Date.parse(parts.clock && !parts.zone ? `${given}Z` : given);
  return Number.isNaN(instant) ? null : instant;
}

/**
 * Reads the filter `after`: the id or the place (`seq`) of a message, the `next` of a page, an instant in ISO
 * 8601, or seconds (ten digits) or milliseconds (more) since 1970.
 */
export function readAfter(ledger: Ledger, text: string | undefined): Pick<LedgerFilter, 'after' | 'since'> {
  if (text === undefined) return {};
  if (/^\d{1,15}$/.test(text)) {
    if (text.length < 10) return { after: Number(text) };
    return { since: text.length === 10 ? Number(text) * 1000 : Number(text) };
  }
  const known = ledger.get(text);
  if (known) return { after: known.seq + 1 };
  const since = readIso(text);
  if (since === null)
    throw badRequest(
      `after: "${text}" is neither the id or seq of a message here, nor an instant (2026-11-25T09:00:00Z or milliseconds since 1970)`,
    );
  return { since };
}
