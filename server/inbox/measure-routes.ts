import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { instantInput, nullable } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import { countOpened, readWaits, type Waits } from './measures.sql.ts';
import { summaryOf } from './median.ts';

const tags = ['Inbox'];
const dayMs = 24 * 3_600_000;
/** More threads would be put in order than an answer should take. */
const mostDays = 92;
const summary = Type.Object({
  count: Type.Integer(),
  median: nullable(Type.Number({ description: 'Seconds' })),
  p90: nullable(Type.Number({ description: 'Seconds that nine of ten do not exceed' })),
});

/** How long people wait. */
export const measureRoutes: Routes = (api, { db, clock }) => {
  api.get(
    '/api/inbox/measures',
    {
      schema: {
        tags,
        summary:
          'How long people waited for the first answer and until their matter was done, in all and by agent',
        querystring: Type.Object({
          from: Type.Optional(instantInput),
          until: Type.Optional(instantInput),
        }),
        response: {
          200: Type.Object({
            from: Type.String(),
            until: Type.String(),
            opened: Type.Integer(),
            unanswered: Type.Integer(),
            firstReply: summary,
            resolution: summary,
            agents: Type.Array(
              Type.Object({ agent: Type.String(), firstReply: summary, resolution: summary }),
            ),
          }),
        },
      },
    },
    async ({ query, caller: { project } }) => {
      const until = query.until === undefined ? clock.now() : readInstant('until', query.until);
      const from =
        query.from === undefined ? new Date(until.getTime() - 30 * dayMs) : readInstant('from', query.from);
      if (from >= until || until.getTime() - from.getTime() > mostDays * dayMs)
        throw new ApiError(
          'BadParams',
          `from: give a time before until, at most ${mostDays} days before it`,
          {
            field: 'from',
          },
        );
      const waits = await readWaits(db, project.id, from, until);
      const agents = [...new Set(waits.map(({ agent }) => agent))].sort();
      return {
        ...{ from: from.toISOString(), until: until.toISOString() },
        ...(await countOpened(db, project.id, from, until)),
        ...summariesOf(waits),
        agents: agents.map((agent) => ({
          agent,
          ...summariesOf(waits.filter((each) => each.agent === agent)),
        })),
      };
    },
  );
};

function summariesOf(waits: readonly Waits[]) {
  const secondsOf = (what: Waits['what']) =>
    waits.flatMap((each) => (each.what === what ? each.seconds : []));
  return { firstReply: summaryOf(secondsOf('firstReply')), resolution: summaryOf(secondsOf('resolution')) };
}
