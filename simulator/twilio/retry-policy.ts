import type { RetryPolicy } from '../network/callbacks.ts';

/** Retry count when an address says none, the most it may say, and the time all tries may take (rc, tt). */
const limits = { usual: 1, most: 5, withinMs: 15_000 };

type Covers = RetryPolicy['covers'];
const policies = new Map<string, Covers>([
  ['ct', (outcome) => outcome === 'noConnection'],
  ['rt', (outcome) => outcome === 'noAnswer'],
  ['4xx', (outcome) => typeof outcome === 'number' && outcome >= 400 && outcome < 500],
  ['5xx', (outcome) => typeof outcome === 'number' && outcome >= 500],
  ['all', (outcome) => typeof outcome === 'string' || outcome >= 400],
]);
const usual: RetryPolicy = {
  retries: limits.usual,
  withinMs: limits.withinMs,
  covers: (outcome) => outcome === 'noConnection',
};

/**
 * How Twilio posts again to an address: once after a failed connection, unless the fragment says otherwise by
 * `rc` (0 to 5 retries) and `rp` (after what: `all`, or a list of `ct`, `rt`, `4xx`, `5xx`), as in
 * `https://example.com/status#rc=5&rp=all` (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export function retryPolicyOf(url: string): RetryPolicy {
  const hash = url.indexOf('#');
  if (hash < 0) return usual;
  const overrides = new URLSearchParams(url.slice(hash + 1));
  const count = overrides.get('rc') ?? '';
  const chosen = (overrides.get('rp') ?? '').split(',').flatMap((name) => policies.get(name.trim()) ?? []);
  return {
    retries: /^\d+$/.test(count) ? Math.min(Number(count), limits.most) : limits.usual,
    withinMs: limits.withinMs,
    covers: chosen.length === 0 ? usual.covers : (outcome) => chosen.some((covers) => covers(outcome)),
  };
}
