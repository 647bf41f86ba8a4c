/**
 * Every error an API caller can meet. The answer has Iterable's form: `{ code, msg, params }`.
 * `code` is stable and may be relied on by programs; `msg` names the field, what is wrong with its value and
 * the remedy; `params` carries the same as data.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly params: Record<string, unknown> | null;

  constructor(code: ErrorCode, message: string, params: Record<string, unknown> | null = null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = statusOf[code];
    this.params = params;
  }
}

/** Stable codes with their HTTP status. The first block is Iterable's own vocabulary. */
const statusOf = {
  BadParams: 400,
  BadJsonBody: 400,
  BadApiKey: 401,
  ForbiddenKind: 403,
  BadOrigin: 403,
  NotFound: 404,
  Conflict: 409,
  UniqueFieldsLimitExceeded: 400,
  InvalidEmailAddressError: 400,
  InvalidUserIdError: 400,
  InvalidPhoneNumber: 400,
  EmailAlreadyExists: 400,
  UserIdAlreadyExists: 400,
  PhoneNumberAlreadyExists: 400,
  RequestFieldsTypesMismatched: 400,
  ConsentRequired: 400,
  OptOutStands: 409,
  NoWire: 400,
  InvalidState: 409,
  InvalidTemplate: 400,
  SenderRefused: 400,
  PayloadTooLarge: 413,
  RateLimitExceeded: 429,
  GenericError: 500,
  ProviderError: 502,
} as const;

export type ErrorCode = keyof typeof statusOf;
