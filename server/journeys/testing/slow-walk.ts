/**
 * What docs/reference/journeys.md says of one person's way through a journey, in plain TypeScript: written apart from the engine, which is held to it.
 */

type Json = Readonly<Record<string, unknown>>;

/** A journey's document as the random ones are: an `event` lets people in, one passage at a time. */
export interface RandomJourney {
  entry: {
    on: { event: { name: string } };
    lifetime?: number;
    apart?: Length;
  };
  exits: readonly Exit[];
  start: string;
  tiles: Readonly<Record<string, RandomTile>>;
}

/** An exact length of time. */
export type Length = { minutes: number } | { hours: number };
/** What holds of a person: that a field of the profile is so, or that they are on a list. */
export type Holds = { field: { path: string; is: string } } | { list: { ids: readonly number[] } };
type Exit = { name: string; event: { name: string } } | { name: string; becomes: Holds };
type Awaited = { event: { name: string; where?: { path: string; atLeast: number } } } | { becomes: Holds };

/** The tiles that random journeys have. */
export type RandomTile =
  | { kind: 'send'; templateId: number; waits: false; next: string; skipped?: string }
  | { kind: 'wait'; for: Length; next: string }
  | { kind: 'wait'; days: number; at?: string; zone?: string; next: string }
  | { kind: 'wait'; until: { at: string; on?: readonly string[] }; zone?: string; next: string }
  | {
      kind: 'wait';
      untilDate: { path: string; of?: 'entry'; days: number; at?: string; ifPast?: 'skip' };
      zone?: string;
      next: string;
      skipped?: string;
      noDate?: string;
    }
  | {
      kind: 'waitFor';
      branches: readonly { name: string; for: Awaited; next: string }[];
      since?: 'lastMessage' | 'entry' | 'arrival';
      within?: Length;
      timeout?: string;
    }
  | {
      kind: 'split';
      branches: readonly {
        name: string;
        of?: Holds;
        entry?: { path: string; atLeast: number };
        next: string;
      }[];
      otherwise: string;
    }
  | { kind: 'randomSplit'; branches: readonly { name: string; share: number; next: string }[] }
  | { kind: 'updateProfile'; set?: Json; remove?: readonly string[]; next: string }
  | { kind: 'list'; what: 'add' | 'remove'; listId: number; next: string }
  | { kind: 'exit'; reason: string };

/** Somebody, as far as journeys go by them. */
export interface Walker {
  zone: string;
  isTexted: boolean;
  fields: Record<string, unknown>;
  lists: Set<number>;
  events: { name: string; at: number; data: Json }[];
}

/** A passage, with each step as `tile:way` or `tile:reason`, and when it was taken. */
export interface SlowPassage {
  enteredAt: number;
  data: Json;
  tile: string;
  arrivedAt: number;
  messagedAt: number | null;
  messages: string[];
  steps: { at: number; step: string }[];
  /** Why it is over; null where it goes on. */
  left: string | null;
  /** When it is to be looked at by time alone; null for never. */
  due: number | null;
}

/** One person's passages through a journey, as the reference has them. */
export class SlowWalk {
  readonly passages: SlowPassage[] = [];
  refused = 0;
  readonly #journey: RandomJourney;
  readonly #who: Walker;
  /** By which way chance sends them at a tile. */
  readonly #chance: (tile: string) => Promise<string>;

  constructor(journey: RandomJourney, who: Walker, chance: (tile: string) => Promise<string>) {
    this.#journey = journey;
    this.#who = who;
    this.#chance = chance;
  }

  /** When something is due by time alone; null for nothing. */
  get due(): number | null {
    return this.#inside?.due ?? null;
  }

