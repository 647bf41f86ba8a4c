import type { Routes } from '../../http/api.ts';
import { rehearsalRoutes } from '../rehearsal/rehearsal-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { iterableRoutes } from './iterable-routes.ts';
import { journeyRoutes } from './journey-routes.ts';
import { readyMadeRoutes } from './ready-made-routes.ts';
import { runRoutes } from './run-routes.ts';
import { triggerRoutes } from './trigger-routes.ts';

/** All of the journeys' routes. */
export const journeysRoutes: Routes = async (api, context) => {
  await iterableRoutes(api, context);
  await fileRoutes(api, context);
  await readyMadeRoutes(api, context);
  await journeyRoutes(api, context);
  await runRoutes(api, context);
  await rehearsalRoutes(api, context);
  await triggerRoutes(api, context);
};
