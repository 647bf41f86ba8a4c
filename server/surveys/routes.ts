import { type Static, Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError, firstFaults } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { loadUsers } from '../users/find-users.ts';
import { countAnswers, countAsked, deleteAnswers, listAnswers } from './answers.sql.ts';
import { resultOf } from './results.ts';
import { payloadsOf, questionFaults, surveyFields, surveyQuestion, usualAnswerHours } from './survey.ts';
import {
  deleteSurvey,
  insertSurvey,
  listSurveys,
  missingTemplates,
  requireSurvey,
  type Survey,
  type SurveyFields,
  updateSurvey,
} from './surveys.sql.ts';

const tags = ['Surveys'];
const params = Type.Object({ id: rowId });
const usualLimit = 100;

const givenQuestion = Type.Object(
  {
    ...surveyQuestion.properties,
    choices: Type.Optional(surveyQuestion.properties.choices),
    templateIds: Type.Optional(surveyQuestion.properties.templateIds),
    flowAnswer: Type.Optional(surveyQuestion.properties.flowAnswer),
  },
  { additionalProperties: false },
);

const given = Type.Object({
  name: surveyFields.name,
  questions: Type.Array(givenQuestion, { minItems: 1, maxItems: 10 }),
  answerHours: Type.Optional(surveyFields.answerHours),
});

const surveyAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  questions: Type.Array(
    Type.Object({
      ...surveyQuestion.properties,
      payloads: Type.Array(Type.String(), {
        description: 'What a button or list row holds whose press is the answer, in the order of the choices',
      }),
    }),
  ),
  answerHours: Type.Integer(),
  createdBy: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** Surveys: questions that messages ask, and what came of them. */
export const surveyRoutes: Routes = (api, context) => {
  readRoutes(api, context);
  writeRoutes(api, context);
  resultRoutes(api, context);
};

const view = (survey: Survey): Static<typeof surveyAnswer> => ({
  ...{ id: survey.id, name: survey.name, answerHours: survey.answer_hours, createdBy: survey.created_by },
  questions: survey.questions.map((question) => ({
    ...question,
    payloads: payloadsOf(survey.id, question),
  })),
  ...{ createdAt: survey.created_at.toISOString(), updatedAt: survey.updated_at.toISOString() },
});

function readRoutes(api: Api, context: Context): void {
  api.get(
    '/api/surveys',
    {
      schema: {
        tags,
        summary: 'The project’s surveys',
        response: { 200: Type.Object({ surveys: Type.Array(surveyAnswer) }) },
      },
    },
    async ({ caller }) => ({ surveys: (await listSurveys(context.db, caller.project.id)).map(view) }),
  );
  api.get(
    '/api/surveys/:id',
    { schema: { tags, summary: 'A survey', params, response: { 200: surveyAnswer } } },
    async ({ caller, params: { id } }) => view(await requireSurvey(context.db, caller.project.id, id)),
  );
}

function writeRoutes(api: Api, context: Context): void {
  api.post(
    '/api/surveys',
    { schema: { tags, summary: 'Make a survey', body: given, response: { 200: surveyAnswer } } },
    async ({ caller, body }) => {
      const fields = await soundFields(context, caller, body);
      const at = context.clock.now();
      const made = await insertSurvey(context.db, caller.project.id, fields, { by: caller.name, at });
      if (!made) throw nameTaken(fields.name);
      await context.listenersRenewed();
      return view(made);
    },
  );
  api.put(
    '/api/surveys/:id',
    {
      schema: {
        tags,
        summary: 'Change a survey; answers that were given stay',
        params,
        body: given,
        response: { 200: surveyAnswer },
      },
    },
    async ({ caller, params: { id }, body }) => {
      const survey = await requireSurvey(context.db, caller.project.id, id);
      const fields = await soundFields(context, caller, body);
      const changed = await updateSurvey(context.db, survey, fields, context.clock.now());
      if (!changed) throw nameTaken(fields.name);
      return view(changed);
    },
  );
  api.delete(
    '/api/surveys/:id',
    {
      schema: {
        tags,
        summary: 'Delete a survey with its answers; the events of them stay',
        params,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params: { id } }) => {
      const survey = await requireSurvey(context.db, caller.project.id, id);
      await context.db.transaction().execute(async (transaction) => {
        await deleteSurvey(transaction, survey);
        await deleteAnswers(transaction, survey.id);
      });
      return success('The survey is deleted');
    },
  );
}

