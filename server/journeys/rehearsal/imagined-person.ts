import type { PastSend } from '../../delivery/dispatch/reached-limit.ts';
import type { ImaginedMessage } from '../definition/tile-kind.ts';
import type { EarlierEntries } from '../enter/entries.sql.ts';
import type { LeaveReason, RefusalReason, Run } from '../runs/run.ts';
import type { LoggedStep } from '../runs/step-log.sql.ts';
import type { Caused } from '../triggers/trigger-kind.ts';

/** A step of an imagined passage, when it was taken. */
export type ImaginedStep = LoggedStep & { at: Date };

/** A passage that is imagined. */
export interface ImaginedPassage {
  run: Run;
  cause: Caused['cause'];
  steps: ImaginedStep[];
  messages: ImaginedMessage[];
  left: { reason: LeaveReason; detail: string | null; at: Date } | null;
  /** Why it goes no further; null while it does. */
  stuck: string | null;
  /** When it is looked at next, in ms; null for never. */
  nextLook: number | null;
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
  earlier: readonly EarlierEntries[];
  passages: ImaginedPassage[];
  refused: { at: Date; key: string; reason: RefusalReason; cause: Caused['cause'] }[];
}

/** What comes next to somebody. */
export type NextThing =
  | { kind: 'record'; at: number; thing: OnRecord }
  | { kind: 'exit'; at: number; passage: ImaginedPassage }
  | { kind: 'entry'; at: number; caused: Caused }
  | { kind: 'look'; at: number; passage: ImaginedPassage };

const isUnderWay = ({ left, stuck }: ImaginedPassage): boolean => left === null && stuck === null;

/** Passages that go on. */
export const underWay = ({ passages }: ImaginedPerson): ImaginedPassage[] => passages.filter(isUnderWay);

/** What comes next to somebody; of what comes at one instant, what takes people out before what lets them in and moves them. Null for nothing. */
export function nextOf(person: ImaginedPerson): NextThing | null {
  const caused = person.entries[person.nextEntry];
  const open = underWay(person);
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

/** How somebody has entered so far, those imagined counted. */
export function earlierOf({ userId, earlier, passages }: ImaginedPerson, key: string): EarlierEntries[] {
  const own = passages.filter(({ run }) => run.key === key);
  const known = earlier.find((each) => each.key === key);
  const last = own.at(-1)?.run.enteredAt ?? known?.lastEnteredAt;
  if (!last) return [];
  return [
    {
      ...{ userId, key, lastEnteredAt: last },
      entries: (known?.entries ?? 0) + own.length,
      inside: (known?.inside ?? 0) + own.filter(({ left }) => left === null).length,
    },
  ];
}

/** Promotional messages that somebody is imagined to be sent. */
export const sentTo = ({ passages }: ImaginedPerson): PastSend[] =>
  passages.flatMap(({ messages }) =>
    messages.flatMap(({ isPromotional, skip, medium, at }) =>
      isPromotional && skip === null ? [{ medium, at }] : [],
    ),
  );

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
