import { createHash } from 'node:crypto';
import { sameTime } from '../../users/place/country-places.ts';
import { parsePlaceKey } from '../../users/place/place-key.ts';
import type { TestEvent, TestPerson, TestStanding } from './people-fixtures.ts';

/**
 * What docs/reference/segments.md says of definitions, person by person in plain TypeScript: written apart from the SQL, which
 * is held to it.
 */

type Json = Readonly<Record<string, unknown>>;

/** What is asked: as of when, and what else there is. */
export interface World {
  now: Date;
  /** Of the project. */
  timeZone: string;
  segments: ReadonlyMap<number, unknown>;
  channelOfType: ReadonlyMap<number, number>;
  mediumOfChannel: ReadonlyMap<number, string>;
  /** Of the one catalog that definitions name, by their ids. */
  items: ReadonlyMap<string, Json>;
}

/** Whether a definition holds of a person. */
export function holdsOf(definition: unknown, person: TestPerson, world: World): boolean {
  const [[name, leaf] = ['', null]] = Object.entries(definition as Json);
  const parts = () => (leaf as unknown[]).map((part) => holdsOf(part, person, world));
  if (name === 'all') return parts().every(Boolean);
  if (name === 'any') return parts().some(Boolean);
  if (name === 'none') return !parts().some(Boolean);
  const condition = leaf as Json;
  switch (name) {
    case 'field':
      return comparisonHolds(condition, profileOf(person), person, world);
    case 'list':
      return person.lists.some(
        ({ id, at }) =>
          (condition.ids as number[]).includes(id) &&
          inWindow(condition.during, at, condition.zone, person, world),
      );
    case 'subscription':
      return stands(condition, person, world);
    case 'reach':
      return isReached(condition, person, world);
    case 'place':
      return isAt(condition, person);
    case 'event':
      return did(
        condition,
        (event) => event.kind === 'custom' && event.name === condition.name,
        person,
        world,
      );
    case 'purchase':
      return did(
        {
          ...condition,
          ...(condition.revenue ? { sum: { of: 'total', ...(condition.revenue as Json) } } : {}),
        },
        (event) =>
          event.kind === 'purchase' &&
          (condition.item === undefined ||
            valuesAt(event.data, ['items']).some((item) =>
              conditionsHold(condition.item, item, person, world),
            )),
        person,
        world,
      );
    case 'message':
      return had(condition, person, world);
    case 'segment':
      return holdsOf(world.segments.get(condition.id as number), person, world);
    case 'share': {
      const digest = createHash('md5').update(`${condition.salt}:${person.id}`).digest('hex');
      const part = Number((BigInt(`0x${digest.slice(0, 8)}`) * 10_000n) >> 32n);
      return (
        part >= Math.round((condition.from as number) * 100) &&
        part < Math.round((condition.to as number) * 100)
      );
    }
    default:
      throw new Error(`no kind ${name}`);
  }
}

const profileOf = (person: TestPerson): Json => ({
  ...person.dataFields,
  ...(person.email !== null && { email: person.email }),
  signupDate: person.signedUpAt.toISOString(),
});

/** Values at a path; arrays on the way and at the end are looked into, one level each. */
function valuesAt(base: unknown, path: readonly string[]): unknown[] {
  if (!isObject(base)) return [];
  let found: unknown[] = [base];
  for (const name of path)
    found = found
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []));
  return found.flatMap((value) => (Array.isArray(value) ? value : [value]));
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function conditionsHold(conditions: unknown, base: unknown, person: TestPerson, world: World): boolean {
  const given = conditions as Json;
  const parts = (name: string) =>
    (given[name] as unknown[]).map((part) => conditionsHold(part, base, person, world));
  if (given.all) return parts('all').every(Boolean);
  if (given.any) return parts('any').some(Boolean);
  if (given.none) return !parts('none').some(Boolean);
  return comparisonHolds(given, base, person, world);
}

