import type { ColumnType } from 'kysely';

/** An instant; read as a Date, written as a Date or an ISO string. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** A calendar day; read as pg gives it, written as YYYY-MM-DD. */
export type Day = ColumnType<string, string, string>;

/** A JSON document; its shape is the owning capability's, which checks it on the way in; written as a string. */
export type Json = ColumnType<unknown, string, string>;

/** The same with a default, so that it may be left out of an insert. */
export type DefaultedJson = ColumnType<unknown, string | undefined, string>;

/** The same where there may be none; read as null then. */
export type OptionalJson = ColumnType<unknown, string | null, string | null>;
