/**
 * What to do about a provider's refusal, whatever the provider. Unknown codes fall to `permanent`.
 *
 * - `unsent`: no connection could be made, so nothing was sent; the sender rests, no try is used up
 * - `throttled`: too fast; slow the sender, try again
 * - `transient`: the provider's or the carrier's own trouble; try again with growing waits
 * - `later`: try again after hours (handset off, per-user limit)
 * - `nextDay`: a daily cap is used up; the sender waits for its next day
 * - `badAddress`: nobody can be reached there on this channel; suppress the address
 * - `optedOut`: the recipient is opted out at the provider; record the opt-out
 * - `content`: this content will never pass; no retry
 * - `sender`: this sender may not send (unregistered, blocked); stop the sender
 * - `account`: the account is refused (credentials, suspension); stop it with all its senders
 * - `permanent`: anything else that will not get better
 */
export type ErrorClass =
  | 'unsent'
  | 'throttled'
  | 'transient'
  | 'later'
  | 'nextDay'
  | 'badAddress'
  | 'optedOut'
  | 'content'
  | 'sender'
  | 'account'
  | 'permanent';

/** Waits that begin at `firstMs` and grow by `growth` up to `longestMs`, for `most` tries (null for any number). */
export interface Waits {
  firstMs: number;
  longestMs: number;
  growth: number;
  most: number | null;
}
