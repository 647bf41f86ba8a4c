import type { Routes } from '../http/api.ts';
import { channelRoutes } from './channel-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';

/** All of consent's routes. */
export const consentRoutes: Routes = async (api, context) => {
  await channelRoutes(api, context);
  await ledgerRoutes(api, context);
};
