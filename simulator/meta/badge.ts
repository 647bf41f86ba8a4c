import { type MetaError, metaError } from './errors.ts';

/** From where an application for the official badge may go on by each action, and to where (Meta's OpenAPI, status transitions). */
const actions: Record<string, { from: string[]; to: string }> = {
  SUBMIT_APPLICATION: { from: ['NOT_STARTED', 'CANCELLED'], to: 'PENDING' },
  WITHDRAW_APPLICATION: { from: ['PENDING'], to: 'CANCELLED' },
  RESUBMIT_APPLICATION: { from: ['REJECTED'], to: 'PENDING' },
};

/** Where an application stands after an action, or what Meta refuses it with. */
export function nextBadge(now: string | undefined, action: string): string | MetaError {
  const found = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!found) return metaError(100, `Param action must be one of {${Object.keys(actions).join(', ')}}`);
  const stands = now ?? 'NOT_STARTED';
  return found.from.includes(stands)
    ? found.to
    : metaError(100, `${action} is not allowed while it is ${stands}`);
}
