import { Type } from 'typebox';
import { skipReasons } from '../../delivery/skip-reason.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { rowId, success, successAnswer } from '../../http/schemas.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { UserRef } from '../../users/identity.ts';
import type { FollowedJourney } from '../definition/journey.ts';
import { findJourney, findVersions, type Journey } from '../journeys.sql.ts';
import { readServedDocument } from '../publish/require-served.ts';
import { countsByTile } from '../routes/counts-answer.ts';
import { countsOf, totalsOf } from '../runs/counts.sql.ts';
import { leaveReasons, refusalReasons } from '../runs/run.ts';
import { type AskedRehearsal, askedSchema, notRecorded, readAsked } from './asked.ts';
import { figuresOf } from './figures.ts';
import { stuckReasons } from './imagined-person.ts';
import { leftUnfinished, unforeseenOf } from './not-foreseen.ts';
import { supposableOf } from './occurrences.ts';
import { openRehearsal, sentTemplates, stockOf } from './open-rehearsal.ts';
import {
  defaultsAnswer,
  peopleAnswer,
  rehearsalAnswer,
  rehearsalsAnswer,
  standingsAnswer,
} from './rehearsal-schemas.ts';
import {
  cancelRehearsal,
  countRunning,
  findRehearsal,
  insertRehearsal,
  lanesOfRehearsal,
  type Rehearsal,
  type RehearsedLane,
  rehearsalsOf,
  standingsOfRehearsal,
} from './rehearsals.sql.ts';
import { peopleOfRehearsal, type RehearsedPerson } from './rehearsed-people.ts';
import { seenRates } from './seen-rates.sql.ts';
import { standingsByTile, stepMsOf } from './standings.ts';
import { addTally, type Tally } from './tally.ts';

const tags = ['Journeys'];
const params = Type.Object({ id: rowId });
const ofRehearsal = Type.Object({ id: rowId, rehearsalId: rowId });

/** Rehearsals of a project that may be worked on at once: each waits for those before it. */
const mostRunning = 10;
const dayMs = 86_400_000;

