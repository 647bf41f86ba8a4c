import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Handsets, handsets, ours, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let types: Awaited<ReturnType<typeof typesByChannel>>;
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  types = await typesByChannel(program);
});
after(() => program.close());

const american = (index: number) => `+1415555${String(7_000 + index)}`;

interface Survey {
  id: number;
  questions: { key: string; payloads: string[] }[];
}

interface Result {
  key: string;
  asked: number | null;
  answered: number;
  answers: { answer: string; people: number }[];
  average: number | null;
  nps: { score: number } | null;
}

interface Answer {
  question: string;
  answer: string;
  score: number | null;
  user: { phoneNumber: string | null };
  former: { answer: string }[];
}

const resultsOf = async ({ id }: Survey) =>
  (await program.call<{ questions: Result[] }>('GET', `/api/surveys/${id}/results`)).questions;
const answersOf = async ({ id }: Survey, question: string) =>
  (await program.call<{ answers: Answer[] }>('GET', `/api/surveys/${id}/answers?question=${question}`))
    .answers;

/** Waits until so many people answer a question. */
const answered = (survey: Survey, question: string, count: number) =>
  program.until(`${count} answers to ${question}`, async () => {
    const answers = await answersOf(survey, question);
    return answers.length >= count ? answers : null;
  });

test('a text asks from 0 to 10, replies are scores, the last one counts, and a STOP is none', async () => {
  const { messageTypeId } = types.get('SMS Marketing')!;
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      clientTemplateId: 'nps',
      name: 'nps',
      messageTypeId,
      message: 'How likely are you to recommend us, 0 to 10?',
    },
  );
  const survey = await program.call<Survey>('POST', '/api/surveys', {
    name: 'After the order',
    questions: [
      { key: 'recommend', text: 'Recommend us?', kind: 'nps', templateIds: [params.templateId] },
      { key: 'why', text: 'Why?', kind: 'text', templateIds: [params.templateId] },
    ],
  });
  const people = [0, 1, 2, 3];
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'asked' });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: people.map((index) => ({
      ...{ email: `asked-${index}@example.com`, dataFields: { phoneNumber: american(index) } },
    })),
  });
  await program.call('POST', '/api/consent', {
    consents: people.map((index) => ({
      ...{ email: `asked-${index}@example.com`, messageTypeId, method: 'webForm', source: 'the shop' },
    })),
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'nps', templateId: params.templateId, listIds: [listId], scheduleSend: false },
  });
  await sendCampaign(program, campaignId, (each) => each.delivered === people.length);
  const [asked] = await phones.hears(american(0), 1);
  const from = asked?.from ?? '';
  await phones.writes(american(0), from, '9');
  await answered(survey, 'recommend', 1);
  await phones.writes(american(0), from, '10/10');
  await phones.writes(american(1), from, 'I would say 3');
  await phones.writes(american(2), from, 'The parcel came late');
  await phones.writes(american(3), from, 'STOP');
  await answered(survey, 'why', 1);
  const scores = await program.until('the second answer', async () => {
    const found = await answersOf(survey, 'recommend');
    return found.length === 2 && found.some(({ former }) => former.length === 1) ? found : null;
  });
  const first = scores.find(({ user }) => user.phoneNumber === american(0));
  assert.deepEqual(
    [first?.answer, first?.score, first?.former.map(({ answer }) => answer)],
    ['10', 10, ['9']],
  );
  assert.deepEqual(
    (await answersOf(survey, 'why')).map(({ answer }) => answer),
    ['The parcel came late'],
  );
  const [recommend] = await resultsOf(survey);
  assert.partialDeepStrictEqual(recommend, { asked: 4, answered: 2, average: 6.5, nps: { score: 0 } });
  const { rows } = await sql<{ data: object }>`
    SELECT data FROM event WHERE name = 'surveyAnswered' AND data ->> 'question' = 'recommend'
    ORDER BY data ->> 'score'`.execute(program.database.db);
  // One for each person, written anew.
  assert.partialDeepStrictEqual(
    rows.map(({ data }) => data),
    [
      { survey: 'After the order', answer: '10', score: 10 },
      { survey: 'After the order', answer: '3', score: 3 },
    ],
  );
});

