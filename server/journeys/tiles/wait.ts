import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import { refuse, strict } from '../../segments/leaf-kind.ts';
import {
  readZone,
  storedZone,
  type Zone,
  zoneOfPerson,
  zoneSchema,
  zoneWords,
} from '../../segments/time/zone.ts';
import { pathSchema, pathWords, readPath } from '../../segments/values/path.ts';
import { type Facts, type Step, tileKind, type Where } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { keptUntilOf, type Run } from '../runs/run.ts';
import {
  clockTime,
  dateMoved,
  daysLater,
  lengthMs,
  lengthSchema,
  lengthWords,
  nextTime,
  weekdays,
  weekdaysSchema,
} from './wall-clock.ts';

const untilDate = strict(
  {
    path: pathSchema,
    of: Type.Optional(
      Type.Union([Type.Literal('profile'), Type.Literal('entry')], {
        description: 'Where the date stands: in the profile (unless told), or in what came with the entry',
      }),
    ),
    days: Type.Optional(
      Type.Integer({
        minimum: -3_650,
        maximum: 3_650,
        description: 'So many days after it; −1 is the day before',
      }),
    ),
    at: Type.Optional(clockTime),
    ifPast: Type.Optional(
      Type.Union([Type.Literal('goOn'), Type.Literal('skip')], {
        description: 'Whoever comes when it is over goes on at once (unless told), or by the way skipped',
      }),
    ),
  },
  'Until a date that the person or the entry has. It is looked at again when it changes',
);

const schema = Type.Object(
  {
    kind: Type.Literal('wait'),
    for: Type.Optional(lengthSchema),
    days: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3_650,
        description: 'So many days of the calendar later, at the same time of the day, or at `at`',
      }),
    ),
    at: Type.Optional(clockTime),
    until: Type.Optional(
      strict(
        { at: clockTime, on: Type.Optional(weekdaysSchema) },
        'Until a time of the day comes next, on one of these days',
      ),
    ),
    untilDate: Type.Optional(untilDate),
    zone: Type.Optional(zoneSchema),
    next: target,
    skipped: Type.Optional(target),
    noDate: Type.Optional(target),
  },
  { additionalProperties: false, description: 'Lets time go by: one of for, days, until or untilDate' },
);

/** What is known of somebody who waits. */
interface Known {
  zone: string;
  /** The date that is waited for, as it stands now. */
  date: unknown;
}

/** Lets time go by. */
export const waitTile = tileKind('wait', schema, (tile, _id, place, ground) => {
  const forms = [tile.for, tile.days, tile.until, tile.untilDate].filter((form) => form !== undefined);
  if (forms.length !== 1) throw refuse(place, 'must have exactly one of for, days, until or untilDate');
  if (tile.at !== undefined && tile.days === undefined)
    throw refuse(`${place}.at`, 'goes with days; within until or untilDate it stands in them');
  if (tile.days === 0 && tile.at === undefined)
    throw refuse(
      `${place}.days`,
      'is 0, which lets no time go by; give more, or at for a time of the same day',
    );
  const { untilDate: date } = tile;
  if (!date && (tile.skipped ?? tile.noDate) !== undefined)
    throw refuse(`${place}.${tile.skipped ? 'skipped' : 'noDate'}`, 'is a way of a wait until a date only');
  const zone = readZone(tile.zone ?? 'person', `${place}.zone`, { ...noSegments, timeZone: ground.timeZone });
  const lasts = tile.for && lengthMs(tile.for, `${place}.for`);
  const path = date && readPath(date.path, `${place}.untilDate.path`);
  const ofProfile = date !== undefined && date.of !== 'entry';
  const decide = (run: Run, known: Known, now: Date): Step => {
    const kept = keptUntilOf(run.memory);
    if (kept && kept.getTime() <= now.getTime()) return { go: next, seen: { until: kept } };
    if (kept && tile.for) return { stay: kept, hears: [] };
    const at = wakeAt(tile, lasts, run.arrivedAt, known);
    if (at === null) return { go: 'noDate', isHeard: true, seen: { date: known.date ?? null } };
    const isOver = at.getTime() <= run.arrivedAt.getTime();
    if (date?.ifPast === 'skip' && isOver) return { go: 'skipped', seen: { until: at } };
    if (at.getTime() <= now.getTime()) return { go: next, seen: { until: at } };
    // The date, and where somebody is, may change meanwhile.
    const hears = [...(path && ofProfile ? [`field:${path[0]}`] : []), ...(tile.for ? [] : ['place'])];
    // Whoever is looked at because one of these did waits by what the tile says now.
    return { stay: at, hears, memory: { keptUntil: undefined }, seen: { until: at } };
  };
  return {
    stored: { ...tile, ...(tile.for ? {} : { zone: storedZone(zone) }) },
    ways: new Map([
      [next, tile.next],
      ...(date
        ? ([
            ['noDate', tile.noDate ?? tile.next],
            ['skipped', tile.skipped ?? tile.next],
          ] as const)
        : []),
    ]),
    words: wordsOf(tile, zone),
    // A time of the same day may be over.
    takesTime: tile.days !== 0,
    hears: [...(path && ofProfile ? [`field:${path[0]}`] : []), ...(tile.for ? [] : ['place'])],
    ...(tile.for
      ? {}
      : {
          facts: (db: Database, where: Where, runs: readonly Run[]) =>
            known(db, where, runs, zone, path, ofProfile),
          factsUntil: async () => new Map<number, Date>(),
        }),
    step: (run, fact, now) => decide(run, (fact as Known | undefined) ?? { zone: 'UTC', date: null }, now),
  };
});

