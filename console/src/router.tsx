import { Button, Center, Loader, Stack } from '@mantine/core';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { type ThreadFilter, threadStates } from './api/inbox.ts';
import { isMedium } from './api/media.ts';
import type { MessageFilter } from './api/messages.ts';
import { sessionQuery } from './api/session.ts';
import { type PeopleFilter, peopleOrders, standings } from './api/users.ts';
import { type JourneyRoom, journeyRooms } from './pages/journeys/rooms.ts';
import { SessionEnded } from './pages/sign-in/session-ended.tsx';
import { queryClient } from './query-client.ts';
import { ConsoleShell } from './shell/console-shell.tsx';
import { Page } from './shell/page.tsx';
import { Problem } from './shell/problem.tsx';
import { LinkButton } from './shell/router-link.tsx';
import { isMessageStatus } from './words/message-statuses.ts';
import { isSkipReason } from './words/skip-reasons.ts';

const rootRoute = createRootRoute({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => (typeof search.to === 'string' ? { to: search.to } : {}),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session)
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
  },
  component: () => (
    <>
      <ConsoleShell />
      <SessionEnded />
    </>
  ),
});

const inShell = { getParentRoute: () => shellRoute };

const inboxRoute = createRoute({
  ...inShell,
  path: '/inbox',
  validateSearch: threadFilterOf,
  component: lazyRouteComponent(() => import('./pages/inbox/inbox-page.tsx'), 'InboxPage'),
});

const inboxRoutes = inboxRoute.addChildren([
  createRoute({
    getParentRoute: () => inboxRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/inbox/inbox-page.tsx'), 'NoThread'),
  }),
  createRoute({
    getParentRoute: () => inboxRoute,
    path: '$id',
    component: lazyRouteComponent(() => import('./pages/inbox/thread-page.tsx'), 'ThreadPage'),
  }),
]);

