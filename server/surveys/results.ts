import type { AnswerCount } from './answers.sql.ts';
import type { SurveyQuestion } from './survey.ts';

/** What came of a question. */
export interface QuestionResult {
  key: string;
  text: string;
  kind: SurveyQuestion['kind'];
  /** Messages that asked it; null where no campaign or journey did. */
  asked: number | null;
  answered: number;
  /** Every answer that may be given, or is, with how many give it; none of words of one's own. */
  answers: { answer: string; label: string; people: number }[];
  average: number | null;
  /** Of a question from 0 to 10: promoters give 9 or 10, detractors 6 or less, and the score is the difference in points of a hundred. */
  nps: { promoters: number; passives: number; detractors: number; score: number } | null;
}

/** What came of a question, by how often each answer is given and how often it was asked. Pure. */
export function resultOf(
  question: SurveyQuestion,
  counts: readonly AnswerCount[],
  asked: number | null,
): QuestionResult {
  const { key, text, kind } = question;
  const isScored = kind === 'nps' || kind === 'stars' || kind === 'number';
  const given = counts.filter((each) => each.question === key);
  // What was answered before the question became one of numbers is none.
  const own = isScored ? given.filter(({ answer }) => isOn(kind, answer)) : given;
  const answered = sumOf(own);
  const peopleOf = (answer: string) => own.find((each) => each.answer === answer)?.people ?? 0;
  const scale = scaleOf(question, own);
  const total = own.reduce((sum, { answer, people }) => sum + Number(answer) * people, 0);
  return {
    ...{ key, text, kind, asked, answered },
    answers: scale.map(({ answer, label }) => ({ answer, label, people: peopleOf(answer) })),
    average: isScored && answered > 0 ? Math.round((total / answered) * 100) / 100 : null,
    nps: kind === 'nps' && answered > 0 ? npsOf(own, answered) : null,
  };
}

/** Whether an answer is a number that a question of this kind asks for. */
function isOn(kind: SurveyQuestion['kind'], answer: string): boolean {
  const number = answer.trim() === '' ? Number.NaN : Number(answer);
  if (kind === 'number') return Number.isFinite(number);
  const [from, to] = kind === 'nps' ? [0, 10] : [1, 5];
  return Number.isInteger(number) && number >= from && number <= to;
}

const sumOf = (counts: readonly AnswerCount[]): number => counts.reduce((sum, { people }) => sum + people, 0);

function scaleOf(
  { kind, choices }: SurveyQuestion,
  counts: readonly AnswerCount[],
): { answer: string; label: string }[] {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => plain(String(from + index)));
  switch (kind) {
    case 'choice': {
      const known = choices.map(({ key, label }) => ({ answer: key, label }));
      // What could once be chosen was answered all the same.
      const gone = counts.filter(({ answer }) => !choices.some(({ key }) => key === answer));
      return [...known, ...gone.map(({ answer }) => plain(answer))];
    }
    case 'nps':
      return numbers(0, 10);
    case 'stars':
      return numbers(1, 5);
    case 'number':
      return counts.map(({ answer }) => plain(answer)).sort((a, b) => Number(a.answer) - Number(b.answer));
    case 'text':
      return [];
  }
}

const plain = (answer: string) => ({ answer, label: answer });

function npsOf(counts: readonly AnswerCount[], answered: number) {
  const people = (isOf: (score: number) => boolean) =>
    sumOf(counts.filter(({ answer }) => isOf(Number(answer))));
  const [promoters, detractors] = [people((score) => score >= 9), people((score) => score <= 6)];
  const score = Math.round(((promoters - detractors) / answered) * 100);
  return { promoters, passives: answered - promoters - detractors, detractors, score };
}
