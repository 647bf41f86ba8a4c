import { audienceData } from '../audiences/personal-data.ts';
import { consentData } from '../consent/personal-data.ts';
import { alertData } from '../content/catalogs/alerts/personal-data.ts';
import { couponData } from '../content/coupons/personal-data.ts';
import { linkData } from '../content/personal-data.ts';
import { conversationData } from '../conversations/personal-data.ts';
import type { Database } from '../database/connect.ts';
import { messageData } from '../delivery/personal-data.ts';
import { eventData } from '../events/personal-data.ts';
import type { Outbox } from '../happenings/outbox.ts';
import { happeningData } from '../happenings/personal-data.ts';
import { inboxData } from '../inbox/personal-data.ts';
import { journeyData, journeyLanes } from '../journeys/personal-data.ts';
import { segmentData } from '../segments/live/personal-data.ts';
import { senderData } from '../senders/personal-data.ts';
import { surveyData } from '../surveys/personal-data.ts';
import type { People, PersonalData } from '../users/people.ts';
import { verificationData } from '../verifications/personal-data.ts';
import { flowAnswerData } from '../whatsapp-flows/personal-data.ts';

/** What every capability does with its rows of people, from the ground up; what waits in the outbox is told first and last. */
export function personalDataOf(outbox: Outbox): readonly PersonalData[] {
  const { before, after } = happeningData(outbox);
  const capabilities = [
    ...[
      eventData,
      consentData,
      audienceData,
      linkData,
      alertData,
      senderData,
      segmentData,
      messageData,
      flowAnswerData,
      conversationData,
      inboxData,
      verificationData,
      journeyData,
      surveyData,
    ],
    // After messages, with which codes come back that nobody was shown.
    couponData,
  ];
  return [before, journeyLanes, ...capabilities, after];
}

/** The people of a database, whom all capabilities are told of. */
export const peopleOf = (db: Database, outbox: Outbox): People => ({
  ...{ db, announce: outbox.announce, listensFor: outbox.listensFor },
  capabilities: personalDataOf(outbox),
});
