import type { Routes } from '../http/api.ts';
import { agentRoutes } from './agent-routes.ts';
import { cannedRoutes } from './canned-routes.ts';
import { deedRoutes } from './deed-routes.ts';
import { liveRoutes } from './live-routes.ts';
import { measureRoutes } from './measure-routes.ts';
import type { NewsDesk } from './news.ts';
import { replyRoutes } from './reply-routes.ts';
import { settingRoutes } from './setting-routes.ts';
import { threadRoutes } from './thread-routes.ts';

/** Everything under `/api/inbox`. `openDesk` is called once, and what it opens is closed with the API. */
export const inboxRoutes =
  (openDesk: () => NewsDesk): Routes =>
  async (api, context) => {
    for (const routes of [
      ...[threadRoutes, replyRoutes, deedRoutes, agentRoutes, cannedRoutes, settingRoutes, measureRoutes],
      liveRoutes(openDesk),
    ])
      await routes(api, context);
  };
