/**
 * The languages that people of each country text in (ISO 639 by ISO 3166-1), the commonest first. What a word that
 * all tongues share (STOP) is answered in, where a country has one; and whose short words count (TC in Vietnam, T in
 * China). English is one of them only where people speak it among themselves. From knowledge, November 2026.
 */
const countriesOfLanguages: Readonly<Record<string, string>> = {
  en: 'US GB IE AU NZ JM BS BB TT AG DM GD KN LC VC AI BM FK GI GG IM JE KY MS SH TC VG VI GU MP AS NF GH NG LR SL GM ZM ZW UM IO PN AC CC CX TA',
  es: 'ES MX AR CO CL PE VE EC GT CU DO HN SV NI CR PA UY PY BO EH',
  pt: 'BR PT AO MZ CV ST GW',
  fr: 'FR MC GP MQ GF RE PM BL MF NC PF WF YT SN CI ML BF NE TG BJ GN GA CG CD CF',
  de: 'DE AT LI',
  it: 'IT SM VA',
  nl: 'NL SR',
  zh: 'CN TW HK MO',
  sv: 'SE AX',
  da: 'DK FO GL',
  no: 'NO SJ BV',
  is: 'IS',
  et: 'EE',
  lv: 'LV',
  lt: 'LT',
  pl: 'PL',
  cs: 'CZ',
  sk: 'SK',
  hu: 'HU',
  ro: 'RO MD',
  bg: 'BG',
  hr: 'HR',
  sr: 'RS ME',
  sl: 'SI',
  sq: 'AL XK',
  mk: 'MK',
  el: 'GR',
  tr: 'TR',
  ru: 'RU',
  he: 'IL',
  ar: 'SA AE EG JO KW QA BH OM YE IQ SY LY SD PS',
  fa: 'IR AF',
  bn: 'BD',
  ne: 'NP',
  si: 'LK',
  th: 'TH',
  lo: 'LA',
  km: 'KH',
  my: 'MM',
  vi: 'VN',
  id: 'ID',
  ms: 'BN',
  tl: 'PH',
  ja: 'JP',
  ko: 'KR KP',
  mn: 'MN',
  ka: 'GE',
  hy: 'AM',
  az: 'AZ',
  uz: 'UZ',
  am: 'ET',
  sw: 'TZ',
  'en es': 'PR BZ',
  'en fr': 'CA MU SC VU CM',
  'en mt': 'MT',
  'en zh ms ta': 'SG',
  'en sw': 'KE UG',
  'en af': 'ZA NA',
  'en hi bn te mr ta ur gu kn ml pa': 'IN',
  'en id': 'TL',
  'ur en pa': 'PK',
  'ms en zh ta': 'MY',
  'nl fr de': 'BE',
  'fr de': 'LU',
  'de fr it': 'CH',
  'ca es fr': 'AD',
  'fi sv': 'FI',
  'el tr': 'CY',
  'hr sr': 'BA',
  'uk ru': 'UA',
  'ru be': 'BY',
  'kk ru': 'KZ KG',
  'tg ru': 'TJ',
  'tk ru': 'TM',
  'ar fr': 'MA DZ TN LB TD MR DJ KM',
  'so ar': 'SO ER',
  'fr ht': 'HT',
  'fr mg': 'MG',
  'nl es en': 'AW CW BQ SX',
  'en fj': 'FJ PG SB TO WS KI TV NR CK NU TK FM MH PW GY BW LS SZ MW SS',
  'fr rn': 'BI RW',
  'pt es fr': 'GQ',
  'dv en': 'MV',
  'dz en': 'BT',
};

const languagesOf = new Map(
  Object.entries(countriesOfLanguages).flatMap(([languages, countries]) =>
    countries.split(' ').map((country) => [country, languages.split(' ')] as const),
  ),
);

/** What people of these countries (ISO 3166-1) may speak: `['en-US']`, `['de-CH', 'fr-CH', 'it-CH']`. */
export function languagesOfCountries(countries: readonly string[]): string[] {
  return [...new Set(countries)].flatMap((country) =>
    (languagesOf.get(country) ?? []).map((language) => `${language}-${country}`),
  );
}

/** The one language of such a list, with its country where that is one too; undefined where there is not one. */
export function theOneLanguage(spoken: readonly string[]): string | undefined {
  const [language, ...others] = new Set(spoken.map((tag) => tag.split('-')[0]));
  if (others.length > 0) return undefined;
  return spoken.length === 1 ? spoken[0] : language;
}
