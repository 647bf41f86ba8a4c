import type { FastifyRequest } from 'fastify';

/**
 * An `onRequest` hook for routes that take no body: Iterable's client says `Content-Type: application/json` on
 * every call, also where it sends nothing, and Fastify would refuse that as broken JSON.
 */
export async function withoutBody(request: FastifyRequest): Promise<void> {
  const { headers } = request;
  const empty = headers['content-length'] === undefined || headers['content-length'] === '0';
  if (empty && headers['transfer-encoding'] === undefined) delete headers['content-type'];
}
