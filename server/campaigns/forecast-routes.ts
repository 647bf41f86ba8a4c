import { Type } from 'typebox';
import { skipReasons } from '../delivery/skip-reason.ts';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { findCampaign } from './campaign.ts';
import { imagineLaunch } from './imagined-launch.ts';
import { requireReady, requireStillReady } from './launch-checks.ts';
import { launchFields, readLaunchChoice } from './launch-query.ts';
import { openForecasts } from './ongoing-forecasts.ts';
import { rehearse } from './rehearsal.ts';

const counts = Type.Record(Type.String(), Type.Integer());
const params = Type.Object({ id: rowId });
const milliseconds = nullable(Type.Integer());

const query = Type.Object(launchFields);

const reason = Type.Union([...skipReasons.map((each) => Type.Literal(each)), Type.Literal('delayed')]);

/** The sum before launch, and who is behind it. */
export const campaignForecastRoutes: Routes = (api, context) => {
  const forecasts = openForecasts(context);
  api.get(
    '/api/campaigns/:id/forecast',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'What a campaign would reach, skip and cost',
        description:
          'Of a launch now, or at sendAt where it is given; of a scheduled campaign, at its time. Everybody is judged as at launch. Of a large audience the first answer is projected from some thousands of it, with an interval for the sends; asked again, it comes of more people, until isCounted says that it comes of all. Segments, price and what the text skips are projected from up to some 500 messages that are rendered, unless exact is true. A triggered campaign needs listIds.',
        params,
        querystring: query,
        response: {
          200: Type.Object({
            audience: Type.Integer(),
            skipsByReason: counts,
            reachable: Type.Integer(),
            sampled: Type.Integer(),
            exact: Type.Boolean(),
            judged: Type.Integer({ description: 'Of the audience so many are judged; ask again for more' }),
            isCounted: Type.Boolean({
              description:
                'Everybody is judged: audience and skips are exact, but for those that the text makes',
            }),
            sendsBetween: Type.Object(
              { from: Type.Integer(), to: Type.Integer(), surety: Type.Number() },
              { description: 'Where the true number of sends lies, in this share of all cases' },
            ),
            expectedSkips: counts,
            sends: Type.Integer(),
            delayed: Type.Integer({ description: 'Of the sends, those that wait for hours or a limit' }),
            firstAt: milliseconds,
            lastAt: milliseconds,
            segments: Type.Integer(),
            segmentsEach: Type.Number(),
            price: Type.Number({ description: 'US dollars' }),
            refusal: nullable(
              Type.String({
                description:
                  'Why a launch would be refused as things stand, such as a template that Meta has not approved',
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { id } = request.params;
      const launch = await imagineLaunch(context, project, id, readLaunchChoice(request.query));
      const { firstAt, lastAt, ...forecast } = await forecasts(request.query, launch);
      return {
        ...forecast,
        firstAt: firstAt?.getTime() ?? null,
        lastAt: lastAt?.getTime() ?? null,
        refusal: await refusalOf(context, project.id, id, launch.isKept),
      };
    },
  );

  api.get(
    '/api/campaigns/:id/forecast/people',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Who would be skipped for a reason, or would wait (delayed), a page at a time',
        description:
          'Judged as in the forecast. Go on with nextAfter until there is none: a page of a rare reason may be short.',
        params,
        querystring: Type.Object({
          ...launchFields,
          reason,
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            people: Type.Array(
              Type.Object({
                userRef: Type.String({ description: 'Names the user in /api/users/{ref}' }),
                email: nullable(Type.String()),
                userId: nullable(Type.String()),
                phoneNumber: nullable(Type.String()),
                detail: nullable(Type.String()),
                dueAt: milliseconds,
              }),
            ),
            nextAfter: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { reason, after = null, limit = 100, ...chosen } = request.query;
      const { project } = request.caller;
      const launch = await imagineLaunch(context, project, request.params.id, readLaunchChoice(chosen));
      const { people, next } = await rehearse(context, launch, { fate: reason, after, limit });
      return {
        people: people.map(({ userRef, email, userId, phoneNumber, detail, dueAt }) => ({
          ...{ userRef, email, userId, phoneNumber, detail, dueAt: dueAt?.getTime() ?? null },
        })),
        ...(next !== null && { nextAfter: next }),
      };
    },
  );
};

/** Why a launch would be refused now; null where it would not. One anew goes by the template as it is. */
async function refusalOf(
  { db }: Context,
  projectId: number,
  campaignId: number,
  isKept: boolean,
): Promise<string | null> {
  try {
    const campaign = await findCampaign(db, projectId, campaignId);
    await (isKept ? requireStillReady : requireReady)(db, projectId, campaign);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