  get #inside(): SlowPassage | undefined {
    return this.passages.find(({ left }) => left === null);
  }

  /** Somebody does something. */
  async event(name: string, data: Json, at: number): Promise<void> {
    this.#who.events.push({ name, at, data });
    const out = this.#journey.exits.some((rule) => 'event' in rule && rule.event.name === name);
    if (out) this.#leave('exitRule', at);
    if (name === this.#journey.entry.on.event.name) this.#enter(data, at);
    await this.look(at);
  }

  /** Their profile is written. */
  async update(fields: Json, at: number): Promise<void> {
    for (const [name, value] of Object.entries(fields))
      if (value === null) delete this.#who.fields[name];
      else this.#who.fields[name] = value;
    if (this.#isOut()) this.#leave('exitRule', at);
    await this.look(at);
  }

  /** Goes on as far as it can at an instant. */
  async look(now: number): Promise<void> {
    for (;;) {
      const passage = this.#inside;
      const tile = passage && this.#journey.tiles[passage.tile];
      if (!passage || !tile) return;
      const way = await this.#wayFrom(tile, passage, now);
      if (way === null || passage.left !== null) return;
      passage.steps.push({ at: now, step: `${passage.tile}:${way}` });
      const onward = leadsTo(tile, way);
      if (onward === 'end') {
        Object.assign(passage, { left: 'finished', due: null });
        return;
      }
      Object.assign(passage, { tile: onward, arrivedAt: now, due: null });
    }
  }

  #enter(data: Json, at: number): void {
    const { lifetime, apart } = this.#journey.entry;
    const last = this.passages.at(-1);
    const tooSoon = apart !== undefined && last !== undefined && at - last.enteredAt < msOf(apart);
    const often = lifetime !== undefined && this.passages.length >= lifetime;
    if (this.#inside || often || tooSoon || this.#isOut()) {
      this.refused += 1;
      return;
    }
    this.passages.push({
      ...{ enteredAt: at, data, tile: this.#journey.start, arrivedAt: at, messagedAt: null, messages: [] },
      ...{ steps: [], left: null, due: null },
    });
  }

  #leave(reason: string, at: number): void {
    const passage = this.#inside;
    if (!passage) return;
    passage.steps.push({ at, step: `${passage.tile}:${reason}` });
    Object.assign(passage, { left: reason, due: null });
  }

  #isOut(): boolean {
    return this.#journey.exits.some((rule) => 'becomes' in rule && this.#holds(rule.becomes));
  }

  #holds(what: Holds): boolean {
    if ('field' in what) return this.#who.fields[what.field.path] === what.field.is;
    return what.list.ids.some((id) => this.#who.lists.has(id));
  }

  /** By which way somebody leaves a tile now; null where they stay, or left the journey. */
  async #wayFrom(tile: RandomTile, passage: SlowPassage, now: number): Promise<string | null> {
    switch (tile.kind) {
      case 'send':
        passage.messages.push(passage.tile);
        passage.messagedAt = now;
        return this.#who.isTexted ? 'next' : 'skipped';
      case 'wait':
        return this.#waits(tile, passage, now);
      case 'waitFor':
        return this.#waitsFor(tile, passage, now);
      case 'split': {
        const held = tile.branches.find(
          ({ of, entry }) =>
            (of === undefined || this.#holds(of)) &&
            (entry === undefined || isAtLeast(passage.data[entry.path], entry.atLeast)),
        );
        return held?.name ?? 'otherwise';
      }
      case 'randomSplit':
        return this.#chance(passage.tile);
      case 'updateProfile':
        Object.assign(this.#who.fields, tile.set);
        for (const name of tile.remove ?? []) delete this.#who.fields[name];
        return this.#afterDeed(now);
      case 'list':
        if (tile.what === 'add') this.#who.lists.add(tile.listId);
        else this.#who.lists.delete(tile.listId);
        return this.#afterDeed(now);
      case 'exit':
        this.#leave('exitTile', now);
        return null;
    }
  }

  /** What a tile itself did may take them out. */
  #afterDeed(now: number): string | null {
    if (!this.#isOut()) return 'next';
    this.#leave('exitRule', now);
    return null;
  }

  #waits(tile: Extract<RandomTile, { kind: 'wait' }>, passage: SlowPassage, now: number): string | null {
    const { arrivedAt } = passage;
    const until = this.#endOf(tile, passage);
    if (until === null) return 'noDate';
    if ('untilDate' in tile && tile.untilDate.ifPast === 'skip' && until <= arrivedAt) return 'skipped';
    if (until <= now) return 'next';
    passage.due = until;
    return null;
  }

  #endOf(tile: Extract<RandomTile, { kind: 'wait' }>, { arrivedAt, data }: SlowPassage): number | null {
    if ('for' in tile) return arrivedAt + msOf(tile.for);
    const zone = tile.zone ?? this.#who.zone;
    const here = clockAt(arrivedAt, zone);
    if ('days' in tile) return instantAt(dayAfter(here.day, tile.days), tile.at ?? here.time, zone);
    if ('until' in tile) {
      const { at, on } = tile.until;
      for (let ahead = 0; ; ahead++) {
        const day = dayAfter(here.day, ahead);
        const instant = instantAt(day, at, zone);
        if (instant > arrivedAt && (on === undefined || on.includes(weekdayOf(day)))) return instant;
      }
    }
    const { path, of, days, at } = tile.untilDate;
    const value = of === 'entry' ? data[path] : this.#who.fields[path];
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
    return instantAt(dayAfter(value, days), at ?? '00:00', zone);
  }

  #waitsFor(
    tile: Extract<RandomTile, { kind: 'waitFor' }>,
    passage: SlowPassage,
    now: number,
  ): string | null {
    const { arrivedAt, enteredAt, messagedAt } = passage;
    const since =
      tile.since === 'entry'
        ? enteredAt
        : tile.since === 'arrival'
          ? arrivedAt
          : Math.min(messagedAt ?? arrivedAt, arrivedAt);
    const deadline = tile.within ? arrivedAt + msOf(tile.within) : Number.POSITIVE_INFINITY;
    const came = tile.branches.map(({ for: what }) => {
      if ('becomes' in what) return this.#holds(what.becomes) ? now : Number.POSITIVE_INFINITY;
      const { name, where } = what.event;
      const times = this.#who.events
        .filter((each) => each.name === name && each.at >= since && each.at <= now)
        .filter(({ data }) => where === undefined || isAtLeast(data[where.path], where.atLeast))
        .map((each) => each.at);
      return Math.min(Number.POSITIVE_INFINITY, ...times);
    });
    const first = Math.min(...came);
    if (first <= deadline && first <= now) return tile.branches[came.indexOf(first)]!.name;
    if (deadline <= now) return 'timeout';
    passage.due = deadline === Number.POSITIVE_INFINITY ? null : deadline;
    return null;
  }
}