test('who is merged answers what they were asked before', async () => {
  const { messageTypeId } = types.get('SMS Marketing')!;
  const phone = american(20);
  await program.call('POST', '/api/users/update', {
    ...{ email: 'before@example.com', dataFields: { phoneNumber: phone } },
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    { clientTemplateId: 'stars', name: 'stars', messageTypeId, message: 'How many stars, 1 to 5?' },
  );
  const survey = await program.call<Survey>('POST', '/api/surveys', {
    name: 'Stars',
    questions: [{ key: 'stars', text: 'Stars?', kind: 'stars', templateIds: [params.templateId] }],
  });
  await program.call('POST', '/api/templates/sms/proof', {
    ...{ templateId: params.templateId, recipientPhoneNumber: phone },
  });
  const [asked] = await phones.hears(phone, 1);
  await program.call('POST', '/api/users/update', { email: 'after@example.com' });
  await program.call('POST', '/api/users/merge', {
    ...{ sourceEmail: 'before@example.com', destinationEmail: 'after@example.com' },
  });
  await phones.writes(phone, asked?.from ?? '', '4');
  const answers = await answered(survey, 'stars', 1);
  assert.partialDeepStrictEqual(answers, [{ answer: '4', user: { phoneNumber: phone } }]);
});

test('a button answers by what stands behind it; what comes too late, or after another message, is no answer', async () => {
  const { messageTypeId } = types.get('WhatsApp Marketing')!;
  const phone = '+447700940001';
  const make = (templateIds: number[]) => ({
    name: 'Delivery',
    questions: [
      {
        ...{ key: 'delivery', text: 'How was the delivery?', kind: 'choice', templateIds },
        choices: [
          { key: 'good', label: 'Good' },
          { key: 'late', label: 'Late' },
        ],
      },
    ],
    answerHours: 2,
  });
  const survey = await program.call<Survey>('POST', '/api/surveys', make([]));
  const payloads = survey.questions[0]?.payloads ?? [];
  assert.deepEqual(payloads, [`survey:${survey.id}:delivery:good`, `survey:${survey.id}:delivery:late`]);
  await phones.writes(phone, ours.whatsApp, 'Hello');
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/session/upsert',
    {
      ...{ clientTemplateId: 'delivery', name: 'delivery', messageTypeId },
      message: {
        ...{ type: 'button', body: 'How was the delivery?' },
        buttons: payloads.map((id, index) => ({ id, title: ['Good', 'Late'][index] })),
      },
    },
  );
  await program.call('PUT', `/api/surveys/${survey.id}`, make([params.templateId]));
  await program.call('POST', '/api/templates/whatsApp/proof', {
    ...{ templateId: params.templateId, recipientPhoneNumber: phone },
  });
  const [message] = await phones.hears(phone, 1);
  await program.simulator('POST', `/handsets/${encodeURIComponent(phone)}/presses`, {
    ...{ messageId: message?.id, title: 'Late' },
  });
  assert.deepEqual(
    (await answered(survey, 'delivery', 1)).map(({ answer }) => answer),
    ['late'],
  );
  await phones.writes(phone, ours.whatsApp, 'good');
  await program.until('the words to count', async () => {
    const [answer] = await answersOf(survey, 'delivery');
    return answer?.answer === 'good' ? true : null;
  });
  program.clock.advance(3 * 3_600_000);
  await phones.writes(phone, ours.whatsApp, 'late');
  await phones.writes('+447700940002', ours.whatsApp, 'late');
  // What is pressed counts at any time, and comes after what was written.
  await program.simulator('POST', `/handsets/${encodeURIComponent(phone)}/presses`, {
    ...{ messageId: message?.id, title: 'Good' },
  });
  const [last] = await program.until('the last press', async () => {
    const found = await answersOf(survey, 'delivery');
    return found[0]?.former.length === 2 ? found : null;
  });
  assert.deepEqual(
    last?.former.map(({ answer }) => answer),
    ['late', 'good'],
  );
  await assert.rejects(
    program.call('POST', '/api/surveys', { ...make([999_999]), name: 'Other' }),
    /questions\.0\.templateIds names 999999, which is no template/,
  );
  await assert.rejects(program.call('POST', '/api/surveys', make([])), /is that of another survey/);
  await program.call('DELETE', `/api/surveys/${survey.id}`);
  const { rows } = await sql`SELECT 1 FROM survey_answer WHERE survey_id = ${survey.id}`.execute(
    program.database.db,
  );
  assert.deepEqual(rows, []);
});
