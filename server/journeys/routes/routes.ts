import type { Routes } from '../../http/api.ts';
import { rehearsalRoutes } from '../rehearsal/rehearsal-routes.ts';
import { editRoutes } from './edit-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { iterableRoutes } from './iterable-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { publishRoutes } from './publish-routes.ts';
import { readyMadeRoutes } from './ready-made-routes.ts';
import { resultsRoutes } from './results-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { triggerRoutes } from './trigger-routes.ts';

/** All of the journeys' routes. */
export const journeysRoutes: Routes = async (api, context) => {
  await iterableRoutes(api, context);
  await fileRoutes(api, context);
  await readyMadeRoutes(api, context);
  await editRoutes(api, context);
  await publishRoutes(api, context);
  await stateRoutes(api, context);
  await resultsRoutes(api, context);
  await peopleRoutes(api, context);
  await rehearsalRoutes(api, context);
  await triggerRoutes(api, context);
};
