import type { ImaginedStock } from '../../content/coupons/coupon-wishes.ts';
import type { Database } from '../../database/connect.ts';
import type { PlanGround } from '../../delivery/admission/admission-plan.ts';
import type { FrequencyCap } from '../../delivery/dispatch/reached-limit.ts';
import type { FollowedJourney } from '../definition/journey.ts';
import type { ImaginedMessage, Imagining, Occurrence, Rehearsed, Tile } from '../definition/tile-kind.ts';
import { barredBy, keyOf, newRun } from '../enter/enter.ts';
import { earlierEntries } from '../enter/entries.sql.ts';
import { mayEnter } from '../enter/may-enter.ts';
import { type ExitRule, heldByEvents } from '../leave/exit-rule.ts';
import { leaveByPeople, leaving } from '../leave/leave.ts';
import type { Run } from '../runs/run.ts';
import { done, isToAct, type Walked, walkBy } from '../step/walk.ts';
import type { Caused } from '../triggers/trigger-kind.ts';
import {
  earlierOf,
  type ImaginedPassage,
  type ImaginedPerson,
  type NextThing,
  nextOf,
  sentTo,
  takeBack,
  underWay,
} from './imagined-person.ts';
import { factsAt, holdingAt } from './instants.ts';
import { recordOf } from './record.sql.ts';
import type { Draws } from './supposing.ts';

/** What a rehearsal goes by. */
export interface RehearsalGround extends PlanGround {
  db: Database;
  journey: FollowedJourney;
  name: string;
  draws: Draws;
  /** The end of the virtual time: what would come at it or later does not. */
  until: Date;
  /** What was on record counts up to then; what is supposed counts from then on. */
  recordedUntil: Date;
  /** Whether how people have entered the journey before counts. */
  countsEarlier: boolean;
  /** Campaigns of which what was really sent does not count: the journey’s own, where it is rehearsed as if it had not been there. */
  without: readonly number[];
  frequencyCaps: readonly FrequencyCap[];
  /** Codes of coupon pools that are left; those who are gone through take of them. */
  stock: ImaginedStock;
  /** What was worked out once. */
  kept: Map<string, unknown>;
}

/** Things that come to people, at most one to each, so that what it changes of a person is known to all that comes later. */
type Coming<Kind extends NextThing['kind']> = {
  person: ImaginedPerson;
  next: Extract<NextThing, { kind: Kind }>;
};

/**
 * Has people of one lane go through a journey, to the end of the virtual time: by the engine's own rules, with nothing written. Each person goes along a
 * virtual time of their own; what comes next to each of them is looked at together.
 */
export async function rehearsePeople(
  ground: RehearsalGround,
  lane: number,
  entering: ReadonlyMap<number, readonly Caused[]>,
): Promise<ImaginedPerson[]> {
  const { db, journey, until, recordedUntil } = ground;
  const userIds = [...entering.keys()];
  const earlier = ground.countsEarlier ? await earlierEntries(db, lane, journey.id, userIds) : [];
  const earlierByUser = Map.groupBy(earlier, ({ userId }) => userId);
  const first = Math.min(
    ...[...entering.values()].map(([caused]) => caused?.at.getTime() ?? Number.POSITIVE_INFINITY),
  );
  const record =
    first < recordedUntil.getTime()
      ? await recordOf(db, { projectId: journey.projectId, lane }, heardBy(journey), userIds, {
          from: new Date(first),
          until: recordedUntil,
        })
      : new Map();
  const people = [...entering].map(
    ([userId, entries]): ImaginedPerson => ({
      ...{ userId, entries, nextEntry: 0, record: record.get(userId) ?? [], nextOnRecord: 0 },
      ...{ earlier: earlierByUser.get(userId) ?? [], passages: [], refused: [] },
    }),
  );
  const walker = openWalker(ground, lane);
  let open = people;
  while (open.length > 0) {
    const coming = open.flatMap((person) => {
      const next = nextOf(person);
      return next !== null && next.at < until.getTime() ? [{ person, next }] : [];
    });
    const of = <Kind extends NextThing['kind']>(kind: Kind) =>
      coming.filter(({ next }) => next.kind === kind) as Coming<Kind>[];
    await walker.hear(of('record'));
    walker.leaveAsSupposed(of('exit'));
    await walker.enter(of('entry'));
    await walker.look(of('look'));
    open = coming.map(({ person }) => person);
  }
  return people;
}

