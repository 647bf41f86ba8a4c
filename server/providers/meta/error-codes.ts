import { type ErrorRow, type ErrorTable, indexErrors } from '../error-table.ts';

const DAY_MS = 86_400_000;

/** Codes of Meta's Cloud API, of its answers and its webhooks alike. Titles are on their way out; codes stay. */
export const metaErrors: ErrorTable = {
  source:
    'WhatsApp Cloud API error codes, https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes',
  checkedOn: '2026-11-23',
  rows: [
    { code: 0, meaning: 'access token expired or refused', errorClass: 'account', certainty: 'seen' },
    { code: 1, meaning: "the provider's own fault", errorClass: 'transient', certainty: 'seen' },
    { code: 2, meaning: 'service down for the moment', errorClass: 'transient', certainty: 'seen' },
    { code: 3, meaning: 'permission missing', errorClass: 'account', certainty: 'seen' },
    { code: 4, meaning: "the app's call limit reached", errorClass: 'throttled', certainty: 'seen' },
    { code: 10, meaning: 'permission missing', errorClass: 'account', certainty: 'seen' },
    { code: 33, meaning: "the business's number was deleted", errorClass: 'sender', certainty: 'seen' },
    { code: 100, meaning: 'a parameter is not valid', errorClass: 'permanent', certainty: 'seen' },
    { code: 190, meaning: 'access token expired', errorClass: 'account', certainty: 'seen' },
    { code: 200, through: 299, meaning: 'permission missing', errorClass: 'account', certainty: 'seen' },
    { code: 368, meaning: 'blocked for breaking policy', errorClass: 'account', certainty: 'seen' },
    {
      code: 80007,
      meaning: "the business account's call limit reached",
      errorClass: 'throttled',
      certainty: 'seen',
    },
    { code: 130403, meaning: 'we blocked this user', errorClass: 'permanent', certainty: 'seen' },
    { code: 130429, meaning: "the number's throughput exceeded", errorClass: 'throttled', certainty: 'seen' },
    {
      code: 130472,
      meaning: 'recipient is part of an experiment of Meta',
      errorClass: 'later',
      retryAfterMs: DAY_MS,
      maxRetries: 2,
      promotionalOnly: true,
      certainty: 'seen',
    },
    {
      code: 130497,
      meaning: 'business may not message this country',
      errorClass: 'sender',
      certainty: 'seen',
    },
    { code: 131000, meaning: 'the provider gave no reason', errorClass: 'transient', certainty: 'seen' },
    { code: 131005, meaning: 'permission missing', errorClass: 'account', certainty: 'seen' },
    { code: 131008, meaning: 'a required parameter is missing', errorClass: 'content', certainty: 'seen' },
    { code: 131009, meaning: "a parameter's value is not valid", errorClass: 'content', certainty: 'seen' },
    {
      code: 131016,
      meaning: 'service unavailable for the moment',
      errorClass: 'transient',
      certainty: 'seen',
    },
    {
      code: 131021,
      meaning: 'sender and recipient are the same',
      errorClass: 'badAddress',
      certainty: 'seen',
    },
    {
      code: 131026,
      // Told also of an old app or of terms not accepted yet, so one failure says little.
      meaning: 'not reachable on WhatsApp',
      errorClass: 'badAddress',
      suppressAfter: 3,
      certainty: 'seen',
    },
    {
      code: 131030,
      meaning: "recipient not on the test number's list",
      errorClass: 'permanent',
      certainty: 'known',
    },
    { code: 131031, meaning: 'account locked', errorClass: 'account', certainty: 'seen' },
    { code: 131037, meaning: 'display name not approved', errorClass: 'sender', certainty: 'seen' },
    { code: 131042, meaning: 'payment trouble on the account', errorClass: 'account', certainty: 'seen' },
    { code: 131045, meaning: 'number not registered properly', errorClass: 'sender', certainty: 'seen' },
    { code: 131047, meaning: 'session closed; use a template', errorClass: 'permanent', certainty: 'seen' },
    {
      code: 131048,
      meaning: 'number held back for unwanted messages',
      errorClass: 'nextDay',
      certainty: 'seen',
    },
    {
      code: 131049,
      meaning: "held back by Meta's limit of marketing to one person",
      errorClass: 'later',
      retryAfterMs: DAY_MS,
      maxRetries: 2,
      promotionalOnly: true,
      certainty: 'seen',
    },
    {
      code: 131050,
      meaning: 'recipient stopped marketing messages',
      errorClass: 'optedOut',
      certainty: 'seen',
    },
    { code: 131051, meaning: 'message type not supported', errorClass: 'content', certainty: 'seen' },
    {
      code: 131052,
      meaning: "the recipient's media could not be fetched",
      errorClass: 'content',
      certainty: 'seen',
    },
    { code: 131053, meaning: 'our media could not be taken', errorClass: 'content', certainty: 'seen' },
    {
      code: 131056,
      meaning: 'too many messages to this one person',
      errorClass: 'transient',
      retryAfterMs: 4_000,
      growth: 4,
      maxRetries: 6,
      certainty: 'seen',
    },
    {
      code: 131057,
      meaning: 'account in maintenance while its throughput is raised',
      errorClass: 'throttled',
      retryAfterMs: 60_000,
      certainty: 'seen',
    },
    {
      code: 131062,
      meaning: 'a code goes to a phone number only, not to a user id',
      errorClass: 'content',
      certainty: 'seen',
    },
    {
      code: 131063,
      meaning: 'marketing messages disabled for the account',
      errorClass: 'account',
      certainty: 'seen',
    },
    {
      code: 132000,
      meaning: 'number of parameters does not match the template',
      errorClass: 'content',
      certainty: 'seen',
    },
    { code: 132001, meaning: 'no such template in this language', errorClass: 'content', certainty: 'seen' },
    { code: 132005, meaning: 'filled-in text too long', errorClass: 'content', certainty: 'seen' },
    { code: 132007, meaning: 'template breaks policy', errorClass: 'content', certainty: 'seen' },
    {
      code: 132012,
      meaning: "a parameter's format does not match",
      errorClass: 'content',
      certainty: 'seen',
    },
    { code: 132015, meaning: 'template paused for low quality', errorClass: 'content', certainty: 'seen' },
    { code: 132016, meaning: 'template disabled', errorClass: 'content', certainty: 'seen' },
    { code: 132018, meaning: 'a template parameter is not valid', errorClass: 'content', certainty: 'seen' },
    { code: 132068, meaning: 'flow blocked', errorClass: 'content', certainty: 'seen' },
    { code: 132069, meaning: 'flow held back', errorClass: 'throttled', certainty: 'known' },
    {
      code: 133000,
      through: 133999,
      meaning: 'number not registered',
      errorClass: 'sender',
      certainty: 'seen',
    },
    {
      code: 133004,
      meaning: 'registration server down for the moment',
      errorClass: 'transient',
      certainty: 'seen',
    },
    { code: 133005, meaning: 'wrong two-step PIN', errorClass: 'sender', certainty: 'seen' },
    { code: 133006, meaning: 'number needs to be verified', errorClass: 'sender', certainty: 'seen' },
    { code: 133010, meaning: 'number not registered', errorClass: 'sender', certainty: 'seen' },
    { code: 133016, meaning: 'too many attempts to register', errorClass: 'sender', certainty: 'seen' },
    { code: 134011, meaning: 'payment terms not accepted', errorClass: 'account', certainty: 'seen' },
  ],
};

const byCode = indexErrors(metaErrors);

/** The row of a Cloud API code; `undefined` for one the table does not hold. */
export function metaError(code: string | undefined): ErrorRow | undefined {
  return code === undefined ? undefined : byCode.get(code);
}
