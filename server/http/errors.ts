/**
 * Every error an API caller can meet. The answer has Iterable's form: `{ code, msg, params }`. `code` is one of
 * Iterable's own, so that its client knows it; `params.reason` is ours, finer and as stable; `msg` names the
 * field, what is wrong with its value and the remedy; the rest of `params` carries the same as data.
 */
export class ApiError extends Error {
  /** Ours; what the answer carries as `params.reason`. */
  readonly code: ErrorCode;
  readonly params: Record<string, unknown> | null;

  constructor(code: ErrorCode, message: string, params: Record<string, unknown> | null = null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.params = params;
  }

  get status(): number {
    return errors[this.code].status;
  }

  /** The body of the answer. */
  get answer(): { code: IterableCode; msg: string; params: Record<string, unknown> } {
    return {
      code: errors[this.code].iterable,
      msg: this.message,
      params: { reason: this.code, ...this.params },
    };
  }
}

/** What is wrong with one field of a request: `body.users.3.email`, `must be string`. */
export interface Fault {
  field: string;
  fault: string;
}

/** Faults that an answer tells of; who has mended these sees the next ones. */
export const mostFaults = 8;

/** The first of these as params of an error, and how many more there are. */
export const firstFaults = (faults: readonly Fault[]): { faults: readonly Fault[]; moreFaults?: number } => ({
  faults: faults.slice(0, mostFaults),
  ...(faults.length > mostFaults && { moreFaults: faults.length - mostFaults }),
});

/**
 * Codes that Iterable's official client recognises and that we give (`IterableErrorResponseCodeSchema` of
 * `@iterable/api`; with any other it throws an error without a code).
 */
type IterableCode =
  | 'BadApiKey'
  | 'BadJsonBody'
  | 'BadParams'
  | 'BatchTooLarge'
  | 'EmailAlreadyExists'
  | 'ExternalKeyConflict'
  | 'Forbidden'
  | 'ForgottenUserError'
  | 'GenericError'
  | 'InvalidEmailAddressError'
  | 'InvalidUserIdError'
  | 'NotFound'
  | 'RateLimitExceeded'
  | 'RequestFieldsTypesMismatched'
  | 'UnknownEmailError'
  | 'UnknownUserIdError'
  | 'UserIdAlreadyExists';

/** Our codes, each with its HTTP status and the one of Iterable's that says it most nearly. */
const errors = {
  BadParams: { status: 400, iterable: 'BadParams' },
  BadJsonBody: { status: 400, iterable: 'BadJsonBody' },
  BadContentType: { status: 415, iterable: 'BadJsonBody' },
  RequestTimeout: { status: 408, iterable: 'BadJsonBody' },
  BadApiKey: { status: 401, iterable: 'BadApiKey' },
  ForbiddenKind: { status: 403, iterable: 'Forbidden' },
  BadOrigin: { status: 403, iterable: 'Forbidden' },
  NotFound: { status: 404, iterable: 'NotFound' },
  Conflict: { status: 409, iterable: 'ExternalKeyConflict' },
  InvalidEmailAddressError: { status: 400, iterable: 'InvalidEmailAddressError' },
  InvalidUserIdError: { status: 400, iterable: 'InvalidUserIdError' },
  UnknownEmailError: { status: 400, iterable: 'UnknownEmailError' },
  UnknownUserIdError: { status: 400, iterable: 'UnknownUserIdError' },
  ForgottenUserError: { status: 409, iterable: 'ForgottenUserError' },
  InvalidPhoneNumber: { status: 400, iterable: 'BadParams' },
  EmailAlreadyExists: { status: 400, iterable: 'EmailAlreadyExists' },
  UserIdAlreadyExists: { status: 400, iterable: 'UserIdAlreadyExists' },
  SharedPhoneNumber: { status: 409, iterable: 'ExternalKeyConflict' },
  RequestFieldsTypesMismatched: { status: 400, iterable: 'RequestFieldsTypesMismatched' },
  ConsentRequired: { status: 400, iterable: 'BadParams' },
  OptOutStands: { status: 409, iterable: 'Forbidden' },
  NotServed: { status: 501, iterable: 'GenericError' },
  NoWire: { status: 400, iterable: 'BadParams' },
  DatabaseAway: { status: 503, iterable: 'GenericError' },
  AccountUnusable: { status: 503, iterable: 'GenericError' },
  InvalidState: { status: 400, iterable: 'BadParams' },
  InUse: { status: 409, iterable: 'BadParams' },
  InvalidTemplate: { status: 400, iterable: 'BadParams' },
  SenderRefused: { status: 400, iterable: 'BadParams' },
  PayloadTooLarge: { status: 413, iterable: 'BatchTooLarge' },
  RateLimitExceeded: { status: 429, iterable: 'RateLimitExceeded' },
  GenericError: { status: 500, iterable: 'GenericError' },
  ProviderError: { status: 502, iterable: 'GenericError' },
} as const satisfies Record<string, { status: number; iterable: IterableCode }>;

export type ErrorCode = keyof typeof errors;
