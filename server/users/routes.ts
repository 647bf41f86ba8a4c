import type { Routes } from '../http/api.ts';
import { forgetRoutes } from './forget-routes.ts';
import { type SubscriptionsOf, userReadRoutes } from './read-routes.ts';
import { userWriteRoutes } from './write-routes.ts';

/** All of users' routes; profiles tell what `subscriptionsOf` knows of them too. */
export const userRoutesWith =
  (subscriptionsOf: SubscriptionsOf): Routes =>
  async (api, context) => {
    await userReadRoutes(subscriptionsOf)(api, context);
    await userWriteRoutes(api, context);
    await forgetRoutes(api, context);
  };

/** The same for profiles alone. */
export const userRoutes: Routes = userRoutesWith(async () => ({}));
