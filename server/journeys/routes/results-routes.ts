import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { nullable } from '../../http/schemas.ts';
import { campaignsOfJourney } from '../journey-campaigns.sql.ts';
import { findJourney } from '../journeys.sql.ts';
import { countsOf, totalsOf } from '../runs/counts.sql.ts';
import { dueNow } from '../runs/inside.sql.ts';
import { countsByTile } from './counts-answer.ts';
import { journeyInPath } from './journey-answer.ts';

const tags = ['Journeys'];

/** What became of people. */
export const resultsRoutes: Routes = (api, context) => {
  const { db, clock } = context;

  api.get(
    '/api/journeys/:id/counts',
    {
      schema: {
        tags,
        summary: 'How many came to each tile, are there, went on by each way, and left there',
        description:
          'For each tile: arrived = inside + all ways + all that left. Of the whole: entered = inside + finished + all that left.',
        params: journeyInPath,
        response: {
          200: Type.Object({
            entered: Type.Integer(),
            inside: Type.Integer(),
            finished: Type.Integer({ description: 'Came to an end of it' }),
            left: Type.Record(Type.String(), Type.Integer(), { description: 'All others, by reason' }),
            due: nullable(
              Type.Integer({
                description: 'Of a held journey: how many would go on at once, were it resumed now',
              }),
            ),
            campaigns: Type.Record(Type.String(), Type.Integer(), {
              description: 'The campaigns by which its tiles send or have sent',
            }),
            tiles: Type.Record(
              Type.String(),
              Type.Object({
                arrived: Type.Integer(),
                inside: Type.Integer(),
                ways: Type.Record(Type.String(), Type.Integer()),
                left: Type.Record(Type.String(), Type.Integer(), {
                  description: 'By reason, those who came to an end not among them',
                }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id, state } = await findJourney(db, request.caller.project.id, request.params.id);
      const [counts, campaigns, due] = await Promise.all([
        countsOf(db, id),
        campaignsOfJourney(db, id),
        state === 'paused' ? dueNow(db, id, clock.now()) : null,
      ]);
      const campaignOf = Object.fromEntries(campaigns);
      return { ...totalsOf(counts), due, campaigns: campaignOf, tiles: countsByTile(counts) };
    },
  );
};
