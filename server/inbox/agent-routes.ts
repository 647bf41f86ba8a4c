import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { nullable, success, successAnswer } from '../http/schemas.ts';
import { dropWindow, listAgents, noteSign, setAway } from './agents.sql.ts';
import { tellNews } from './news.ts';
import { showTyping } from './show-reading.ts';
import { readThreadRef } from './threads.sql.ts';

const tags = ['Inbox'];

/** Who answers, who is there, and at what they look. */
export const agentRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/inbox/agents',
    {
      schema: {
        tags,
        summary: 'Who can answer, and who is there',
        response: {
          200: Type.Object({
            agents: Type.Array(
              Type.Object({
                email: Type.String(),
                name: Type.String(),
                isAway: Type.Boolean({ description: 'They have said so: no thread comes to them by turns' }),
                isHere: Type.Boolean({ description: 'They have the inbox open' }),
              }),
            ),
            me: Type.String({ description: 'How you are named as an agent' }),
          }),
        },
      },
    },
    async ({ caller: { project, name } }) => ({
      agents: await listAgents(db, project.id, clock.now()),
      me: name,
    }),
  );
  api.post(
    '/api/inbox/agents/me',
    {
      schema: {
        tags,
        summary: 'Say that you are away, or back',
        body: Type.Object({ isAway: Type.Boolean() }),
        response: { 200: successAnswer },
      },
    },
    async ({ body: { isAway }, caller: { project, name } }) => {
      await setAway(db, project.id, name, isAway);
      return success();
    },
  );
  api.post(
    '/api/inbox/presence',
    {
      schema: {
        tags,
        summary: 'A sign of life of a window that shows the inbox, every ten seconds',
        body: Type.Object({
          window: Type.String({
            minLength: 1,
            maxLength: 40,
            description: 'Any name for the window, its own',
          }),
          threadId: nullable(Type.String({ maxLength: 20, description: 'The thread it shows' })),
          doing: Type.Enum(['looking', 'writing']),
          closes: Type.Optional(Type.Boolean({ description: 'The window is closed' })),
        }),
        response: { 200: successAnswer },
      },
    },
    async ({ body: { window, threadId, doing, closes }, caller: { project, name } }) => {
      const place = threadId === null ? null : readThreadRef(threadId);
      const sign = { projectId: project.id, agent: name };
      if (closes) await dropWindow(db, project.id, name, window);
      else await noteSign(db, { ...sign, window, thread: threadId, doing, at: clock.now() });
      await tellNews(db, { what: 'presence', ...sign, thread: closes ? null : threadId, doing });
      if (place && doing === 'writing' && !closes) showTyping(context, project.id, place);
      return success();
    },
  );
};
