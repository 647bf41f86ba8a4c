import type { Routes } from '../http/api.ts';
import { exportDataRoutes } from './exports/data-routes.ts';
import { exportJobRoutes } from './exports/job-routes.ts';
import type { ExportJobData } from './exports/run-export.ts';
import { userEventsRoutes } from './exports/user-events-routes.ts';
import { historyRoutes } from './history/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { viewInBrowserRoutes } from './messages/view-in-browser.ts';
import { responseRoutes } from './responses/routes.ts';
import { totalsRoutes } from './totals/routes.ts';

/** What is known of what happened: totals, messages, exports, prices. `enqueueExport` hands on an export's job. */
export function insightsRoutes(enqueueExport: (data: ExportJobData) => Promise<unknown>): Routes {
  return async (api, context) => {
    await totalsRoutes(api, context);
    await responseRoutes(api, context);
    await messageRoutes(api, context);
    await historyRoutes(api, context);
    await exportJobRoutes(enqueueExport)(api, context);
    await exportDataRoutes(api, context);
    await userEventsRoutes(api, context);
    await viewInBrowserRoutes(api, context);
  };
}
