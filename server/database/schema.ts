import type { AudiencesTables } from './tables/audiences.ts';
import type { CampaignsTables } from './tables/campaigns.ts';
import type { ConsentTables } from './tables/consent.ts';
import type { ContentTables } from './tables/content.ts';
import type { ConversationsTables } from './tables/conversations.ts';
import type { DeliveryTables } from './tables/delivery.ts';
import type { EventsTables } from './tables/events.ts';
import type { HappeningsTables } from './tables/happenings.ts';
import type { InboxTables } from './tables/inbox.ts';
import type { InsightsTables } from './tables/insights.ts';
import type { ProjectsTables } from './tables/projects.ts';
import type { RequestsTables } from './tables/requests.ts';
import type { SegmentsTables } from './tables/segments.ts';
import type { SendersTables } from './tables/senders.ts';
import type { SurveysTables } from './tables/surveys.ts';
import type { UsersTables } from './tables/users.ts';
import type { VerificationsTables } from './tables/verifications.ts';
import type { WebhooksTables } from './tables/webhooks.ts';
import type { WhatsAppFlowsTables } from './tables/whatsapp-flows.ts';

/**
 * The tables as migrations leave them, for Kysely. Each capability has a file of its own in `tables/`; what columns mean
 * is said in its migrations.
 */
export type Schema = ProjectsTables &
  UsersTables &
  EventsTables &
  ConsentTables &
  AudiencesTables &
  ContentTables &
  SendersTables &
  SegmentsTables &
  RequestsTables &
  DeliveryTables &
  HappeningsTables &
  WhatsAppFlowsTables &
  SurveysTables &
  ConversationsTables &
  InboxTables &
  VerificationsTables &
  CampaignsTables &
  InsightsTables &
  WebhooksTables;
