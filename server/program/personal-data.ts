import { audienceData } from '../audiences/personal-data.ts';
import { consentData } from '../consent/personal-data.ts';
import { linkData } from '../content/personal-data.ts';
import { conversationData } from '../conversations/personal-data.ts';
import type { Database } from '../database/connect.ts';
import { messageData } from '../delivery/personal-data.ts';
import { eventData } from '../events/personal-data.ts';
import type { Announce } from '../http/happenings.ts';
import { senderData } from '../senders/personal-data.ts';
import type { People, PersonalData } from '../users/people.ts';

/** What every capability does with its rows of people, from the ground up. */
export const personalData: readonly PersonalData[] = [
  ...[eventData, consentData, audienceData, linkData, senderData, messageData, conversationData],
];

/** The people of a database, whom all capabilities are told of. */
export const peopleOf = (db: Database, announce: Announce): People => ({
  ...{ db, announce },
  capabilities: personalData,
});
