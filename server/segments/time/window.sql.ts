import { type Static, Type } from 'typebox';
import type { Part, ReadingGround } from '../leaf-kind.ts';
import { instantFlips } from './flips.sql.ts';
import { type IntervalSql, intervalSql } from './interval.sql.ts';
import { readWindow, type Window, windowSchema } from './window.ts';
import { readZone, storedZone, type Zone, zoneSchema, zoneWords } from './zone.ts';

/** When something happened, as properties of a schema. */
export const whenSchema = { during: Type.Optional(windowSchema), zone: Type.Optional(zoneSchema) };

/** When something happened at an instant, as it was read. */
export interface When extends IntervalSql {
  stored: Static<typeof windowSchema>;
  window: Window;
  /** Whether the row of the person must be at hand, as `z`. */
  asksPerson: boolean;
  /** SQL: when an instant comes in or goes out by time alone, the next time; null for a window that stands. */
  flips: ((instant: Part, now: Date, users: 'u' | 'z') => Part) | null;
  words: string;
}

/** A window of instants in a zone: where it is not of days the zone makes no difference. */
export function whenOf(window: Window, zone: Zone): When {
  const own: Zone = window.isOfDays ? zone : { kind: 'named', name: 'UTC' };
  const { moving } = window;
  return {
    ...intervalSql(window.interval, own),
    flips: moving && ((instant, now, users) => instantFlips(instant, moving, { zone: own, now, users })),
    ...{ stored: window.stored, window, asksPerson: own.kind === 'person' },
    words: window.isOfDays ? `${window.words} (${zoneWords(zone)})` : window.words,
  };
}

/** Reads when; null where nothing is said of it, and with it what is stored. @throws ApiError for what is no window or zone. */
export function readWhen(
  {
    during,
    zone: given,
  }: { during?: Static<typeof windowSchema> | undefined; zone?: Static<typeof zoneSchema> | undefined },
  place: string,
  ground: ReadingGround,
): { when: When | null; stored: { during?: unknown; zone?: unknown } } {
  const zone = readZone(given, `${place}.zone`, ground);
  if (!during) return { when: null, stored: {} };
  const when = whenOf(readWindow(during, `${place}.during`), zone);
  return { when, stored: { during, ...(when.window.isOfDays && { zone: storedZone(zone) }) } };
}
