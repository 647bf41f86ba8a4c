import { getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Purpose } from '../database/tables/consent.ts';
import { factsOf, factsOfKind, mediumOfKind, type SenderKind } from '../medium/media.ts';
import { countryRule } from './country-rules.ts';

/** Kinds people may ask for that have no wire yet. */
export const kindsWithoutWire: readonly string[] = ['push', 'webPush', 'rcs', 'inApp', 'smpp', 'voice'];

/** Who a sender is to be. */
export interface SenderIdentity {
  kind: SenderKind;
  address: string;
  country: string;
  purpose: Purpose;
  /** The reference of its registration, where the country wants one. */
  registration: string | null;
}

/** What stands against such a sender, one sentence each with field and remedy; empty when nothing does. */
export function senderFaults(sender: SenderIdentity): string[] {
  const faults: string[] = [];
  if (!isSupportedCountry(sender.country))
    faults.push(
      `country ${JSON.stringify(sender.country)} is not one of ${getCountries().length} ISO 3166 codes; write it as US`,
    );
  const { kind, address } = sender;
  switch (factsOfKind(kind).address) {
    case 'number':
      return [...faults, ...numberFaults(sender), ...(kind === 'tollFree' ? tollFreeFaults(sender) : [])];
    case 'code':
      return /^\d{3,8}$/.test(address)
        ? faults
        : [...faults, `address ${JSON.stringify(address)} is not a short code; give 3 to 8 digits`];
    case 'name':
      return [...faults, ...nameFaults(sender)];
    case 'mailbox':
      return /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}\.[^\s@<>",;]{1,64}$/.test(address)
        ? faults
        : [...faults, `address ${JSON.stringify(address)} is not an email address`];
  }
}

/** Whether people's replies reach this sender. */
export function isTwoWay(kind: SenderKind, country: string): boolean {
  const { address, isRuledByCountries } = factsOfKind(kind);
  if (address === 'name' || factsOf(mediumOfKind[kind]).answers === null) return false;
  return !isRuledByCountries || countryRule(country).twoWay !== 'no';
}

function numberFaults({ address, country, kind, purpose }: SenderIdentity): string[] {
  const number = /^\+[1-9]\d{6,14}$/.test(address) ? parsePhoneNumberFromString(address) : undefined;
  if (!number?.isPossible())
    return [`address ${JSON.stringify(address)} is not a number in E.164; write it as +12025550110`];
  // ARCEP 18-0881, since 2019-08: mobile numbers are for persons, not for programs that advertise.
  if (kind === 'longCode' && purpose === 'promotional' && /^\+33[67]/.test(address))
    return [
      `address ${address} is a French mobile number, which may not send promotions; use a short code or a sender name`,
    ];
  // A toll-free number belongs to all countries of its numbering plan; so may others whose country is not told.
  const isElsewhere =
    number.country !== undefined && number.country !== country && number.countryCallingCode !== '1';
  return isElsewhere && factsOfKind(kind).isRuledByCountries
    ? [`address ${address} is a number of ${number.country}, not of ${country}; correct country`]
    : [];
}

const northAmericanTollFree = /^\+1(?:800|833|844|855|866|877|888)/;

function tollFreeFaults({ address }: SenderIdentity): string[] {
  if (!address.startsWith('+1') || northAmericanTollFree.test(address)) return [];
  return [
    `address ${address} is not toll-free; use kind longCode, or a number that begins +1 800, 833, 844, 855, 866, 877 or 888`,
  ];
}

function nameFaults({ address, country, purpose, registration }: SenderIdentity): string[] {
  const rule = countryRule(country);
  const faults: string[] = [];
  const longest = rule.longestName ?? 11;
  if (!/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/.test(address) || !/[A-Za-z]/.test(address))
    faults.push(
      `address ${JSON.stringify(address)} is not a sender name; use letters, digits, space, . _ and -, with at least one letter`,
    );
  if (address.length < 3 || address.length > longest)
    faults.push(
      `address ${JSON.stringify(address)} has ${address.length} characters; a name in ${country} has 3 to ${longest}`,
    );
  if (rule.alphanumeric === 'no')
    faults.push(`country ${country} takes no sender names; use a number or short code there`);
  if (rule.alphanumeric === 'registered' && !registration)
    faults.push(
      `registration is missing: ${country} takes registered names only (${rule.registration}); give its reference`,
    );
  if (purpose !== 'promotional') return faults;
  if (rule.promotionalPrefix && !address.startsWith(rule.promotionalPrefix))
    faults.push(
      `address ${address} must begin with ${rule.promotionalPrefix} to send promotions in ${country}`,
    );
  if (rule.promotionalSuffix && !address.endsWith(rule.promotionalSuffix))
    faults.push(
      `address ${address} must end with ${rule.promotionalSuffix} to send promotions in ${country}`,
    );
  return faults;
}