function comparisonHolds(comparison: Json, base: unknown, person: TestPerson, world: World): boolean {
  const path = comparison.path as string | string[];
  const values = valuesAt(base, typeof path === 'string' ? path.split('.') : path);
  const any = (test: (value: unknown) => boolean) => values.some(test);
  const c = comparison;
  const alike = (text: string) => (c.ignoringCase ? withoutCase(text) : text);
  const equals = (wanted: unknown) => (value: unknown) =>
    typeof wanted === 'string'
      ? typeof value === 'string' && alike(value) === alike(wanted)
      : value === wanted;
  const text = (test: (value: string) => boolean) => (value: unknown) =>
    typeof value === 'string' && test(value);
  const pattern = (source: unknown) =>
    text((value) => new RegExp(source as string, c.ignoringCase ? 'siu' : 'su').test(value));
  if ('exists' in c) return any((value) => value !== null) === c.exists;
  if ('is' in c) return any(equals(c.is));
  if ('isNot' in c) return !any(equals(c.isNot));
  if ('isAnyOf' in c) return (c.isAnyOf as unknown[]).some((each) => any(equals(each)));
  if ('isNoneOf' in c) return !(c.isNoneOf as unknown[]).some((each) => any(equals(each)));
  if ('contains' in c) return any(text((value) => alike(value).includes(alike(c.contains as string))));
  if ('doesNotContain' in c)
    return !any(text((value) => alike(value).includes(alike(c.doesNotContain as string))));
  if ('startsWith' in c) return any(text((value) => alike(value).startsWith(alike(c.startsWith as string))));
  if ('endsWith' in c) return any(text((value) => alike(value).endsWith(alike(c.endsWith as string))));
  if ('matches' in c) return any(pattern(c.matches));
  if ('doesNotMatch' in c) return !any(pattern(c.doesNotMatch));
  if ('hasElement' in c) return any((value) => conditionsHold(c.hasElement, value, person, world));
  if ('inCatalog' in c) {
    const { where } = c.inCatalog as Json;
    return any((value) => {
      const item =
        typeof value === 'string' || typeof value === 'number' ? world.items.get(String(value)) : undefined;
      return item !== undefined && (where === undefined || conditionsHold(where, item, person, world));
    });
  }
  if (isNumberTest(c)) return any((value) => typeof value === 'number' && numberHolds(c, value));
  return any((value) => typeof value === 'string' && dateHolds(c, value, person, world));
}

/** Letter by letter, in whichever form Unicode has them; of dotted and undotted i, and of both small sigmas, one. */
const withoutCase = (text: string): string =>
  [...text.normalize('NFD')]
    .map((sign) => sign.toLowerCase().toUpperCase().toLowerCase())
    .join('')
    .replaceAll('i\u0307', 'i')
    .replaceAll('ς', 'σ')
    .normalize('NFC');

const isNumberTest = (c: Json) =>
  ['moreThan', 'atLeast', 'lessThan', 'atMost', 'between'].some((name) => name in c);

function numberHolds(test: Json, value: number): boolean {
  if ('is' in test) return value === test.is;
  if ('moreThan' in test) return value > (test.moreThan as number);
  if ('atLeast' in test) return value >= (test.atLeast as number);
  if ('lessThan' in test) return value < (test.lessThan as number);
  if ('atMost' in test) return value <= (test.atMost as number);
  const [least, most] = test.between as [number, number];
  return value >= least && value <= most;
}

/** The zone that is meant: of a person who may be in several, the one that stands in for it. */
function zoneFor(zone: unknown, person: TestPerson, world: World): string {
  if (zone === undefined) return world.timeZone;
  if (typeof zone === 'string' && zone !== 'person') return zone;
  const own = new Set(parsePlaceKey(person.placeKey).map(({ timeZone }) => timeZone));
  const [only] = own;
  return own.size === 1 && only !== undefined
    ? only
    : zone === 'person'
      ? world.timeZone
      : (zone as { person: string }).person;
}

