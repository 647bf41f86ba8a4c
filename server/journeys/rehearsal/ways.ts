import type { ImaginedMessage } from '../definition/tile-kind.ts';
import type { LoggedStep } from '../runs/step-log.sql.ts';
import type { ImaginedPassage, ImaginedRefusal, Teller } from './imagined-person.ts';

/** A step of an imagined passage, when it was taken. */
export type ImaginedStep = LoggedStep & { at: Date };

/** A passage as it is told: where it came to in the end, with what it did on the way. */
export interface ToldPassage {
  passage: ImaginedPassage;
  steps: ImaginedStep[];
  messages: ImaginedMessage[];
  /** How many more steps and messages there were of which nothing is told. */
  leftOut: number;
  /** All that it may be asked for: `tile wait`, `way wait next`, `skip text noOptIn`. */
  marks: Set<string>;
}

/** Somebody's ways as they are told. */
export interface ToldPerson {
  passages: ToldPassage[];
  refused: ImaginedRefusal[];
  /** Steps, messages and refusals that are told. */
  told: number;
}

/** Of one person so many steps, messages and refusals are told. */
const mostTold = 1_000;

/** Keeps the ways of people who are gone through, by their ids. */
export function openWays(): { personOf(userId: number): ToldPerson; teller: Teller } {
  const people = new Map<number, ToldPerson>();
  const passages = new Map<ImaginedPassage, { person: ToldPerson; told: ToldPassage }>();
  const personOf = (userId: number): ToldPerson => {
    const known = people.get(userId) ?? { passages: [], refused: [], told: 0 };
    people.set(userId, known);
    return known;
  };
  /** Tells something of a passage, where there is room for more of the person. */
  const tell = (passage: ImaginedPassage, what: (told: ToldPassage) => void) => {
    const of = passages.get(passage);
    if (!of) throw new Error(`passage ${passage.run.id} has not entered`);
    if (of.person.told++ < mostTold) what(of.told);
    else of.told.leftOut++;
  };
  const mark = (passage: ImaginedPassage, text: string) => passages.get(passage)?.told.marks.add(text);
  return {
    personOf,
    teller: {
      enters: ({ userId }, passage) => {
        const person = personOf(userId);
        const marks = new Set([`tile ${passage.run.tile}`]);
        const told: ToldPassage = { passage, steps: [], messages: [], leftOut: 0, marks };
        passages.set(passage, { person, told });
        person.passages.push(told);
      },
      refuses: ({ userId }, refusal) => {
        const person = personOf(userId);
        if (person.told++ < mostTold) person.refused.push(refusal);
      },
      moves: (passage, { run, steps }, at) => {
        mark(passage, `tile ${run.tile}`);
        for (const step of steps) {
          mark(passage, `tile ${step.tile}`);
          if (step.way !== null) mark(passage, `way ${step.tile} ${step.way}`);
          tell(passage, (told) => told.steps.push({ ...step, at }));
        }
      },
      makes: (passage, message) => {
        if (message.skip !== null) mark(passage, `skip ${message.tile} ${message.skip}`);
        tell(passage, (told) => told.messages.push(message));
      },
      sticks: () => undefined,
    },
  };
}
