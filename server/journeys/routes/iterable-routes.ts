import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { isObject } from '../../segments/values/group.ts';
import { findVersions, type Journey, journeysOf } from '../journeys.sql.ts';
import { totalsOfJourneys } from '../runs/counts.sql.ts';

const draftAnswer = Type.Object({
  ...{ id: Type.Integer(), name: Type.String(), creatorUserId: Type.String() },
  ...{ createdAt: Type.Integer(), updatedAt: Type.Integer() },
});

const journeyAnswer = Type.Object({
  ...{ id: Type.Integer(), name: Type.String(), description: Type.String() },
  enabled: Type.Boolean({ description: 'Whether people may enter' }),
  isArchived: Type.Boolean(),
  journeyType: Type.String({ description: 'Published or Draft' }),
  state: Type.String({ description: 'draft, open, closed, paused, stopped or archived' }),
  inside: Type.Integer({ description: 'People who are in it' }),
  entered: Type.Integer({ description: 'How often somebody entered' }),
  draft: Type.Optional(draftAnswer),
  lifetimeLimit: Type.Optional(Type.Integer()),
  simultaneousLimit: Type.Optional(Type.Integer()),
  triggerEventNames: Type.Array(Type.String()),
  creatorUserId: Type.String(),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
});

const sorts = {
  id: ({ id }: Journey) => id,
  name: ({ name }: Journey) => name.toLowerCase(),
  createdAt: ({ createdAt }: Journey) => createdAt.getTime(),
  updatedAt: ({ updatedAt }: Journey) => updatedAt.getTime(),
} as const;

/** Lists journeys in Iterable's shape. */
export const iterableRoutes: Routes = (api, { db }) => {
  api.get(
    '/api/journeys',
    {
      schema: {
        tags: ['Journeys'],
        summary: 'Journeys of the project, a page at a time',
        querystring: Type.Object({
          page: Type.Optional(Type.Integer({ minimum: 1, description: 'From 1' })),
          pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: '10 unless told' })),
          sort: Type.Optional(
            Type.String({ description: 'id, name, createdAt or updatedAt; - before it turns the order' }),
          ),
          state: Type.Optional(
            Type.Union([Type.String(), Type.Array(Type.String())], {
              description: 'Archived: those that are; else all others',
            }),
          ),
        }),
        response: {
          200: Type.Object({
            journeys: Type.Array(journeyAnswer),
            nextPageUrl: Type.Optional(Type.String()),
            previousPageUrl: Type.Optional(Type.String()),
            totalJourneysCount: Type.Integer(),
          }),
        },
      },
    },
    async (request) => {
      const { page = 1, pageSize = 10, sort = 'id', state } = request.query;
      const archived = [state ?? []].flat().some((each) => each.toLowerCase() === 'archived');
      const found = (await journeysOf(db, request.caller.project.id)).filter(
        (each) => (each.state === 'archived') === archived,
      );
      const ordered = inOrder(found, sort);
      const shown = ordered.slice((page - 1) * pageSize, page * pageSize);
      const documents = new Map(
        (
          await findVersions(
            db,
            shown.flatMap(({ id, version }) => (version === null ? [] : { journeyId: id, version })),
          )
        ).map(({ journeyId, document }) => [journeyId, document]),
      );
      const totals = await totalsOfJourneys(
        db,
        shown.map(({ id }) => id),
      );
      const url = (number: number) => {
        const query = new URLSearchParams({ page: String(number), pageSize: String(pageSize), sort });
        for (const each of [state ?? []].flat()) query.append('state', each);
        return `/api/journeys?${query}`;
      };
      return {
        journeys: shown.map((journey) => ({
          ...asIterable(journey, documents.get(journey.id) ?? journey.draft),
          inside: totals.get(journey.id)?.inside ?? 0,
          entered: totals.get(journey.id)?.entered ?? 0,
        })),
        ...(page * pageSize < found.length && { nextPageUrl: url(page + 1) }),
        ...(page > 1 && { previousPageUrl: url(page - 1) }),
        totalJourneysCount: found.length,
      };
    },
  );
};

function inOrder(journeys: readonly Journey[], sort: string): Journey[] {
  const name = sort.replace(/^[+-]/, '');
  if (!Object.hasOwn(sorts, name))
    throw new ApiError(
      'BadParams',
      `sort must be one of ${Object.keys(sorts).join(', ')}, with - before it for the other order`,
      { field: 'sort', value: sort },
    );
  const of = sorts[name as keyof typeof sorts];
  const turn = sort.startsWith('-') ? -1 : 1;
  return journeys.toSorted((a, b) => (of(a) < of(b) ? -turn : of(a) > of(b) ? turn : a.id - b.id));
}

function asIterable(journey: Journey, document: unknown) {
  const { id, name, description, state, version, draft, createdBy, createdAt, updatedAt } = journey;
  const entry = isObject(document) && isObject(document.entry) ? document.entry : {};
  const event = isObject(entry.on) && isObject(entry.on.event) ? entry.on.event.name : null;
  const times = { createdAt: createdAt.getTime(), updatedAt: updatedAt.getTime() };
  return {
    ...{ id, name, description, state, enabled: state === 'open', isArchived: state === 'archived' },
    journeyType: version === null ? 'Draft' : 'Published',
    ...(version !== null && draft !== null && { draft: { id, name, creatorUserId: createdBy, ...times } }),
    ...(typeof entry.lifetime === 'number' && { lifetimeLimit: entry.lifetime }),
    ...(entry.atOnce === undefined
      ? { simultaneousLimit: 1 }
      : typeof entry.atOnce === 'number' && { simultaneousLimit: entry.atOnce }),
    triggerEventNames:
      typeof event === 'string' ? [event] : isObject(entry.on) && 'purchase' in entry.on ? ['purchase'] : [],
    ...{ creatorUserId: createdBy, ...times },
  };
}
