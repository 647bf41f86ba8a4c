import { storableText } from '../providers/storable-text.ts';
import { plainDigits } from '../users/phone-number.ts';
import type { SurveyQuestion } from './survey.ts';

/** What somebody answers to a question. */
export interface ReadAnswer {
  /** The key of a choice, a number as text, or their words. */
  answer: string;
  score: number | null;
  /** The answer as people read it. */
  label: string;
}

/** Words of one's own that are kept of an answer. */
const longestWords = 4_000;

/** What a payload `survey:ID:question:choice` names; null for another. Pure. */
export function readPayload(payload: string): { surveyId: number; question: string; choice: string } | null {
  const [, id, question = '', choice = ''] =
    /^survey:([1-9]\d{0,9}):([\w-]{1,40}):([\w-]{1,40})$/.exec(payload) ?? [];
  return id === undefined ? null : { surveyId: Number(id), question, choice };
}

/** What stood behind a pressed button, as an answer: a choice by its key alone, whatever another is called. Pure. */
export function readPressed(question: SurveyQuestion, choice: string): ReadAnswer | null {
  if (question.kind !== 'choice') return readAnswer(question, choice);
  const found = question.choices.find(({ key }) => key === choice);
  return found ? { answer: found.key, score: null, label: found.label } : null;
}

/** Words, or what a form was filled with, as an answer to a question; null for what is none. Pure. */
export function readAnswer(question: SurveyQuestion, words: string): ReadAnswer | null {
  const text = plainMarks(storableText(words)).trim();
  if (text === '') return null;
  switch (question.kind) {
    case 'choice':
      return choiceIn(question, text);
    case 'nps':
      return wholeIn(text, 0, 10);
    case 'stars': {
      const stars = [...text.matchAll(/[⭐★]/gu)].length;
      return stars > 0 && text.replace(/[⭐★\s]|\uFE0F/gu, '') === ''
        ? scored(stars, 1, 5)
        : wholeIn(text, 1, 5);
    }
    case 'number': {
      const number = /^[+-]?\d{1,12}(?:[.,]\d{1,6})?$/.exec(text)?.[0].replace(',', '.');
      return number === undefined ? null : { answer: number, score: Number(number), label: number };
    }
    case 'text': {
      const kept = storableText(text.slice(0, longestWords));
      return { answer: kept, score: null, label: kept };
    }
  }
}

/** A choice by its key, its place from 1 on, or its words. */
function choiceIn({ choices }: SurveyQuestion, text: string): ReadAnswer | null {
  const folded = fold(text);
  const place = /^(\d{1,2})[.)]?$/.exec(text)?.[1];
  const found =
    choices.find(({ key, label }) => fold(key) === folded || fold(label) === folded) ??
    (place === undefined ? undefined : choices[Number(place) - 1]);
  return found ? { answer: found.key, score: null, label: found.label } : null;
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.!]+$/u, '')
    .trim();

/** Between a mark and the scale that it is on: `9/10`, `9 out of 10`, in the languages whose words were known in November 2026. */
const outOf = String.raw`(?:\s*/\s*|\s+(?:out\s+of|of|von|aus|de|sur|su|uit|van|av|af|z|na|из)\s+)`;
/** Behind a mark: the end, or what ends a sentence, with no other number after it. */
const endOfMark = String.raw`(?:\s*$|\s*(?:[.!?,;:)…\n]|\s[-–—]\s|\p{Extended_Pictographic})\D*$)`;

/**
 * A mark that stands by itself: `9`, `9/10`, `a 9`, `I’d say 8`, `9! Great`. A number before other words counts things (“I waited 10
 * days”), and is none.
 */
function wholeIn(text: string, from: number, to: number): ReadAnswer | null {
  const mark = new RegExp(
    String.raw`^(?:[\p{L}'’]+\s+){0,3}(\d{1,2})(?:${outOf}${to})?${endOfMark}`,
    'iu',
  ).exec(text)?.[1];
  return mark === undefined ? null : scored(Number(mark), from, to);
}

/** Digits of all scripts, and those that are pictures, as plain ones. */
const plainMarks = (text: string): string =>
  plainDigits(text.replaceAll('🔟', '10').replace(/\uFE0F?\u20E3/g, ''));

function scored(score: number, from: number, to: number): ReadAnswer | null {
  return score < from || score > to ? null : { answer: String(score), score, label: String(score) };
}
