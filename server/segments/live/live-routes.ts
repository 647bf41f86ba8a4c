import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { instantInput, rowId } from '../../http/schemas.ts';
import { readInstant } from '../../users/instant.ts';
import { readGiven } from '../ground.ts';
import { readDefinition } from '../read-definition.ts';
import { definitionInput } from '../segment-routes.ts';
import { definitionsOf, findSegment } from '../segments.sql.ts';
import { openChangeCounts } from './change-counts.ts';
import { liveSegmentsOn } from './change-meaning.ts';
import { sizesBetween } from './size.sql.ts';

const tags = ['Segments'];
const params = Type.Object({ id: rowId });
const dayMs = 86_400_000;

/** What is asked of live segments: what a change would do, and how many were of one. */
export const liveSegmentRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  const counts = openChangeCounts(context);

  api.post(
    '/api/segments/:id/preview-change',
    {
      schema: {
        tags,
        summary:
          'How many people would enter live segments, and leave them, if a segment had another definition: itself, and all live ones that name it',
        description:
          'Nothing is written. Of many people the first answer is projected from lanes that stand for all; asked again, it comes of more, until isCounted says that it comes of all.',
        params,
        body: Type.Object({ definition: definitionInput }),
        response: {
          200: Type.Object({
            isCounted: Type.Boolean({ description: 'Everybody was looked at: all figures are exact' }),
            segments: Type.Array(
              Type.Object({
                ...{ id: Type.Integer(), name: Type.String() },
                entering: Type.Integer({ description: 'Who is not of it and would be' }),
                leaving: Type.Integer({ description: 'Who is of it and would not be' }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { id } = await findSegment(db, project.id, request.params.id);
      const { definition: given } = await readGiven(context, project, request.body.definition, id);
      const live = await liveSegmentsOn(db, project.id, id);
      const ids = live.map((each) => each.id);
      const named = given.refersTo.flatMap(({ kind, id: other }) => (kind === 'segment' ? other : []));
      const before = await definitionsOf(db, project.id, [...ids, ...named, id]);
      const after = new Map([...before, [id, given.stored]]);
      // What is stored says every zone.
      const read = (segments: ReadonlyMap<number, unknown>, of: number) =>
        readDefinition({ kinds: context.segmentKinds, timeZone: 'UTC', segments }, segments.get(of), of);
      const changes = ids.map((of) => ({ id: of, before: read(before, of), after: read(after, of) }));
      const { isCounted, segments } = await counts(project.id, changes);
      const nameOf = new Map(live.map((each) => [each.id, each.name]));
      return { isCounted, segments: segments.map((each) => ({ ...each, name: nameOf.get(each.id) ?? '' })) };
    },
  );
  api.get(
    '/api/segments/:id/size',
    {
      schema: {
        tags,
        summary:
          'How many people were of a live segment, hour by hour: of the last 30 days unless told; to is not in',
        params,
        querystring: Type.Object({ from: Type.Optional(instantInput), to: Type.Optional(instantInput) }),
        response: {
          200: Type.Object({
            points: Type.Array(
              Type.Object({ at: Type.Integer({ description: 'ms since 1970' }), size: Type.Integer() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { id } = await findSegment(db, project.id, request.params.id);
      const now = clock.now().getTime();
      const { from = now - 30 * dayMs, to = now + 1 } = request.query;
      const points = await sizesBetween(db, id, readInstant('from', from), readInstant('to', to));
      return { points: points.map(({ at, members }) => ({ at: at.getTime(), size: members })) };
    },
  );
};
