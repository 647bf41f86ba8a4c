import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import { ApiError } from './errors.ts';

/** How often one address may call a route in a time, in milliseconds. */
export interface AddressLimit {
  max: number;
  timeWindow: number;
}

/**
 * Limits the routes that are registered on `api` from here on, by the caller's address and before a body is read.
 * Who calls through a proxy is told apart by what the proxy says, where the operator trusts it (`TRUST_PROXY`).
 */
export async function limitByAddress(api: Api, limit: AddressLimit): Promise<void> {
  await api.register(rateLimit, {
    ...limit,
    hook: 'onRequest',
    keyGenerator: addressOf,
    errorResponseBuilder,
  });
}

/** The caller's IPv4 address, or the network of its IPv6 one: who has one address there has 2^64. */
function addressOf(request: FastifyRequest): string {
  const { ip } = request;
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  if (ip.includes('.')) return tail.split(':').at(-1) ?? ip;
  const groups = head === '' ? [] : head.split(':');
  const ending = tail === '' ? 0 : tail.split(':').length;
  while (ip.includes('::') && groups.length < 8 - ending) groups.push('0');
  return groups.slice(0, 4).join(':');
}

function errorResponseBuilder(): ApiError {
  return new ApiError('RateLimitExceeded', 'Too many requests from this address; try again in a minute');
}
