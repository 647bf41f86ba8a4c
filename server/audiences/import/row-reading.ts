import { latestOf } from '../../consent/time-to-come.ts';
import { storageFault } from '../../http/storable.ts';
import type { FieldType } from '../../users/field-types.ts';
import { parseInstant } from '../../users/instant.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { countryNamed } from '../../users/place/country-names.ts';
import { isTimeZone } from '../../users/place/country-places.ts';
import { countryOfNumber, type UserUpdate } from '../../users/prepare-update.ts';
import { type Column, consentMeanings } from './columns.ts';
import type { ConsentBinding, ConsentPlan } from './consent-plan.ts';
import { type ConsentReading, readConsentWord, readRefusalWord } from './consent-words.ts';
import { firstConsent, readDate } from './dates.ts';
import { type FieldReading, readField, readingOfType } from './field-kinds.ts';
import type { TableRow } from './file/table.ts';
import type { ImportOptions } from './options.ts';
import type { Scan } from './scan.ts';
import { wholePostalCode } from './zip-code.ts';

/** What the rows of a file are read by: its columns, what the whole of it shows, and what its sender stated. */
export interface FileReading {
  columns: readonly Column[];
  scan: Scan;
  plan: ConsentPlan;
  options: ImportOptions;
  defaultCountry: string;
  fields: readonly FieldReading[];
}

/** What a row wants: an opt-in with its proof, an end of an earlier opt-in, or to be left alone. */
export type RowWish =
  | {
      action: 'optIn';
      messageTypeIds: readonly number[];
      method: string;
      source: string;
      wording: string | null;
      ip: string | null;
      happenedAt: Date;
      undated: boolean;
    }
  | { action: 'no'; messageTypeIds: readonly number[]; channelIds: readonly number[]; source: string }
  | { action: 'optOut'; channelIds: readonly number[]; source: string; happenedAt: Date };

/** What one cell of a consent column says. */
export interface CellReading {
  header: string;
  value: string;
  reading: ConsentReading;
}

interface Remark {
  field: string;
  value: string;
  reason: string;
}

/** A row as it will be taken, with what is doubtful in it. */
export interface ReadRow {
  update: UserUpdate;
  wishes: RowWish[];
  readings: CellReading[];
  /** Every number and email in it that can be read, E.164 and lower case, whether the row is taken or not. */
  addresses: { phones: string[]; email: string | null };
  warnings: Remark[];
  /** Why nothing of it can be taken but a wish to be left alone. */
  refusal: { field: string; reason: string } | null;
}

/** Whether a row's numbers cannot be read: who agrees to texts beside them did not agree for another one on file. */
export const lacksNumber = ({ update, addresses }: Pick<ReadRow, 'update' | 'addresses'>): boolean =>
  update.phone !== undefined && addresses.phones.length === 0;

/** How each profile column is read: as the field's type is already, else as the whole file shows. */
export function fieldReadings(
  scan: Scan,
  types: ReadonlyMap<string, FieldType>,
  options: ImportOptions,
): FieldReading[] {
  return scan.columns.map(({ meaning }, index) => {
    const seen = scan.sights[index]!.field;
    const ordered = { ...seen, dateOrder: options.dateOrder ?? seen.dateOrder };
    const type = types.get(meaning);
    return type === undefined ? ordered : readingOfType(type, ordered);
  });
}

/** Reads one row. What does not fit is named, and left out; where consent is in doubt, there is none. */
export function readRow(row: TableRow, file: FileReading, at: Date): ReadRow {
  const { columns } = file;
  const warnings: Remark[] = [];
  const update: UserUpdate = {};
  const refusal = rowFault(row, columns);
  const cell = (index: number) => row.cells[index] ?? '';
  const dataFields: Record<string, unknown> = {};
  const numbers: { header: string; value: string; rank: number }[] = [];
  columns.forEach(({ header, meaning, rank }, index) => {
    const value = cell(index);
    if (value === '' || meaning === 'ignore' || consentMeanings.has(meaning)) return;
    if (meaning === 'email') update.email = value;
    else if (meaning === 'userId') update.userId = value;
    else if (meaning === 'phoneNumber') numbers.push({ header, value, rank });
    else if (meaning === 'whatsAppUserId') update.whatsAppUserId = value;
    else {
      const read = readField(value, file.fields[index]!);
      if ('value' in read) dataFields[meaning] = read.value;
      else warnings.push({ field: meaning, value, reason: `${read.fault}; the field was left out` });
    }
  });
  const phones = readPhones(numbers, columns, dataFields, file.defaultCountry, warnings);
  if (phones.chosen !== null) update.phone = phones.chosen;
  completePlace(dataFields, file.defaultCountry, warnings);
  if (Object.keys(dataFields).length > 0) update.dataFields = dataFields;
  if (row.strayQuote)
    warnings.push({
      field: '',
      value: '',
      reason: 'a quotation mark in it is never closed; it was left out',
    });
  const { wishes, readings } = readConsent(row, file, at, warnings);
  const unread = update.phone !== undefined && phones.readable.length === 0;
  const email =
    update.email !== undefined &&
    update.email.length <= longestEmail &&
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(update.email)
      ? update.email.toLowerCase()
      : null;
  return {
    ...{ update, wishes, readings, warnings, refusal },
    addresses: { phones: unread ? [] : phones.readable, email },
  };
}

