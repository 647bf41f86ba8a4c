/**
 * Countries with one clear language, by ISO 639 code: what a word that all tongues share (STOP) is answered in, and
 * whose one-letter words count. Where people of a country speak several (Switzerland, Belgium, Canada) none is
 * named. From knowledge; the languages are those we have texts or words of.
 */
const countriesOfLanguage: Readonly<Record<string, string>> = {
  en: 'US GB IE AU NZ JM BS BB TT',
  es: 'ES MX AR CO CL PE VE EC GT CU DO HN SV NI CR PA UY',
  pt: 'BR PT AO MZ CV',
  fr: 'FR MC GP MQ GF RE PM BL MF',
  de: 'DE AT LI',
  it: 'IT SM VA',
  nl: 'NL SR',
  zh: 'CN',
};

const languageOf = new Map(
  Object.entries(countriesOfLanguage).flatMap(([language, countries]) =>
    countries.split(' ').map((country) => [country, language] as const),
  ),
);

/** The one language of these countries (ISO 3166-1), `pt-BR` where it is one country, undefined where there is not one. */
export function languageOfCountries(countries: readonly string[]): string | undefined {
  const [country, ...otherCountries] = new Set(countries);
  const [language, ...others] = new Set(countries.map((each) => languageOf.get(each)));
  if (language === undefined || others.length > 0) return undefined;
  return otherCountries.length > 0 ? language : `${language}-${country}`;
}
