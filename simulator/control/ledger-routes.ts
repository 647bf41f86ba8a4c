import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { publicForm } from '../ledger/entry.ts';
import type { LedgerFilter } from '../ledger/ledger.ts';
import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import { addressIn } from './address.ts';
import { badRequest } from './faults.ts';
import { readAfter, readWire } from './ledger-query.ts';
import { AttemptsQuery, CountQuery, LedgerQuery } from './schemas.ts';

const usualLimit = 100;

/** Routes that tell what arrived. */
export function ledgerRoutes(app: FastifyInstance, network: Network, people: People): void {
  const { ledger, attempts, receipts, callbacks } = network;
  const address = (text: string | undefined) =>
    text === undefined ? undefined : addressIn(network, people, text);

  function filterOf({ to, from, wire, after }: Static<typeof CountQuery>): LedgerFilter {
    return { to: address(to), from: address(from), ...readWire(wire), ...readAfter(ledger, after) };
  }

  app.get<{ Querystring: Static<typeof LedgerQuery> }>(
    '/ledger',
    { schema: { querystring: LedgerQuery } },
    async ({ query }) => {
      const { cursor, offset, page } = query;
      if ([cursor, offset, page].filter((way) => way !== undefined).length > 1)
        throw badRequest('cursor, offset, page: three ways to say where a page begins; give one');
      const limit = Number(query.limit ?? usualLimit);
      const skip = page === undefined ? Number(offset ?? 0) : (Number(page) - 1) * limit;
      const { entries, next } = ledger.page(filterOf(query), { after: Number(cursor ?? 0), skip, limit });
      return { messages: entries.map(publicForm), next };
    },
  );

  app.get<{ Querystring: Static<typeof CountQuery> }>(
    '/ledger/count',
    { schema: { querystring: CountQuery } },
    async ({ query }) => ({ count: ledger.count(filterOf(query)) }),
  );

  app.delete('/ledger', async (_request, reply) => {
    receipts.clear();
    callbacks.clear();
    attempts.clear();
    ledger.clear();
    return reply.code(204).send();
  });

  app.get<{ Querystring: Static<typeof AttemptsQuery> }>(
    '/attempts/count',
    { schema: { querystring: AttemptsQuery } },
    async ({ query: { to, from, wire, code } }) =>
      attempts.count({
        to: address(to),
        from: address(from),
        ...readWire(wire),
        code: code === undefined ? undefined : Number(code),
      }),
  );
}
