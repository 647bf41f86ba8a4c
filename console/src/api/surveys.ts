import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** A survey: questions that messages ask. */
export type Survey = Answer<'/api/surveys/{id}'>;
/** What is said of one that is made or changed. */
export type NewSurvey = Body<'/api/surveys'>;
export type NewQuestion = NewSurvey['questions'][number];
/** What came of a question. */
export type QuestionResult = Answer<'/api/surveys/{id}/results'>['questions'][number];
/** Who answers what. */
export type SurveyAnswer = Answer<'/api/surveys/{id}/answers'>['answers'][number];

const one = (id: number) => ({ params: { path: { id } } });
/** People answer while one looks. */
const lookAgain = 5_000;

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: () => answerOf(server.GET('/api/surveys')),
});

export const surveyQuery = (id: number) =>
  queryOptions({
    queryKey: ['surveys', id],
    queryFn: () => answerOf(server.GET('/api/surveys/{id}', one(id))),
  });

export const surveyResultsQuery = (id: number) =>
  queryOptions({
    queryKey: ['surveys', id, 'results'],
    queryFn: () => answerOf(server.GET('/api/surveys/{id}/results', one(id))),
    refetchInterval: lookAgain,
  });

export const surveyAnswersQuery = (id: number) =>
  queryOptions({
    queryKey: ['surveys', id, 'answers'],
    queryFn: () => answerOf(server.GET('/api/surveys/{id}/answers', one(id))),
    refetchInterval: lookAgain,
  });

export const createSurvey = (body: NewSurvey) => answerOf(server.POST('/api/surveys', { body }));

export const changeSurvey = (id: number, body: NewSurvey) =>
  answerOf(server.PUT('/api/surveys/{id}', { ...one(id), body }));

export const deleteSurvey = (id: number) => answerOf(server.DELETE('/api/surveys/{id}', one(id)));
