import { locale as ownLocale } from './formats.ts';

const names = new Intl.DisplayNames(ownLocale, { type: 'language' });

/** A locale as people call it: "Portuguese (Brazil)". */
export function localeName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The languages that are offered first; any other can be typed by its tag. */
const offered = [
  ...[
    'ar',
    'bn',
    'cs',
    'da',
    'de',
    'de-AT',
    'de-CH',
    'el',
    'en',
    'en-GB',
    'en-US',
    'es',
    'es-MX',
    'fi',
    'fr',
  ],
  ...[
    'fr-CA',
    'he',
    'hi',
    'hu',
    'id',
    'it',
    'ja',
    'ko',
    'ms',
    'nb',
    'nl',
    'pl',
    'pt',
    'pt-BR',
    'ro',
    'ru',
    'sv',
  ],
  ...['ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'zh', 'zh-TW'],
];

/** Locales to choose from: those offered, and what was typed where it reads as a tag. */
export function localeChoices(typed: string, taken: readonly string[]): { value: string; label: string }[] {
  const tag = /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(typed.trim()) ? canonical(typed.trim()) : null;
  const all = tag === null || offered.includes(tag) ? offered : [...offered, tag];
  return all
    .filter((each) => !taken.includes(each))
    .map((value) => ({ value, label: `${localeName(value)} (${value})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * Who gets a template's text of a locale (null: the default's), as the server chooses: the nearest to the person's
 * own, a language's one region for who names the language alone, else the default.
 */
export function whoGets(
  locale: string | null,
  all: { default: string | null; others: readonly string[] },
): string {
  const tags = [...all.others, ...(all.default === null ? [] : [all.default])];
  if (locale === null) {
    if (all.others.length === 0) return 'Everybody: no other language is written yet.';
    const own = all.default === null ? 'Everybody' : `Readers of ${localeName(all.default)}, and everybody`;
    return `${own} whose language is not written here, or is not known.`;
  }
  const field = 'People whose field “locale”, or else “language”, is';
  const [language = locale] = locale.split('-');
  const regions = tags.filter((each) => each.startsWith(`${language}-`));
  if (language === locale)
    return regions.length > 0
      ? `${field} ${locale}, or ${locale} with a country that is not written here.`
      : `${field} ${locale}, with or without a country (${locale}-…).`;
  return regions.length === 1 && !tags.includes(language)
    ? `${field} ${locale}, or ${language} without a country.`
    : `${field} ${locale}.`;
}