/** Rehearsing journeys: what would become of people, with nothing sent. */
export const rehearsalRoutes: Routes = (api, context) => {
  const { db, clock } = context;

  api.post(
    '/api/journeys/:id/rehearsals',
    {
      schema: {
        tags,
        summary: 'Rehearse a journey over real people, with nothing sent',
        description:
          'Answers at once; GET /api/journeys/{id}/rehearsals/{rehearsalId} tells what it has come to while it is worked on.',
        params,
        body: askedSchema,
        response: { 200: Type.Object({ rehearsalId: Type.Integer() }) },
      },
    },
    async (request) => {
      const { project, name: createdBy } = request.caller;
      const { body } = request;
      const journey = await findJourney(db, project.id, request.params.id);
      const now = clock.now();
      const chosen = await documentOf(journey, body.version);
      const document = await readServedDocument(context, project, chosen.document);
      const asked = await readAsked(db, project, document, body, now);
      const { entries, days } = asked;
      const fromAt = new Date('recorded' in entries ? entries.recorded.from : entries.supposed.from);
      const templates = await sentTemplates(context, project.id, document, now);
      if ((await countRunning(db, project.id)) >= mostRunning)
        throw new ApiError(
          'InvalidState',
          `${mostRunning} rehearsals of this project are being worked on already; wait until one is done, or cancel one`,
          { running: mostRunning },
        );
      const rehearsalId = await db.transaction().execute(async (transaction) =>
        insertRehearsal(transaction, {
          ...{ projectId: project.id, journeyId: journey.id, version: chosen.version },
          ...{ document: document.stored, asked, fromAt, createdBy, createdAt: now },
          notForeseen: unforeseenOf(document, asked.supposing, templates.asksFeeds),
          untilAt: new Date(fromAt.getTime() + days * dayMs),
          stock: await stockOf(transaction, project.id, document, templates),
        }),
      );
      context.wake();
      return { rehearsalId };
    },
  );

  api.get(
    '/api/journeys/:id/rehearsals',
    {
      schema: {
        tags,
        summary: 'The last 20 rehearsals of a journey, the newest first',
        params,
        response: { 200: rehearsalsAnswer },
      },
    },
    async (request) => {
      const { id } = await findJourney(db, request.caller.project.id, request.params.id);
      return { rehearsals: (await rehearsalsOf(db, id)).map(summaryOf) };
    },
  );

  api.get(
    '/api/journeys/:id/rehearsals/:rehearsalId',
    {
      schema: {
        tags,
        summary: 'What a rehearsal has come to, also while it is worked on',
        params: ofRehearsal,
        response: { 200: rehearsalAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const journey = await findJourney(db, project.id, request.params.id);
      const rehearsal = await findRehearsal(db, journey.id, request.params.rehearsalId);
      const kept = await lanesOfRehearsal(db, rehearsal.id);
      const tally: Tally = new Map();
      for (const lane of kept) addTally(tally, Object.entries(lane.tally));
      const figures = await figuresOf(db, project.id, tally);
      const counts = journey.version === null ? null : await countsOf(db, journey.id);
      return {
        ...summaryOf(rehearsal),
        progress: progressOf(kept),
        document: rehearsal.document,
        supposed: rehearsal.asked.supposing,
        notForeseen: [...rehearsal.notForeseen, ...leftUnfinished(figures.unfinished)],
        figures,
        actual: counts && { ...totalsOf(counts), tiles: countsByTile(counts) },
      };
    },
  );

  api.get(
    '/api/journeys/:id/rehearsals/defaults',
    {
      schema: {
        tags,
        summary: 'What a rehearsal of a journey may be asked for, and what it supposes unless told',
        params,
        querystring: Type.Object({
          version: Type.Optional(Type.Integer({ minimum: 1, description: 'The draft unless told' })),
        }),
        response: { 200: defaultsAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const journey = await findJourney(db, project.id, request.params.id);
      const chosen = await documentOf(journey, request.query.version);
      const document = await readServedDocument(context, project, chosen.document);
      const { trigger } = document.entry;
      const now = clock.now();
      return {
        now: now.getTime(),
        notRecorded: trigger.recorded ? null : notRecorded(trigger),
        occurrences: supposableOf(document, await seenRates(db, project.id, now)),
        fieldsAsked: trigger.conditions?.words ?? null,
        calls: [...document.tiles].flatMap(([tile, { calls, keeps = [] }]) =>
          calls === undefined ? [] : [{ tile, keeps: [...keeps] }],
        ),
      };
    },
  );

  api.get(
    '/api/journeys/:id/rehearsals/:rehearsalId/standings',
    {
      schema: {
        tags,
        summary: 'Who comes to each tile of a rehearsal and goes, as the virtual time goes by',
        params: ofRehearsal,
        response: { 200: standingsAnswer },
      },
    },
    async (request) => {
      const { id } = await findJourney(db, request.caller.project.id, request.params.id);
      const { asked, ...rehearsal } = await findRehearsal(db, id, request.params.rehearsalId);
      const tally = await standingsOfRehearsal(db, rehearsal.id);
      return { everyMs: stepMsOf(asked.days), tiles: standingsByTile(tally) };
    },
  );

  api.get(
    '/api/journeys/:id/rehearsals/:rehearsalId/people',
    {
      schema: {
        tags,
        summary: 'What would become of each person, a page at a time',
        description:
          'Each is gone through once more, with what is there now: nothing is kept of any person. Go on with nextAfter until there is none: a page of a rare fate comes when it has some people or after some seconds, and may be short.',
        params: ofRehearsal,
        querystring: Type.Object({
          tile: Type.Optional(Type.String({ description: 'Who comes to this tile' })),
          way: Type.Optional(Type.String({ description: 'With tile: of these, who goes on by this way' })),
          reason: Type.Optional(
            Type.String({
              description:
                'Who leaves, or is skipped, for this reason, at the tile where one is named; without a tile also who does not enter for it',
            }),
          ),
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 unless told' })),
        }),
        response: { 200: peopleAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { tile = null, way = null, reason = null, after = null, limit = 50 } = request.query;
      if (way !== null && (tile === null || reason !== null))
        throw new ApiError(
          'BadParams',
          'way goes with tile, and without reason; name the tile that it is of',
          {
            field: 'way',
          },
        );
      const journey = await findJourney(db, project.id, request.params.id);
      const rehearsal = await findRehearsal(db, journey.id, request.params.rehearsalId);
      const open = await openRehearsal(context, rehearsal, journey.name);
      requireKnown(open.ground.journey, { tile, way, reason });
      const kept = await lanesOfRehearsal(db, rehearsal.id);
      const asked = { tile, way, reason, after, limit };
      const { people, looked, next } = await peopleOfRehearsal(db, open, kept, asked);
      return { people: people.map(personAnswer), looked, ...(next !== null && { nextAfter: next }) };
    },
  );

  api.post(
    '/api/journeys/:id/rehearsals/:rehearsalId/cancel',
    {
      schema: {
        tags,
        summary: 'Work on a rehearsal no more; what it has come to stays',
        params: ofRehearsal,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { id } = await findJourney(db, request.caller.project.id, request.params.id);
      const rehearsal = await findRehearsal(db, id, request.params.rehearsalId);
      const isCancelled = await cancelRehearsal(db, rehearsal.id, clock.now());
      return success(isCancelled ? 'Rehearsal cancelled' : 'Rehearsal was over already');
    },
  );

  /** The draft, or a version; what is published where nothing is drawn. @throws ApiError NotFound. */
  async function documentOf(
    { id, draft, version: newest }: Journey,
    version: number | undefined,
  ): Promise<{ document: unknown; version: number | null }> {
    if (version === undefined && draft !== null) return { document: draft, version: null };
    const wanted = version ?? newest ?? 0;
    const [found] = await findVersions(db, [{ journeyId: id, version: wanted }]);
    if (found) return { document: found.document, version: wanted };
    throw new ApiError(
      'NotFound',
      `Journey ${id} has no version ${wanted}; GET /api/journeys/${id}/versions lists them`,
      { field: 'version', value: wanted },
    );
  }
};

/** All for which people may be asked: why they leave or go no further, are skipped, or do not enter. */
const knownReasons: readonly string[] = [
  ...new Set<string>([...leaveReasons, ...stuckReasons, ...skipReasons, ...refusalReasons]),
];

/** @throws ApiError BadParams for a tile, a way or a reason that nobody can have. */
function requireKnown(
  { tiles }: Pick<FollowedJourney, 'tiles'>,
  { tile, way, reason }: { tile: string | null; way: string | null; reason: string | null },
): void {
  const refuse = (field: string, fault: string) =>
    new ApiError('BadParams', `${field} ${fault}`, { faults: [{ field, fault }] });
  const ways = tile === null ? undefined : tiles.get(tile)?.ways;
  if (tile !== null && !ways)
    throw refuse(
      'tile',
      `names no tile of what was rehearsed: ${tile}; it has ${[...tiles.keys()].join(', ')}`,
    );
  if (way !== null && !ways?.has(way))
    throw refuse('way', `names no way of ${tile}: ${way}; it has ${[...(ways?.keys() ?? [])].join(', ')}`);
  if (reason !== null && !knownReasons.includes(reason))
    throw refuse('reason', `is none that there is: ${reason}; name one of ${knownReasons.join(', ')}`);
}

function summaryOf({
  id,
  version,
  state,
  fault,
  createdBy,
  createdAt,
  endedAt,
  asked,
  fromAt,
  untilAt,
}: Rehearsal) {
  return {
    ...{ rehearsalId: id, version, state, fault: state === 'failed' ? fault : null, createdBy },
    ...{ createdAt: createdAt.getTime(), endedAt: endedAt?.getTime() ?? null },
    ...{ entries: entriesAnswer(asked), days: asked.days, seed: asked.seed },
    ...{ from: fromAt.getTime(), until: untilAt.getTime() },
  };
}

function entriesAnswer({ entries }: AskedRehearsal) {
  const refs = (people: readonly UserRef[]) => people.map(({ lane, id }) => `id:${lane}.${id}`);
  if ('recorded' in entries) {
    const { people, ...recorded } = entries.recorded;
    return { recorded: { ...recorded, ...(people && { people: refs(people) }) } };
  }
  const { among, ...supposed } = entries.supposed;
  if (among && 'people' in among) return { supposed: { people: refs(among.people), ...supposed } };
  const of = among
    ? { listIds: [...among.listIds], segmentIds: [...among.segmentIds] }
    : { everybody: true as const };
  return { supposed: { ...of, ...supposed } };
}

function progressOf(kept: readonly RehearsedLane[]) {
  const peopleOf = ({ tally }: RehearsedLane) => tally.people ?? 0;
  const done = kept.filter(({ isDone }) => isDone);
  const sum = (some: readonly RehearsedLane[]) => some.reduce((total, lane) => total + peopleOf(lane), 0);
  const people = sum(kept);
  const isAll = done.length === lanes.length;
  const inAll = Math.round((sum(done) / Math.max(1, done.length)) * lanes.length);
  return {
    people,
    peopleInAll: done.length === 0 ? null : isAll ? people : Math.max(people, inAll),
    share: done.length / lanes.length,
  };
}

function personAnswer({ person, ...identity }: RehearsedPerson) {
  return {
    ...identity,
    passages: person.passages.map(({ passage: { run, cause, left, stuck }, steps, messages, leftOut }) => ({
      ...{ key: run.key, enteredAt: run.enteredAt.getTime(), cause, isHeldOut: run.isHeldOut, leftOut },
      steps: steps.map(({ tile, at, way, left: reason = null, seen = null }) => ({
        ...{ tile, at: at.getTime(), way, left: reason, seen },
      })),
      ...{ tile: run.tile, leftAt: left?.at.getTime() ?? null },
      ...{ reason: left?.reason ?? null, detail: left?.detail ?? null, stuck },
      // In the order in which they were made, each by a lower number.
      messages: messages
        .toSorted((one, other) => other.id - one.id)
        .map(({ tile, medium, senderId, address, at, segments, priceMicros, skip, detail }) => ({
          ...{ tile, medium, senderId, address, at: at.getTime(), segments, price: priceMicros / 1_000_000 },
          ...{ skip, detail },
        })),
    })),
    notEntered: person.refused.map(({ at, key, reason, cause }) => ({
      at: at.getTime(),
      key,
      reason,
      cause,
    })),
  };
}