const noSegments = {
  segment: () => {
    throw new Error('a wait names no segment');
  },
  count: () => undefined,
};

/** When a wait is over; null where there is no date. Pure. */
function wakeAt(
  tile: Static<typeof schema>,
  lasts: number | undefined,
  from: Date,
  { zone, date }: Known,
): Date | null {
  if (lasts !== undefined) return new Date(from.getTime() + lasts);
  if (tile.days !== undefined) return daysLater(from, tile.days, tile.at ?? null, zone);
  if (tile.until) {
    const on = new Set((tile.until.on ?? weekdays).map((day) => weekdays.indexOf(day) + 1));
    return nextTime(from, tile.until.at, on, zone);
  }
  return dateMoved(date, tile.untilDate?.days ?? 0, tile.untilDate?.at ?? null, zone);
}

/** The zones, and the dates that are waited for, of all who are here. */
async function known(
  db: Database,
  { lane }: Where,
  runs: readonly Run[],
  zone: Zone,
  path: readonly string[] | undefined,
  ofProfile: boolean,
): Promise<Facts> {
  const { rows } = await sql<{ id: number } & Known>`
    SELECT r.id, ${zoneOfPerson(zone, 'u')} AS zone,
      ${path ? sql`${ofProfile ? sql`u.data_fields` : sql`r.data`} #> ${path}::text[]` : sql`NULL::jsonb`} AS date
    FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${runs.map(({ userId }) => userId)}::bigint[],
      ${runs.map(({ data }) => (path && !ofProfile ? JSON.stringify(data) : '{}'))}::jsonb[]) AS r (id, user_id, data)
    JOIN users u ON u.lane = ${lane} AND u.id = r.user_id`.execute(db);
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

function wordsOf(tile: Static<typeof schema>, zone: Zone): string {
  const clock = zoneWords(zone);
  if (tile.for) return `wait ${lengthWords(tile.for)}`;
  if (tile.days !== undefined) {
    if (tile.days === 0) return `wait until ${tile.at} of the same day ${clock}, or go on if that is over`;
    const days = `${tile.days.toLocaleString('en')} day${tile.days === 1 ? '' : 's'}`;
    return tile.at
      ? `wait ${days}, until ${tile.at} ${clock}`
      : `wait ${days}, until the same time of the day ${clock}`;
  }
  if (tile.until) {
    const on = tile.until.on ? ` on ${tile.until.on.join(' or ')}` : '';
    return `wait until it is ${tile.until.at}${on} ${clock}`;
  }
  const { path = '', of, days = 0, at } = tile.untilDate ?? {};
  const day =
    days === 0
      ? ''
      : `${Math.abs(days).toLocaleString('en')} day${Math.abs(days) === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'} `;
  return `wait until ${day}${pathWords(readPath(path, 'path'))} of ${of === 'entry' ? 'the entry' : 'their profile'}${at ? `, at ${at}` : ''} ${clock}`;
}
