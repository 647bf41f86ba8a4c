import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import { ApiError } from './errors.ts';
import { networkOf } from './network-of-address.ts';

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
    keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip),
    errorResponseBuilder,
  });
}

function errorResponseBuilder(): ApiError {
  return new ApiError('RateLimitExceeded', 'Too many requests from this address; try again in a minute');
}