const dayText = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const instantText =
  /^([1-9]\d{3}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?))?$/;

/** A text as a day or an instant, in milliseconds; null for what is neither. */
function readDate(text: string): { day: Temporal.PlainDate } | { at: number } | null {
  try {
    if (dayText.test(text)) return { day: Temporal.PlainDate.from(text, { overflow: 'reject' }) };
    const [, day, time, offset = 'Z'] = instantText.exec(text) ?? [];
    if (day === undefined || time === undefined || time.includes(':60')) return null;
    if (Number(/^[+-](\d{2})/.exec(offset)?.[1] ?? 0) > 14) return null;
    const written = offset === 'UTC' ? 'Z' : offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    const { epochMilliseconds, epochNanoseconds } = Temporal.Instant.from(`${day}T${time}${written}`);
    return {
      at: epochMilliseconds + Number(epochNanoseconds - BigInt(epochMilliseconds) * 1_000_000n) / 1e6,
    };
  } catch {
    return null;
  }
}

const begins = (day: Temporal.PlainDate, zone: string) => day.toZonedDateTime(zone).epochMilliseconds;
const today = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDate();

function dateHolds(c: Json, text: string, person: TestPerson, world: World): boolean {
  const read = readDate(text);
  if (!read) return false;
  const zone = zoneFor(c.zone, person, world);
  const at = 'day' in read ? begins(read.day, zone) : read.at;
  const isDay = (moment: unknown) => dayText.test(moment as string);
  const day = (moment: unknown, later = 0) =>
    begins(Temporal.PlainDate.from(moment as string).add({ days: later }), zone);
  const instant = (moment: unknown) => Temporal.Instant.from(moment as string).epochMilliseconds;
  if ('before' in c) return at < (isDay(c.before) ? day(c.before) : instant(c.before));
  if ('after' in c) return isDay(c.after) ? at >= day(c.after, 1) : at > instant(c.after);
  if ('on' in c) return at >= day(c.on) && at < day(c.on, 1);
  if ('during' in c) return windowHolds(c.during as Json, at, zone, world);
  const { from, to } = c.anniversary as { from: number; to: number };
  const own = 'day' in read ? read.day : today(read.at, zone);
  for (let days = from; days <= to; days++) {
    const each = today(world.now.getTime(), zone).add({ days });
    const isIts = each.month === own.month && each.day === own.day;
    const isLeapling =
      own.month === 2 && own.day === 29 && !each.inLeapYear && each.month === 2 && each.day === 28;
    if ((isIts || isLeapling) && each.year > own.year) return true;
  }
  return false;
}

const unitMs: Readonly<Record<string, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};
const spanMs = (span: unknown) => {
  const [[unit, number] = ['minutes', 0]] = Object.entries(span as Record<string, number>);
  return (unitMs[unit] ?? 0) * number;
};

function windowHolds(window: Json, at: number, zone: string, world: World): boolean {
  const now = world.now.getTime();
  if (window.last) return at > now - spanMs(window.last) && at <= now;
  if (window.next) return at > now && at <= now + spanMs(window.next);
  if (window.lastDays !== undefined)
    return (
      at >= begins(today(now, zone).subtract({ days: (window.lastDays as number) - 1 }), zone) && at <= now
    );
  const momentAt = (moment: string, later: number) =>
    dayText.test(moment)
      ? begins(Temporal.PlainDate.from(moment).add({ days: later }), zone)
      : Temporal.Instant.from(moment).epochMilliseconds;
  const isLate = window.from === undefined || at >= momentAt(window.from as string, 0);
  return isLate && (window.to === undefined || at < momentAt(window.to as string, 1));
}

const inWindow = (window: unknown, at: Date, zone: unknown, person: TestPerson, world: World) =>
  window === undefined || windowHolds(window as Json, at.getTime(), zoneFor(zone, person, world), world);

