import type { Database } from '../database/connect.ts';
import { trackOwn } from '../events/track-own.ts';
import type { Announce, Happening, ReceivedHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { findAsking, keepAnswers } from './answers.sql.ts';
import { type ReadAnswer, readAnswer, readPayload, readPressed } from './read-answer.ts';
import type { SurveyQuestion } from './survey.ts';
import { listSurveys, type Survey } from './surveys.sql.ts';

/** The event of each answer, by which segments and journeys go. */
const answerEvent = 'surveyAnswered';

/** What is no answer, whatever stands in it. */
const noAnswers: ReadonlySet<string> = new Set([
  'reaction',
  'edit',
  'revoke',
  'callPermission',
  'unsupported',
]);

/**
 * Hears what people press and write, and keeps what of it answers a question. A moment after the message is kept: what a STOP does waits for nobody, and
 * whoever waits for an answer in a journey hears of its event.
 */
export const surveyListener: Listener = {
  kinds: ['received'],
  wantsOf: async (db, projectId) =>
    (await listSurveys(db, projectId)).length > 0 ? { kinds: ['received'], wants: mayAnswer } : null,
  hear: async (transaction, happenings, announce) => {
    const received = happenings.filter(mayAnswer);
    for (const [projectId, ofProject] of Map.groupBy(received, (each) => each.projectId)) {
      const surveys = await listSurveys(transaction, projectId);
      if (surveys.length === 0) continue;
      const given = await givenBy(transaction, surveys, ofProject);
      // Who answers a question twice at once answers one time after the other.
      for (let left = given; left.length > 0; ) {
        const keys = left.map(keyOf);
        await keep(
          transaction,
          announce,
          projectId,
          left.filter((_, index) => keys.indexOf(keys[index]!) === index),
        );
        left = left.filter((_, index) => keys.indexOf(keys[index]!) < index);
      }
    }
  },
};

const mayAnswer = (happening: Happening): happening is ReceivedHappening =>
  happening.kind === 'received' && !happening.obeyed && !noAnswers.has(happening.messageKind ?? '');

/** A question with what somebody answers to it. */
interface Given extends ReadAnswer {
  survey: Survey;
  question: SurveyQuestion;
  lane: number;
  userId: number;
  messageId: number | null;
  at: Date;
}

const keyOf = ({ userId, survey, question }: Given) => `${userId} ${survey.id} ${question.key}`;

/** Keeps answers, each person one to a question, and tracks those that are the newest. */
async function keep(
  db: Database,
  announce: Announce,
  projectId: number,
  given: readonly Given[],
): Promise<void> {
  const [{ lane }, last] = [given[0]!, given.at(-1)!];
  const newest = await keepAnswers(
    db,
    { projectId, lane },
    given.map(({ survey, question, ...answer }) => ({
      ...answer,
      ...{ surveyId: survey.id, question: question.key },
    })),
  );
  const events = given
    .filter((each) => newest.has(keyOf(each)))
    .map(({ survey, question, userId, answer, score, label, at }) => ({
      ...{ user: { lane, id: userId }, name: answerEvent, happenedAt: at },
      data: {
        ...{ survey: survey.name, surveyId: survey.id, question: question.key },
        ...{ questionText: question.text, answer: label, choice: answer },
        ...(score === null ? {} : { score }),
      },
      eventKey: `survey:${survey.id}:${question.key}`,
    }));
  await trackOwn(db, announce, projectId, events, last.at);
}

/** What people's messages of one lane answer: by what stood behind the button, by the fields of a form, or by their words. */
async function givenBy(
  db: Database,
  surveys: readonly Survey[],
  received: readonly ReceivedHappening[],
): Promise<Given[]> {
  const asking = surveys.flatMap((survey) =>
    survey.questions.map((question) => ({ survey, question, templateIds: question.templateIds })),
  );
  const templateIds = [...new Set(asking.flatMap((each) => each.templateIds))];
  const presses = received.map(({ payload, messageKind }) =>
    payload === undefined || messageKind === 'flow' ? null : readPayload(payload),
  );
  const others = received.filter((_, index) => presses[index] === null);
  const messages = await findAsking(db, others, templateIds);
  return received.flatMap((each, index): Given[] => {
    const { payload, messageKind, body, answers = null, lane, userId, at } = each;
    const by = { lane, userId, at };
    const pressed = presses[index];
    if (pressed) {
      const survey = surveys.find(({ id }) => id === pressed.surveyId);
      const question = survey?.questions.find(({ key }) => key === pressed.question);
      const read = question && readPressed(question, pressed.choice);
      return survey && question && read ? [{ ...read, ...by, survey, question, messageId: answers }] : [];
    }
    const message = messages.get(each);
    if (!message) return [];
    const asked = asking.filter(
      ({ survey, templateIds: ids }) =>
        ids.includes(message.templateId) &&
        at.getTime() - message.leftAt.getTime() <= survey.answer_hours * 3_600_000,
    );
    const messageId = message.lane === lane ? message.id : null;
    const of = ({ survey, question }: (typeof asked)[number], words: string): Given[] => {
      const read = readAnswer(question, words);
      return read ? [{ ...read, ...by, survey, question, messageId }] : [];
    };
    // Words answer one question: the first that they fit.
    if (messageKind !== 'flow') return asked.flatMap((one) => of(one, body)).slice(0, 1);
    const response = parseRecord(payload ?? '');
    return asked.flatMap((one) => {
      const value = one.question.flowAnswer === null ? undefined : response[one.question.flowAnswer];
      return typeof value === 'string' || typeof value === 'number' ? of(one, String(value)) : [];
    });
  });
}