async function soundFields(
  context: Context,
  { project }: Caller,
  { name, questions, answerHours = usualAnswerHours }: Static<typeof given>,
): Promise<SurveyFields> {
  const whole = questions.map((question) => ({
    choices: [],
    templateIds: [],
    flowAnswer: null,
    ...question,
  }));
  const faults = questionFaults(whole);
  const ids = [...new Set(whole.flatMap(({ templateIds }) => templateIds))];
  for (const id of await missingTemplates(context.db, project.id, ids)) {
    const index = whole.findIndex(({ templateIds }) => templateIds.includes(id));
    faults.push({
      field: `questions.${index}.templateIds`,
      fault: `names ${id}, which is no template of this project`,
    });
  }
  const [first] = faults;
  if (first) throw new ApiError('BadParams', `${first.field} ${first.fault}`, firstFaults(faults));
  return { name: name.trim(), questions: whole, answerHours };
}

const nameTaken = (name: string) =>
  new ApiError('Conflict', `name ${JSON.stringify(name)} is that of another survey; choose another`, {
    field: 'name',
    value: name,
  });

const counted = Type.Object({ answer: Type.String(), label: Type.String(), people: Type.Integer() });

function resultRoutes(api: Api, context: Context): void {
  api.get(
    '/api/surveys/:id/results',
    {
      schema: {
        tags,
        summary: 'What came of a survey, question by question',
        params,
        response: {
          200: Type.Object({
            questions: Type.Array(
              Type.Object({
                key: Type.String(),
                text: Type.String(),
                kind: surveyQuestion.properties.kind,
                asked: nullable(
                  Type.Integer({
                    description:
                      'Messages of campaigns and journeys that asked it; null where none of its templates did',
                  }),
                ),
                answered: Type.Integer({ description: 'People' }),
                answers: Type.Array(counted, {
                  description: 'Each answer that may be given, with how many give it',
                }),
                average: nullable(Type.Number()),
                nps: nullable(
                  Type.Object({
                    promoters: Type.Integer({ description: '9 or 10' }),
                    passives: Type.Integer(),
                    detractors: Type.Integer({ description: '6 or less' }),
                    score: Type.Integer({ description: 'From -100 to 100' }),
                  }),
                ),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller, params: { id } }) => {
      const { project } = caller;
      const { questions } = await requireSurvey(context.db, project.id, id);
      const inWords = questions.filter(({ kind }) => kind === 'text').map(({ key }) => key);
      const templateIds = [...new Set(questions.flatMap((question) => question.templateIds))];
      const [counts, asked] = await Promise.all([
        countAnswers(context.db, project.id, id, inWords),
        countAsked(context.db, project.id, templateIds),
      ]);
      return {
        questions: questions.map((question) => {
          const sent = question.templateIds.flatMap((templateId) => asked.get(templateId) ?? []);
          const sum = sent.length === 0 ? null : sent.reduce((total, each) => total + each, 0);
          return resultOf(question, counts, sum);
        }),
      };
    },
  );
  answersRoute(api, context);
}

function answersRoute(api: Api, context: Context): void {
  api.get(
    '/api/surveys/:id/answers',
    {
      schema: {
        tags,
        summary: 'Who answers what, the newest first, with what they answered before',
        params,
        querystring: Type.Object({
          question: Type.Optional(
            Type.String({ maxLength: 40, description: 'The key of one; all unless told' }),
          ),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            answers: Type.Array(
              Type.Object({
                user: Type.Object({
                  ref: Type.String({ description: 'Names the user in /api/users/{ref}/history' }),
                  email: nullable(Type.String()),
                  userId: nullable(Type.String()),
                  phoneNumber: nullable(Type.String()),
                }),
                question: Type.String(),
                answer: Type.String(),
                score: nullable(Type.Number()),
                at: Type.String(),
                former: Type.Array(
                  Type.Object({ answer: Type.String(), score: nullable(Type.Number()), at: Type.String() }),
                  { description: 'What they answered before, the oldest first' },
                ),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller, params: { id }, query }) => {
      const { project } = caller;
      await requireSurvey(context.db, project.id, id);
      const answers = await listAnswers(context.db, project.id, id, {
        ...{ question: query.question, limit: query.limit ?? usualLimit },
      });
      const users = await loadUsers(
        context.db,
        project.id,
        answers.map(({ lane, userId }) => ({ lane, id: userId })),
      );
      return {
        answers: answers.map(({ lane, userId, at, former, ...answer }) => {
          const user = users.get(userId);
          return {
            user: {
              ref: `id:${lane}.${userId}`,
              ...{ email: user?.email ?? null, userId: user?.userId ?? null },
              phoneNumber: user?.phoneNumber ?? null,
            },
            ...answer,
            at: at.toISOString(),
            former: former.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
          };
        }),
      };
    },
  );
}
