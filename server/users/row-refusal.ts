import type { ErrorCode } from '../http/errors.ts';

/** Why one row of a batch was not taken; `field` and `value` as the caller wrote them. */
export interface RowRefusal {
  ok: false;
  code: ErrorCode;
  field: string;
  value: unknown;
  reason: string;
}