/** RFC 5321: 64 characters, an @, 255. */
const longestEmail = 320;

function rowFault({ cells }: TableRow, columns: readonly Column[]): ReadRow['refusal'] {
  const unstorable = storageFault(cells);
  if (unstorable) return { field: columns[Number(unstorable.path)]?.meaning ?? '', reason: unstorable.fault };
  if (cells.slice(columns.length).some((cell) => cell !== ''))
    return {
      field: '',
      reason: `has ${cells.length} cells, but there are ${columns.length} columns, so that what stands where cannot be told; put quotation marks around a cell that holds the delimiter`,
    };
  return null;
}

/** The number of a row: of the first of its columns that holds one which can be read. */
function readPhones(
  numbers: { header: string; value: string; rank: number }[],
  columns: readonly Column[],
  fields: Record<string, unknown>,
  defaultCountry: string,
  warnings: Remark[],
): { chosen: string | null; readable: string[] } {
  if (numbers.length === 0) return { chosen: null, readable: [] };
  const place = countryOfNumber(fields, defaultCountry);
  const read = numbers
    .sort((a, b) => a.rank - b.rank)
    .map((each) => ({ ...each, parsed: parsePhoneNumber(each.value, place.ok ? place.country : 'ZZ') }));
  const chosen = read.find(({ parsed }) => parsed.ok) ?? read[0]!;
  const first = columns
    .filter(({ meaning }) => meaning === 'phoneNumber')
    .reduce((best, column) => (column.rank < best.rank ? column : best));
  if (first.header !== chosen.header) {
    const unreadable = read.some(({ header }) => header === first.header);
    const why = unreadable ? 'cannot be read' : 'is empty';
    warnings.push({
      field: 'phoneNumber',
      value: chosen.value,
      reason: `“${first.header}” ${why}: the number is that of “${chosen.header}”`,
    });
  }
  const { parsed } = chosen;
  if (parsed.ok && place.ok && parsed.country !== null && statesOther(fields, parsed.country))
    warnings.push({
      field: 'phoneNumber',
      value: chosen.value,
      reason: `is a number of ${nameOf(parsed.country)}, and the row says ${nameOf(place.country)}; both were taken as they stand`,
    });
  return { chosen: chosen.value, readable: read.flatMap(({ parsed: each }) => (each.ok ? each.e164 : [])) };
}

const displayNames = new Intl.DisplayNames('en', { type: 'region' });
const nameOf = (code: string) => displayNames.of(code) ?? code;

/** Whether the row states a country, and another than the number's. */
function statesOther(fields: Record<string, unknown>, country: string): boolean {
  const stated = typeof fields.country === 'string' ? countryNamed(fields.country) : null;
  return stated !== null && stated.country !== country && stated.region !== country;
}

/** Gives a postal code back the zeros a spreadsheet took, and names a country or a zone that is not known. */
function completePlace(fields: Record<string, unknown>, defaultCountry: string, warnings: Remark[]): void {
  const { postalCode, country, timeZone } = fields;
  const known = typeof country === 'string' ? countryNamed(country) : null;
  if (typeof postalCode === 'string' && (country === undefined || known))
    fields.postalCode = wholePostalCode(postalCode, known?.country ?? defaultCountry);
  if (typeof country === 'string' && !known)
    warnings.push({
      field: 'country',
      value: country,
      reason: 'no country that is known; write its ISO code (IT) or its name',
    });
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) {
    const reason = 'no time zone that is known; write America/New_York. Number and address tell the place';
    warnings.push({ field: 'timeZone', value: timeZone, reason });
  }
}

