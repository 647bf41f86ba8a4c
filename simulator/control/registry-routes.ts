import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { tellFlowAlert, tellFlowStatus } from '../meta/flows.ts';
import { setStanding } from '../meta/phone-number.ts';
import { judgeTemplate } from '../meta/template-verdicts.ts';
import { templatesOf } from '../meta/templates.ts';
import { isEchoed } from '../meta/webhooks.ts';
import type { Network } from '../network/network.ts';
import { toNumber } from '../network/registry.ts';
import { callFault } from './faults.ts';
import {
  AccountBody,
  BusinessBody,
  FlowNews,
  NumberBody,
  NumberStandingBody,
  TemplateStatusBody,
} from './schemas.ts';

const Id = Type.Object({ id: Type.String({ minLength: 1 }) });
const TemplateParams = Type.Object({ id: Type.String(), name: Type.String() });

function twilioRoutes(app: FastifyInstance, { registry }: Network): void {
  app.put<{ Params: Static<typeof Id>; Body: Static<typeof AccountBody> }>(
    '/accounts/:id',
    { schema: { params: Id, body: AccountBody } },
    async ({ params, body }) => {
      const account = { ...registry.accounts.get(params.id), sid: params.id, ...body };
      registry.accounts.set(params.id, account);
      return account;
    },
  );
  app.get('/numbers', async () => ({
    numbers: [
      ...registry.numbers.values().map(({ number }) => ({ number, wire: 'twilio' })),
      ...registry.businesses
        .values()
        .flatMap(({ phoneNumbers }) =>
          phoneNumbers.map(({ displayNumber }) => ({ number: toNumber(displayNumber), wire: 'meta' })),
        ),
    ],
  }));
  app.put<{ Params: Static<typeof Id>; Body: Static<typeof NumberBody> }>(
    '/numbers/:id',
    { schema: { params: Id, body: NumberBody } },
    async ({ params, body }) => {
      const number = toNumber(params.id);
      const { settings, created } = registry.numbers.get(number) ?? {};
      const owned = { number, ...body, settings, created };
      registry.numbers.set(number, owned);
      return { number, ...body };
    },
  );
  app.delete<{ Params: Static<typeof Id> }>(
    '/numbers/:id',
    { schema: { params: Id } },
    async ({ params }, reply) => {
      registry.numbers.delete(toNumber(params.id));
      return reply.code(204).send();
    },
  );
}

function metaRoutes(app: FastifyInstance, network: Network): void {
  const { registry } = network;
  app.put<{ Params: Static<typeof Id>; Body: Static<typeof BusinessBody> }>(
    '/businesses/:id',
    { schema: { params: Id, body: BusinessBody } },
    async ({ params, body }) => {
      const before = registry.businesses.get(params.id)?.phoneNumbers ?? [];
      const given = new Set(body.phoneNumbers.map(({ id }) => id));
      // Whoever names some of its numbers gives the others not up.
      const phoneNumbers = [...body.phoneNumbers, ...before.filter(({ id }) => !given.has(id))];
      const business = { id: params.id, ...body, phoneNumbers };
      registry.businesses.set(params.id, business);
      return { id: params.id, verified: await isEchoed(network, business) };
    },
  );
  app.put<{ Params: Static<typeof Id>; Body: Static<typeof NumberStandingBody> }>(
    '/phone-numbers/:id',
    { schema: { params: Id, body: NumberStandingBody } },
    async ({ params, body }) => {
      if (!registry.businessOf(params.id))
        throw callFault(404, 'UnknownNumber', `no business here has the phone-number id ${params.id}`);
      return setStanding(network, params.id, body);
    },
  );
  app.put<{ Params: Static<typeof TemplateParams>; Body: Static<typeof TemplateStatusBody> }>(
    '/businesses/:id/templates/:name',
    { schema: { params: TemplateParams, body: TemplateStatusBody } },
    async ({ params, body }) => {
      const business = registry.businesses.get(params.id);
      const wanted = (language: string) => body.language === undefined || body.language === language;
      const found = business
        ? templatesOf(network, business).filter((one) => one.name === params.name && wanted(one.language))
        : [];
      if (!business || found.length === 0)
        throw callFault(404, 'UnknownTemplate', `no template ${params.name} of business ${params.id} here`);
      for (const one of found) judgeTemplate(network, business, one, body);
      return { changed: found.length };
    },
  );
}

function flowRoutes(app: FastifyInstance, network: Network): void {
  const { registry } = network;
  app.put<{ Params: Static<typeof Id>; Body: Static<typeof FlowNews> }>(
    '/flows/:id',
    { schema: { params: Id, body: FlowNews } },
    async ({ params, body }) => {
      const flow = registry.flows.get(params.id);
      const business = flow && registry.businesses.get(flow.wabaId);
      if (!flow || !business) throw callFault(404, 'UnknownFlow', `no flow here has the id ${params.id}`);
      if (body.status !== undefined) tellFlowStatus(network, business, flow, body.status);
      if (body.alert !== undefined) tellFlowAlert(network, business, flow, body.alert);
      return registry.flows.get(params.id);
    },
  );
}

/** Routes that set who the network's customers are. */
export function registryRoutes(app: FastifyInstance, network: Network): void {
  twilioRoutes(app, network);
  metaRoutes(app, network);
  flowRoutes(app, network);
}
