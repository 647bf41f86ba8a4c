/**
 * States by the first three digits of a ZIP code (USPS, L002 3-Digit ZIP Code Prefix Matrix), as `state
 * first-last first-last`. Prefixes of the armed forces and of the federal government are left out: their people
 * may be anywhere.
 */
const zipPrefixes =
  'PR 006-007 009-009, VI 008-008, MA 010-027 055-055, RI 028-029, NH 030-038, ME 039-049, VT 050-054 056-059, ' +
  'CT 060-069, NY 005-005 063-063 100-149, NJ 070-089, PA 150-196, DE 197-199, DC 200-200 202-205, ' +
  'VA 201-201 220-246, MD 206-219, WV 247-268, NC 270-289, SC 290-299, GA 300-319 398-399, FL 320-339 341-349, ' +
  'AL 350-369, TN 370-385, MS 386-397, KY 400-427, OH 430-459, IN 460-479, MI 480-499, IA 500-528, WI 530-549, ' +
  'MN 550-567, SD 570-577, ND 580-588, MT 590-599, IL 600-629, MO 630-658, KS 660-679, NE 680-693, LA 700-714, ' +
  'AR 716-729, OK 730-732 734-749, TX 733-733 750-799 885-885, CO 800-816, WY 820-831, ID 832-838, UT 840-847, ' +
  'AZ 850-865, NM 870-884, NV 889-898, CA 900-961, HI 967-968, AS 967-967, GU 969-969, MP 969-969, OR 970-979, ' +
  'WA 980-994, AK 995-999';

/** Provinces by the first letter of a Canadian postal code (Canada Post). */
const postalLetters: Readonly<Record<string, readonly string[]>> = {
  A: ['NL'],
  B: ['NS'],
  C: ['PE'],
  E: ['NB'],
  G: ['QC'],
  H: ['QC'],
  J: ['QC'],
  K: ['ON'],
  L: ['ON'],
  M: ['ON'],
  N: ['ON'],
  P: ['ON'],
  R: ['MB'],
  S: ['SK'],
  T: ['AB'],
  V: ['BC'],
  X: ['NT', 'NU'],
  Y: ['YT'],
};

/**
 * ZIP prefixes no place of which lies in another zone than the one named (49 CFR 71 by county). Every other
 * prefix of a state with several zones may be in any of them.
 */
const zipZones: readonly (readonly [first: number, last: number, zone: string])[] = [
  [320, 323, 'America/New_York'],
  [325, 325, 'America/Chicago'],
  [326, 349, 'America/New_York'],
  [370, 372, 'America/Chicago'],
  [374, 374, 'America/New_York'],
  [376, 376, 'America/New_York'],
  [379, 379, 'America/New_York'],
  [380, 384, 'America/Chicago'],
  [402, 402, 'America/New_York'],
  [405, 405, 'America/New_York'],
  [420, 420, 'America/Chicago'],
  [462, 462, 'America/New_York'],
  [464, 464, 'America/Chicago'],
  [480, 497, 'America/New_York'],
  [570, 574, 'America/Chicago'],
  [580, 584, 'America/Chicago'],
  [660, 676, 'America/Chicago'],
  [680, 689, 'America/Chicago'],
  [750, 797, 'America/Chicago'],
  [799, 799, 'America/Denver'],
  [832, 834, 'America/Denver'],
  [837, 837, 'America/Denver'],
  [838, 838, 'America/Los_Angeles'],
  [850, 853, 'America/Phoenix'],
  [857, 857, 'America/Phoenix'],
  [885, 885, 'America/Denver'],
  [889, 897, 'America/Los_Angeles'],
  [970, 978, 'America/Los_Angeles'],
];

const statesByPrefix = new Map<number, string[]>();
for (const item of zipPrefixes.split(', ')) {
  const [state = '', ...ranges] = item.split(' ');
  for (const range of ranges) {
    const [first = 0, last = 0] = range.split('-').map(Number);
    for (let prefix = first; prefix <= last; prefix++) {
      statesByPrefix.set(prefix, [...(statesByPrefix.get(prefix) ?? []), state]);
    }
  }
}

/** Parts of France overseas by the first digits of their postal codes (La Poste); the longer ones go first. */
const overseasFrance: readonly (readonly [prefix: string, region: string])[] = [
  ['97133', 'BL'],
  ['97150', 'MF'],
  ['971', 'GP'],
  ['972', 'MQ'],
  ['973', 'GF'],
  ['974', 'RE'],
  ['975', 'PM'],
  ['976', 'YT'],
  ['986', 'WF'],
  ['987', 'PF'],
  ['988', 'NC'],
];

/** Regions in which a postal code of the United States, Canada or France overseas may lie; none when it says nothing. */
export function regionsOfPostalCode(country: string, postalCode: string): readonly string[] {
  if (country === 'US') return statesByPrefix.get(zipPrefix(postalCode)) ?? [];
  if (country === 'CA') return postalLetters[postalCode.trim().charAt(0).toUpperCase()] ?? [];
  if (country === 'FR')
    return overseasFrance
      .flatMap(([prefix, region]) => (postalCode.trim().startsWith(prefix) ? region : []))
      .slice(0, 1);
  return [];
}

/** The one zone of a ZIP code's first three digits, or null when they may lie in several or are no ZIP code's. */
export function zoneOfZip(postalCode: string): string | null {
  const prefix = zipPrefix(postalCode);
  return zipZones.find(([first, last]) => first <= prefix && prefix <= last)?.[2] ?? null;
}

function zipPrefix(postalCode: string): number {
  const found = /^\s*(\d{3})\d{2}(?:-?\d{4})?\s*$/.exec(postalCode);
  return found ? Number(found[1]) : Number.NaN;
}
