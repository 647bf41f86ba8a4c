import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Admission } from '../../delivery/admission/admit-user.ts';
import { wireMarginMs } from '../../delivery/wire-margin.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { readZone, storedZone, zoneOfPerson, zoneSchema, zoneWords } from '../../segments/time/zone.ts';
import type { OneTime, TileGround, Where } from '../definition/tile-kind.ts';
import type { Run } from '../runs/run.ts';
import { clockTime, dateMoved, lengthMs, lengthSchema, lengthWords, nextTime } from './wall-clock.ts';

/** By when messages are to leave, as documents say it. */
export const before = strict(
  {
    within: Type.Optional(lengthSchema),
    at: Type.Optional(clockTime),
    date: Type.Optional(
      Type.String({
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$',
        description: 'A time by the clock of the zone: 2026-12-24T18:00',
      }),
    ),
    zone: Type.Optional(zoneSchema),
  },
  'By when it is to leave: within so long of coming here, before the clock shows `at` next, or before a date; one of these. Who could not be sent to by then goes on by skipped, with the reason tooLate',
);

/** By when messages are to leave, read. */
export interface Before {
  stored: Static<typeof before>;
  words: string;
  /** For a date: when it is over wherever people are. */
  last: OneTime | null;
  /** The deadlines of passages that have come to the tile. */
  of(db: Database, where: Where, runs: readonly Run[]): Promise<Map<number, Date>>;
}

/** Reads it. @throws ApiError naming the place. */
export function readBefore(given: Static<typeof before>, place: string, ground: TileGround): Before {
  const { within, at, date } = given;
  if ([within, at, date].filter((form) => form !== undefined).length !== 1)
    throw ground.refuse(place, 'must have exactly one of within, at or date');
  if (within && given.zone !== undefined)
    throw ground.refuse(`${place}.zone`, 'says nothing beside within; leave it out');
  const lasts = within && lengthMs(within, `${place}.within`);
  if (date !== undefined && dateMoved(date, 0, null, 'UTC') === null)
    throw ground.refuse(`${place}.date`, `names a day that no calendar has: ${date}; give another`);
  const zone = readZone(given.zone ?? 'person', `${place}.zone`, {
    timeZone: ground.timeZone,
    segment: () => {
      throw new Error('a time names no segment');
    },
    count: () => undefined,
  });
  const deadline = (from: Date, inZone: string): Date | null => {
    if (lasts !== undefined) return new Date(from.getTime() + lasts);
    return at === undefined ? dateMoved(date, 0, null, inZone) : nextTime(from, at, everyDay, inZone);
  };
  const last =
    date === undefined ? null : deadline(new Date(0), zone.kind === 'named' ? zone.name : lastZone);
  return {
    last: last && date !== undefined ? { given: date, at: last } : null,
    stored: within ? given : { ...given, zone: storedZone(zone) },
    words: within
      ? `within ${lengthWords(within)}`
      : `before ${at ?? date?.replace('T', ' ')} ${zoneWords(zone)}`,
    of: async (db, { lane }, runs) => {
      const { rows } = await sql<{ id: number; zone: string }>`
        SELECT u.id, ${zoneOfPerson(zone, 'u')} AS zone FROM users u
        WHERE u.lane = ${lane} AND u.id = ANY (${runs.map(({ userId }) => userId)}::bigint[])`.execute(db);
      const zones = new Map(rows.map((row) => [row.id, row.zone]));
      return new Map(
        runs.flatMap(({ id, userId, arrivedAt }) => {
          const found = deadline(arrivedAt, zones.get(userId) ?? 'UTC');
          return found ? [[id, found] as const] : [];
        }),
      );
    },
  };
}

/** Where a day ends last. */
const lastZone = 'Etc/GMT+12';
const everyDay: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7]);
/** Whether somebody’s time is over while their message waits. */
export const isLate = ({ memory }: Run): boolean => memory.late === 'toSkip';

/** Whether what may leave from an instant on is claimed before its deadline, as the claim looks at it. Pure. */
const isInTime = (dueAt: Date, deadline: Date): boolean =>
  dueAt.getTime() + wireMarginMs < deadline.getTime();

/** A message that leaves before its deadline, or not at all; what would leave after it, since hours are closed until then, is not made. Pure. */
export function inTime(admission: Admission, deadline: Date | undefined, rank: number): Admission {
  const message = { ...admission.message, rank, leaveBefore: deadline };
  if (deadline === undefined || message.skipReason !== null || isInTime(message.dueAt, deadline))
    return { ...admission, message };
  const none = { senderId: null, toAddress: null, content: null, segments: 0, priceMicros: 0, links: [] };
  const late = { skipReason: 'tooLate', detail: `to leave before ${deadline.toISOString()}` } as const;
  return { message: { ...message, ...none, ...late }, stickySenderId: null };
}
