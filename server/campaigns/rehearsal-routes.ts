import { Type } from 'typebox';
import { skipReasons } from '../delivery/skip-reason.ts';
import type { Routes } from '../http/api.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { imagineLaunch } from './imagined-launch.ts';
import { launchFields, readLaunchChoice } from './launch-query.ts';
import { fates, rehearse } from './rehearsal.ts';

const text = nullable(Type.String());

const person = Type.Object({
  userRef: Type.String({ description: 'Names the user in /api/users/{ref}' }),
  email: text,
  userId: text,
  phoneNumber: text,
  fate: Type.Enum(['send', 'skip']),
  reason: nullable(Type.Enum([...skipReasons])),
  detail: text,
  dueAt: nullable(
    Type.Integer({ description: 'When it would leave, were its sender as fast as need be; null for a skip' }),
  ),
  isDelayed: Type.Boolean({
    description: 'Later than was asked for: lawful hours or a limit stand against it',
  }),
  senderId: nullable(Type.Integer()),
  sender: nullable(Type.String({ description: 'The sender’s name' })),
  address: text,
  segments: Type.Integer(),
  price: Type.Number({ description: 'US dollars' }),
  subject: nullable(Type.String({ description: 'Of an email' })),
  text: nullable(
    Type.String({ description: 'As it is filled in for them; its short links lead nowhere yet' }),
  ),
});

/** A launch gone through person by person, of which nothing is sent. */
export const campaignRehearsalRoutes: Routes = (api, context) => {
  api.get(
    '/api/campaigns/:id/rehearsal',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'What would become of a launch, person by person, a page at a time',
        description:
          'Nothing is written or sent. Go on with nextAfter until there is none: a page by a rare fate comes when it has some people or after some seconds, and may be short. All of it as a file: POST /api/export/start with dataTypeName campaignRehearsal.',
        params: Type.Object({ id: rowId }),
        querystring: Type.Object({
          ...launchFields,
          fate: Type.Optional(
            Type.Union(
              fates.map((each) => Type.Literal(each)),
              { description: 'send, of these delayed, skip, or a reason of skips; everybody unless told' },
            ),
          ),
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            people: Type.Array(person),
            looked: Type.Integer({ description: 'People looked at for this page' }),
            nextAfter: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { fate = null, after = null, limit = 100, ...chosen } = request.query;
      const { project } = request.caller;
      const launch = await imagineLaunch(context, project, request.params.id, readLaunchChoice(chosen));
      const { people, looked, next } = await rehearse(context, launch, { fate, after, limit });
      return {
        people: people.map(({ dueAt, ...each }) => ({ ...each, dueAt: dueAt?.getTime() ?? null })),
        looked,
        ...(next !== null && { nextAfter: next }),
      };
    },
  );
};
