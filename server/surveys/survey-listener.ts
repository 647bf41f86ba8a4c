import type { Database } from '../database/connect.ts';
import { trackOwn } from '../events/track-own.ts';
import type { Announce, Happening, ReceivedHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { findAsking, keepAnswer } from './answers.sql.ts';
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
      for (const each of ofProject) await hearOne(transaction, announce, surveys, each);
    }
  },
};

const mayAnswer = (happening: Happening): happening is ReceivedHappening =>
  happening.kind === 'received' && !happening.obeyed && !noAnswers.has(happening.messageKind ?? '');

/** A question with what somebody answers to it. */
interface Given extends ReadAnswer {
  survey: Survey;
  question: SurveyQuestion;
  messageId: number | null;
}

async function hearOne(
  db: Database,
  announce: Announce,
  surveys: readonly Survey[],
  received: ReceivedHappening,
): Promise<void> {
  const { projectId, lane, userId, at } = received;
  for (const given of await givenBy(db, surveys, received)) {
    const { survey, question, answer, score, label, messageId } = given;
    const ofQuestion = { surveyId: survey.id, question: question.key };
    const isNewer = await keepAnswer(db, {
      ...{ lane, userId, projectId, ...ofQuestion, answer, score, messageId, at },
    });
    if (!isNewer) continue;
    await trackOwn(
      db,
      announce,
      {
        ...{ projectId, user: { lane, id: userId }, name: answerEvent, happenedAt: at },
        data: {
          ...{ survey: survey.name, surveyId: survey.id, question: question.key },
          ...{ questionText: question.text, answer: label, choice: answer },
          ...(score === null ? {} : { score }),
        },
        eventKey: `survey:${survey.id}:${question.key}`,
      },
      at,
    );
  }
}

/** What a message of somebody's answers: by what stood behind the button, by the fields of a form, or by its words. */
async function givenBy(
  db: Database,
  surveys: readonly Survey[],
  received: ReceivedHappening,
): Promise<Given[]> {
  const { payload, messageKind, body, answers, lane, userId, senderId, at } = received;
  const pressed = payload === undefined || messageKind === 'flow' ? null : readPayload(payload);
  if (pressed) {
    const survey = surveys.find(({ id }) => id === pressed.surveyId);
    const question = survey?.questions.find(({ key }) => key === pressed.question);
    const read = question && readPressed(question, pressed.choice);
    return survey && question && read ? [{ ...read, survey, question, messageId: answers ?? null }] : [];
  }
  const asking = surveys.flatMap((survey) =>
    survey.questions.map((question) => ({ survey, question, templateIds: question.templateIds })),
  );
  const templateIds = [...new Set(asking.flatMap((each) => each.templateIds))];
  if (templateIds.length === 0) return [];
  const message = await findAsking(db, { lane, id: userId }, { senderId, answers, templateIds });
  if (!message) return [];
  const asked = asking.filter(
    ({ survey, templateIds: ids }) =>
      ids.includes(message.templateId) &&
      at.getTime() - message.leftAt.getTime() <= survey.answer_hours * 3_600_000,
  );
  const of = ({ survey, question }: (typeof asked)[number], words: string): Given[] => {
    const read = readAnswer(question, words);
    return read ? [{ ...read, survey, question, messageId: message.lane === lane ? message.id : null }] : [];
  };
  if (messageKind === 'flow') {
    const response = parseRecord(payload ?? '');
    return asked.flatMap((each) => {
      const value = each.question.flowAnswer === null ? undefined : response[each.question.flowAnswer];
      return typeof value === 'string' || typeof value === 'number' ? of(each, String(value)) : [];
    });
  }
  // Words answer one question: the first that they fit.
  return asked.flatMap((each) => of(each, body)).slice(0, 1);
}
