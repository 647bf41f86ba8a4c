import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { publicForm } from '../ledger/entry.ts';
import type { LedgerFilter } from '../ledger/ledger.ts';
import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import { toNumber } from '../network/registry.ts';
import { AttemptsQuery, LedgerQuery } from './schemas.ts';

const usualLimit = 100;

/**
 * An address in a query: `+` may have become a blank on its way, a WhatsApp user id stands for its handset, a
 * phone-number id for its number.
 */
export function addressIn(network: Network, people: People, text: string): string {
  const plain = toNumber(text.startsWith(' ') ? `+${text.trim()}` : text);
  const owner = network.registry.businessOf(plain);
  if (owner) return owner.displayNumber;
  return plain.includes('@') ? plain.toLowerCase() : people.handsetOf(plain);
}

/** Routes that tell what arrived. */
export function ledgerRoutes(app: FastifyInstance, network: Network, people: People): void {
  const { ledger, attempts, receipts, callbacks } = network;
  const address = (text: string | undefined) =>
    text === undefined ? undefined : addressIn(network, people, text);

  function filterOf(query: Static<typeof LedgerQuery>): LedgerFilter | null {
    const { after, wire } = query;
    const filter: LedgerFilter = { to: address(query.to), from: address(query.from), wire };
    if (after === undefined) return filter;
    if (ledger.get(after)) return { ...filter, after };
    // A blank is what a `+` of a time zone becomes on its way.
    const instant = Date.parse(after.replace(/ (\d\d:\d\d)$/, '+$1'));
    return Number.isNaN(instant) ? null : { ...filter, after: instant };
  }
  const badAfter = {
    error: 'BadAfter',
    message: 'after: neither an ISO 8601 instant nor the id of a message here',
  };

  app.get<{ Querystring: Static<typeof LedgerQuery> }>(
    '/ledger',
    { schema: { querystring: LedgerQuery } },
    async ({ query }, reply) => {
      const filter = filterOf(query);
      if (!filter) return reply.code(400).send(badAfter);
      const { entries, next } = ledger.page(filter, query.cursor ?? 0, query.limit ?? usualLimit);
      return { messages: entries.map(publicForm), next };
    },
  );

  app.get<{ Querystring: Static<typeof LedgerQuery> }>(
    '/ledger/count',
    { schema: { querystring: LedgerQuery } },
    async ({ query }, reply) => {
      const filter = filterOf(query);
      return filter ? { count: ledger.count(filter) } : reply.code(400).send(badAfter);
    },
  );

  app.delete('/ledger', async (_request, reply) => {
    receipts.clear();
    callbacks.clear();
    attempts.clear();
    await ledger.clear();
    return reply.code(204).send();
  });

  app.get<{ Querystring: Static<typeof AttemptsQuery> }>(
    '/attempts/count',
    { schema: { querystring: AttemptsQuery } },
    async ({ query }) => {
      const { wire, code } = query;
      return attempts.count({ wire, code, to: address(query.to), from: address(query.from) });
    },
  );
}
