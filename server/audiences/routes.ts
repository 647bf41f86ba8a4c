import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Routes } from '../http/api.ts';
import { doubleOptInRoutes } from './double-opt-in-routes.ts';
import type { ImportJobs } from './import/import-jobs.ts';
import { importRoutes } from './import/import-routes.ts';
import { listRoutes } from './list-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

/** All of the audiences' routes; uploads are handed to `jobs`. */
export const audienceRoutes =
  (jobs: ImportJobs): Routes =>
  async (api, context) => {
    await peopleRoutes(api, context);
    await listRoutes(api, context);
    await subscriptionRoutes(api, context);
    await preferenceRoutes(api, context);
    await doubleOptInRoutes(api, context);
    // In a scope of its own: each upload has its own limits.
    await api.register(async (scope) =>
      importRoutes(jobs)(scope.withTypeProvider<TypeBoxTypeProvider>(), context),
    );
  };