function did(c: Json, isMeant: (event: TestEvent) => boolean, person: TestPerson, world: World): boolean {
  const now = world.now.getTime();
  const past = person.events.filter(({ at }) => at.getTime() <= now);
  const counted = past.filter(
    (event) =>
      isMeant(event) &&
      inWindow(c.during, event.at, c.zone, person, world) &&
      (c.where === undefined || conditionsHold(c.where, event.data, person, world)) &&
      goesOn(event, c),
  );
  function goesOn(event: TestEvent, { followedBy, notFollowedBy }: Json): boolean {
    if (followedBy !== undefined)
      return laterOnes(event, followedBy as Json).some((other) => goesOn(other, followedBy as Json));
    if (notFollowedBy === undefined) return true;
    const isOver = event.at.getTime() + spanMs((notFollowedBy as Json).within) <= now;
    return isOver && laterOnes(event, notFollowedBy as Json).length === 0;
  }
  function laterOnes(event: TestEvent, step: Json): TestEvent[] {
    return past.filter(
      (other) =>
        (step.purchase ? other.kind === 'purchase' : other.kind === 'custom' && other.name === step.event) &&
        other.at > event.at &&
        (step.within === undefined || other.at.getTime() <= event.at.getTime() + spanMs(step.within)) &&
        (step.where === undefined || conditionsHold(step.where, other.data, person, world)),
    );
  }
  const times = counted.map(({ at }) => at.getTime());
  for (const kind of ['first', 'last'] as const)
    if (c[kind]) {
      if (times.length === 0) return false;
      const at = new Date(kind === 'first' ? Math.min(...times) : Math.max(...times));
      return inWindow(c[kind], at, c.zone, person, world);
    }
  for (const kind of ['sum', 'average', 'least', 'most'] as const) {
    if (!c[kind]) continue;
    const { of, ...test } = c[kind] as Json & { of: string };
    const numbers = counted
      .flatMap(({ data }) => valuesAt(data, of.split('.')))
      .filter((value) => typeof value === 'number');
    // In quarters, as the numbers of tests are, sums of doubles are exact.
    const sum = numbers.reduce((all, value) => all + value, 0);
    if (kind === 'sum') return numberHolds(test, sum);
    if (numbers.length === 0) return false;
    if (kind === 'average') return averageHolds(test, sum, numbers.length);
    return numberHolds(test, kind === 'least' ? Math.min(...numbers) : Math.max(...numbers));
  }
  return numberHolds((c.times as Json | undefined) ?? { atLeast: 1 }, counted.length);
}

/** Without dividing, which would round. */
function averageHolds(test: Json, sum: number, count: number): boolean {
  const times = (value: unknown) =>
    Array.isArray(value) ? value.map((each) => each * count) : (value as number) * count;
  return numberHolds(
    Object.fromEntries(Object.entries(test).map(([name, value]) => [name, times(value)])),
    sum,
  );
}

function stands(c: Json, person: TestPerson, world: World): boolean {
  const of = (kind: TestStanding['kind'], id: unknown) =>
    person.standings.find((each) => each.kind === kind && each.targetId === id);
  const fits = (standing: TestStanding | undefined, status: unknown) =>
    standing !== undefined &&
    standing.status === status &&
    (c.paused === undefined || standing.isPaused === c.paused) &&
    (c.methods === undefined || (c.methods as string[]).includes(standing.method)) &&
    inWindow(c.during, standing.since, c.zone, person, world);
  if (c.channelId !== undefined) {
    const own = of('channel', c.channelId);
    return c.status === 'none' ? own === undefined : fits(own, c.status);
  }
  const own = of('messageType', c.messageTypeId);
  const channel = of('channel', world.channelOfType.get(c.messageTypeId as number));
  const isClosed = channel?.status === 'unsubscribed';
  if (c.status === 'none') return own === undefined && !isClosed;
  if (c.status === 'unsubscribed') return fits(own, 'unsubscribed') || fits(channel, 'unsubscribed');
  return fits(own, c.status) && !isClosed;
}

