/**
 * Why a message was not sent: the closed list. A skip is final. The console's words for them stand in
 * `console/src/words/skip-reasons.ts`.
 */
export const skipReasons = [
  /** No opt-in for this channel and message type is on record. */
  'noOptIn',
  /** The person opted out of the channel or the message type. */
  'optedOut',
  /** An unclear wish of the person waits for somebody's decision. */
  'paused',
  /** The user has no address on this medium. */
  'noAddress',
  /** The address turned out to be unreachable on this medium. */
  'unreachable',
  /** The lawful hours were closed and the campaign chose to skip. */
  'quietHours',
  /** A law's limit of messages to one person was reached. */
  'legalCap',
  /** The project's own limit over all campaigns was reached. */
  'frequencyCap',
  /** The person has had this campaign's message and the caller allowed no repeat. */
  'alreadySent',
  'campaignAborted',
  /** The person left the journey that was to send it. */
  'leftJourney',
  /** It could not leave before the time by which it was to. */
  'tooLate',
  /** The request was cancelled before its message left. */
  'campaignCancelled',
  /** A field that the content cannot do without is empty for this user. */
  'missingField',
  /** An item of a catalog that the content cannot do without is not there; the detail names it. */
  'missingCatalogItem',
  /** The filled-in content is longer than the provider takes. */
  'contentTooLong',
  /** The template itself says so, by `sendSkip`; the detail is its cause. */
  'skippedByTemplate',
  /** The template could not be filled in, or no message could be made for this user; the detail tells the fault. */
  'renderError',
  'emptyMessage',
  /** A pool of coupons has no code left for this person, or has expired; the detail says which. */
  'noCoupon',
  /** A data feed of the template gave no answer for this person, and has none to fall back on; the detail says why. */
  'dataFeedError',
  /** No active sender fits the medium and purpose. */
  'noSender',
  /** No sender may send to the recipient's country. */
  'senderCountry',
  /** Where the person is cannot be told at all, so no hour is surely lawful. */
  'placeUnknown',
  /** Meta delivers no marketing templates to numbers of the United States. */
  'whatsAppUnitedStates',
  /** The person has not written to the sender so lately that a free-form message may go to them; the detail says more. */
  'outsideSession',
  /** Meta has not approved the template, or no longer does. */
  'templateNotApproved',
  'userDeleted',
] as const;

export type SkipReason = (typeof skipReasons)[number];
