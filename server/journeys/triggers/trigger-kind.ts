import type { Static, TSchema } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Happening } from '../../http/happenings.ts';
import { requireFit } from '../../segments/leaf-kind.ts';
import type { Zone } from '../../segments/time/zone.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
import type { Path } from '../../segments/values/path.ts';
import type { OneTime, TileGround, Where } from '../definition/tile-kind.ts';

/** Somebody whom something is to let in. */
export interface Caused {
  userId: number;
  at: Date;
  /** What it was, for the log: JSON. */
  cause: Readonly<Record<string, unknown>>;
  /** What comes with it, for tiles and templates. */
  data: Readonly<Record<string, unknown>>;
  /** The event that it was; null for anything else. */
  eventId: number | null;
  /** How many journeys, one after the other, led to it; absent for none. */
  hops?: number;
}

/** When audiences enter by themselves, and which. */
export interface Schedule {
  listIds: readonly number[];
  segmentIds: readonly number[];
  suppressionListIds: readonly number[];
  suppressionSegmentIds: readonly number[];
  /** The latest time after an instant that has come by now; null for none. */
  latest(after: Date, now: Date): Date | null;
  /** Its time, for one that comes once. */
  only: OneTime | null;
}

/** A day that is to let somebody in. */
export interface Occasion {
  /** The day of the date, not moved: 2026-12-03. */
  day: string;
  at: Date;
}

/** Dates of profiles that let people in. */
export interface DateRule {
  /** What it says, to tell it from others. */
  text: string;
  path: Path;
  zone: Zone;
  /** The next occasion after an instant that a value of the profile says, by the clock of a zone; days that have been used are none. */
  next(value: unknown, zone: string, after: Date, used: ReadonlySet<string>): Occasion | null;
}

/** A time, its end not within it. */
export interface Span {
  from: Date;
  until: Date;
}

/** What is on record of a trigger's happenings, of one lane. */
export interface Recorded {
  /** The next people, by id, to whom such a thing happened. */
  people(
    db: Database,
    where: Omit<Where, 'now'>,
    span: Span,
    afterUserId: number,
    limit: number,
  ): Promise<number[]>;
  /** What of it would have let these people in, in the order in which it happened; of nobody more than `most`. */
  caused(
    db: Database,
    where: Omit<Where, 'now'>,
    span: Span,
    userIds: readonly number[],
    most: number,
  ): Promise<Caused[]>;
}

/** What lets people into a journey, read. */
export interface Trigger {
  /** As it is stored, under its name. */
  readonly stored: Readonly<Record<string, unknown>>;
  readonly words: string;
  readonly kinds: readonly Happening['kind'][];
  /** Whether a happening of its kinds may let somebody in, as far as the happening itself says it. */
  wants(happening: Happening): boolean;
  /** Whom happenings of one lane that it wants let in, in their order. */
  caused(
    db: Database,
    where: Where & { journeyId: number },
    happenings: readonly Happening[],
  ): Promise<Caused[]>;
  /** For one that asks conditions of what comes with it: those. */
  readonly conditions?: Conditions;
  /** For one of whose happenings a record is kept: whom those would have let in that were between two instants. */
  readonly recorded?: Recorded;
  /** For one that lets people in at a time: when, and whom. */
  readonly schedule?: Schedule;
  /** For one that lets each person in by a date of their own. */
  readonly date?: DateRule;
}

/** A kind of trigger, by the name under which it stands in documents. */
export interface TriggerKind<Name extends string = string, Schema extends TSchema = TSchema> {
  readonly name: Name;
  readonly schema: Schema;
  /** @throws ApiError BadParams that names place, fault and remedy. */
  read(trigger: unknown, place: string, ground: TileGround): Trigger;
}

/** A kind of trigger that fits a schema. */
export function triggerKind<Name extends string, Schema extends TSchema>(
  name: Name,
  schema: Schema,
  read: (trigger: Static<Schema>, place: string, ground: TileGround) => Trigger,
): TriggerKind<Name, Schema> {
  return {
    ...{ name, schema },
    read: (trigger, place, ground) => {
      requireFit(schema, trigger, place);
      return read(trigger, place, ground);
    },
  };
}
