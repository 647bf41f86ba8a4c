/**
 * What to do about a provider's refusal, whatever the provider. Unknown codes fall to `permanent`.
 *
 * - `throttled`: too fast; slow the sender, try again (the message's attempts are not used up)
 * - `transient`: the provider's own trouble; try again with back-off, few times
 * - `later`: try again after hours (handset off, per-user limit)
 * - `nextDay`: a daily cap is used up; wait for the sender's next day
 * - `badAddress`: nobody can be reached there on this channel; suppress the address
 * - `optedOut`: the recipient is opted out at the provider; record the opt-out
 * - `content`: this content will never pass; no retry
 * - `sender`: this sender may not send (unregistered, wrong country); stop the sender
 * - `account`: the account is refused (credentials, suspension); stop all its senders
 * - `permanent`: anything else that will not get better
 */
export type ErrorClass =
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