function readConsent(
  row: TableRow,
  file: FileReading,
  at: Date,
  warnings: Remark[],
): { wishes: RowWish[]; readings: CellReading[] } {
  const { plan, scan, options } = file;
  const readings: CellReading[] = [];
  const optIns: ConsentBinding[] = [];
  const wishes: RowWish[] = [];
  const later = scan.superseded.get(row.number);
  const source = aspect(row, file, 'optInSource', null) ?? options.consent?.source ?? '';
  const stated = source.trim() === '' ? 'a file' : source;
  for (const binding of plan.bindings) {
    const value = row.cells[binding.index] ?? '';
    const said = Object.hasOwn(binding.values, value) ? binding.values[value] : undefined;
    const reading = said ?? (binding.refuses ? readRefusalWord(value) : readConsentWord(value));
    readings.push({ header: binding.header, value, reading });
    const isLater = later?.has(binding.index) && !hasDate(row, file);
    if (isLater && reading !== 'blank') {
      warnings.push({
        field: 'optIn',
        value,
        reason: 'a later row says it anew of the same person, and counts',
      });
      continue;
    }
    if (reading === 'yes') optIns.push(binding);
    if (reading === 'no' && !binding.leftOut)
      wishes.push({
        action: 'no',
        ...{ messageTypeIds: binding.messageTypeIds, channelIds: binding.channelIds, source: stated },
      });
    if (reading === 'optOut')
      wishes.push({
        action: 'optOut',
        channelIds: binding.channelIds,
        source: stated,
        happenedAt: refusedAt(row, file, file.columns[binding.index]!.medium, at),
      });
    if (reading === 'unknown')
      warnings.push({ field: 'optIn', value, reason: 'neither yes nor no; no consent was recorded' });
    if (reading === 'pending')
      warnings.push({
        field: 'optIn',
        value,
        reason: 'an opt-in that was not finished; no consent was recorded',
      });
  }
  // Of an opt-in and an opt-out in one row the opt-in counts only where it is shown to be the newer.
  const isRefused = ({ channelIds }: Pick<ConsentBinding, 'channelIds'>, proof: Proof) =>
    wishes.some(
      (wish) =>
        wish.action === 'optOut' &&
        channelIds.some((id) => wish.channelIds.includes(id)) &&
        (proof.undated || wish.happenedAt >= proof.happenedAt),
    );
  const optedIn: RowWish[] = [];
  for (const binding of optIns) {
    if (binding.messageTypeIds.length === 0) continue;
    const proof = proofOf(row, file, file.columns[binding.index]!.medium, at, warnings);
    if (proof && !isRefused(binding, proof))
      optedIn.push({ ...proof, source: stated, messageTypeIds: binding.messageTypeIds });
  }
  if (plan.everyRow) {
    const proof = proofOf(row, file, null, at, warnings);
    if (proof && !isRefused(plan.everyRow, proof))
      optedIn.push({ ...proof, source: stated, messageTypeIds: plan.everyRow.messageTypeIds });
  }
  wishes.push(...optedIn);
  return { wishes, readings };
}

type Proof = Omit<Extract<RowWish, { action: 'optIn' }>, 'messageTypeIds' | 'source'>;

/**
 * The proof of an opt-in, with the means that is stated. Without a date of its own, in the row or stated for the file, it
 * counts from now and undoes no opt-out. Null where its date proves nothing: it cannot be read, or is yet to come.
 */
function proofOf(
  row: TableRow,
  file: FileReading,
  medium: Column['medium'],
  at: Date,
  warnings: Remark[],
): Proof | null {
  const { consent } = file.options;
  const told = dateCell(row, file, 'optInDate', medium);
  let date: Date | null = null;
  if (told) {
    const read = readDate(told.cell, told.order);
    const fault = !read.ok
      ? read.reason
      : read.at > latestOf(at)
        ? 'yet to come, so that nobody can have agreed then'
        : read.at < firstConsent
          ? 'before 1990, so that nobody can have agreed then'
          : null;
    if (fault !== null) {
      if (!warnings.some(({ field }) => field === 'optInDate'))
        warnings.push({ field: 'optInDate', value: told.cell, reason: `${fault}. No consent was recorded` });
      return null;
    }
    if (read.ok) date = read.at;
  }
  const happenedAt = date ?? (consent?.happenedAt === undefined ? null : parseInstant(consent.happenedAt));
  return {
    action: 'optIn',
    method: consent?.method ?? 'import',
    wording: aspect(row, file, 'optInText', medium) ?? consent?.wording ?? null,
    ip: aspect(row, file, 'optInIp', medium),
    happenedAt: happenedAt ?? at,
    undated: happenedAt === null,
  };
}

/** When a wish to be left alone was said, as the row tells; now where it tells nothing that can be. */
function refusedAt(row: TableRow, file: FileReading, medium: Column['medium'], at: Date): Date {
  const told = dateCell(row, file, 'optOutDate', medium);
  const read = told && readDate(told.cell, told.order);
  return read?.ok && read.at >= firstConsent && read.at < at ? read.at : at;
}

/** The cell of a column that tells more of a consent; one of the same medium goes before one that names none. */
function aspectColumn(
  row: TableRow,
  file: FileReading,
  meaning: string,
  medium: Column['medium'],
): number | null {
  const filled = file.columns.flatMap((column, index) =>
    column.meaning === meaning && row.cells[index] ? index : [],
  );
  const own = filled.find((index) => file.columns[index]!.medium === medium);
  const general = filled.find((index) => medium === null || file.columns[index]!.medium === null);
  return own ?? general ?? null;
}

function aspect(row: TableRow, file: FileReading, meaning: string, medium: Column['medium']): string | null {
  const index = aspectColumn(row, file, meaning, medium);
  return index === null ? null : row.cells[index]!;
}

function dateCell(row: TableRow, file: FileReading, meaning: string, medium: Column['medium']) {
  const index = aspectColumn(row, file, meaning, medium);
  if (index === null) return null;
  const { orders } = file.scan.sights[index]!;
  const order = file.options.dateOrder ?? (orders.length === 1 ? orders[0]! : null);
  return { cell: row.cells[index]!, order };
}

/** Whether a row tells when its wish was said: of two such rows the dates decide, not their order. */
function hasDate(row: TableRow, file: FileReading): boolean {
  return ['optInDate', 'optOutDate'].some((meaning) => aspectColumn(row, file, meaning, null) !== null);
}
