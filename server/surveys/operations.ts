import type { Operations } from '../http/operations.ts';

const body = {
  name: 'After the order',
  questions: [
    {
      key: 'recommend',
      text: 'How likely are you to recommend us, from 0 to 10?',
      kind: 'nps',
      templateIds: ['{smsTemplateId}'],
    },
    {
      key: 'delivery',
      text: 'How was the delivery?',
      kind: 'choice',
      choices: [
        { key: 'good', label: 'Good' },
        { key: 'late', label: 'Late' },
      ],
    },
  ],
};

/** What the calls of surveys do, with an example of each, in the order in which they can be made. */
export const surveyOperations: Operations = {
  'POST /api/surveys': {
    description:
      'Makes a survey of up to ten questions. A press on a button or row that holds one of a question’s `payloads` answers it; so do words and numbers in reply to a message of its `templateIds` within `answerHours`, and the answer of a WhatsApp flow that such a message sends (`flowAnswer`). Each answer is kept, one for a person and question, and tracked as the event `surveyAnswered`.',
    body,
    learns: { surveyId: 'id' },
  },
  'GET /api/surveys': { description: 'The project’s surveys by name, with the payloads of each question.' },
  'GET /api/surveys/:id': {
    description: 'A survey, with the payloads of each question.',
    params: { id: '{surveyId}' },
  },
  'PUT /api/surveys/:id': {
    description: 'Changes a survey. Answers that were given stay, also to a choice that is there no more.',
    params: { id: '{surveyId}' },
    body: { ...body, answerHours: 48 },
  },
  'GET /api/surveys/:id/results': {
    description:
      'How many people answer each question and how, the average, and for 0 to 10 the net promoter score. `asked` are the messages of campaigns and journeys that asked it.',
    params: { id: '{surveyId}' },
  },
  'GET /api/surveys/:id/answers': {
    description:
      'Who answers what, words of their own among it, the newest first, with what they answered before.',
    params: { id: '{surveyId}' },
    query: { question: 'recommend', limit: 10 },
  },
  'DELETE /api/surveys/:id': {
    description: 'Deletes a survey with its answers. The events of them stay with their people.',
    params: { id: '{surveyId}' },
  },
};
