import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer, readPayload, readPressed } from './read-answer.ts';
import { resultOf } from './results.ts';
import type { SurveyQuestion } from './survey.ts';

const question = (kind: SurveyQuestion['kind']): SurveyQuestion => ({
  ...{ key: 'q', text: 'Well?', kind, templateIds: [], flowAnswer: null },
  choices:
    kind === 'choice'
      ? [
          { key: 'yes', label: 'Yes, please' },
          { key: 'no', label: 'No' },
        ]
      : [],
});
const answers = (kind: SurveyQuestion['kind'], words: string[]) =>
  words.map((each) => readAnswer(question(kind), each)?.answer ?? null);

test('numbers in words are scores where there is one, and it is on the scale', () => {
  assert.deepEqual(answers('nps', ['9', ' 10 ', '9/10', 'a 7!', '11', '-1', '9 or 10', '8.5', 'ten', '']), [
    ...['9', '10', '9', '7', null, null, null, null, null, null],
  ]);
  const marks = ['8 out of 10', '٩', '🔟', '8️⃣', 'I’d say 8', '9! Great', '10 von 10', '9 😀', '7, thanks'];
  assert.deepEqual(answers('nps', marks), ['8', '9', '10', '8', '8', '9', '10', '9', '7']);
  const counts = [
    'I waited 10 days, terrible',
    '2 parcels are missing',
    '10-day wait',
    '10% off please',
    '8 thanks',
  ];
  assert.deepEqual(answers('nps', counts), [null, null, null, null, null]);
  assert.deepEqual(answers('stars', ['4', '⭐⭐⭐', '★★', '⭐️⭐️', '4/5', '0', '6', '⭐ great']), [
    ...['4', '3', '2', '2', '4', null, null, null],
  ]);
  assert.deepEqual(answers('number', ['12', '1,5', 'about 3']), ['12', '1.5', null]);
});

test('a choice is known by its key, its words and its place', () => {
  assert.deepEqual(answers('choice', ['yes', 'YES, please.', '2', '1)', '3', 'maybe', '0']), [
    ...['yes', 'yes', 'no', 'yes', null, null, null],
  ]);
  assert.deepEqual(readPayload('survey:7:q:yes'), { surveyId: 7, question: 'q', choice: 'yes' });
  for (const other of ['survey:0:q:yes', 'survey:7:q', 'survey:7:q:yes:x', 'order:7:q:yes'])
    assert.equal(readPayload(other), null);
});

test('the net promoter score is promoters less detractors, of all who answered', () => {
  const counts = [
    { question: 'q', answer: '10', people: 5 },
    { question: 'q', answer: '8', people: 3 },
    { question: 'q', answer: '2', people: 2 },
    { question: 'other', answer: '0', people: 99 },
  ];
  const result = resultOf(question('nps'), counts, 20);
  assert.deepEqual(result.nps, { promoters: 5, passives: 3, detractors: 2, score: 30 });
  assert.deepEqual([result.answered, result.asked, result.average], [10, 20, 7.8]);
  assert.equal(result.answers.length, 11);
});

test('what the database cannot hold is left out of words; a press is the choice of its key, whatever another is called', () => {
  assert.deepEqual(answers('text', ['a\0b', `${'a'.repeat(3_999)}😀`]), ['ab', `${'a'.repeat(3_999)}\uFFFD`]);
  const crossed: SurveyQuestion = {
    ...question('choice'),
    choices: [
      { key: 'a', label: 'B' },
      { key: 'b', label: 'C' },
    ],
  };
  assert.equal(readPressed(crossed, 'b')?.answer, 'b');
  assert.equal(readPressed(crossed, '2'), null);
});

test('what was answered before a question asked for numbers is in none of its figures', () => {
  const counts = [
    { question: 'q', answer: 'good', people: 3 },
    { question: 'q', answer: '10', people: 1 },
    { question: 'q', answer: '11', people: 1 },
  ];
  assert.partialDeepStrictEqual(resultOf(question('nps'), counts, null), {
    ...{ answered: 1, average: 10 },
    nps: { promoters: 1, passives: 0, detractors: 0, score: 100 },
  });
});
