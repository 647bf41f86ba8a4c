import {
  type NumberType,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import type { Registry } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import type { Call, Route } from './call.ts';

/** Line types as Twilio names them, by what the numbering plan says (Twilio Lookup v2). */
const lineTypes: Partial<Record<NonNullable<NumberType>, string>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  // North America's plan does not tell mobile from landline; most that are texted are mobile.
  FIXED_LINE_OR_MOBILE: 'mobile',
  TOLL_FREE: 'tollFree',
  VOIP: 'nonFixedVoip',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'sharedCost',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
};

/** Line types as version 1 has them. */
const firstTypes: Record<string, string> = { mobile: 'mobile', landline: 'landline', nonFixedVoip: 'voip' };

/** What is wrong with the length of a number, as Twilio names it. */
const lengthFaults: Record<string, string> = {
  TOO_SHORT: 'TOO_SHORT',
  TOO_LONG: 'TOO_LONG',
  INVALID_COUNTRY: 'INVALID_COUNTRY_CODE',
  INVALID_LENGTH: 'INVALID_LENGTH',
  NOT_A_NUMBER: 'NOT_A_NUMBER',
};

const packages = [
  'caller_name',
  'sim_swap',
  'call_forwarding',
  'line_status',
  'line_type_intelligence',
  'identity_match',
  'reassigned_number',
  'sms_pumping_risk',
  'phone_number_quality_score',
  'pre_fill',
];

/** Whether the owner of a number gave it up after a day (`YYYYMMDD`). */
function reassigned(registry: Registry, number: string, lastVerified: string | null): object {
  const givenUp = registry.deactivations.get(number);
  const day = lastVerified?.replaceAll('-', '') ?? '';
  const isReassigned = givenUp !== undefined && givenUp.slice(0, 10).replaceAll('-', '') >= day;
  return {
    last_verified_date: lastVerified,
    is_number_reassigned: isReassigned ? 'yes' : 'no',
    error_code: lastVerified ? null : 60617,
  };
}

function parsed(call: Call) {
  const asked = call.params.number ?? '';
  const country = call.query.get('CountryCode') ?? undefined;
  const isCountry = country === undefined || /^[A-Z]{2}$/.test(country);
  if (!isCountry) throw twilioFault(20001, `CountryCode ${country} is no country`);
  return { asked, number: parsePhoneNumberFromString(asked, { defaultCountry: 'US', extract: false }) };
}

function typeOf(number: ReturnType<typeof parsed>['number']): string {
  return lineTypes[number?.getType() ?? 'MOBILE'] ?? 'unknown';
}

function lookUp(call: Call): Record<string, unknown> {
  const { registry } = call.network;
  const { asked, number } = parsed(call);
  const valid = number?.isValid() ?? false;
  const length = validatePhoneNumberLength(asked, 'US');
  const fields = (call.query.get('Fields') ?? '').split(',').filter((name) => name !== '');
  const unknown = fields.find((name) => !packages.includes(name));
  if (unknown) throw twilioFault(20001, `Fields: ${unknown} is none of ${packages.join(', ')}`);
  const wanted = (name: string, value: () => object) => (fields.includes(name) && valid ? value() : null);
  const text = number?.number ?? asked;
  return {
    calling_country_code: number?.countryCallingCode ?? null,
    country_code: number?.country ?? null,
    phone_number: text,
    national_format: number?.formatNational() ?? null,
    valid,
    validation_errors: valid ? [] : [lengthFaults[length ?? ''] ?? 'INVALID_BUT_POSSIBLE'],
    ...Object.fromEntries(packages.map((name) => [name, null])),
    line_type_intelligence: wanted('line_type_intelligence', () => ({
      type: typeOf(number),
      carrier_name: 'Carillon Mobile',
      mobile_country_code: null,
      mobile_network_code: null,
      error_code: null,
    })),
    line_status: wanted('line_status', () => ({
      status: registry.deactivations.has(text) ? 'inactive' : 'active',
      error_code: null,
    })),
    reassigned_number: wanted('reassigned_number', () =>
      reassigned(registry, text, call.query.get('LastVerifiedDate')),
    ),
    sms_pumping_risk: wanted('sms_pumping_risk', () => ({
      carrier_risk_category: 'low',
      number_blocked: false,
      number_blocked_date: null,
      number_blocked_last_3_months: false,
      sms_pumping_risk_score: 0,
      error_code: null,
    })),
    url: `${call.origin}${call.path}`,
  };
}

function firstLookUp(call: Call): Record<string, unknown> {
  const { number } = parsed(call);
  if (!number?.isPossible()) throw twilioFault(20404, call.path);
  const types = call.query.getAll('Type');
  const type = firstTypes[typeOf(number)] ?? null;
  const noCodes = { mobile_country_code: null, mobile_network_code: null };
  return {
    country_code: number.country ?? null,
    phone_number: number.number,
    national_format: number.formatNational(),
    caller_name: null,
    carrier: types.includes('carrier')
      ? { ...noCodes, name: 'Carillon Mobile', type, error_code: null }
      : null,
    add_ons: null,
    url: `${call.origin}${call.path}`,
  };
}

/** What is known of a number: its form and kind by the numbering plan, and whether its owner gave it up here. */
export const lookupRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v2/PhoneNumbers/:number',
    answer: (call) => ({ status: 200, json: lookUp(call) }),
  },
  {
    method: 'GET',
    path: '/v1/PhoneNumbers/:number',
    answer: (call) => ({ status: 200, json: firstLookUp(call) }),
  },
];
