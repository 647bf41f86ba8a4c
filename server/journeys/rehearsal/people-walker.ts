import type { ImaginedMessage, Imagining, Occurrence, Rehearsed, Tile } from '../definition/tile-kind.ts';
import { barredBy, keyOf, newRun } from '../enter/enter.ts';
import { mayEnter } from '../enter/may-enter.ts';
import { type ExitRule, heldByEvents } from '../leave/exit-rule.ts';
import { leaveByPeople, leaving } from '../leave/leave.ts';
import type { Run } from '../runs/run.ts';
import { done, isToAct, type Walked, walkBy } from '../step/walk.ts';
import {
  asSent,
  type ImaginedPassage,
  type ImaginedPerson,
  type NextThing,
  noteEntry,
  noteLeaving,
  notForeseen,
  sentTo,
  type Teller,
  takeBack,
  unfinished,
} from './imagined-person.ts';
import { factsAt, holdingAt } from './instants.ts';
import { mostLooks, type RehearsalGround } from './rehearsal-ground.ts';

/** Messages of one passage that may wait to leave at once. */
const mostWaiting = 100;

/** Things that come to people, at most one to each, so that what it changes of a person is known to all that comes later. */
export type Coming<Kind extends NextThing['kind']> = {
  person: ImaginedPerson;
  next: Extract<NextThing, { kind: Kind }>;
};

/** Whether of such a thing a record is kept. */
const isOfRecord = (what: Occurrence): boolean => what === 'purchase' || what.startsWith('event:');

/** More passages than one person can have in a rehearsal: each has an entry. */
const passagesApart = 10_000;
/** A number for somebody's next passage that is always the same, and that no other one has, real or imagined. */
const numberOf = ({ userId, begun }: ImaginedPerson): number => -(userId * passagesApart + begun);