/** Where a way of a tile leads; one that is left out is `next`. */
export function leadsTo(tile: RandomTile, way: string): string {
  const named = 'branches' in tile ? tile.branches.find(({ name }) => name === way)?.next : undefined;
  const own = (tile as unknown as Record<string, string | undefined>)[way];
  return named ?? own ?? (tile as { next?: string }).next ?? 'end';
}

const msOf = (length: Length): number =>
  'minutes' in length ? length.minutes * 60_000 : length.hours * 3_600_000;
const isAtLeast = (value: unknown, least: number): boolean => typeof value === 'number' && value >= least;

/** What calendar and clock of a zone show at an instant; the time to the millisecond. */
function clockAt(instant: number, zone: string): { day: string; time: string } {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return { day: shown.toPlainDate().toString(), time: shown.toPlainTime().toString() };
}

const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
const weekdayOf = (day: string): string =>
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][
    Temporal.PlainDate.from(day).dayOfWeek - 1
  ]!;

/** The first instant at which a zone shows a day and a time; the hour after it where none does. */
function instantAt(day: string, time: string, zone: string): number {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const asUtc = wanted.toZonedDateTime('UTC').epochMilliseconds;
  // Offsets are whole quarters of an hour, the earliest instant that of the zone furthest ahead.
  for (let quarter = -14 * 4; quarter <= 14 * 4; quarter++) {
    const instant = asUtc + quarter * 900_000;
    const shown = clockAt(instant, zone);
    if (Temporal.PlainDateTime.from(`${shown.day}T${shown.time}`).equals(wanted)) return instant;
  }
  const later = wanted.add({ hours: 1 });
  return instantAt(later.toPlainDate().toString(), later.toPlainTime().toString(), zone);
}
