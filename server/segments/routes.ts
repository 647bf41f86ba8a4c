import type { Routes } from '../http/api.ts';
import { collectionRoutes } from './collections/collection-routes.ts';
import { segmentFileRoutes } from './file-routes.ts';
import { liveSegmentRoutes } from './live/live-routes.ts';
import { questionRoutes } from './question-routes.ts';
import { segmentRoutes } from './segment-routes.ts';

/** All of the segments' routes. */
export const segmentsRoutes: Routes = async (api, context) => {
  await segmentRoutes(api, context);
  await questionRoutes(api, context);
  await segmentFileRoutes(api, context);
  await liveSegmentRoutes(api, context);
  await collectionRoutes(api, context);
};
