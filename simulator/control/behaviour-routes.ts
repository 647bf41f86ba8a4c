import type { FastifyInstance, preValidationHookHandler } from 'fastify';
import { type Static, Type } from 'typebox';
import type { People } from '../meta/people.ts';
import { BehaviourChange, wireOf } from '../network/behaviour.ts';
import type { Network } from '../network/network.ts';
import { addressIn } from './address.ts';
import { badRequest } from './faults.ts';

/** Other names by which people call a part of a behaviour. */
const otherNames = new Map([
  ['to', 'number'],
  ['from', 'number'],
  ['latency', 'latencyMs'],
  ['receiptDelay', 'receiptDelayMs'],
  ['rate', 'rateAnswers'],
  ['rateAnswer', 'rateAnswers'],
  ['error', 'errors'],
  ['errorShare', 'errors'],
  ['errorShares', 'errors'],
  ['templateReview', 'templateReviewMs'],
]);
const everyone: unknown[] = [null, 'all', '*'];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of `{ code, share }` as one object; as it is when it is no such list or names a code twice. */
function sharesOf(list: unknown[]): unknown {
  const shares: Record<string, unknown> = {};
  for (const item of list) {
    if (!isRecord(item) || Object.keys(item).sort().join() !== 'code,share') return list;
    const code = String(item.code);
    if (Object.hasOwn(shares, code)) return list;
    shares[code] = item.share;
  }
  return shares;
}

function plainValue(name: string, value: unknown): unknown {
  if (name === 'errors' && Array.isArray(value)) return sharesOf(value);
  if ((name === 'latencyMs' || name === 'receiptDelayMs') && typeof value === 'number')
    return { min: value, max: value };
  return value;
}

/**
 * A behaviour in its plain form: parts under their own names, a number of milliseconds as a span, a list of
 * errors as an object. What it does not know it leaves to the schema to refuse.
 */
function plainForm(body: Record<string, unknown>): Record<string, unknown> {
  const plain = new Map<string, unknown>();
  for (const [given, value] of Object.entries(body)) {
    const name = otherNames.get(given) ?? given;
    if (plain.has(name)) throw badRequest(`${given}: ${name} is given under two names; leave one out`);
    plain.set(name, plainValue(name, value));
  }
  if (everyone.includes(plain.get('number'))) plain.delete('number');
  return Object.fromEntries(plain);
}

/** What a schema cannot say: a span's ends are in order, and shares of one wire's errors make up at most all. */
function refuseContradictions(change: BehaviourChange): void {
  for (const name of ['latencyMs', 'receiptDelayMs'] as const) {
    const span = change[name];
    if (span && span.min > span.max)
      throw badRequest(`${name}: min ${span.min} is more than max ${span.max}; swap them`);
  }
  const sums = { twilio: 0, meta: 0, smtp: 0 };
  for (const [code, share] of Object.entries(change.errors ?? {})) sums[wireOf(Number(code))] += share;
  // Shares such as 0.1 have no exact binary form.
  for (const [wire, sum] of Object.entries(sums))
    if (sum > 1 + 1e-9)
      throw badRequest(`errors: the shares of ${wire} codes add up to ${sum}; more than 1 cannot be`);
}

const NumberParams = Type.Object({
  number: Type.String({ minLength: 1, description: 'a sender or a handset' }),
});
type NumberParams = Static<typeof NumberParams>;

/** Routes that set how the network behaves: `PUT` replaces the whole behaviour of everyone or of one number. */
export function behaviourRoutes(app: FastifyInstance, network: Network, people: People): void {
  const { behaviours } = network;
  const preValidation: preValidationHookHandler = async (request) => {
    if (isRecord(request.body)) request.body = plainForm(request.body);
  };
  const put = (change: BehaviourChange) => {
    refuseContradictions(change);
    const { number } = change;
    behaviours.put({
      ...change,
      number: number === undefined ? undefined : addressIn(network, people, number),
    });
    return behaviours.list();
  };

  app.get('/behaviour', async () => behaviours.list());
  app.put<{ Body: BehaviourChange }>(
    '/behaviour',
    { preValidation, schema: { body: BehaviourChange } },
    async ({ body }) => put(body),
  );
  app.put<{ Params: NumberParams; Body: BehaviourChange }>(
    '/behaviour/:number',
    { preValidation, schema: { params: NumberParams, body: BehaviourChange } },
    async ({ params, body }) => {
      if (body.number !== undefined && body.number !== params.number)
        throw badRequest(`number: the address of the call says ${params.number}; leave it out of the body`);
      return put({ ...body, number: everyone.includes(params.number) ? undefined : params.number });
    },
  );
  app.delete('/behaviour', async (_request, reply) => {
    behaviours.reset();
    return reply.code(204).send();
  });
  app.delete<{ Params: NumberParams }>(
    '/behaviour/:number',
    { schema: { params: NumberParams } },
    async ({ params }, reply) => {
      behaviours.remove(addressIn(network, people, params.number));
      return reply.code(204).send();
    },
  );
}
