import type { MessageFilter } from '../api/messages.ts';

/** Why a message was not sent: the closed list that the server keeps. */
export type SkipReason = NonNullable<MessageFilter['skipReason']>;

const plainWords: Record<SkipReason, string> = {
  noOptIn: 'never agreed to this kind of message',
  optedOut: 'opted out',
  paused: 'an unclear reply waits for a decision',
  noAddress: 'no phone number or address for this channel',
  unreachable: 'the carrier says the address cannot be reached',
  quietHours: 'the law’s quiet hours where they are left no time to send',
  legalCap: 'the law’s limit of messages in a day was reached',
  frequencyCap: 'your own limit of messages was reached',
  alreadySent: 'they have had this campaign already',
  campaignAborted: 'the campaign was aborted',
  leftJourney: 'the person left the journey that was to send it',
  tooLate: 'it could not leave before the time by which it was to',
  campaignCancelled: 'the campaign was cancelled',
  missingField: 'a field the template needs is missing',
  missingCatalogItem: 'an item the template shows is gone from its catalog',
  contentTooLong: 'the message is too long once it is filled in',
  skippedByTemplate: 'the template says to send them nothing',
  renderError: 'the template could not be filled in',
  emptyMessage: 'the message came out empty',
  dataFeedError: 'a data feed gave no answer for them',
  noCoupon: 'no coupon code was left for them',
  noSender: 'no sender fits this message',
  senderCountry: 'the sender may not send to their country',
  placeUnknown: 'nobody knows where they are, so no hour is surely lawful',
  whatsAppUnitedStates: 'Meta delivers no marketing templates to US numbers',
  outsideSession: 'they have not written within 24 hours, so only an approved template may go',
  templateNotApproved: 'the template is not approved by Meta, or no more',
  userDeleted: 'the user was deleted',
};

/** True for the name of a reason. */
export const isSkipReason = (text: unknown): text is SkipReason =>
  typeof text === 'string' && Object.hasOwn(plainWords, text);

/** The reason in plain words; a reason this console does not know yet is shown by its name. */
export function skipReasonWords(reason: string): string {
  return isSkipReason(reason) ? plainWords[reason] : reason;
}

/** Every reason with its words, for filters. */
export const skipReasons = Object.keys(plainWords)
  .filter(isSkipReason)
  .map((value) => ({ value, label: plainWords[value] }));
