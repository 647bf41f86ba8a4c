import { readFileSync } from 'node:fs';
import { audienceOperations } from '../audiences/operations.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import { targetOperations } from '../campaigns/target/operations.ts';
import { consentOperations } from '../consent/operations.ts';
import { catalogOperations } from '../content/catalogs/operations.ts';
import { couponOperations } from '../content/coupons/operations.ts';
import { feedOperations } from '../content/feeds/operations.ts';
import { contentOperations } from '../content/operations.ts';
import { conversationOperations } from '../conversations/operations.ts';
import { previewOperations } from '../delivery/operations.ts';
import { eventOperations } from '../events/operations.ts';
import type { ApiDocumentation } from '../http/api.ts';
import type { Operations } from '../http/operations.ts';
import { inboxOperations } from '../inbox/operations.ts';
import { historyOperations } from '../insights/history/operations.ts';
import { insightOperations } from '../insights/operations.ts';
import { journeyOperations } from '../journeys/operations.ts';
import { projectOperations } from '../projects/operations.ts';
import { segmentOperations } from '../segments/operations.ts';
import { senderOperations } from '../senders/operations.ts';
import { surveyOperations } from '../surveys/operations.ts';
import { userOperations } from '../users/operations.ts';
import { verificationOperations } from '../verifications/operations.ts';
import { webhookOperations } from '../webhooks/operations.ts';
import { whatsAppFlowOperations } from '../whatsapp-flows/operations.ts';

/** What every call of the API does, with an example, in the order in which the examples can be made. */
export const operations: Operations = {
  ...projectOperations,
  ...userOperations,
  ...historyOperations,
  ...eventOperations,
  ...consentOperations,
  ...audienceOperations,
  ...contentOperations,
  ...couponOperations,
  ...feedOperations,
  ...catalogOperations,
  ...segmentOperations,
  ...senderOperations,
  ...campaignOperations,
  ...previewOperations,
  ...targetOperations,
  ...whatsAppFlowOperations,
  ...conversationOperations,
  ...inboxOperations,
  ...verificationOperations,
  ...journeyOperations,
  ...surveyOperations,
  ...insightOperations,
  ...webhookOperations,
};

/** Where the answers to the examples are kept: `node server/testing/record-examples.ts` writes it anew. */
export const exampleAnswers = new URL('./example-answers.json', import.meta.url);

/** The same, with the examples as the program answered them. */
export const documentation: ApiDocumentation = {
  operations,
  examples: JSON.parse(readFileSync(exampleAnswers, 'utf8')) as ApiDocumentation['examples'],
};
