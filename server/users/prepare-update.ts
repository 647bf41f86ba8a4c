import type { ErrorCode } from '../http/errors.ts';
import { storageFault } from '../http/storable.ts';
import { fieldsRefusal } from './field-limits.ts';
import type { Identity, UserRef } from './identity.ts';
import { type ParsedPhoneNumber, parsePhoneNumber } from './phone-number.ts';
import { countryNamed } from './place/country-names.ts';
import { sharersOfDialCode } from './place/country-words.ts';
import { statedCountry } from './place-evidence.ts';
import type { RowRefusal } from './row-refusal.ts';

export type { RowRefusal };

/** What a caller says of one person; at least one of the four identities is needed. */
export interface UserUpdate {
  email?: string;
  userId?: string;
  /** As people write it; `dataFields.phoneNumber` means the same, and null there takes the number away. */
  phone?: string;
  whatsAppUserId?: string;
  /** Merged into the profile at its top level; null deletes a field. */
  dataFields?: Record<string, unknown>;
  /** Merge objects one level down too, in place of setting them anew. */
  mergeNestedObjects?: boolean;
}

/** What of a row was left out while the rest was taken, or kept and may be meant otherwise; `field` and `value` as in `RowRefusal`. */
export interface RowWarning {
  field: string;
  value: unknown;
  reason: string;
}

/** A warning or refusal as a report shows it: its value is text. */
export function warningText({ field, value, reason }: RowWarning): {
  field: string;
  value: string;
  reason: string;
} {
  return { field, value: String(value ?? ''), reason };
}

/** What became of one row. */
export type UpsertOutcome =
  | {
      ok: true;
      user: UserRef;
      /** The person's addresses once the row was applied; a later row of the batch may change them. */
      addresses: { email: string | null; phoneNumber: string | null; whatsAppUserId: string | null };
      created: boolean;
      createdFields: string[];
      filteredOutFields: string[];
      warnings: RowWarning[];
    }
  | RowRefusal;

/** An update whose identities are normalised and whose profile is apart from them. */
export interface PreparedUpdate {
  ok: true;
  identities: Identity[];
  removePhone: boolean;
  fields: Record<string, unknown>;
  mergeNestedObjects: boolean;
  /** A phone number that cannot be read costs the number, not the person whom email or userId name. */
  warnings: RowWarning[];
}

const longestUserId = 255;
const emailShape = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@.,;<>"()]+$/;

/**
 * Reads one update: the phone number becomes E.164 (read as one of the country that the profile names by code or name, else of
 * `defaultCountry`), the email lower case. Refuses what cannot be read and names the field; a number that cannot be
 * read, beside another name for the person, is left out with a warning: the number on file stays.
 */
export function prepareUpdate(update: UserUpdate, defaultCountry: string): PreparedUpdate | RowRefusal {
  const refusal = fieldsRefusal(update.dataFields ?? {}) ?? storageRefusal(update);
  if (refusal) return refusal;
  const { phoneNumber, email: emailField, userId: userIdField, ...fields } = update.dataFields ?? {};
  const identities: Identity[] = [];
  const userId = update.userId ?? userIdField ?? undefined;
  if (userId !== undefined) {
    if (typeof userId !== 'string')
      return refuse('InvalidUserIdError', 'userId', userId, 'a userId is text; put it in quotes');
    const value = userId.trim();
    if (value === '' || value.length > longestUserId)
      return refuse('InvalidUserIdError', 'userId', userId, `a userId has 1 to ${longestUserId} characters`);
    identities.push({ kind: 'externalId', value });
  }
  const email = update.email ?? emailField ?? undefined;
  if (email !== undefined) {
    const value = typeof email === 'string' ? email.trim().toLowerCase() : '';
    if (!emailShape.test(value) || value.length > 254)
      return refuse('InvalidEmailAddressError', 'email', email, 'not an email address; write name@domain');
    identities.push({ kind: 'email', value });
  }
  if (update.whatsAppUserId !== undefined) {
    const value = update.whatsAppUserId.trim();
    if (value === '' || value.length > longestUserId)
      return refuse(
        'BadParams',
        'whatsAppUserId',
        update.whatsAppUserId,
        `a WhatsApp user id has 1 to ${longestUserId} characters`,
      );
    identities.push({ kind: 'whatsApp', value });
  }
  const raw = update.phone ?? phoneNumber;
  const warnings: RowWarning[] = [];
  if (raw !== undefined && raw !== null && raw !== '') {
    const number = readNumber(raw, fields, defaultCountry);
    if (number.ok) identities.push({ kind: 'phone', value: number.e164 });
    else if (identities.length === 0) return refuse('InvalidPhoneNumber', 'phoneNumber', raw, number.reason);
    else warnings.push({ field: 'phoneNumber', value: raw, reason: number.reason });
  }
  if (identities.length === 0)
    return refuse('BadParams', 'email', null, 'nobody is named; give an email, a userId or a phone number');
  return {
    ok: true,
    identities,
    removePhone: raw === null || raw === '',
    fields,
    mergeNestedObjects: update.mergeNestedObjects ?? false,
    warnings,
  };
}

/** An update that gives identities, as they are stored, and fields, and says nothing else. */
export function updateOf(identities: Identity[], fields: Record<string, unknown> = {}): PreparedUpdate {
  return { ok: true, identities, removePhone: false, fields, mergeNestedObjects: false, warnings: [] };
}

/** A row that no table can hold. */
export function storageRefusal(row: object): RowRefusal | null {
  const found = storageFault(row);
  return found && refuse('BadParams', found.path, null, found.fault);
}

function refuse(code: ErrorCode, field: string, value: unknown, reason: string): RowRefusal {
  return { ok: false, code, field, value, reason };
}

/**
 * The country as one of whose a number without a country code is read: the one that the profile states, in any of
 * the ways people write it, else `defaultCountry`. A stated one that is not known is never passed over.
 */
export function countryOfNumber(
  fields: Record<string, unknown>,
  defaultCountry: string,
): { ok: true; country: string } | { ok: false; stated: string } {
  const details = fields.phoneNumberDetails;
  const stated =
    details && typeof details === 'object' && 'countryCodeISO' in details
      ? details.countryCodeISO
      : statedCountry(fields);
  if (typeof stated !== 'string' || stated.trim() === '') return { ok: true, country: defaultCountry };
  const known = countryNamed(stated)?.country ?? sharersOfDialCode(stated)[0];
  return known ? { ok: true, country: known } : { ok: false, stated };
}

/** A number as its owner's country writes it. */
function readNumber(
  raw: unknown,
  fields: Record<string, unknown>,
  defaultCountry: string,
): ParsedPhoneNumber {
  const place = countryOfNumber(fields, defaultCountry);
  if (place.ok) return parsePhoneNumber(raw, place.country);
  const number = parsePhoneNumber(raw, unknownCountry);
  if (number.ok) return number;
  const reason = `has no country code, and the country “${place.stated}” is not known: write the country by its ISO code (IT) or the number as +, country code, number`;
  return { ok: false, reason };
}

/** No country's code (ISO 3166-1): only numbers with a country code of their own can be read. */
const unknownCountry = 'ZZ';
