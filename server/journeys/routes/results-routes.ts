import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { nullable } from '../../http/schemas.ts';
import { lengthOfLine } from '../enter/line.sql.ts';
import { campaignsOfJourney } from '../journey-campaigns.sql.ts';
import { findJourney } from '../journeys.sql.ts';
import { countsOf, goalsOf, totalsOf } from '../runs/counts.sql.ts';
import { variantResults } from '../runs/draws.sql.ts';
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
            waiting: Type.Integer({
              description: 'Who waits in line, since so many enter an hour or a day; none of the others',
            }),
            due: nullable(
              Type.Integer({
                description: 'Of a held journey: how many would go on at once, were it resumed now',
              }),
            ),
            goals: Type.Object(
              {
                reached: Type.Integer(),
                withoutMessage: Type.Integer({
                  description:
                    'Of them, those to whom no message had left before: they are put down to no tile',
                }),
                heldOut: Type.Object(
                  { entered: Type.Integer(), reached: Type.Integer() },
                  { description: 'Of those who are held out, who are none of the others' },
                ),
              },
              {
                description: 'Passages that reached the goal of the journey, each once; 0 where it has none',
              },
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
                goals: Type.Integer({
                  description:
                    'Passages that reached the goal, the last message before it being one of this tile',
                }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id, state } = await findJourney(db, request.caller.project.id, request.params.id);
      const [counts, campaigns, waiting, due] = await Promise.all([
        countsOf(db, id),
        campaignsOfJourney(db, id),
        lengthOfLine(db, id),
        state === 'paused' ? dueNow(db, id, clock.now()) : null,
      ]);
      const campaignOf = Object.fromEntries(campaigns);
      return {
        ...totalsOf(counts),
        goals: goalsOf(counts),
        waiting,
        due,
        campaigns: campaignOf,
        tiles: countsByTile(counts),
      };
    },
  );

  api.get(
    '/api/journeys/:id/experiments',
    {
      schema: {
        tags,
        summary: 'What came of each variant of a journey’s experiments',
        description:
          'Of the variants as they are published: how many people have each, and how many of them have reached a goal of the journey since it was drawn for them. Each person counts once, and who is held out not at all.',
        params: journeyInPath,
        response: {
          200: Type.Object({
            experiments: Type.Array(
              Type.Object({
                tile: Type.String(),
                variants: Type.Array(
                  Type.Object({
                    name: Type.String(),
                    share: Type.Number({ description: 'Of a hundred who come now' }),
                    people: Type.Integer(),
                    goals: Type.Integer({ description: 'Those of them who reached a goal' }),
                    goalRate: nullable(
                      Type.Number({ description: 'Of a hundred, how many did; null where nobody has it' }),
                    ),
                  }),
                ),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { id } = await findJourney(db, project.id, request.params.id);
      const [journey] = (await context.journeys.ofProject(db, project.id)).filter((each) => each.id === id);
      const tried = [...(journey?.tiles ?? [])].flatMap(([tile, { variants }]) =>
        variants ? [{ tile, variants }] : [],
      );
      const results = await variantResults(
        db,
        id,
        tried.map(({ tile }) => tile),
      );
      return {
        experiments: tried.map(({ tile, variants }) => ({
          tile,
          variants: variants.map(({ name, share }) => {
            const found = results.find((each) => each.tile === tile && each.way === name);
            const { people, goals } = found ?? { people: 0, goals: 0 };
            return { name, share, people, goals, goalRate: people === 0 ? null : (goals / people) * 100 };
          }),
        })),
      };
    },
  );
};
