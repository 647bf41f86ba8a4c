import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { nullable } from '../../http/schemas.ts';
import { readyMade } from '../ready-made/all.ts';
import { makeReadyMade } from '../ready-made/make-ready-made.ts';
import { type Asked, askedIn } from '../ready-made/read-answers.ts';

const tags = ['Journeys'];

const questionAnswer = Type.Object({
  name: Type.String(),
  label: Type.String(),
  kind: Type.String({
    description:
      'text, field, event, catalog, message, link, hours, days, number, time (09:30), moment (2026-12-24T09:00), list or messageType (ids)',
  }),
  hint: Type.Optional(Type.String()),
  medium: Type.Optional(Type.String({ description: 'Of a message type' })),
  purpose: Type.Optional(Type.String({ description: 'Of a message type' })),
  usual: nullable(
    Type.Union([Type.String(), Type.Integer()], {
      description: 'The answer unless another is given; null where somebody has to choose',
    }),
  ),
});

/** Journeys that are made by answering a few questions. */
export const readyMadeRoutes: Routes = (api, context) => {
  api.get(
    '/api/journeys/readyMade',
    {
      schema: {
        tags,
        summary: 'The ready-made journeys, with what each asks',
        response: {
          200: Type.Object({
            readyMade: Type.Array(
              Type.Object({
                ...{ id: Type.String(), name: Type.String(), summary: Type.String() },
                questions: Type.Array(questionAnswer),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller: { project } }) => ({
      readyMade: await Promise.all(
        readyMade.map(async ({ id, name, summary, questions }) => ({
          ...{ id, name, summary },
          questions: (await askedIn(context.db, project, questions, context.clock.now())).map(asAnswer),
        })),
      ),
    }),
  );
  api.post(
    '/api/journeys/readyMade/:id',
    {
      schema: {
        tags,
        summary: 'Make a ready-made journey: templates of its messages, and a draft that sends by them',
        params: Type.Object({ id: Type.String() }),
        body: Type.Object({
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          answers: Type.Optional(
            Type.Record(Type.String(), Type.Unknown(), {
              description: 'By the names of the questions; what is left out is answered as usual',
            }),
          ),
        }),
        response: {
          200: Type.Object({
            journeyId: Type.Integer(),
            templates: Type.Array(
              Type.Object({ id: Type.Integer(), name: Type.String(), medium: Type.String() }),
            ),
          }),
        },
      },
    },
    ({ caller, params: { id }, body: { name, answers = {} } }) =>
      makeReadyMade(context, caller, { id, name }, answers),
  );
};

const asAnswer = (asked: Asked) => ({
  ...{ name: asked.name, label: asked.label, kind: asked.kind, usual: asked.usual },
  ...(asked.hint !== undefined && { hint: asked.hint }),
  ...(asked.kind === 'messageType' && { medium: asked.medium, purpose: asked.purpose }),
});
