import type { Routes } from '../http/api.ts';
import { flowAnswerRoutes } from './answer-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { flowKeyRoutes } from './key-routes.ts';
import { flowVersionRoutes } from './version-routes.ts';

/** WhatsApp flows: their JSON, what becomes of answers, and their keys. */
export const whatsAppFlowRoutes: Routes = async (api, context) => {
  for (const routes of [flowRoutes, flowVersionRoutes, flowAnswerRoutes, flowKeyRoutes])
    await routes(api, context);
};
