/** An error of Meta's Graph API: HTTP status, code, title, and what exactly is wrong. */
export interface MetaError {
  status: number;
  code: number;
  title: string;
  details: string;
  /** What of a new template is wrong (`error_subcode`); then its words stand where people are to read them. */
  subcode?: number;
}

/** Errors of the Cloud API by code (developers.facebook.com, error codes, 2026); HTTP 400 where none is given. */
const known: Record<number, { status?: number; title: string }> = {
  0: { status: 401, title: 'AuthException' },
  1: { title: 'API Unknown' },
  2: { status: 503, title: 'API Service' },
  3: { status: 403, title: 'API Method' },
  4: { status: 429, title: 'API Too Many Calls' },
  10: { status: 403, title: 'Permission Denied' },
  33: { title: 'Parameter value is not valid' },
  100: { title: 'Invalid parameter' },
  190: { status: 401, title: 'Access token has expired' },
  368: { status: 403, title: 'Temporarily blocked for policies violations' },
  2200: { title: 'Callback verification failed' },
  80007: { status: 429, title: 'Rate limit issues' },
  130403: { title: 'Recipient is blocked by the business' },
  130429: { status: 429, title: 'Rate limit hit' },
  130472: { title: "User's number is part of an experiment" },
  130497: { title: 'Business account is restricted from messaging users in this country' },
  131000: { status: 500, title: 'Something went wrong' },
  131005: { status: 403, title: 'Access denied' },
  131008: { title: 'Required parameter is missing' },
  131009: { title: 'Parameter value is not valid' },
  131016: { status: 503, title: 'Service unavailable' },
  131021: { title: 'Recipient cannot be sender' },
  131026: { title: 'Message undeliverable' },
  131031: { status: 403, title: 'Account has been locked' },
  131042: { title: 'Business eligibility payment issue' },
  131045: { status: 500, title: 'Incorrect certificate' },
  131047: { title: 'Re-engagement message' },
  131048: { title: 'Spam rate limit hit' },
  131049: { title: 'This message was not delivered to maintain healthy ecosystem engagement' },
  131050: { title: 'User has stopped marketing messages from the business' },
  131051: { title: 'Unsupported message type' },
  131052: { title: 'Media download error' },
  131053: { title: 'Media upload error' },
  131056: { title: 'Pair rate limit hit' },
  131057: { title: 'Account in maintenance mode' },
  131062: { title: 'Business-scoped user ids are not supported for this message' },
  132000: { title: 'Template parameter count mismatch' },
  132001: { status: 404, title: 'Template does not exist' },
  132005: { title: 'Template hydrated text too long' },
  132007: { title: 'Template format character policy violated' },
  132012: { title: 'Template parameter format mismatch' },
  132015: { title: 'Template is paused' },
  132016: { title: 'Template is disabled' },
  132018: { title: 'Template parameter is not valid' },
  132068: { title: 'Flow is blocked' },
  132069: { title: 'Flow is throttled' },
  133004: { status: 503, title: 'Server temporarily unavailable' },
  133005: { title: 'Two step verification PIN mismatch' },
  133006: { title: 'Phone number re-verification needed' },
  133010: { title: 'Phone number not registered' },
  133016: { title: 'Account register deregister rate limit exceeded' },
  136025: { title: 'Verify code error' },
  138000: { title: 'Calling is not enabled' },
  138006: { title: 'No approved call permission from the recipient' },
  139001: { title: "Flow can't be updated" },
  139002: { title: "Flow can't be published" },
  139003: { title: "Flow can't be deprecated" },
  139004: { title: "Flow can't be deleted" },
};

/** The error of a code, with what exactly is wrong. */
export function metaError(code: number, details?: string): MetaError {
  const found = known[code];
  const title = found?.title ?? `Error ${code}`;
  return { status: found?.status ?? 400, code, title, details: details ?? title };
}

/** The body Meta answers an error with. */
export function errorBody({ code, title, details, subcode }: MetaError): string {
  return JSON.stringify({
    error: {
      message: `(#${code}) ${title}`,
      type: 'OAuthException',
      code,
      ...(subcode && { error_subcode: subcode, error_user_title: title, error_user_msg: details }),
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'carrier-network',
    },
  });
}

/** The same error inside a failed status. */
export function statusErrors({ code, title, details }: MetaError): object[] {
  const href = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';
  return [{ code, title, message: title, error_data: { details }, href }];
}

/** Whether a code is told in the answer to the post; the others come as a failed status. */
export function isAnsweredAtOnce(code: number): boolean {
  const byWebhook = (code >= 131020 && code <= 131053) || code === 130472 || code === 130497;
  return !byWebhook;
}
