import type { Routes } from '../http/api.ts';
import type { ImportJobs } from './import/import-jobs.ts';
import { importRoutes } from './import/import-routes.ts';
import { listRoutes } from './list-routes.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

/** All of the audiences' routes; uploads are handed to `jobs`. */
export const audienceRoutes =
  (jobs: ImportJobs): Routes =>
  async (api, context) => {
    await listRoutes(api, context);
    await subscriptionRoutes(api, context);
    await preferenceRoutes(api, context);
    await importRoutes(jobs)(api, context);
  };
