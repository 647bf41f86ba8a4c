import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../clock/clock.ts';
import type { Secrets } from '../../config/secrets.ts';
import { openHeaders } from '../../http/custom-headers.ts';
import { openGuardedAgent } from '../../outbound/connect.ts';
import type { Guard } from '../../outbound/guard.ts';
import type { TemplateData } from '../rendering/compile-template.ts';
import { askFeed, callOnce, type FeedAnswer, type OutsideAnswer, type OutsideCall } from './ask-feed.ts';
import type { DataFeed } from './data-feeds.sql.ts';
import { fillAddress } from './feed-address.ts';

declare module '../../http/context.ts' {
  interface Context {
    feeds: FeedReader;
  }
}

/** The fields that all feeds of a template give one person, or why the message cannot be made. */
export type FeedOutcome = { fields: Record<string, unknown> } | { fault: string };

/** A person that feeds are asked for, with the fields that an address may name. */
export interface FedPerson {
  id: number;
  fields: TemplateData;
}

/** What one call of a feed came to, for who looks. */
export interface FeedLook {
  url: string;
  answer: FeedAnswer;
  milliseconds: number;
}

/** Asks data feeds, and keeps what they answered as long as each says. A process has one. */
export interface FeedReader {
  /**
   * What the feeds of a template give each of these people. Feeds for everybody are asked once for all of them. `each` is
   * told of one as soon as it is known.
   */
  readFor(
    feeds: readonly DataFeed[],
    people: readonly FedPerson[],
    each?: (id: number, outcome: FeedOutcome) => void,
  ): Promise<Map<number, FeedOutcome>>;
  /** Asks one feed and tells how it went; `fresh`: now, whatever is kept of it. */
  look(feed: DataFeed, fields: TemplateData, fresh: boolean): Promise<FeedLook>;
  /**
   * What feeds gave the people of a page, by their ids; null while they are asked, which goes on beside: who comes again
   * finds it. `key` names whose page it is, of which the newest is kept until `forget`.
   */
  page(
    key: string,
    people: readonly FedPerson[],
    feeds: readonly DataFeed[],
  ): Map<number, FeedOutcome> | null;
  /** Whether the answers to a page are still waited for. */
  isAsking(key: string): boolean;
  forget(key: string): void;
  /**
   * What feeds gave those of these people of whom it is known by now, each told once; the others are asked about beside, and whoever comes again with
   * them, by the same key, is told then.
   */
  take(key: string, people: readonly FedPerson[], feeds: readonly DataFeed[]): Map<number, FeedOutcome>;
  /**
   * Makes one try of a call that is no feed's, beside the others of the same key: so many at once, those of each who calls in turn. Null where it is not
   * wanted any more when its turn comes.
   */
  call(
    key: string,
    whose: number,
    call: OutsideCall,
    isWanted: () => Promise<boolean>,
  ): Promise<OutsideAnswer | null>;
  /** Ends its connections, and with them what is under way. */
  close(): Promise<void>;
}

/** Calls of one feed at once, and of one place that is no feed. */
export const mostAtOnce = 10;
/** Calls that are no feed's, to one place. */
const mostPerSecond = 1_000;
/** How long it is known that a feed failed, so that it is not asked anew for each person of a page. */
const failureKeptMs = 5_000;
/** Answers kept, and their bytes in all. */
const mostKept = { answers: 1_000, bytes: 64 * 1024 ** 2 };
/** Bytes of answers that one page of people may come to. */
const mostOfPage = 64 * 1024 ** 2;

/** How many people are asked about together, `most` at the most: as few as the largest answers of these feeds leave room for. Pure. */
export function peopleAtOnce(feeds: readonly DataFeed[], most: number): number {
  const bytes = feeds.reduce(
    (sum, { asked_for, largest_bytes }) => sum + (asked_for === 'person' ? largest_bytes : 0),
    0,
  );
  return bytes === 0 ? most : Math.max(1, Math.min(most, Math.floor(mostOfPage / bytes)));
}

/** What nobody came back for. */
const pageKeptMs = 60_000;
/** The same of what is taken person by person. */
const untakenKeptMs = 600_000;

interface Kept {
  answer: FeedAnswer;
  until: number;
}

interface Page {
  outcomes: Map<number, FeedOutcome>;
  asking: boolean;
  since: number;
}

