import type { NewQuestion } from '../api/surveys.ts';

/** What a question is answered with, for choosing one. */
export const questionKinds: { value: NewQuestion['kind']; label: string }[] = [
  { value: 'nps', label: '0 to 10 (recommendation)' },
  { value: 'stars', label: '1 to 5 stars' },
  { value: 'choice', label: 'One of several choices' },
  { value: 'number', label: 'A number' },
  { value: 'text', label: 'Words of their own' },
];
