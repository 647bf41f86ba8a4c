import type { Medium } from '../../medium/media.ts';
import {
  addressPrefix,
  agreeingStems,
  aspectWords,
  consentStems,
  fieldHeaders,
  joinStems,
  maybeConsentStems,
  mediumOf,
  mobileWords,
  namesMedium,
  notConsentStems,
  notConsentWords,
  otherMedia,
  phoneFillers,
  phoneWords,
  refusalStems,
  wordsOf,
} from './header-words.ts';
import { ofHeader } from './options.ts';

/**
 * What a column holds. The named ones have a meaning of their own; anything else is the name of a profile
 * field; `ignore` leaves the column out.
 */
export type ColumnMeaning = string;

/** A column of a file. */
export interface Column {
  header: string;
  meaning: ColumnMeaning;
  /** Of a column that speaks of consent: the medium that its words name, null where they name none or several. */
  medium: Medium | null;
  /** Of two columns with one meaning the lower one goes first. */
  rank: number;
  /** Whether a person said what it is. */
  chosen: boolean;
  /** Whether its cells alone make it one of consent, or ids of another system tell of what, so that it must be asked. */
  guessed: boolean;
}

/** Columns that a report adds to those of its file; an import passes over them. */
export const reportHeaders = ['Carillon row', 'Carillon outcome', 'Carillon remarks'] as const;

/** Meanings of columns that speak of consent. */
export const consentMeanings: ReadonlySet<string> = new Set([
  'optIn',
  'optInDate',
  'optInSource',
  'optInText',
  'optInIp',
  'optOut',
  'optOutDate',
]);

/** Whether what a column means is no field of the profile: who the person is, consent, or nothing. */
export function isNoField(meaning: string): boolean {
  return consentMeanings.has(meaning) || noFields.has(meaning);
}

const noFields: ReadonlySet<string> = new Set(['email', 'userId', 'phoneNumber', 'whatsAppUserId', 'ignore']);

/** Meanings that several columns may share. */
const shared: ReadonlySet<string> = new Set([...consentMeanings, 'phoneNumber']);

/**
 * What each column of a file holds, in order: as `chosen` says by header, else by what the header is known to
 * mean, else a profile field of the header's name. Of several columns for one thing the plainest has it; numbers and
 * consent may stand in several.
 */
export function mapColumns(
  headers: readonly string[],
  chosen: Readonly<Record<string, string>> = {},
): Column[] {
  const taken = new Set(
    headers.flatMap((header) => ofHeader(chosen, header) ?? []).filter((field) => !shared.has(field)),
  );
  const read = headers.map((header) => ({ header, ...readHeader(header) }));
  // The number of a bill is the person's where the file has no other.
  const hasOwnNumber = read.some(({ meaning, rank }) => meaning === 'phoneNumber' && rank < billingRank);
  const owners = new Map<string, number>();
  read.forEach(({ header, meaning, rank }, index) => {
    if (
      meaning === null ||
      shared.has(meaning) ||
      taken.has(meaning) ||
      ofHeader(chosen, header) !== undefined
    )
      return;
    const owner = owners.get(meaning);
    if (owner === undefined || rank < read[owner]!.rank) owners.set(meaning, index);
  });
  return read.map(({ header, meaning, rank }, index) => {
    const own = ofHeader(chosen, header) ?? (isReportHeader(header) ? '' : undefined);
    const isSpare = meaning === 'phoneNumber' && rank >= billingRank && hasOwnNumber;
    const isOwner = meaning !== null && !isSpare && (shared.has(meaning) || owners.get(meaning) === index);
    const settled = own ?? (isOwner ? meaning : header);
    const column = { header, meaning: settled === '' ? 'ignore' : settled };
    const medium = consentMeanings.has(column.meaning)
      ? mediumOf(wordsOfMedium(column.meaning, header))
      : null;
    return {
      ...column,
      medium,
      rank: own === undefined ? rank : -1,
      chosen: own !== undefined,
      guessed: own === undefined && column.meaning === 'optOut' && namesIds(header),
    };
  });
}

const isReportHeader = (header: string): boolean => reportHeaders.some((each) => each === header);

/** How many of these headers are known to name a person or a place. */
export function knownHeaderCount(headers: readonly string[]): number {
  return headers.filter((header) => readHeader(header).meaning !== null).length;
}

/** Characters of an email address or a phone number as people write it. */
const longestIdentity = 320;

/** Whether a cell names a person, as no name of a column does. */
export function isPersonCell(cell: string): boolean {
  if (cell.length > longestIdentity) return false;
  return (
    /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i.test(cell) || /^\+\d{7,15}$/.test(cell.replaceAll(/[\s().-]/g, ''))
  );
}

/** In “Consent text” the text is the wording and no medium. */
const wordsOfMedium = (meaning: string, header: string): string =>
  meaning === 'optInText'
    ? header.replace(/(?:text|texto|testo|metin)\s*$/i, '').replace(/(?<![\s_-])[\s_-]+$/, '')
    : header;

