import { type Static, Type } from 'typebox';
import { rowId } from '../http/schemas.ts';

/** What a question is answered with: one of its choices, 0 to 10, 1 to 5 stars, a number, words of one's own. */
const kinds = ['choice', 'nps', 'stars', 'number', 'text'] as const;

/** Names a question, or a choice, in payloads and events. */
const key = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$',
  description: 'Letters, digits, _ and -',
});

/** A question of a survey. */
export const surveyQuestion = Type.Object(
  {
    key,
    text: Type.String({ minLength: 1, maxLength: 500, description: 'As results show it' }),
    kind: Type.Enum([...kinds], {
      description: 'choice, nps (0 to 10), stars (1 to 5), number, or text (words of one’s own)',
    }),
    choices: Type.Array(
      Type.Object(
        { key, label: Type.String({ minLength: 1, maxLength: 100 }) },
        { additionalProperties: false },
      ),
      { maxItems: 20, description: 'Of a choice: 2 or more. A reply of “1” is the first' },
    ),
    templateIds: Type.Array(rowId, {
      maxItems: 20,
      uniqueItems: true,
      description: 'Templates that ask it: words that answer their messages are answers to it',
    }),
    flowAnswer: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()], {
      description:
        'Where one of these templates sends a WhatsApp flow: by which name the answer stands in it',
    }),
  },
  { additionalProperties: false },
);

/** What is said of a survey. */
export const surveyFields = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  questions: Type.Array(surveyQuestion, { minItems: 1, maxItems: 10 }),
  answerHours: Type.Integer({
    ...{ minimum: 1, maximum: 720 },
    description: 'How long after a message its words are an answer; presses are one at any time',
  }),
};

export type SurveyQuestion = Static<typeof surveyQuestion>;

/** How long words are an answer unless told. */
export const usualAnswerHours = 72;

/** What is wrong with questions that their schema cannot say, each with its field. Pure. */
export function questionFaults(questions: readonly SurveyQuestion[]): { field: string; fault: string }[] {
  const faults: { field: string; fault: string }[] = [];
  const keys = new Set<string>();
  for (const [index, { key: own, kind, choices }] of questions.entries()) {
    const at = `questions.${index}`;
    if (keys.has(own))
      faults.push({ field: `${at}.key`, fault: `${own} is that of another question; give each its own` });
    keys.add(own);
    if (kind === 'choice' && choices.length < 2)
      faults.push({
        field: `${at}.choices`,
        fault: 'are fewer than 2; a choice needs something to choose from',
      });
    if (kind !== 'choice' && choices.length > 0)
      faults.push({
        field: `${at}.choices`,
        fault: `are of a choice only, and this is ${kind}; leave them out`,
      });
    if (new Set(choices.map((each) => each.key)).size < choices.length)
      faults.push({ field: `${at}.choices`, fault: 'have a key twice; give each its own' });
  }
  return faults;
}

/** What stands behind a button or row whose press answers a question so. */
const payloadOf = (surveyId: number, question: string, choice: string): string =>
  `survey:${surveyId}:${question}:${choice}`;

/** The payloads of a question: of each of its choices, of each number where there are few. */
export function payloadsOf(surveyId: number, { key: question, kind, choices }: SurveyQuestion): string[] {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const answers =
    kind === 'choice'
      ? choices.map((choice) => choice.key)
      : kind === 'nps'
        ? numbers(0, 10)
        : kind === 'stars'
          ? numbers(1, 5)
          : [];
  return answers.map((answer) => payloadOf(surveyId, question, answer));
}
