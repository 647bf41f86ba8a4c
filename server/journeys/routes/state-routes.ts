import type { Routes } from '../../http/api.ts';
import { changeJourney, verbs } from '../journey-state.ts';
import { journeyAnswer, journeyAsAnswer, journeyInPath } from './journey-answer.ts';

const tags = ['Journeys'];

/** Holding journeys, letting people in or go, putting journeys away. */
export const stateRoutes: Routes = (api, context) => {
  for (const verb of verbs)
    api.post(
      `/api/journeys/:id/${verb}`,
      { schema: { tags, summary: summaries[verb], params: journeyInPath, response: { 200: journeyAnswer } } },
      async (request) => {
        const { project, name: by } = request.caller;
        const { id } = request.params as { id: number };
        return journeyAsAnswer(
          await changeJourney(context, { projectId: project.id, journeyId: id, by }, verb),
        );
      },
    );
};

const summaries = {
  open: 'Let people enter again',
  close: 'Let nobody enter; those inside move on',
  pause: 'Hold a journey: nobody enters or moves, and nothing of it leaves',
  resume: 'Let those inside of a held journey move on, and people enter',
  stop: 'Let all go who are inside; nothing of it leaves',
  archive: 'Put a stopped journey away; its numbers stay',
} as const;