/** What a header is known to mean; null for the name of a profile field. */
function readHeader(header: string): { meaning: string | null; rank: number } {
  const words = wordsOf(header);
  const whole = words.join('');
  if (whole === '') return { meaning: null, rank: 0 };
  const consent = consentHeader(words, whole, header);
  if (consent) return { meaning: consent, rank: 0 };
  const phone = phoneRank(words, whole);
  if (phone !== null) return { meaning: 'phoneNumber', rank: phone };
  const plain = whole.replace(/\d+$/, '');
  for (const [meaning, headers] of Object.entries(fieldHeaders)) {
    const place = headers.indexOf(whole);
    if (place >= 0) return { meaning, rank: place };
    const part = headers.indexOf(plain.replace(addressPrefix, ''));
    const ofAddress = part >= 0 && ['postalCode', 'state', 'country', 'city'].includes(meaning);
    if (ofAddress) return { meaning, rank: 100 + part };
  }
  return { meaning: null, rank: 0 };
}

/** Whether a header speaks of a way to reach people that is none of ours, and of none that is. */
export const namesOtherMedium = (header: string): boolean =>
  wordsOf(header).some((word) => otherMedia.has(word)) && !namesMedium(header);

/** Whether a column may be one of consent, should its cells say yes and no: it names a medium or an agreement. */
export function mayBeConsent({ header, meaning }: Pick<Column, 'header' | 'meaning'>): boolean {
  const words = wordsOf(header);
  const whole = words.join('');
  if (namesOtherMedium(header) || words.some((word) => notConsentWords.has(word))) return false;
  if (notConsentStems.some((stem) => whole.includes(stem))) return false;
  if (meaning === 'phoneNumber' || meaning === 'whatsAppUserId' || namesMedium(header)) return true;
  return [...consentStems, ...agreeingStems, ...maybeConsentStems].some((stem) => whole.includes(stem));
}

/** Whether a header tells of refusals by the ids that another system has for its channels: `unsubscribedChannelIds`. */
const namesIds = (header: string): boolean =>
  /(?:channel|messagetype|list|topic|group|categor)\w*ids?$/.test(wordsOf(header).join(''));

function consentHeader(words: readonly string[], whole: string, header: string): string | null {
  const has = (aspect: keyof typeof aspectWords) => words.some((word) => aspectWords[aspect].has(word));
  const last = words.at(-1)!;
  const refuses = refusalStems.some((stem) => whole.includes(stem)) || words.includes('dnc');
  const agrees =
    consentStems.some((stem) => whole.includes(stem)) ||
    (agreeingStems.some((stem) => whole.includes(stem)) && namesMedium(header));
  const isDate =
    has('date') ||
    /(?:date|datum|time|timestamp|日時|日)$/.test(whole) ||
    /(?:optin|optout|consent)at$/.test(whole);
  const joins = namesMedium(header) && joinStems.some((stem) => whole.includes(stem));
  if (joins && !refuses && !agrees) return isDate ? 'optInDate' : has('source') ? 'optInSource' : null;
  if (!refuses && !agrees && whole !== 'accepts') return null;
  if (namesOtherMedium(header)) return null;
  if (refuses && namesIds(header)) return 'optOut';
  if (words.some((word) => notConsentWords.has(word)) || whole.includes('最終')) return null;
  if (refuses) return isDate ? 'optOutDate' : has('source') || has('ip') ? null : 'optOut';
  if (isDate) return 'optInDate';
  if (has('source') || whole.endsWith('source')) return 'optInSource';
  if (has('ip') || /(?:optin|consent)ip$/.test(whole)) return 'optInIp';
  if (
    words.length > 1 ? aspectWords.text.has(last) && words.at(-2) !== 'to' : /.(?:text|wording)$/.test(whole)
  )
    return 'optInText';
  return 'optIn';
}

const billingRank = 10;

/** 0 for a number that gets texts, 1 for any number, 2 and more for a second one; null for another column. */
function phoneRank(words: readonly string[], whole: string): number | null {
  const isMobile = mobileWords.has(whole) || words.some((word) => mobileWords.has(word));
  const isPhone = isMobile || phoneWords.has(whole) || words.some((word) => phoneWords.has(word));
  const isBilling = words[0] === 'billing';
  const others = words.filter(
    (word, place) => !mobileWords.has(word) && !phoneWords.has(word) && !(isBilling && place === 0),
  );
  if (
    !isPhone ||
    (!mobileWords.has(whole) && !phoneWords.has(whole) && !others.every((word) => phoneFillers.has(word)))
  )
    return null;
  const later = words.some((word) =>
    ['2', '3', 'second', 'secondary', 'alternate', 'other', 'home', 'work', 'business'].includes(word),
  );
  return (isMobile ? 0 : 1) + (later ? 2 : 0) + (isBilling ? billingRank : 0);
}
