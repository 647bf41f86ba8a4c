import type { PastSend } from '../../delivery/dispatch/reached-limit.ts';
import type { ImaginedMessage } from '../definition/tile-kind.ts';
import type { EarlierEntries } from '../enter/entries.sql.ts';
import type { LeaveReason, RefusalReason, Run } from '../runs/run.ts';
import type { Walked } from '../step/walk.ts';
import type { Caused } from '../triggers/trigger-kind.ts';

/** A message of a passage, and whether it was told of already: then nothing more becomes of it. */
export type KeptMessage = ImaginedMessage & { isTold: boolean };

/** A passage that is imagined. */
export interface ImaginedPassage {
  run: Run;
  /** Which of the person’s it is, from 0 on. */
  number: number;
  cause: Caused['cause'];
  /** Messages of which something may still become, and the last. */
  messages: KeptMessage[];
  /** Messages that were made so far. */
  made: number;
  left: { reason: LeaveReason; detail: string | null; at: Date } | null;
  /** Why it goes no further; null while it does. */
  stuck: string | null;
  /** When it is looked at next, in ms; null for never. */
  nextLook: number | null;
  /** How often it was looked at. */
  looks: number;
  /** When it leaves by something that is supposed of it, in ms, and the name of the rule. */
  exit: { at: number; rule: string } | null;
}

/** Something on record that happened to somebody. */
export interface OnRecord {
  at: number;
  /** As `heardAs` calls it. */
  name: string;
  eventId: number | null;
}

/** Somebody who is rehearsed. */
export interface ImaginedPerson {
  userId: number;
  /** What is to let them in, in its order, and which of it comes next. */
  entries: readonly Caused[];
  nextEntry: number;
  record: readonly OnRecord[];
  nextOnRecord: number;
  /** How they have entered so far, those imagined counted, by key. */
  entered: Map<string, EarlierEntries>;
  /** Passages that go on; of others nothing is kept. */
  passages: ImaginedPassage[];
  /** How many began. */
  begun: number;
  /** Promotional messages that they were imagined to be sent, as far back as limits look. */
  sent: PastSend[];
  /** Things that came to them so far. */
  things: number;
}

/** Somebody whom something was to let in, and who did not enter. */
export interface ImaginedRefusal {
  at: Date;
  key: string;
  reason: RefusalReason | typeof unfinished;
  cause: Caused['cause'];
}

/** What is said of a passage, and of entries, that are followed no further since there is too much of it. */
export const unfinished = 'unfinished';
/** What is said of a passage at a tile of which it is not foreseen what it does. */
export const notForeseen = 'notForeseen';
/** Why passages go no further though nobody let them go; beside these a circle is told in words. */
export const stuckReasons = [unfinished, notForeseen] as const;

/** Is told what becomes of people as they are gone through, so that of what is past nothing need be kept. */
export interface Teller {
  enters(person: ImaginedPerson, passage: ImaginedPassage): void;
  refuses(person: ImaginedPerson, refusal: ImaginedRefusal): void;
  /** What a passage did at an instant. */
  moves(passage: ImaginedPassage, turn: Walked, at: Date): void;
  /** A message of which nothing more becomes in the virtual time. */
  makes(passage: ImaginedPassage, message: ImaginedMessage): void;
  /** A passage goes no further, and nobody let it go. */
  sticks(passage: ImaginedPassage): void;
}

/** What comes next to somebody. */
export type NextThing =
  | { kind: 'record'; at: number; thing: OnRecord }
  | { kind: 'exit'; at: number; passage: ImaginedPassage }
  | { kind: 'entry'; at: number; caused: Caused }
  | { kind: 'look'; at: number; passage: ImaginedPassage };

/** What comes next to somebody; of what comes at one instant, what takes people out before what lets them in and moves them. Null for nothing. */
export function nextOf(person: ImaginedPerson): NextThing | null {
  const caused = person.entries[person.nextEntry];
  const open = person.passages;
  let found: NextThing | null = null;
  const offer = (thing: NextThing) => {
    if (found === null || thing.at < found.at) found = thing;
  };
  // Who is in nothing hears nothing.
  const hearsFrom =
    open.length > 0 ? Number.NEGATIVE_INFINITY : (caused?.at.getTime() ?? Number.POSITIVE_INFINITY);
  let thing = person.record[person.nextOnRecord];
  while (thing && thing.at <= hearsFrom && open.length === 0) thing = person.record[++person.nextOnRecord];
  if (thing && open.length > 0) offer({ kind: 'record', at: thing.at, thing });
  for (const passage of open) if (passage.exit) offer({ kind: 'exit', at: passage.exit.at, passage });
  if (caused) offer({ kind: 'entry', at: caused.at.getTime(), caused });
  for (const passage of open)
    if (passage.nextLook !== null) offer({ kind: 'look', at: passage.nextLook, passage });
  return found;
}

/** Notes that somebody has entered. */
export function noteEntry(person: ImaginedPerson, key: string, at: Date): void {
  const { entries = 0, inside = 0 } = person.entered.get(key) ?? {};
  const now = { userId: person.userId, key, lastEnteredAt: at };
  person.entered.set(key, { ...now, entries: entries + 1, inside: inside + 1 });
}

/** Notes that one of somebody’s passages is over. */
export function noteLeaving(person: ImaginedPerson, key: string): void {
  const known = person.entered.get(key);
  if (known) person.entered.set(key, { ...known, inside: known.inside - 1 });
}

/** Promotional messages that somebody is imagined to be sent, as far back as limits look. */
export const sentTo = ({ passages, sent }: ImaginedPerson): PastSend[] => [
  ...sent,
  ...passages.flatMap(({ messages }) =>
    messages.flatMap((message) => (message.isTold ? [] : asSent(message))),
  ),
];

/** A message as limits count it. */
export const asSent = ({ isPromotional, skip, medium, at }: ImaginedMessage): PastSend[] =>
  isPromotional && skip === null ? [{ medium, at }] : [];

/** Who leaves before an end has what waits of their messages taken back. */
export function takeBack(passage: ImaginedPassage): void {
  const { left } = passage;
  if (!left || left.reason === 'finished') return;
  passage.messages = passage.messages.map((message) =>
    message.skip === null && message.at > left.at
      ? {
          ...{ ...message, at: left.at, skip: 'leftJourney', detail: null },
          ...{ senderId: null, address: null, segments: 0, priceMicros: 0 },
        }
      : message,
  );
}
