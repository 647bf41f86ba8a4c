import { legalCap, sendWindow } from '../server/consent/hours/window.ts';
import { numberPlaces } from '../server/users/place/number-places.ts';

/** One of the bench's people. */
export interface Person {
  email: string;
  /** E.164. */
  phone: string;
  firstName: string;
  points: number;
}

/** Where promotional texts may be sent throughout the run; none when no place of ours is in its hours. */
export interface LawfulPlaces {
  names: string[];
  prefixes: string[];
}

/** Beginnings of numbers by place, eastward; behind them come the digits that make a number whole. */
const candidates: readonly { name: string; prefixes: readonly string[] }[] = [
  { name: 'US East', prefixes: ['+1212', '+1305', '+1404', '+1617', '+1704', '+1215'] },
  { name: 'US Central', prefixes: ['+1312', '+1713', '+1612', '+1504', '+1414'] },
  { name: 'US West', prefixes: ['+1213', '+1206', '+1702', '+1503', '+1415'] },
  { name: 'Hawaii', prefixes: ['+1808'] },
  { name: 'New Zealand', prefixes: ['+6421'] },
  { name: 'Australia', prefixes: ['+614'] },
  { name: 'Japan', prefixes: ['+8190'] },
  { name: 'Singapore', prefixes: ['+658'] },
  { name: 'India', prefixes: ['+9198'] },
  { name: 'United Arab Emirates', prefixes: ['+97150'] },
  { name: 'South Africa', prefixes: ['+2782'] },
  { name: 'United Kingdom', prefixes: ['+4474'] },
];

/** Digits behind the plus sign of a whole number, by its calling code; North America's are made another way. */
const lengths: Readonly<Record<string, number>> = {
  '+64': 10,
  '+61': 11,
  '+81': 12,
  '+65': 10,
  '+91': 12,
  '+97': 12,
  '+27': 11,
  '+44': 12,
};

const firstNames = [
  'Ana',
  'Bjorn',
  'Chidi',
  'Dolores',
  'Emeka',
  'Fatima',
  'Giulia',
  'Hiroshi',
  'Ines',
  'Jun',
];

/**
 * The candidate places whose law lets promotional texts leave from `from` until `until` without a pause, and
 * caps them, if at all, at no fewer than `messages` a person.
 */
export function lawfulPlaces(from: Date, until: Date, messages: number): LawfulPlaces {
  const isOpen = (prefix: string) => {
    const places = numberPlaces(numberOf(prefix, 0));
    const window = sendWindow(places, from);
    const cap = legalCap(places, from);
    return window.open && window.until >= until && (cap === null || cap.messages >= messages);
  };
  const open = candidates
    .map(({ name, prefixes }) => ({ name, prefixes: prefixes.filter(isOpen) }))
    .filter(({ prefixes }) => prefixes.length > 0);
  return { names: open.map(({ name }) => name), prefixes: open.flatMap(({ prefixes }) => prefixes) };
}

/** The `count` people from number `first` on, each with a number of one of these places in turn. */
export function makePeople(first: number, count: number, prefixes: readonly string[]): Person[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    const prefix = prefixes[index % prefixes.length] ?? '+1212';
    return {
      email: `person${index}@bench.example`,
      phone: numberOf(prefix, Math.floor(index / prefixes.length)),
      firstName: firstNames[index % firstNames.length] ?? 'Ana',
      points: (index * 37) % 10_000,
    };
  });
}

/** Number `index` that begins with `prefix`: as many digits as numbers have there. */
function numberOf(prefix: string, index: number): string {
  if (prefix.startsWith('+1')) {
    // Exchanges 600 to 799 are free of the special ones (N11, 555).
    const exchange = 620 + Math.floor(index / 10_000);
    return `${prefix}${exchange}${String(index % 10_000).padStart(4, '0')}`;
  }
  const digits = (lengths[prefix.slice(0, 3)] ?? 12) + 1 - prefix.length;
  return `${prefix}${String(index).padStart(digits, '0')}`;
}

/** The campaign's text, in Handlebars: two personal fields and a link that is made short. */
export const campaignTemplate =
  'Hi {{firstName}}, {{points}} points wait for you. Choose a reward: https://shop.example/rewards?from=text';

/** The same as it reaches a person, with the opt-out line that promotional texts end with. */
export function campaignText(person: Person, shortLink: string): string {
  return `Hi ${person.firstName}, ${person.points} points wait for you. Choose a reward: ${shortLink} Reply STOP to opt out`;
}
