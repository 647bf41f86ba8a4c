import { type Static, Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { readZone, storedZone, zoneSchema } from '../../segments/time/zone.ts';
import type { TileGround } from '../definition/tile-kind.ts';
import { triggerKind } from './trigger-kind.ts';

const ids = Type.Optional(Type.Array(rowId, { minItems: 1, maxItems: 100, uniqueItems: true }));
const count = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 }));

const schema = strict(
  {
    at: Type.String({
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: 'The first time, by the clock of the zone: 2026-12-01T09:00',
    }),
    every: Type.Optional(
      strict(
        { days: count, weeks: count, months: count },
        'One of days, weeks or months; once, where nothing is said',
      ),
    ),
    zone: Type.Optional(zoneSchema),
    ...{ listIds: ids, segmentIds: ids, suppressionListIds: ids, suppressionSegmentIds: ids },
  },
  'All who are on lists and of segments at that time, once or again and again',
);

/** All who are on lists and of segments at a time. */
export const scheduleTrigger = triggerKind('schedule', schema, (given, place, ground) => {
  const {
    at,
    every,
    listIds = [],
    segmentIds = [],
    suppressionListIds = [],
    suppressionSegmentIds = [],
  } = given;
  if (listIds.length + segmentIds.length === 0)
    throw ground.refuse(place, 'must name whom it is for, by listIds or segmentIds');
  if (every && Object.values(every).filter((each) => each !== undefined).length !== 1)
    throw ground.refuse(`${place}.every`, 'must have exactly one of days, weeks or months');
  for (const [kind, named] of [
    ['list', listIds],
    ['list', suppressionListIds],
    ['segment', segmentIds],
    ['segment', suppressionSegmentIds],
  ] as const)
    for (const id of named) ground.refer({ kind, id }, place);
  const zone = readZone(given.zone, `${place}.zone`, {
    timeZone: ground.timeZone,
    segment: () => {
      throw new Error('a schedule reads no segment');
    },
    count: () => undefined,
  });
  if (zone.kind === 'person')
    throw ground.refuse(
      `${place}.zone`,
      'cannot be each person’s own: have them wait until that time with a tile',
    );
  const first = timeOf(at, `${place}.at`, ground);
  return {
    stored: { schedule: { ...given, zone: storedZone(zone) } },
    words: `its time: ${at.replace('T', ' ')} in ${zone.name}${every ? `, and then every ${everyWords(every)}` : ''}`,
    kinds: [],
    wants: () => false,
    caused: async () => [],
    schedule: {
      ...{ listIds, segmentIds, suppressionListIds, suppressionSegmentIds },
      latest: (after, now) => latest(first, every, zone.name, after, now),
      only: every ? null : { given: at, at: new Date(first.toZonedDateTime(zone.name).epochMilliseconds) },
    },
  };
});

function timeOf(at: string, place: string, ground: TileGround): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(at);
  } catch {
    throw ground.refuse(place, `names a day that no calendar has: ${at.slice(0, 10)}; give another`);
  }
}

type Every = NonNullable<Static<typeof schema>['every']>;

function everyWords({ days, weeks, months }: Every): string {
  const [number, unit] = days ? [days, 'day'] : weeks ? [weeks, 'week'] : [months ?? 1, 'month'];
  return number === 1 ? unit : `${number} ${unit}s`;
}

/** The latest time of a schedule after an instant that has come by now; null for none. Pure. */
function latest(
  first: Temporal.PlainDateTime,
  every: Every | undefined,
  zone: string,
  after: Date,
  now: Date,
): Date | null {
  const instant = (time: Temporal.PlainDateTime) => new Date(time.toZonedDateTime(zone).epochMilliseconds);
  const isDue = (at: Date) => at > after && at <= now;
  if (!every) return isDue(instant(first)) ? instant(first) : null;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime();
  if (Temporal.PlainDateTime.compare(today, first) < 0) return null;
  const { days, weeks, months } = every;
  const length = months ?? days ?? (weeks ?? 1) * 7;
  const unit = months ? 'months' : 'days';
  const passed = Math.floor(first.until(today, { largestUnit: unit })[unit] / length);
  // Each from the first, so that the 31st comes back after a shorter month; a clock that went forward may bring one later.
  for (const index of [passed + 1, passed, passed - 1]) {
    if (index < 0) continue;
    const at = instant(first.add({ [unit]: index * length }));
    if (isDue(at)) return at;
  }
  return null;
}
