import { ApiError } from '../http/errors.ts';
import type { Journey } from './journeys.sql.ts';

/** @throws ApiError Conflict where the journey has changed since a caller looked at it; `basedOn` is its `updatedAt` then, undefined for whoever does not say. */
export function requireUnchanged({ id, updatedAt, updatedBy }: Journey, basedOn: number | undefined): void {
  if (basedOn === undefined || basedOn === updatedAt.getTime()) return;
  throw new ApiError(
    'Conflict',
    `Journey ${id} was changed by ${updatedBy} since, so nothing was changed; look at what it says now, and send the change with its updatedAt as basedOn`,
    { field: 'basedOn', value: basedOn, updatedBy, updatedAt: updatedAt.getTime() },
  );
}
