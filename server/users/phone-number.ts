import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { phoneKey } from './phone-key.ts';

/** What sort of line a number is, as far as its digits tell; North American ones do not part fixed from mobile. */
export type PhoneKind = 'mobile' | 'fixedLine' | 'fixedLineOrMobile' | 'tollFree' | 'other';

/** A number in E.164 with its country (ISO 3166, null where the code is shared or unassigned), or why it is none. */
export type ParsedPhoneNumber =
  | { ok: true; e164: string; country: string | null; kind: PhoneKind }
  | { ok: false; reason: string };

// North American plan: area code N[0-8]X, exchange NXX but not N11. Fictional 555-01XX numbers stand.
const northAmerican = /^\+1[2-9][0-8]\d(?![2-9]11)[2-9]\d{6}$/;
// Bidirectional and zero-width marks come along when a number is copied from a phone's contacts.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const kinds: Record<string, PhoneKind> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixedLine',
  FIXED_LINE_OR_MOBILE: 'fixedLineOrMobile',
  TOLL_FREE: 'tollFree',
};

/** Country and kind by area code and exchange, which is as far as the North American plan tells them. */
const knownExchanges = new Map<string, { country: string | null; kind: PhoneKind }>();
const EXCHANGES_KEPT = 50_000;

/**
 * Reads a phone number as people and spreadsheets write it. `defaultCountry` (`US`) is for numbers without a
 * country code. Accepts what has a possible length and, in North America, a rightly built area code and exchange:
 * `(415) 555-0132` gives `+14155550132`. A number of a plan that is no more is read as today's. Everything else is refused with a reason fit to show beside its row.
 */
export function parsePhoneNumber(raw: unknown, defaultCountry: string): ParsedPhoneNumber {
  if (typeof raw === 'string' && northAmerican.test(raw))
    return { ok: true, e164: raw, ...describeExchange(raw) };
  const text = asText(raw);
  if (text === null) return refuse('not a phone number: give it as text, like "+14155550132"');
  const digits = cleaned(text);
  if (typeof digits !== 'string') return digits;
  return read(digits, defaultCountry);
}

/** The zeros of scripts with digits of their own that phones write numbers in: Arabic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;

/** A text as it is read for a number: its digits from 0 to 9 in whatever script they were, without marks that nobody sees. */
export function plainDigits(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(otherDigits, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - zeros.findLast((zero) => zero <= code)!);
    })
    .trim();
}

function asText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' && Number.isSafeInteger(raw) && raw > 0) return String(raw);
  return null;
}

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}

/** The number's digits with a leading + where it had one, or why they cannot be told. */
function cleaned(raw: string): string | { ok: false; reason: string } {
  if (raw.length > 250) return refuse('too long for a phone number');
  const text = plainDigits(raw)
    .replace(/^['"=]+|['"]+$/g, '')
    .replace(/^(?:tel|sms|whatsapp|phone|mobile|cell)\s*:\s*/i, '')
    .replace(/^(\d{7,15})\.0+$/, '$1')
    .trim();
  if (text === '') return refuse('empty');
  if (/^\d([.,]\d+)?e\+?\d+$/i.test(text)) {
    return refuse(
      'a spreadsheet has shortened it to a power of ten, so digits are lost: format the column as text',
    );
  }
  const extension = /(?:;ext=|\b(?:ext(?:ension)?|extn)\b\.?|(?<=[\d\s])x|#|~)\s*:?\s*(\d{1,7})\s*$/i.exec(
    text,
  );
  if (extension)
    return refuse(`has an extension (${extension[1]}), which cannot receive messages: give a direct number`);
  const parts = text
    .split(/[,;/|\n]|\s(?:or|and|y|et|und|ou|o)\s/i)
    .filter((part) => part.replace(/\D/g, '').length >= 7);
  if (parts.length > 1) return refuse('holds more than one number: give one');
  if (/\p{L}/u.test(text)) return refuse('contains letters: write it in digits');
  const odd = /[^\d\s+().\-–—‐‑−/·*]/u.exec(text);
  if (odd) return refuse(`contains “${odd[0]}”, which no phone number has`);
  if (text.lastIndexOf('+') > text.search(/\d/)) return refuse('has a + after its first digit');

  const digits = text.replace(/^(\+[\d\s]*)\(0\)/, '$1').replace(/\D/g, '');
  if (digits.length > 15)
    return refuse(`has ${digits.length} digits; a number has at most 15, so this may be two`);
  if (digits.length < 5) return refuse(`has only ${digits.length} digit${digits.length === 1 ? '' : 's'}`);
  if (text.includes('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function read(digits: string, defaultCountry: string): ParsedPhoneNumber {
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  if (!digits.startsWith('+') && !country) {
    return refuse(`has no country code, and “${defaultCountry}” is no country that could tell it`);
  }
  const parsed = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
  if (!parsed) {
    const place = digits.startsWith('+')
      ? 'its country code exists nowhere'
      : `not a number of ${defaultCountry}`;
    return refuse(`${place}: write it as +, country code, number`);
  }
  const e164 = parsed.number;
  if (parsed.countryCallingCode === '1') {
    if (!northAmerican.test(e164)) return refuse(northAmericanFault(e164));
    return { ok: true, e164, ...describeExchange(e164) };
  }
  if (!parsed.isPossible()) {
    // A spelling that the plan has given up: today's is how the line is reached.
    const key = phoneKey(e164);
    if (key !== e164) return read(asMobileOfArgentina(key), defaultCountry);
    const where = parsed.country ?? `+${parsed.countryCallingCode}`;
    return refuse(
      `has the wrong number of digits for ${where} (${parsed.nationalNumber.length} after the country code)`,
    );
  }
  const kind = kindOf(parsed) ?? 'other';
  // One plan for both there, and people leave out the 9 that says mobile (phone-key.ts).
  const isEither = kind === 'fixedLine' && parsed.country === 'AR';
  return { ok: true, e164, country: parsed.country ?? null, kind: isEither ? 'fixedLineOrMobile' : kind };
}

/** What was written with the 15 of Argentina's mobiles is one: abroad they are dialled with a 9. */
const asMobileOfArgentina = (key: string) => key.replace(/^\+54(?!9)/, '+549');

function northAmericanFault(e164: string): string {
  const national = e164.slice(2);
  if (national.length !== 10) return `has ${national.length} digits after +1; a North American number has 10`;
  if (!/^[2-9][0-8]/.test(national)) return `${national.slice(0, 3)} cannot be a North American area code`;
  return `${national.slice(3, 6)} cannot follow the area code in a North American number`;
}

function describeExchange(e164: string): { country: string | null; kind: PhoneKind } {
  const exchange = e164.slice(2, 8);
  const known = knownExchanges.get(exchange);
  if (known) return known;
  const parsed = parsePhoneNumberFromString(e164, { extract: false });
  const described = {
    country: parsed?.country ?? null,
    kind: (parsed && kindOf(parsed)) ?? ('fixedLineOrMobile' as const),
  };
  if (knownExchanges.size >= EXCHANGES_KEPT) knownExchanges.clear();
  knownExchanges.set(exchange, described);
  return described;
}

function kindOf(parsed: PhoneNumber): PhoneKind | null {
  const type = parsed.getType();
  return type === undefined ? null : (kinds[type] ?? 'other');
}
