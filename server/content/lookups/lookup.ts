import type { Database } from '../../database/connect.ts';

/** What a template looks up while it is rendered: by the helper that asks for it, with what that was given. */
export type Wanted =
  | { of: 'metadata'; table: string; key: string }
  | { of: 'catalog'; catalog: string; itemId: string }
  /** A saved search. With null it tells by which fields of the person it searches, with their values what it finds. */
  | { of: 'catalogCollection'; collection: string; values: Readonly<Record<string, unknown>> | null };

/** Whose things are looked up, and when. */
export interface LookupGround {
  projectId: number;
  now: Date;
}

/** Stands for what was not read yet: the message is made again when it is. */
export const pending: unique symbol = Symbol('pending');

/** What is found; undefined where there is nothing, `pending` where it is not known yet. */
export type LookUp = (wanted: Wanted) => unknown;

/** Where one kind of what is looked up is read from, for many people at a time. */
export interface LookupSource {
  readonly of: Wanted['of'];
  /** One text for what is the same; null for what cannot be there, and may hold anything. */
  nameOf(wanted: Wanted): string | null;
  /** Reads all that is wanted in one statement; by the same texts, without what is not there. */
  readAll(
    db: Database,
    ground: LookupGround,
    wanted: ReadonlyMap<string, Wanted>,
  ): Promise<ReadonlyMap<string, unknown>>;
}