/** Whether of such a thing a record is kept. */
const isOfRecord = (what: Occurrence): boolean => what === 'purchase' || what.startsWith('event:');

/** A number for a passage that is always the same, and that no real one has. */
const numberOf = ({ userId, passages }: ImaginedPerson): number => -(userId * 1_000 + passages.length);

/** What is heard by tiles and exit rules. */
const heardBy = ({ tiles, exits }: FollowedJourney): Set<string> =>
  new Set([...[...tiles.values()].flatMap(({ hears }) => hears), ...exits.flatMap(({ hears }) => hears)]);

/** Moves people of one lane. */
function openWalker(ground: RehearsalGround, lane: number) {
  const { db, journey, draws, recordedUntil } = ground;
  const { projectId, entry, exits, tiles } = journey;
  const place = { projectId, lane };
  const journeys = new Map([[journey.id, journey]]);
  let ids = 0;
  /** Those who are looked at, by the numbers of their passages. */
  const looked = new Map<number, { person: ImaginedPerson; passage: ImaginedPassage; now: Date }>();
  const lookedAt = ({ id }: Run) => {
    const found = looked.get(id);
    if (!found) throw new Error(`passage ${id} is not looked at`);
    return found;
  };
  const nowOf = (run: Run): Date => lookedAt(run).now;
  const imagining: Imagining = {
    ...ground,
    ...{ projectId, lane, nowOf, answerOf: draws.answerOf },
    journey: { id: journey.id, name: ground.name },
    nextId: () => -++ids,
    messageOf: (run, id) => lookedAt(run).passage.messages.find((message) => message.id === id),
    sentTo: (userId) => sentTo(personOf.get(userId)!),
  };
  const personOf = new Map<number, ImaginedPerson>();

  /** What is supposed counts from where the record ends. */
  const ifToCome = (at: number | null): number | null =>
    at !== null && at > recordedUntil.getTime() ? at : null;

  const lastMessage = ({ messages }: ImaginedPassage): ImaginedMessage | undefined => messages.at(-1);

  /** When what a passage's tile waits for is supposed to come. */
  const supposedAt = (passage: ImaginedPassage, tile: Tile, run: Run): (number | null)[] =>
    draws.atWait(tile, run, lastMessage(passage), passage.messages.length).map((at, index) => {
      const what = tile.awaits?.occurrences[index]?.what;
      return what === 'becomes' || (what && isOfRecord(what)) ? ifToCome(at) : at;
    });

  async function hear(coming: readonly Coming<'record'>[]): Promise<void> {
    if (coming.length === 0) return;
    for (const { person } of coming) person.nextOnRecord++;
    await leaveByRecord(coming);
    for (const { person, next } of coming)
      for (const passage of underWay(person))
        if (passage.run.hears.includes(next.thing.name)) passage.nextLook = next.at;
  }

  /** Takes those out of whom a rule comes to hold by what is on record. */
  async function leaveByRecord(coming: readonly Coming<'record'>[]): Promise<void> {
    for (const rule of exits) {
      const heard = coming.filter(({ next }) => rule.hears.includes(next.thing.name));
      const asked = heard.flatMap(({ person, next }) =>
        underWay(person).map((passage) => ({
          ...{ passage, run: passage.run, userId: person.userId },
          ...{ now: new Date(next.at), eventId: next.thing.eventId },
        })),
      );
      if (asked.length === 0) continue;
      const people = rule.becomes ? await holdingAt(db, place, rule.becomes, asked) : new Set();
      const byEvents = await ruledByEvents(rule, asked);
      for (const each of asked)
        if (people.has(each) || byEvents.has(each.run.id)) leaveBy(each.passage, rule, each.now);
    }
  }

  async function ruledByEvents(
    rule: ExitRule,
    asked: readonly { run: Run; now: Date; eventId: number | null }[],
  ): Promise<Set<number>> {
    if (!rule.event) return new Set();
    // Where conditions go by time each instant is asked about by itself.
    const groups = rule.event.where?.flips
      ? [...Map.groupBy(asked, ({ now }) => now.getTime()).values()]
      : [asked];
    const found = new Set<number>();
    for (const group of groups) {
      const eventIds = group.flatMap(({ eventId }) => eventId ?? []);
      const where = { ...place, now: group[0]!.now };
      const runs = group.map(({ run }) => run);
      for (const id of await heldByEvents(db, where, rule, runs, eventIds)) found.add(id);
    }
    return found;
  }

  function leaveBy(passage: ImaginedPassage, rule: ExitRule, now: Date): void {
    settle(passage, leaving(passage.run, journey.version, rule), now);
  }

  function leaveAsSupposed(coming: readonly Coming<'exit'>[]): void {
    for (const { next } of coming) {
      const rule = exits.find(({ name }) => name === next.passage.exit?.rule);
      if (rule) leaveBy(next.passage, rule, new Date(next.at));
    }
  }

  async function enter(coming: readonly Coming<'entry'>[]): Promise<void> {
    if (coming.length === 0) return;
    const asked = coming.map(({ person, next }) => ({
      ...{ person, caused: next.caused, userId: person.userId, now: next.caused.at },
    }));
    const isOf = entry.only ? await holdingAt(db, place, entry.only, asked) : null;
    const isOut = new Set<unknown>();
    for (const { becomes } of exits)
      if (becomes) for (const each of await holdingAt(db, place, becomes, asked)) isOut.add(each);
    for (const each of asked) {
      const { person, caused, userId, now } = each;
      person.nextEntry++;
      const key = keyOf(entry.key, caused.data) ?? '';
      const of = { isOf: isOf === null || isOf.has(each), isOut: isOut.has(each) };
      const barred = barredBy(entry, caused, of, now);
      const [limited = null] = mayEnter(entry.limits, earlierOf(person, key), [{ userId, key }], now);
      const reason = barred ?? limited;
      if (reason !== null) {
        if (reason !== 'gone') person.refused.push({ at: now, key, reason, cause: caused.cause });
        continue;
      }
      const id = numberOf(person);
      const run = newRun(journey, { ...caused, key }, { id, now });
      person.passages.push({
        ...{ run, cause: caused.cause, steps: [], messages: [], left: null, stuck: null },
        ...{ nextLook: now.getTime(), exit: exitOf(run) },
      });
    }
  }

  /** When a passage leaves by what is supposed of it. */
  function exitOf(run: Run): ImaginedPassage['exit'] {
    let found: ImaginedPassage['exit'] = null;
    for (const { name, event } of exits) {
      if (!event) continue;
      const at = ifToCome(draws.ofEntry(run, event.kind === 'purchase' ? 'purchase' : `event:${event.name}`));
      if (at !== null && (found === null || at < found.at)) found = { at, rule: name };
    }
    return found;
  }

  async function look(coming: readonly Coming<'look'>[]): Promise<void> {
    if (coming.length === 0) return;
    looked.clear();
    personOf.clear();
    for (const { person, next } of coming) {
      const { passage } = next;
      passage.nextLook = null;
      personOf.set(person.userId, person);
      looked.set(passage.run.id, { person, passage, now: new Date(next.at) });
    }
    const runs = await act(coming.map(({ next }) => next.passage.run));
    const { left, staying } = await leaveByPeople(
      async (rule, asked) => {
        if (!rule.becomes) return new Set<number>();
        const each = asked.map((run) => ({ userId: run.userId, now: nowOf(run) }));
        return new Set([...(await holdingAt(db, place, rule.becomes, each))].map(({ userId }) => userId));
      },
      journeys,
      runs,
    );
    const walked = await walkBy({ nowOf, factsOf }, journeys, staying);
    for (const each of [...left, ...walked]) {
      const { passage, now } = lookedAt(each.run);
      settle(passage, each, now);
    }
  }

  /** Has tiles do for these people what they do in a rehearsal; answers those who may go on. */
  async function act(runs: readonly Run[]): Promise<Run[]> {
    const onward: Run[] = [];
    for (const [id, group] of Map.groupBy(runs, ({ tile }) => tile)) {
      const tile = tiles.get(id);
      const acting: Run[] = [];
      for (const run of group) (tile && isToAct(tile, run) ? acting : onward).push(run);
      if (!tile || acting.length === 0) continue;
      if (!tile.rehearsal) {
        for (const run of acting) lookedAt(run).passage.stuck = 'notForeseen';
        continue;
      }
      const came = await tile.rehearsal.act(imagining, acting);
      for (const run of acting) onward.push(acted(run, came.get(run.id)));
    }
    return onward;
  }

  function acted(run: Run, came: Rehearsed | undefined): Run {
    const { passage } = lookedAt(run);
    const message = came?.message;
    if (message) {
      passage.messages = [...passage.messages.filter(({ id }) => id !== message.id), message];
    }
    const next = { ...run, memory: done(came?.memory), ...(message && { messageAt: message.madeAt }) };
    passage.run = next;
    return next;
  }

  async function factsOf(tile: Tile, runs: readonly Run[]) {
    if (tile.rehearsal?.fact) {
      const { fact } = tile.rehearsal;
      return new Map(runs.map((run) => [run.id, fact(ownMessage(lookedAt(run).passage, run), nowOf(run))]));
    }
    const { awaits } = tile;
    const looking = awaits ? runs.filter((run) => maySee(awaits.occurrences, run)) : runs;
    const facts = looking.length === 0 ? new Map() : await factsAt(db, place, tile, looking, nowOf);
    if (!awaits) return facts;
    return new Map(
      runs.map((run) => {
        const now = nowOf(run).getTime();
        const at = supposedAt(lookedAt(run).passage, tile, run);
        const come = at.map((each) => (each !== null && each <= now ? each : null));
        return [run.id, awaits.suppose(facts.get(run.id), run, come)];
      }),
    );
  }

  /** Whether anything that is waited for may stand in the database of an imagined passage: what people did on record, or a condition that holds of them. */
  const maySee = (occurrences: NonNullable<Tile['awaits']>['occurrences'], { enteredAt }: Run): boolean =>
    occurrences.some(
      ({ what }) =>
        what === 'becomes' || (isOfRecord(what) && enteredAt.getTime() <= recordedUntil.getTime()),
    );

  /** The message that a tile remembers of a visit. */
  const ownMessage = ({ messages }: ImaginedPassage, { memory }: Run): ImaginedMessage | undefined =>
    messages.find(({ id }) => id === memory.messageId);

  /** Takes over what a passage did, and when it is looked at again. */
  function settle(passage: ImaginedPassage, { run, steps, left, stuck }: Walked, now: Date): void {
    passage.run = run;
    passage.steps.push(...steps.map((step) => ({ ...step, at: now })));
    passage.stuck = stuck;
    passage.nextLook = null;
    if (left) {
      passage.left = { ...left, at: now };
      takeBack(passage);
      return;
    }
    const tile = tiles.get(run.tile);
    const later = [
      run.wakeAt?.getTime() ?? null,
      ...(tile?.rehearsal?.fact ? [ownMessage(passage, run)?.at.getTime() ?? null] : []),
      ...(tile?.awaits ? supposedAt(passage, tile, run) : []),
    ].filter((at): at is number => at !== null);
    const isWaiting = run.wakeAt === null || run.wakeAt > now;
    const toCome = later.filter((at) => at > now.getTime() || (!isWaiting && at === now.getTime()));
    passage.nextLook = toCome.length === 0 ? null : Math.min(...toCome);
  }

  return { hear, leaveAsSupposed, enter, look };
}