function had(c: Json, person: TestPerson, world: World): boolean {
  const moments = (message: TestPerson['messages'][number]): Date[] => {
    const { status, at, deliveredAt, readAt, clicks } = message;
    const isSent = ['sent', 'delivered', 'read', 'bounced'].includes(status);
    switch (c.what) {
      case 'sent':
        return isSent ? [at] : [];
      case 'delivered':
        return status === 'delivered' || status === 'read' ? [deliveredAt] : [];
      case 'read':
        return status === 'read' ? [readAt] : [];
      case 'failed':
        return status === 'bounced' ? [at] : [];
      case 'skipped':
        return status === 'skipped' ? [at] : [];
      case 'replied':
        return person.replies.flatMap((reply) => {
          const waited = reply.at.getTime() - at.getTime();
          const isTo = reply.senderId === (message.medium === 'sms' ? 1 : 2);
          return isSent && isTo && waited >= 0 && waited < 86_400_000 ? [reply.at] : [];
        });
      default:
        return clicks.flatMap((click) => (click.visitor === 'person' ? [click.at] : []));
    }
  };
  const counted = person.messages.filter(
    (message) =>
      (c.campaignIds === undefined || (c.campaignIds as number[]).includes(message.campaignId)) &&
      (c.medium === undefined || c.medium === message.medium) &&
      (c.reasons === undefined || (c.reasons as string[]).includes(message.reason)) &&
      moments(message).some((at) => at <= world.now && inWindow(c.during, at, c.zone, person, world)),
  );
  return numberHolds((c.times as Json | undefined) ?? { atLeast: 1 }, counted.length);
}

const kindsOn: Readonly<Record<string, readonly string[]>> = {
  sms: ['phone'],
  whatsApp: ['phone', 'whatsApp'],
  email: ['email'],
};

function isReached(c: Json, person: TestPerson, world: World): boolean {
  const medium = c.medium as string;
  const hasAddress = person.addresses.some(
    ({ kind, deadOn }) => kindsOn[medium]?.includes(kind) && !deadOn.includes(medium),
  );
  const isOpen = (standing: TestStanding | undefined) =>
    standing?.status === 'subscribed' && !standing.isPaused;
  return (
    hasAddress &&
    person.standings.some((standing) => {
      if (standing.kind !== 'messageType' || !isOpen(standing)) return false;
      if (c.messageTypeId !== undefined && c.messageTypeId !== standing.targetId) return false;
      const channelId = world.channelOfType.get(standing.targetId);
      const channel = person.standings.find((each) => each.kind === 'channel' && each.targetId === channelId);
      return channelId !== undefined && world.mediumOfChannel.get(channelId) === medium && isOpen(channel);
    })
  );
}

function isAt(c: Json, person: TestPerson): boolean {
  if (c.near) {
    const { path, lat, lon, km } = c.near as { path: string; lat: number; lon: number; km: number };
    return valuesAt(person.dataFields, path.split('.')).some((point) => {
      if (!isObject(point) || typeof point.lat !== 'number' || typeof point.lon !== 'number') return false;
      if (Math.abs(point.lat) > 90 || Math.abs(point.lon) > 360) return false;
      const rad = (degrees: number) => (degrees * Math.PI) / 180;
      const half =
        Math.sin(rad(point.lat - lat) / 2) ** 2 +
        Math.cos(rad(lat)) * Math.cos(rad(point.lat)) * Math.sin(rad(point.lon - lon) / 2) ** 2;
      return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half))) <= km;
    });
  }
  const places = parsePlaceKey(person.placeKey);
  const fits = ({ country, region, timeZone }: (typeof places)[number]) =>
    ((c.country as string[] | undefined)?.includes(country) ?? false) ||
    ((c.region as string[] | undefined)?.includes(`${country}-${region}`) ?? false) ||
    ((c.timeZone as string[] | undefined)?.some((wanted) => sameTime(timeZone, wanted)) ?? false);
  return c.orPossibly ? places.some(fits) : places.length > 0 && places.every(fits);
}
