import type { Routes } from '../http/api.ts';
import { campaignCreationRoutes } from './creation-routes.ts';
import { campaignEditRoutes } from './edit-routes.ts';
import { campaignForecastRoutes } from './forecast-routes.ts';
import { campaignLaunchRoutes } from './launch-routes.ts';
import { campaignQueryRoutes } from './query-routes.ts';
import { campaignRehearsalRoutes } from './rehearsal-routes.ts';
import { campaignStateRoutes } from './state-routes.ts';
import { templateRemovalRoutes } from './template-removal-routes.ts';

/** Everything about campaigns but their numbers (insights/). */
export const campaignRoutes: Routes = async (api, context) => {
  await campaignQueryRoutes(api, context);
  await campaignCreationRoutes(api, context);
  await campaignEditRoutes(api, context);
  await campaignLaunchRoutes(api, context);
  await campaignStateRoutes(api, context);
  await campaignForecastRoutes(api, context);
  await campaignRehearsalRoutes(api, context);
  await templateRemovalRoutes(api, context);
};
