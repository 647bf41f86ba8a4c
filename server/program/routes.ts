import { audienceRoutes } from '../audiences/routes.ts';
import { subscriptionsOf } from '../audiences/subscriptions-of.ts';
import { campaignRoutes } from '../campaigns/routes.ts';
import { targetRoutes } from '../campaigns/target/target-routes.ts';
import { consentRoutes } from '../consent/routes.ts';
import { catalogRoutes } from '../content/catalogs/catalog-routes.ts';
import { couponRoutes } from '../content/coupons/pool-routes.ts';
import { feedRoutes } from '../content/feeds/feed-routes.ts';
import { linkRoutes } from '../content/link-routes.ts';
import { mediaFileRoutes, mediaRoutes } from '../content/media/media-routes.ts';
import { metadataRoutes } from '../content/metadata/metadata-routes.ts';
import { snippetRoutes } from '../content/snippets/snippet-routes.ts';
import { templateRoutes } from '../content/templates/template-routes.ts';
import { inboundFileRoutes } from '../conversations/files/file-routes.ts';
import { obeyAccountChange } from '../conversations/inbound/account-change.ts';
import { obeyPreference } from '../conversations/inbound/preference.ts';
import { receive } from '../conversations/inbound/receive.ts';
import { keywordRoutes } from '../conversations/keywords/keyword-routes.ts';
import { unclearRoutes } from '../conversations/unclear-routes.ts';
import { type CallbackHandlers, callbackRoutes } from '../delivery/callbacks/callback-routes.ts';
import { closeWindows } from '../delivery/close-windows.ts';
import { messageGauges } from '../delivery/message-gauges.ts';
import { previewRoutes } from '../delivery/preview/preview-routes.ts';
import { sendTest } from '../delivery/send-test.ts';
import { eventRoutes } from '../events/routes.ts';
import type { Routes } from '../http/api.ts';
import { consoleRoutes } from '../http/console-routes.ts';
import { healthRoutes, type Readiness } from '../http/health-routes.ts';
import type { NewsDesk } from '../inbox/news.ts';
import { inboxRoutes } from '../inbox/routes.ts';
import { insightsRoutes } from '../insights/routes.ts';
import { journeysRoutes } from '../journeys/routes/routes.ts';
import { projectRoutes } from '../projects/routes.ts';
import { signInRoutes } from '../projects/sign-in-routes.ts';
import { segmentsRoutes } from '../segments/routes.ts';
import { accountCheckRoutes } from '../senders/account-check-routes.ts';
import { senderPoolRoutes } from '../senders/pool-routes.ts';
import { providerAccountRoutes } from '../senders/provider-account-routes.ts';
import { rateRoutes } from '../senders/rates/rate-routes.ts';
import { senderRoutes } from '../senders/sender-routes.ts';
import { applyTemplateUpdate } from '../senders/template-updates.ts';
import { whatsAppNumberRoutes } from '../senders/whatsapp-number-routes.ts';
import { whatsAppTemplateRoutes } from '../senders/whatsapp-template-routes.ts';
import { surveyRoutes } from '../surveys/routes.ts';
import { userRoutesWith } from '../users/routes.ts';
import { verificationFigureRoutes } from '../verifications/figures-routes.ts';
import { profileRoutes } from '../verifications/profile-routes.ts';
import { verificationRoutes } from '../verifications/verification-routes.ts';
import { applyCodeTemplateUpdate } from '../verifications/whatsapp/submit-code-template.ts';
import { webhookRoutes } from '../webhooks/routes.ts';
import { applyFlowUpdate } from '../whatsapp-flows/apply-flow-update.ts';
import { flowEndpointRoutes } from '../whatsapp-flows/endpoint-routes.ts';
import { whatsAppFlowRoutes } from '../whatsapp-flows/routes.ts';
import type { JobQueue } from './jobs.ts';
import { notServedRoutes } from './not-served.ts';

/** Everything under `/api`, behind a key or a session. `openDesk` opens where the inbox's news are heard. */
export function apiRoutes(queue: JobQueue, openDesk: () => NewsDesk): Routes[] {
  return [
    projectRoutes(closeWindows),
    userRoutesWith(subscriptionsOf),
    eventRoutes,
    consentRoutes,
    audienceRoutes(queue.imports),
    templateRoutes(sendTest),
    previewRoutes,
    snippetRoutes,
    mediaRoutes,
    metadataRoutes,
    couponRoutes,
    feedRoutes,
    catalogRoutes,
    segmentsRoutes,
    journeysRoutes,
    senderRoutes,
    senderPoolRoutes,
    rateRoutes,
    providerAccountRoutes,
    accountCheckRoutes,
    whatsAppNumberRoutes,
    whatsAppTemplateRoutes,
    whatsAppFlowRoutes,
    targetRoutes,
    keywordRoutes,
    unclearRoutes,
    inboundFileRoutes,
    inboxRoutes(openDesk),
    verificationRoutes,
    profileRoutes,
    verificationFigureRoutes,
    campaignRoutes,
    surveyRoutes,
    insightsRoutes(queue.enqueueExport),
    webhookRoutes,
    notServedRoutes,
  ];
}

/** Everything that needs neither: callbacks are signed, short links are for everybody. */
export function openRoutes(readiness: Readiness, metricsToken: string | null): Routes[] {
  return [
    healthRoutes(readiness, [messageGauges], metricsToken),
    callbackRoutes({
      inbound: receive,
      template: storeTemplateUpdate,
      flow: (context, { projectId, account }, update) =>
        applyFlowUpdate(context, projectId, account.wire, update),
      preference: obeyPreference,
      accountChange: obeyAccountChange,
    }),
    flowEndpointRoutes,
    linkRoutes,
    mediaFileRoutes,
    signInRoutes,
    consoleRoutes,
  ];
}

const storeTemplateUpdate: CallbackHandlers['template'] = async (context, from, update) => {
  await applyTemplateUpdate(context.db, from.projectId, from.account.wire, update);
  await applyCodeTemplateUpdate(context, from.projectId, from.account.wire, update);
};
