import type { Routes } from '../http/api.ts';
import { forgetRoutes } from './forget-routes.ts';
import { userReadRoutes } from './read-routes.ts';
import { userWriteRoutes } from './write-routes.ts';

/** All of users' routes. */
export const userRoutes: Routes = async (api, context) => {
  await userReadRoutes(api, context);
  await userWriteRoutes(api, context);
  await forgetRoutes(api, context);
};
