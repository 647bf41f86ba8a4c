/**
 * Asks Twilio to repeat a callback that failed in whatever way, five times; by itself it repeats one that could
 * not connect, once. A fragment is neither sent nor signed. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
 */
export const repeats = '#rc=5&rp=all';
