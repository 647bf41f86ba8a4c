/** What a country lets a sender be. Carriers' and regulators' rules: data with sources, changed by the quarter. */
export interface CountryRule {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /**
   * A name as sender: not delivered as such, allowed freely, or only when registered there (then a registration
   * reference is asked for). `limited`: some networks rewrite it.
   */
  alphanumeric: 'no' | 'free' | 'limited' | 'registered';
  /** Where it is registered, or what becomes of it when it is not. */
  registration?: string;
  /** What a promotional name must begin or end with. */
  promotionalPrefix?: string;
  promotionalSuffix?: string;
  /** Most characters of a name, prefix and suffix included, where it is not 11. */
  longestName?: number;
  /** Whether replies reach a number bought there. */
  twoWay: 'yes' | 'limited' | 'no';
  /** How sure: seen on a page, known in the trade, or unsure. */
  certainty: 'seen' | 'known' | 'unsure';
  source: string;
}

// Last read on 2026-11-23.

const aws = 'docs.aws.amazon.com/sms-voice supported countries';
const awsForm = 'docs.aws.amazon.com/sms-voice registrations-country';
const trade = 'known in the trade';

/** Sorted by country. A country that is not here is treated by `elsewhere`. */
export const countryRules: readonly CountryRule[] = [
  {
    country: 'AE',
    alphanumeric: 'registered',
    registration: 'TDRA',
    promotionalPrefix: 'AD-',
    twoWay: 'no',
    certainty: 'seen',
    source: 'help.clicksend.com UAE; docs.aws.amazon.com UAE form',
  },
  { country: 'AR', alphanumeric: 'no', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'AT',
    alphanumeric: 'free',
    twoWay: 'yes',
    certainty: 'seen',
    source: `${aws} (a form at some providers)`,
  },
  {
    country: 'AU',
    alphanumeric: 'registered',
    registration: 'ACMA sender ID register from 2026-07-01; else shown as Unverified',
    twoWay: 'yes',
    certainty: 'seen',
    source: '160.com.au; support.dotdigital.com 14854881',
  },
  { country: 'BE', alphanumeric: 'limited', twoWay: 'yes', certainty: 'unsure', source: trade },
  { country: 'BR', alphanumeric: 'no', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'CA', alphanumeric: 'no', twoWay: 'yes', certainty: 'seen', source: `${aws}; Telnyx` },
  { country: 'CH', alphanumeric: 'free', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'CL', alphanumeric: 'no', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'CN',
    alphanumeric: 'no',
    twoWay: 'no',
    certainty: 'seen',
    source: `${aws} (template and signature registration)`,
  },
  { country: 'CO', alphanumeric: 'no', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'CZ',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'unsure',
    source: trade,
  },
  { country: 'DE', alphanumeric: 'free', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'DK', alphanumeric: 'free', twoWay: 'yes', certainty: 'unsure', source: trade },
  {
    country: 'EG',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'ES',
    alphanumeric: 'registered',
    registration: 'CNMC alias registry, blocking from 2026-09-15 (Order TDF/558/2026)',
    twoWay: 'yes',
    certainty: 'seen',
    source: 'knowledgecenter.cm.com',
  },
  {
    country: 'FI',
    alphanumeric: 'registered',
    registration: 'Traficom',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'FR',
    alphanumeric: 'free',
    twoWay: 'limited',
    certainty: 'seen',
    source: 'af2m.org/sms-marketing (replies on short codes only)',
  },
  { country: 'GB', alphanumeric: 'free', twoWay: 'yes', certainty: 'unsure', source: trade },
  {
    country: 'GH',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'unsure',
    source: trade,
  },
  {
    country: 'HK',
    alphanumeric: 'free',
    registration: 'SMS Sender Registration Scheme (# prefix), by sector',
    twoWay: 'yes',
    certainty: 'known',
    source: trade,
  },
  {
    country: 'HU',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'unsure',
    source: trade,
  },
  {
    country: 'ID',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'IE',
    alphanumeric: 'registered',
    registration: 'ComReg registry; else shown as Likely Scam',
    twoWay: 'yes',
    certainty: 'seen',
    source: 'commsrisk.com; support.app.sinch.com 11464832981263',
  },
  { country: 'IL', alphanumeric: 'free', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'IN',
    alphanumeric: 'registered',
    registration: 'DLT; the operator puts -P, -S, -T or -G behind it',
    longestName: 6,
    twoWay: 'limited',
    certainty: 'seen',
    source: 'Telnyx; messagecentral.com',
  },
  {
    country: 'IT',
    alphanumeric: 'registered',
    registration: 'AGCOM alias register',
    twoWay: 'yes',
    certainty: 'known',
    source: trade,
  },
  {
    country: 'JO',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'seen',
    source: awsForm,
  },
  { country: 'JP', alphanumeric: 'limited', twoWay: 'limited', certainty: 'known', source: trade },
  {
    country: 'KE',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  { country: 'KR', alphanumeric: 'no', twoWay: 'no', certainty: 'known', source: trade },
  {
    country: 'KW',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'LK',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  { country: 'MX', alphanumeric: 'no', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'MY', alphanumeric: 'no', twoWay: 'limited', certainty: 'known', source: trade },
  {
    country: 'NG',
    alphanumeric: 'registered',
    registration: 'by the operators',
    twoWay: 'no',
    certainty: 'seen',
    source: 'status.africastalking.com',
  },
  { country: 'NL', alphanumeric: 'free', twoWay: 'yes', certainty: 'seen', source: 'knowledgecenter.cm.com' },
  { country: 'NO', alphanumeric: 'free', twoWay: 'yes', certainty: 'unsure', source: trade },
  { country: 'NZ', alphanumeric: 'no', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'PE', alphanumeric: 'no', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'PH',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  { country: 'PL', alphanumeric: 'free', twoWay: 'yes', certainty: 'known', source: trade },
  { country: 'PR', alphanumeric: 'no', twoWay: 'yes', certainty: 'seen', source: 'Telnyx' },
  { country: 'PT', alphanumeric: 'free', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'QA',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'seen',
    source: awsForm,
  },
  { country: 'RO', alphanumeric: 'free', twoWay: 'limited', certainty: 'unsure', source: trade },
  {
    country: 'SA',
    alphanumeric: 'registered',
    registration: 'CST; senders from abroad service messages only',
    promotionalSuffix: '-AD',
    twoWay: 'no',
    certainty: 'seen',
    source: 'help.clicksend.com; docs.unifonic.com',
  },
  { country: 'SE', alphanumeric: 'free', twoWay: 'yes', certainty: 'unsure', source: trade },
  {
    country: 'SG',
    alphanumeric: 'registered',
    registration: 'SSIR (SGNIC); else shown as Likely-SCAM',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'TH',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'limited',
    certainty: 'seen',
    source: awsForm,
  },
  {
    country: 'TR',
    alphanumeric: 'registered',
    registration: 'İYS; no promotion from abroad',
    twoWay: 'no',
    certainty: 'unsure',
    source: 'sent.dm; haber7.com',
  },
  { country: 'TW', alphanumeric: 'no', twoWay: 'limited', certainty: 'unsure', source: trade },
  { country: 'US', alphanumeric: 'no', twoWay: 'yes', certainty: 'seen', source: `${aws}; Telnyx` },
  {
    country: 'VN',
    alphanumeric: 'registered',
    registration: 'through the provider',
    twoWay: 'no',
    certainty: 'known',
    source: trade,
  },
  { country: 'ZA', alphanumeric: 'no', twoWay: 'yes', certainty: 'known', source: trade },
];

const elsewhere: Omit<CountryRule, 'country'> = {
  alphanumeric: 'limited',
  twoWay: 'limited',
  certainty: 'unsure',
  source: 'no rule known: by caution',
};

const byCountry = new Map(countryRules.map((rule) => [rule.country, rule]));

/** The rule of a country. */
export function countryRule(country: string): CountryRule {
  return byCountry.get(country) ?? { country, ...elsewhere };
}