/** Moves people of one lane, each at an instant of their own. */
export function openWalker(ground: RehearsalGround, lane: number, teller: Teller) {
  const { db, journey, draws, recordedUntil, frequencyCaps } = ground;
  const { projectId, entry, exits, tiles } = journey;
  const place = { projectId, lane };
  const journeys = new Map([[journey.id, journey]]);
  /** What was sent longer ago than this counts for no limit. */
  const limitsMs =
    frequencyCaps.reduce((most, { hours }) => Math.max(most, hours), leastLimitHours) * 3_600_000;
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
    draws.atWait(tile, run, lastMessage(passage), passage.made).map((at, index) => {
      const what = tile.awaits?.occurrences[index]?.what;
      return what === 'becomes' || (what && isOfRecord(what)) ? ifToCome(at) : at;
    });

  async function hear(coming: readonly Coming<'record'>[]): Promise<void> {
    if (coming.length === 0) return;
    for (const { person } of coming) person.nextOnRecord++;
    await leaveByRecord(coming);
    for (const { person, next } of coming)
      for (const passage of person.passages)
        if (passage.run.hears.includes(next.thing.name)) passage.nextLook = next.at;
  }

  /** Takes those out of whom a rule comes to hold by what is on record. */
  async function leaveByRecord(coming: readonly Coming<'record'>[]): Promise<void> {
    for (const rule of exits) {
      const heard = coming.filter(({ next }) => rule.hears.includes(next.thing.name));
      const asked = heard.flatMap(({ person, next }) =>
        person.passages.map((passage) => ({
          ...{ person, passage, run: passage.run, userId: person.userId },
          ...{ now: new Date(next.at), eventId: next.thing.eventId },
        })),
      );
      if (asked.length === 0) continue;
      const people = rule.becomes ? await holdingAt(db, place, rule.becomes, asked) : new Set();
      const byEvents = await ruledByEvents(rule, asked);
      for (const each of asked)
        if (people.has(each) || byEvents.has(each.run.id)) leaveBy(each, rule, each.now);
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

  function leaveBy({ person, passage }: Theirs, rule: ExitRule, now: Date): void {
    settle({ person, passage }, leaving(passage.run, journey.version, rule), now);
  }

  function leaveAsSupposed(coming: readonly Coming<'exit'>[]): void {
    for (const { person, next } of coming) {
      const { passage } = next;
      const rule = exits.find(({ name }) => name === passage.exit?.rule);
      if (rule) leaveBy({ person, passage }, rule, new Date(next.at));
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
      const known = person.entered.get(key);
      const [limited = null] = mayEnter(entry.limits, known ? [known] : [], [{ userId, key }], now);
      const reason = barred ?? limited;
      if (reason !== null) {
        if (reason !== 'gone') teller.refuses(person, { at: now, key, reason, cause: caused.cause });
        continue;
      }
      const id = numberOf(person);
      const run = newRun(journey, { ...caused, key }, { id, now });
      const passage: ImaginedPassage = {
        ...{ run, number: person.begun++, cause: caused.cause, messages: [], made: 0 },
        ...{ left: null, stuck: null, nextLook: now.getTime(), looks: 0, exit: exitOf(run) },
      };
      person.passages.push(passage);
      noteEntry(person, key, now);
      teller.enters(person, passage);
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
      passage.looks++;
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
      const { now, ...theirs } = lookedAt(each.run);
      settle(theirs, each, now);
    }
    // What a tile does is not foreseen of those who are at it: they walked nowhere.
    for (const { person, passage } of looked.values())
      if (passage.stuck === notForeseen) stick({ person, passage });
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
        for (const run of acting) lookedAt(run).passage.stuck = notForeseen;
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
      if (!passage.messages.some(({ id }) => id === message.id)) passage.made++;
      passage.messages = [
        ...passage.messages.filter(({ id }) => id !== message.id),
        { ...message, isTold: false },
      ];
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
  function settle({ person, passage }: Theirs, turn: Walked, now: Date): void {
    const { run, left, stuck } = turn;
    passage.run = run;
    passage.nextLook = null;
    teller.moves(passage, turn, now);
    if (left) {
      passage.left = { ...left, at: now };
      takeBack(passage);
      noteLeaving(person, run.key);
      letGo({ person, passage });
      return;
    }
    tellMessages({ person, passage }, now.getTime());
    const waiting = passage.messages.filter(({ isTold }) => !isTold).length;
    passage.stuck = stuck ?? (passage.looks >= mostLooks || waiting > mostWaiting ? unfinished : null);
    if (passage.stuck !== null) {
      stick({ person, passage });
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

  /** Tells of messages of which nothing more becomes after an instant, and keeps those that may still be asked for. */
  function tellMessages({ person, passage }: Theirs, until: number): void {
    const { messages, run } = passage;
    if (messages.length === 0) return;
    const last = messages.at(-1);
    passage.messages = messages.filter((message) => {
      if (message.at.getTime() > until) return true;
      if (!message.isTold) {
        teller.makes(passage, message);
        message.isTold = true;
        person.sent.push(...asSent(message));
      }
      return message === last || message.id === run.memory.messageId;
    });
    const since = until - limitsMs;
    if (person.sent.some(({ at }) => at.getTime() < since))
      person.sent = person.sent.filter(({ at }) => at.getTime() >= since);
  }

  /** Somebody's passage is over for the rehearsal: the rest of its messages is told, and nothing of it is kept. */
  function letGo({ person, passage }: Theirs): void {
    // What waits of a passage that goes no further leaves when it is due.
    for (const message of passage.messages)
      if (!message.isTold) {
        teller.makes(passage, message);
        person.sent.push(...asSent(message));
      }
    person.passages = person.passages.filter((each) => each !== passage);
  }

  function stick({ person, passage }: Theirs): void {
    teller.sticks(passage);
    letGo({ person, passage });
  }

  /** The virtual time is over for somebody. */
  function end(person: ImaginedPerson): void {
    for (const passage of person.passages) letGo({ person, passage });
  }

  /** Too much comes to somebody: they are followed no further. */
  function cutShort(person: ImaginedPerson): void {
    for (const passage of person.passages) {
      passage.stuck = unfinished;
      stick({ person, passage });
    }
    for (const { at, data, cause } of person.entries.slice(person.nextEntry))
      if (at < ground.until)
        teller.refuses(person, { at, key: keyOf(entry.key, data) ?? '', reason: unfinished, cause });
  }

  return { hear, leaveAsSupposed, enter, look, end, cutShort };
}

/** What limits look back at least, in hours, as admission does. */
const leastLimitHours = 24;

/** A passage and whose it is. */
interface Theirs {
  person: ImaginedPerson;
  passage: ImaginedPassage;
}
