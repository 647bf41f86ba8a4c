/** An error of Twilio's REST API: HTTP status, Twilio's code and a text. */
export interface TwilioError {
  status: number;
  code: number;
  message: string;
}

/**
 * REST errors by code (Twilio's error catalogue, twilio.com/docs/api/errors); HTTP status 400 where none is
 * given. Texts are our own.
 */
const known: Record<number, { status?: number; message: string }> = {
  14107: { status: 429, message: 'SMS send rate limit exceeded' },
  20001: { message: 'Invalid parameter' },
  20003: { status: 401, message: 'Authenticate' },
  20004: { status: 405, message: 'Method not allowed' },
  20005: { status: 403, message: 'Account is not active' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20409: { status: 409, message: 'It is there already' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal server error' },
  20503: { status: 503, message: 'Service unavailable' },
  21211: { message: "Invalid 'To' Phone Number" },
  21212: { message: "Invalid 'From' Phone Number" },
  21421: { message: 'PhoneNumber is invalid' },
  21422: { message: 'PhoneNumber is not available' },
  21451: { message: 'PhoneNumber or AreaCode is missing' },
  21452: { message: 'No phone numbers found in this area code' },
  21408: { message: "Permission to send an SMS has not been enabled for the region of the 'To' number" },
  21602: { message: 'Message body is required' },
  21603: { message: "A 'From' phone number is required" },
  21604: { message: "A 'To' phone number is required" },
  21606: { message: "The 'From' phone number cannot send messages for this account" },
  21609: { message: "The 'StatusCallback' URL is not valid" },
  21610: { message: 'Attempt to send to unsubscribed recipient' },
  21611: { message: "This 'From' number has exceeded its queue" },
  21612: { message: "The 'To' number cannot be reached from this 'From' number" },
  21614: { message: "'To' number is not a valid mobile number" },
  21617: { message: 'The concatenated message body exceeds the 1600 character limit' },
  21619: { message: 'A text message body or media urls must be specified' },
  21620: { message: 'Invalid media URL' },
  21623: { message: 'Number of media files exceeds allowed limit' },
  21654: { message: 'ContentVariables are given without a ContentSid' },
  21655: { message: 'The ContentSid is invalid' },
  21656: { message: 'The ContentVariables parameter is invalid' },
  21703: { message: 'The Messaging Service has no sender' },
  21709: { message: 'The alphanumeric sender is invalid' },
  21710: { status: 409, message: 'The number is in this Messaging Service already' },
  21712: { status: 409, message: 'The number is in another Messaging Service' },
  30003: { message: 'Unreachable destination handset' },
  30004: { message: 'Message blocked' },
  30005: { message: 'Unknown destination handset' },
  30006: { message: 'Landline or unreachable carrier' },
  30007: { message: 'Message filtered' },
  30008: { message: 'Unknown error' },
  30450: { message: 'Message delivery blocked' },
  35111: { message: 'SendAt is missing or not an ISO 8601 instant' },
  35114: { message: 'SendAt must be at least 300 seconds from now' },
  35115: { message: 'SendAt must be at most 35 days from now' },
  35118: { message: 'A MessagingServiceSid is required to schedule a message' },
  50200: { message: 'Invalid parameter of a conversation' },
  50353: { status: 409, message: 'A conversation has this unique name already' },
  60200: { message: 'Invalid parameter' },
  60202: { status: 429, message: 'Max check attempts reached' },
  60203: { status: 429, message: 'Max send attempts reached' },
};

/** The error of a code; codes not known here are HTTP 400. */
export function twilioError(code: number, detail?: string): TwilioError {
  const found = known[code];
  const message = found?.message ?? `Error ${code}`;
  return { status: found?.status ?? 400, code, message: detail ? `${message}: ${detail}` : message };
}

const faults = new WeakMap<Error, TwilioError>();

/** The error of a code, to throw where a call cannot be served. */
export function twilioFault(code: number, detail?: string): Error {
  const error = twilioError(code, detail);
  const fault = new Error(error.message);
  faults.set(fault, error);
  return fault;
}

/** The error that something thrown stands for; null when it is none of `twilioFault`. */
export function faultOf(thrown: unknown): TwilioError | null {
  return thrown instanceof Error ? (faults.get(thrown) ?? null) : null;
}

/** The body Twilio answers an error with. */
export function errorBody(error: TwilioError): string {
  const { code, message, status } = error;
  return JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

/**
 * Whether a code is told in the answer to the post: those of the request, of scheduling (35…) and of content
 * (92…). The others (30001 to 30999, 63000…) come as receipts.
 */
export function isAnsweredAtOnce(code: number): boolean {
  return code < 30000 || (code >= 35000 && code < 36000) || (code >= 92000 && code < 93000);
}

/** The receipt status of a code: `failed` where Twilio itself gave up, `undelivered` where the carrier did. */
export function receiptStatusOf(code: number): 'failed' | 'undelivered' {
  const byTwilio = [30001, 30002, 30010, 30011, 30036, 30024, 30032, 30034, 30040, 30041];
  return byTwilio.includes(code) || code >= 60000 ? 'failed' : 'undelivered';
}