/** Opens a process's reader of feeds. */
export function openFeeds(guard: Guard, secrets: Secrets, clock: Clock): FeedReader {
  const agent = openGuardedAgent(guard, {
    ...{ connections: mostAtOnce, connectTimeoutMs: 5_000, silenceTimeoutMs: 30_000 },
  });
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<FeedAnswer>>();
  const turns = new Map<number | string, Turns>();
  const pages = new Map<string, Page>();
  const untaken = new Map<
    string,
    { outcomes: Map<number, { outcome: FeedOutcome; at: number }>; asking: boolean }
  >();
  let bytes = 0;
  const now = () => clock.now().getTime();
  const sizeOf = (answer: FeedAnswer) => ('data' in answer ? answer.bytes : 0);

  function keep(key: string, feed: DataFeed, answer: FeedAnswer): void {
    const ms = 'data' in answer ? feed.cache_seconds * 1_000 : failureKeptMs;
    if (ms === 0) return;
    kept.set(key, { answer, until: now() + ms });
    bytes += sizeOf(answer);
    for (const [oldest, { answer: old }] of kept) {
      if (kept.size <= mostKept.answers && bytes <= mostKept.bytes) break;
      kept.delete(oldest);
      bytes -= sizeOf(old);
    }
  }

  function known(key: string): FeedAnswer | null {
    const found = kept.get(key);
    if (!found) return null;
    if (found.until > now()) return found.answer;
    kept.delete(key);
    bytes -= sizeOf(found.answer);
    return null;
  }

  const callOf = (feed: DataFeed, url: string) => ({
    ...{ url, headers: openHeaders(secrets, feed.headers) },
    ...{ timeoutMs: feed.timeout_ms, largestBytes: feed.largest_bytes },
  });

  /** Answers of a moment ago, and of calls under way, serve all who ask the same. */
  function ask(feed: DataFeed, url: string): Promise<FeedAnswer> {
    const key = `${feed.id} ${feed.updated_at.getTime()} ${url}`;
    const found = known(key);
    if (found) return Promise.resolve(found);
    const begun = underWay.get(key);
    if (begun) return begun;
    const turn = turns.get(feed.id) ?? openTurns();
    turns.set(feed.id, turn);
    const asking = turn
      .take(feed.most_per_second, () => askFeed(agent, callOf(feed, url)))
      .then((answer) => {
        keep(key, feed, answer);
        return answer;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, asking);
    return asking;
  }

  async function answerFor(feed: DataFeed, fields: TemplateData): Promise<FeedOutcome> {
    const url = fillAddress(feed.url, fields);
    const answer = 'fault' in url ? url : await ask(feed, url.address);
    return outcomeOf([{ feed, answer }]);
  }

  async function readFor(
    feeds: readonly DataFeed[],
    people: readonly FedPerson[],
    each: (id: number, outcome: FeedOutcome) => void = () => undefined,
  ) {
    // Once for all of them, also where the answer is good for this once only.
    const shared = new Map<number, Promise<FeedOutcome>>();
    for (const feed of feeds) if (feed.asked_for === 'everybody') shared.set(feed.id, answerFor(feed, {}));
    const outcomes = new Map<number, FeedOutcome>();
    await Promise.all(
      people.map(async ({ id, fields }) => {
        const answers = await Promise.all(
          feeds.map((feed) => shared.get(feed.id) ?? answerFor(feed, fields)),
        );
        const outcome = together(answers);
        outcomes.set(id, outcome);
        each(id, outcome);
      }),
    );
    return outcomes;
  }

  return {
    readFor,
    async look(feed, fields, fresh) {
      const url = fillAddress(feed.url, feed.asked_for === 'everybody' ? {} : fields);
      if ('fault' in url) return { url: feed.url, answer: url, milliseconds: 0 };
      const begun = performance.now();
      const answer = await (fresh ? askFeed(agent, callOf(feed, url.address)) : ask(feed, url.address));
      return { url: url.address, answer, milliseconds: Math.round(performance.now() - begun) };
    },
    page(key, people, feeds) {
      for (const [old, { since, asking }] of pages)
        if (!asking && now() - since > pageKeptMs && old !== key) pages.delete(old);
      const page = pages.get(key) ?? { outcomes: new Map(), asking: false, since: now() };
      pages.set(key, page);
      page.since = now();
      const lacking = people.filter(({ id }) => !page.outcomes.has(id));
      if (lacking.length === 0) return page.outcomes;
      if (page.asking) return null;
      page.asking = true;
      page.outcomes = new Map(
        people.flatMap(({ id }) => {
          const outcome = page.outcomes.get(id);
          return outcome ? [[id, outcome] as const] : [];
        }),
      );
      readFor(feeds, lacking)
        .catch((error: unknown) => faultForAll(lacking, error))
        .then((outcomes) => {
          for (const [id, outcome] of outcomes) page.outcomes.set(id, outcome);
          page.asking = false;
          page.since = now();
        });
      return null;
    },
    take(key, people, feeds) {
      for (const [old, { outcomes, asking }] of untaken) {
        for (const [id, { at }] of outcomes) if (now() - at > untakenKeptMs) outcomes.delete(id);
        if (!asking && outcomes.size === 0) untaken.delete(old);
      }
      const stock = untaken.get(key) ?? { outcomes: new Map(), asking: false };
      const told = new Map<number, FeedOutcome>();
      const lacking: FedPerson[] = [];
      for (const person of people) {
        const known = stock.outcomes.get(person.id);
        if (known) told.set(person.id, known.outcome);
        else lacking.push(person);
        stock.outcomes.delete(person.id);
      }
      if (lacking.length === 0 || stock.asking) return told;
      untaken.set(key, stock);
      stock.asking = true;
      const asked = lacking.slice(0, peopleAtOnce(feeds, lacking.length));
      readFor(feeds, asked)
        .catch((error: unknown) => faultForAll(asked, error))
        .then((outcomes) => {
          for (const [id, outcome] of outcomes) stock.outcomes.set(id, { outcome, at: now() });
          stock.asking = false;
        });
      return told;
    },
    call: async (key, whose, call, isWanted) => {
      const turn = turns.get(key) ?? openTurns();
      turns.set(key, turn);
      const made = async () => ((await isWanted()) ? callOnce(agent, call) : null);
      return turn.take(mostPerSecond, made, whose);
    },
    isAsking: (key) => pages.get(key)?.asking ?? false,
    forget: (key) => void pages.delete(key),
    close: () => agent.destroy(),
  };
}

function faultForAll(people: readonly FedPerson[], error: unknown): Map<number, FeedOutcome> {
  const fault = `data feeds could not be asked: ${error instanceof Error ? error.message : String(error)}`;
  return new Map(people.map(({ id }) => [id, { fault }]));
}

const named = ({ alias }: DataFeed, data: Record<string, unknown>): Record<string, unknown> =>
  alias === null ? data : { [alias]: data };

/** What the answers of feeds come to, each with the fallback of its feed where it is none. Pure. */
export function outcomeOf(answered: readonly { feed: DataFeed; answer: FeedAnswer }[]): FeedOutcome {
  return together(
    answered.map(({ feed, answer }): FeedOutcome => {
      if ('data' in answer) return { fields: named(feed, answer.data) };
      if (feed.fallback !== null) return { fields: named(feed, feed.fallback as Record<string, unknown>) };
      return { fault: `the data feed “${feed.name}” ${answer.fault}` };
    }),
  );
}

/** Fields of later feeds hide those of earlier ones; one that failed fails all. Pure. */
function together(answers: readonly FeedOutcome[]): FeedOutcome {
  let fields: Record<string, unknown> = {};
  for (const answer of answers) {
    if ('fault' in answer) return answer;
    fields = { ...fields, ...answer.fields };
  }
  return { fields };
}

interface Turns {
  /** `whose` tells those who wait apart: each has a turn in turn, however many calls another has waiting. */
  take<Result>(perSecond: number, call: () => Promise<Result>, whose?: number): Promise<Result>;
}

/** Lets calls of one feed begin: so many at once, and so many a second. */
function openTurns(): Turns {
  let free = mostAtOnce;
  let nextAt = 0;
  /** Who is next stands first. */
  const waiting = new Map<number, (() => void)[]>();
  const nextUp = (): (() => void) | undefined => {
    for (const [whose, own] of waiting) {
      const first = own.shift();
      waiting.delete(whose);
      if (own.length > 0) waiting.set(whose, own);
      return first;
    }
    return undefined;
  };
  return {
    async take(perSecond, call, whose = 0) {
      if (free > 0) free--;
      else
        await new Promise<void>((resolve) => {
          const own = waiting.get(whose);
          if (own) own.push(resolve);
          else waiting.set(whose, [resolve]);
        });
      try {
        const at = performance.now();
        const begin = Math.max(at, nextAt);
        nextAt = begin + 1_000 / perSecond;
        if (begin > at) await pause(begin - at);
        return await call();
      } finally {
        const next = nextUp();
        if (next) next();
        else free++;
      }
    },
  };
}
