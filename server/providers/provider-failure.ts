import type { ErrorClass } from './error-class.ts';

/** Why a call to a provider, other than one that sends, did not do what was asked. */
export type ProviderFailure =
  | {
      outcome: 'refused';
      errorClass: ErrorClass;
      code: string;
      detail: string;
      /** The provider's finer code of what is wrong. */
      subcode?: string;
    }
  | { outcome: 'unreachable'; detail: string };

/** A failure in one sentence that names the provider: `Twilio refused it: Authenticate (20003)`. */
export function failureWords(title: string, failure: ProviderFailure): string {
  return failure.outcome === 'refused'
    ? `${title} refused it: ${failure.detail} (${failure.code})`
    : `${title} could not be reached: ${failure.detail}`;
}