const shellRoutes = [
  createRoute({
    ...inShell,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/home/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    ...inShell,
    path: '/users',
    validateSearch: peopleFilterOf,
    component: lazyRouteComponent(() => import('./pages/users/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    ...inShell,
    path: '/users/$ref',
    component: lazyRouteComponent(() => import('./pages/users/user-page.tsx'), 'UserPage'),
  }),
  createRoute({
    ...inShell,
    path: '/import',
    component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
  }),
  createRoute({
    ...inShell,
    path: '/import/$id',
    component: lazyRouteComponent(() => import('./pages/import/import-report-page.tsx'), 'ImportReportPage'),
  }),
  createRoute({
    ...inShell,
    path: '/lists',
    component: lazyRouteComponent(() => import('./pages/lists/lists-page.tsx'), 'ListsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/lists/$id',
    component: lazyRouteComponent(() => import('./pages/lists/list-page.tsx'), 'ListPage'),
  }),
  createRoute({
    ...inShell,
    path: '/segments',
    component: lazyRouteComponent(() => import('./pages/segments/segments-page.tsx'), 'SegmentsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/segments/new',
    component: lazyRouteComponent(() => import('./pages/segments/edit-segment-page.tsx'), 'NewSegmentPage'),
  }),
  createRoute({
    ...inShell,
    path: '/segments/$id',
    component: lazyRouteComponent(() => import('./pages/segments/segment-page.tsx'), 'SegmentPage'),
  }),
  createRoute({
    ...inShell,
    path: '/segments/$id/edit',
    component: lazyRouteComponent(() => import('./pages/segments/edit-segment-page.tsx'), 'EditSegmentPage'),
  }),
  createRoute({
    ...inShell,
    path: '/catalogs',
    component: lazyRouteComponent(() => import('./pages/catalogs/catalogs-page.tsx'), 'CatalogsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/catalogs/$name',
    component: lazyRouteComponent(() => import('./pages/catalogs/catalog-page.tsx'), 'CatalogPage'),
  }),
  createRoute({
    ...inShell,
    path: '/coupons',
    component: lazyRouteComponent(() => import('./pages/coupons/coupons-page.tsx'), 'CouponsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/coupons/$id',
    component: lazyRouteComponent(() => import('./pages/coupons/coupon-pool-page.tsx'), 'CouponPoolPage'),
  }),
  createRoute({
    ...inShell,
    path: '/codes',
    component: lazyRouteComponent(() => import('./pages/codes/codes-page.tsx'), 'CodesPage'),
  }),
  createRoute({
    ...inShell,
    path: '/codes/$id',
    component: lazyRouteComponent(() => import('./pages/codes/code-profile-page.tsx'), 'CodeProfilePage'),
  }),
  createRoute({
    ...inShell,
    path: '/surveys',
    component: lazyRouteComponent(() => import('./pages/surveys/surveys-page.tsx'), 'SurveysPage'),
  }),
  createRoute({
    ...inShell,
    path: '/surveys/$id',
    component: lazyRouteComponent(() => import('./pages/surveys/survey-page.tsx'), 'SurveyPage'),
  }),
  createRoute({
    ...inShell,
    path: '/flows',
    component: lazyRouteComponent(() => import('./pages/flows/flows-page.tsx'), 'FlowsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/flows/$id',
    component: lazyRouteComponent(() => import('./pages/flows/flow-page.tsx'), 'FlowPage'),
  }),
  createRoute({
    ...inShell,
    path: '/templates',
    component: lazyRouteComponent(() => import('./pages/templates/templates-page.tsx'), 'TemplatesPage'),
  }),
  createRoute({
    ...inShell,
    path: '/templates/$medium/new',
    validateSearch: ({ kind }): { kind?: 'session' } => (kind === 'session' ? { kind } : {}),
    component: lazyRouteComponent(() => import('./pages/templates/template-page.tsx'), 'NewTemplatePage'),
  }),
  createRoute({
    ...inShell,
    path: '/templates/$medium/$id',
    validateSearch: (search): { locale?: string } =>
      typeof search.locale === 'string' ? { locale: search.locale } : {},
    component: lazyRouteComponent(() => import('./pages/templates/template-page.tsx'), 'TemplatePage'),
  }),
  createRoute({
    ...inShell,
    path: '/campaigns',
    component: lazyRouteComponent(() => import('./pages/campaigns/campaigns-page.tsx'), 'CampaignsPage'),
  }),
  createRoute({
    ...inShell,
    path: '/campaigns/new',
    validateSearch: ({ template, segment }): { template?: number; segment?: number } => ({
      ...(typeof template === 'number' ? { template } : {}),
      ...(typeof segment === 'number' ? { segment } : {}),
    }),
    component: lazyRouteComponent(() => import('./pages/campaigns/new-campaign-page.tsx'), 'NewCampaignPage'),
  }),
  createRoute({
    ...inShell,
    path: '/campaigns/$id/edit',
    component: lazyRouteComponent(
      () => import('./pages/campaigns/edit-campaign-page.tsx'),
      'EditCampaignPage',
    ),
  }),
  createRoute({
    ...inShell,
    path: '/campaigns/$id',
    validateSearch: ({ status, skipReason }): Pick<MessageFilter, 'status' | 'skipReason'> => ({
      ...(isMessageStatus(status) ? { status } : {}),
      ...(isSkipReason(skipReason) ? { skipReason } : {}),
    }),
    component: lazyRouteComponent(() => import('./pages/campaigns/campaign-page.tsx'), 'CampaignPage'),
  }),
  createRoute({
    ...inShell,
    path: '/journeys',
    component: lazyRouteComponent(() => import('./pages/journeys/journeys-page.tsx'), 'JourneysPage'),
  }),
  createRoute({
    ...inShell,
    path: '/journeys/ready-made',
    component: lazyRouteComponent(() => import('./pages/journeys/ready-made-page.tsx'), 'ReadyMadePage'),
  }),
  createRoute({
    ...inShell,
    path: '/journeys/ready-made/$recipe',
    component: lazyRouteComponent(() => import('./pages/journeys/ready-made-form.tsx'), 'ReadyMadeFormPage'),
  }),
  createRoute({
    ...inShell,
    path: '/journeys/$id',
    validateSearch: ({ room }): { room?: JourneyRoom } => {
      const named = journeyRooms.find((each) => each === room);
      return named ? { room: named } : {};
    },
    component: lazyRouteComponent(() => import('./pages/journeys/journey-page.tsx'), 'JourneyPage'),
  }),
  createRoute({
    ...inShell,
    path: '/journeys/$id/rehearsal',
    validateSearch: ({ rehearsal }): { rehearsal?: number } =>
      Number.isInteger(rehearsal) ? { rehearsal: Number(rehearsal) } : {},
    component: lazyRouteComponent(
      () => import('./pages/journeys/rehearsal/rehearsal-page.tsx'),
      'RehearsalPage',
    ),
  }),
  createRoute({
    ...inShell,
    path: '/senders',
    component: lazyRouteComponent(() => import('./pages/senders/senders-page.tsx'), 'SendersPage'),
  }),
  createRoute({
    ...inShell,
    path: '/senders/connect',
    component: lazyRouteComponent(() => import('./pages/senders/connect-page.tsx'), 'ConnectPage'),
  }),
  createRoute({
    ...inShell,
    path: '/senders/accounts/$id',
    component: lazyRouteComponent(() => import('./pages/senders/account-page.tsx'), 'AccountPage'),
  }),
  createRoute({
    ...inShell,
    path: '/senders/$id',
    component: lazyRouteComponent(() => import('./pages/senders/sender-page.tsx'), 'SenderPage'),
  }),
  createRoute({
    ...inShell,
    path: '/settings',
    component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
  }),
  inboxRoutes,
  // An address that leads nowhere is told within the frame, from where one can go on.
  createRoute({ ...inShell, path: '$', component: NoSuchPage }),
] as const;

/** What the address of the inbox narrows to; anything else in it is passed over. */
function threadFilterOf(search: Record<string, unknown>): ThreadFilter {
  const { state, assignee, unread, mentions, medium, tag, query } = search;
  const known = threadStates.find((each) => each === state);
  return {
    ...(known && { state: known }),
    ...(typeof assignee === 'string' && assignee !== '' && { assignee }),
    ...(unread === true && { unread }),
    ...(mentions === 'me' && { mentions }),
    ...(typeof medium === 'string' && isMedium(medium) && { medium }),
    ...(typeof tag === 'string' && tag !== '' && { tag }),
    ...(query !== undefined && query !== '' && { query: String(query) }),
  };
}

/** What the address of the users' page narrows to; anything else in it is passed over. */
function peopleFilterOf(search: Record<string, unknown>): PeopleFilter {
  const id = (value: unknown) => (Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined);
  const [listId, type] = [id(search.listId), id(search.messageTypeId)];
  const { query, sort, standing, cursor } = search;
  const stands = standings.find((each) => each === standing);
  const order = peopleOrders.find((each) => each === sort);
  return {
    ...(query !== undefined && query !== '' ? { query: String(query) } : {}),
    ...(listId === undefined ? {} : { listId }),
    ...(type !== undefined && stands ? { messageTypeId: type, standing: stands } : {}),
    ...(order === undefined ? {} : { sort: order }),
    ...(typeof cursor === 'string' && cursor !== '' ? { cursor } : {}),
  };
}

function NoSuchPage() {
  return (
    <Page title="No such page" about="The address leads nowhere in this console.">
      <LinkButton to="/" w="fit-content">
        Go home
      </LinkButton>
    </Page>
  );
}

/** All pages; each is a file of its own that is loaded when it is first opened. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, shellRoute.addChildren(shellRoutes)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => (
    <Center mih={240} role="status" aria-label="Loading">
      <Loader type="dots" />
    </Center>
  ),
  defaultErrorComponent: ({ error, reset }) => (
    <Page title="This page failed">
      <Stack align="flex-start">
        <Problem error={error instanceof Error ? error : new Error(String(error))} />
        <Button onClick={reset}>Try again</Button>
      </Stack>
    </Page>
  ),
  defaultNotFoundComponent: NoSuchPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
