/** When a message is answered by the program itself, the first that fits: nobody works now; they write for the first time; it is no word that is known. */
export const autoReplyKinds = ['outOfHours', 'firstContact', 'unknownWords'] as const;
export type AutoReplyKind = (typeof autoReplyKinds)[number];

/** What is said when; what is missing is not answered. `{{field}}` of the profile stands in the words, as in canned replies. */
export type AutoReplies = Readonly<Partial<Record<AutoReplyKind, string>>>;

/** How often one person is answered so at most. */
interface Brake {
  of: 'sameKind' | 'all';
  most: number;
  seconds: number;
  source: string;
}

/** Two programs that answer one another would never end. */
export const brakes: readonly Brake[] = [
  { of: 'sameKind', most: 1, seconds: 12 * 3_600, source: 'ours: what was said stands on the screen yet' },
  { of: 'all', most: 3, seconds: 86_400, source: 'ours; twilio.com/docs/errors/14107 breaks loops at 30' },
];

/** The longest that any of them looks back, in seconds. */
export const brakesLookBack = Math.max(...brakes.map(({ seconds }) => seconds));

/** Whoever writes more in a minute, or the same more often in a day, is taken for a machine, and so is a number of fewer digits. */
const machine = { inAMinute: 5, theSameInADay: 3, fewestDigits: 7 } as const;

/** What is known of somebody who wrote, and of what they were answered by the program. */
export interface Heard {
  /** A thread begins or goes on with it: nobody is in talks with them. */
  begins: boolean;
  /** They never wrote before. */
  isFirst: boolean;
  isWorkingTime: boolean;
  /** The address they wrote from. */
  from: string;
  /** Messages of theirs in the minute before the last, and those of a day with the same words, it among them. */
  inAMinute: number;
  theSameInADay: number;
  /** They wish to be left alone, or the number is not theirs, and nobody has decided on it yet. */
  isUndecided: boolean;
  /** Words of ours that came back. */
  isEcho: boolean;
  /** What the program said to them, and how many seconds ago. */
  said: readonly { kind: string; secondsAgo: number }[];
}

/** What the program says to somebody who wrote; null for nothing. Pure. */
export function autoReplyTo(replies: AutoReplies, heard: Heard): AutoReplyKind | null {
  if (heard.isUndecided || isMachine(heard)) return null;
  const fits: Record<AutoReplyKind, boolean> = {
    outOfHours: !heard.isWorkingTime,
    firstContact: heard.isFirst,
    unknownWords: heard.begins,
  };
  const kind = autoReplyKinds.find((each) => fits[each] && replies[each] !== undefined);
  return kind !== undefined && isWithinBrakes(kind, heard) ? kind : null;
}

function isMachine({ from, inAMinute, theSameInADay, isEcho }: Heard): boolean {
  const digits = from.replaceAll(/\D/g, '').length;
  return (
    isEcho ||
    digits < machine.fewestDigits ||
    inAMinute > machine.inAMinute ||
    theSameInADay > machine.theSameInADay
  );
}

const isWithinBrakes = (kind: AutoReplyKind, { said }: Heard): boolean =>
  brakes.every(({ of, most, seconds }) => {
    const counted = said.filter((each) => each.secondsAgo < seconds && (of === 'all' || each.kind === kind));
    return counted.length < most;
  });
