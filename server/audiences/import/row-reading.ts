import { storageFault } from '../../http/storable.ts';
import type { FieldType } from '../../users/field-types.ts';
import { parseInstant } from '../../users/instant.ts';
import { isTimeZone } from '../../users/place/country-places.ts';
import type { UserUpdate } from '../../users/prepare-update.ts';
import { consentColumns } from './columns.ts';
import type { ImportOptions } from './options.ts';

/** What a row says of consent: an opt-in with its proof, an opt-out, or nothing. */
export type RowConsent =
  | {
      action: 'optIn';
      method: string;
      source: string;
      wording: string | null;
      ip: string | null;
      happenedAt: Date;
    }
  | { action: 'optOut'; source: string; happenedAt: Date }
  | null;

/** A row as it will be taken, with what is doubtful in it. */
export interface ReadRow {
  update: UserUpdate;
  consent: RowConsent;
  warnings: { field: string; value: string; reason: string }[];
  /** Why nothing of it can be taken: a cell that no table can hold. */
  refusal: { field: string; reason: string } | null;
}

const yes = new Set([
  'yes',
  'y',
  'true',
  '1',
  'x',
  'on',
  'opted in',
  'opted-in',
  'optin',
  'subscribed',
  'ja',
  'si',
  'sí',
  'oui',
]);
const no = new Set(['no', 'n', 'false', '0', 'off', 'none', 'never', 'not subscribed', 'nein', 'non']);
const optedOut = new Set(['opted out', 'opted-out', 'optout', 'opt-out', 'unsubscribed', 'stop', 'stopped']);

/**
 * Reads one row. Texts become numbers or booleans where the field already holds such. An opt-in without a date of
 * its own, in the row or stated for the file, proves nothing newer than an opt-out: its method is then `import`.
 */
export function readRow(
  cells: readonly string[],
  meanings: readonly string[],
  types: ReadonlyMap<string, FieldType>,
  options: ImportOptions,
  at: Date,
): ReadRow {
  const unstorable = storageFault(cells);
  if (unstorable) {
    const field = meanings[Number(unstorable.path)] ?? '';
    return { update: {}, consent: null, warnings: [], refusal: { field, reason: unstorable.fault } };
  }
  const update: UserUpdate = {};
  const dataFields: Record<string, unknown> = {};
  const warnings: ReadRow['warnings'] = [];
  const about = new Map<string, string>();
  meanings.forEach((meaning, column) => {
    const cell = cells[column] ?? '';
    if (cell === '' || meaning === 'ignore') return;
    if (meaning === 'email') update.email = cell;
    else if (meaning === 'userId') update.userId = cell;
    else if (meaning === 'phoneNumber') update.phone = cell;
    else if (meaning === 'whatsAppUserId') update.whatsAppUserId = cell;
    else if (consentColumns.has(meaning)) about.set(meaning, cell);
    else dataFields[meaning] = typed(cell, types.get(meaning));
  });
  if (Object.keys(dataFields).length > 0) update.dataFields = dataFields;
  const { timeZone } = dataFields;
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) {
    const reason = 'no time zone that is known; write America/New_York. Number and address tell the place';
    warnings.push({ field: 'timeZone', value: timeZone, reason });
  }
  const consent = options.consent ? readConsent(about, meanings, options.consent, at, warnings) : null;
  return { update, consent, warnings, refusal: null };
}

function typed(cell: string, type: FieldType | undefined): unknown {
  if (type === 'long' || type === 'double') return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (type === 'boolean')
    return yes.has(cell.toLowerCase()) ? true : no.has(cell.toLowerCase()) ? false : cell;
  return cell;
}

function readConsent(
  about: ReadonlyMap<string, string>,
  meanings: readonly string[],
  stated: NonNullable<ImportOptions['consent']>,
  at: Date,
  warnings: ReadRow['warnings'],
): RowConsent {
  const word = about.get('optIn') ?? '';
  const folded = word.toLowerCase();
  if (meanings.includes('optIn')) {
    if (word === '' || no.has(folded)) return null;
    if (!yes.has(folded) && !optedOut.has(folded)) {
      warnings.push({ field: 'optIn', value: word, reason: 'neither yes nor no; no consent was recorded' });
      return null;
    }
  }
  const dateText = about.get('optInDate');
  const date = dateText === undefined ? null : parseInstant(dateText);
  const source = about.get('optInSource') ?? stated.source;
  if (optedOut.has(folded)) return { action: 'optOut', source, happenedAt: date ?? at };
  if (dateText !== undefined && !date) {
    const reason = 'not a date; write 2026-11-23 or 2026-11-23T17:00:00Z. No consent was recorded';
    warnings.push({ field: 'optInDate', value: dateText, reason });
    return null;
  }
  const happenedAt = date ?? (stated.happenedAt === undefined ? null : parseInstant(stated.happenedAt));
  return {
    action: 'optIn',
    method: happenedAt ? stated.method : 'import',
    source,
    wording: about.get('optInText') ?? stated.wording ?? null,
    ip: about.get('optInIp') ?? null,
    happenedAt: happenedAt ?? at,
  };
}
