import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { bulkAnswer, bulkAnswerSchema, refusalError } from '../users/bulk-answer.ts';
import { inBatches } from '../users/by-lane.ts';
import { namedUser } from '../users/named-user.ts';
import { userUpdateSchema } from '../users/write-routes.ts';
import { readEvents } from './read-events.ts';
import { type TrackedEvent, type TrackOutcome, trackEvents } from './track.ts';

const tags = ['Events'];
const answers = { 200: successAnswer };
const fields = Type.Record(Type.String(), Type.Unknown());
const eventSchema = Type.Object({
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  eventName: Type.String({ minLength: 1, maxLength: 255 }),
  id: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  dataFields: Type.Optional(fields),
  campaignId: Type.Optional(rowId),
  templateId: Type.Optional(rowId),
  createdAt: Type.Optional(Type.Number({ description: 'Seconds since 1970; now when missing' })),
  createNewFields: Type.Optional(
    Type.Boolean({ description: 'Default true; otherwise fields not seen before are left out' }),
  ),
});
const itemsSchema = Type.Array(
  Type.Object(
    { id: Type.String(), name: Type.String(), price: Type.Number(), quantity: Type.Integer({ minimum: 0 }) },
    { additionalProperties: true },
  ),
);

/** Tracking events, one or many, purchases and carts; reading a user's events. */
export const eventRoutes: Routes = (api, context) => {
  const { db, people, clock } = context;
  api.post(
    '/api/events/track',
    { schema: { tags, summary: 'Track an event', body: eventSchema, response: answers } },
    async (request) => {
      const { eventName, dataFields, ...rest } = request.body;
      // A new id is made and told, as Iterable does, so that the event can be updated by it.
      const id = rest.id ?? randomUUID();
      const event = { ...rest, id, name: eventName, kind: 'custom' as const, data: dataFields ?? {} };
      const [outcome] = await trackEvents(people, request.caller.project, [event], clock.now());
      if (!outcome?.ok) throw refusalError(outcome!);
      return success('Event tracked', { id });
    },
  );
  api.post(
    '/api/events/trackBulk',
    {
      schema: {
        tags,
        summary: 'Track many events; rows that cannot be taken are named with the reason',
        body: Type.Object({ events: Type.Array(eventSchema, { maxItems: 10_000 }) }),
        response: { 200: bulkAnswerSchema },
      },
      config: { rows: ['events'] },
    },
    async (request) => {
      const outcomes: TrackOutcome[] = [];
      for (const batch of inBatches(request.body.events)) {
        const events = batch.map(
          ({ eventName, dataFields, ...rest }): TrackedEvent => ({
            ...{ ...rest, name: eventName, kind: 'custom', data: dataFields ?? {} },
          }),
        );
        outcomes.push(...(await trackEvents(people, request.caller.project, events, clock.now())));
      }
      return bulkAnswer(request.body.events, outcomes);
    },
  );
  api.post(
    '/api/commerce/trackPurchase',
    {
      schema: {
        tags,
        summary: 'Track a purchase; the cart is empty then',
        body: Type.Object({
          id: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
          user: userUpdateSchema,
          items: itemsSchema,
          total: Type.Number(),
          dataFields: Type.Optional(fields),
          campaignId: Type.Optional(rowId),
          templateId: Type.Optional(rowId),
          createdAt: Type.Optional(Type.Number()),
        }),
        response: answers,
      },
    },
    async (request) => {
      const { user, items, total, dataFields, ...rest } = request.body;
      const data = { ...dataFields, items, total };
      const id = rest.id ?? randomUUID();
      const who = whoBought(user);
      const profile = { ...who.profile, shoppingCartItems: [] };
      const event: TrackedEvent = { ...rest, ...who, profile, id, name: 'purchase', kind: 'purchase', data };
      const [outcome] = await trackEvents(people, request.caller.project, [event], clock.now());
      if (!outcome?.ok) throw refusalError(outcome!);
      return success('Purchase tracked', { id });
    },
  );
  api.post(
    '/api/commerce/updateCart',
    {
      schema: {
        tags,
        summary: "Set what is in a user's cart",
        body: Type.Object({ user: userUpdateSchema, items: itemsSchema }),
        response: answers,
      },
    },
    async (request) => {
      const { user, items } = request.body;
      const who = whoBought(user);
      const profile = { ...who.profile, shoppingCartItems: items };
      const event: TrackedEvent = { ...who, profile, name: 'updateCart', kind: 'custom', data: { items } };
      const [outcome] = await trackEvents(people, request.caller.project, [event], clock.now());
      if (!outcome?.ok) throw refusalError(outcome!);
      return success('Cart updated');
    },
  );
  const reading = {
    querystring: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 30 })),
    }),
    response: { 200: Type.Object({ events: Type.Array(Type.Record(Type.String(), Type.Unknown())) }) },
  };
  api.get(
    '/api/events/:email',
    {
      schema: {
        tags,
        summary: "A user's events by email, newest first",
        params: Type.Object({ email: Type.String() }),
        ...reading,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = await namedUser(db, project, { email: request.params.email });
      return { events: await readEvents(db, project.id, user, request.query.limit ?? 30) };
    },
  );
  api.get(
    '/api/events/byUserId/:userId',
    {
      schema: {
        tags,
        summary: "A user's events by userId, newest first",
        params: Type.Object({ userId: Type.String() }),
        ...reading,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = await namedUser(db, project, { userId: request.params.userId });
      return { events: await readEvents(db, project.id, user, request.query.limit ?? 30) };
    },
  );
};

function whoBought(user: {
  email?: string;
  userId?: string;
  phoneNumber?: string;
  whatsAppUserId?: string;
  dataFields?: Record<string, unknown>;
}) {
  const { email, userId, whatsAppUserId, phoneNumber, dataFields } = user;
  const profile = phoneNumber === undefined ? dataFields : { ...dataFields, phoneNumber };
  return { email, userId, whatsAppUserId, profile };
}
