import { type Static, Type } from 'typebox';
import { strict } from '../../segments/leaf-kind.ts';

/** How many may enter in an hour or a day, as documents have it. */
export const rateSchema = strict(
  {
    people: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Entries in each hour or day' }),
    per: Type.Union([Type.Literal('hour'), Type.Literal('day')], {
      description: 'Hours of the clock, or days of the calendar, in the project’s time zone',
    }),
    over: Type.Optional(
      Type.Union([Type.Literal('wait'), Type.Literal('refuse')], {
        description:
          'Whoever comes when there is no room waits, and enters in their turn (unless told), or does not enter, with the reason overRate',
      }),
    ),
  },
  'At most so many enter in an hour or a day',
);

/** How many may enter in an hour or a day, read. */
export interface EntryRate {
  people: number;
  /** What becomes of whoever comes when there is no room. */
  over: 'wait' | 'refuse';
  /** The hour or day that an instant falls in. Pure. */
  period(now: Date): { from: Date; until: Date };
}

/** Reads it; `timeZone` is the project's. Pure. */
export function readRate(
  { people, per, over = 'wait' }: Static<typeof rateSchema>,
  timeZone: string,
): EntryRate {
  return {
    ...{ people, over },
    period: (now) => {
      const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
      // Of an hour that comes twice in autumn each is an hour of its own.
      const from =
        per === 'day' ? here.startOfDay() : here.round({ smallestUnit: 'hour', roundingMode: 'floor' });
      const until = per === 'day' ? from.add({ days: 1 }).startOfDay() : from.add({ hours: 1 });
      return { from: new Date(from.epochMilliseconds), until: new Date(until.epochMilliseconds) };
    },
  };
}
