import { Type } from 'typebox';
import { requireList } from '../../audiences/list-members.ts';
import type { Routes } from '../../http/api.ts';
import type { CallerProject, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { idempotencyHeader, keyConflict, storedKeyOf } from '../../http/idempotency.ts';
import { nullable, rowId } from '../../http/schemas.ts';
import { findByKey, keepKey, requestKey } from '../../requests/request-key.sql.ts';
import { refusalError } from '../../users/bulk-answer.ts';
import { mostSigns, tooLargeRefusal } from '../../users/field-limits.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import { refuseForgotten } from '../../users/forgotten.ts';
import { identityOfKey, type UserKey, type UserRef } from '../../users/identity.ts';
import { onlyHolder } from '../../users/named-user.ts';
import type { People } from '../../users/people.ts';
import { prepareUpdate } from '../../users/prepare-update.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import { type Entered, enter } from '../enter/enter.ts';
import { asFollowed } from '../enter/enter-next.ts';
import { insertIntake, isComingIn } from '../enter/intakes.sql.ts';
import { journeysFlowName } from '../flow-name.ts';
import { findJourney, type Journey } from '../journeys.sql.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import type { RefusalReason } from '../runs/run.ts';
import { apiTrigger } from '../triggers/called.ts';

const answer = (runId: string | null, notEntered: string | null, waits: boolean, msg = '') => ({
  ...{ code: 'Success', msg, params: { runId, notEntered, waits } },
});

/** Letting somebody into a journey by a call, as Iterable's clients do. */
export const triggerRoutes: Routes = (api, context) => {
  api.post(
    '/api/workflows/triggerWorkflow',
    {
      schema: {
        tags: ['Journeys'],
        summary: 'Let a person into a journey',
        description:
          'Of a journey whose entry is `api`; any other is refused. The answer names the passage; where the person may not enter (already inside, let in as many times as the journey allows, not of its audience) it says why. Where so many enter the journey an hour or a day, they wait in line. With an Idempotency-Key a repeated call is answered as the first was.',
        headers: idempotencyHeader,
        body: Type.Object({
          workflowId: rowId,
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
          listId: Type.Optional(rowId),
          dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        }),
        response: {
          200: Type.Object({
            ...{ code: Type.String(), msg: Type.String() },
            params: Type.Object({
              runId: nullable(
                Type.String({ description: 'The passage; null where nobody entered, and where a list does' }),
              ),
              notEntered: nullable(Type.String({ description: 'Why nobody entered' })),
              waits: Type.Boolean({
                description: 'Whether they wait in line, since so many enter the journey an hour or a day',
              }),
            }),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { workflowId, email, userId, listId, dataFields = {} } = request.body;
      const isOne = email !== undefined || userId !== undefined;
      if (isOne === (listId !== undefined))
        throw new ApiError(
          'BadParams',
          isOne
            ? 'listId is given beside a person; give one of the two'
            : 'Nobody is named; give userId or email, or listId for a whole list',
          { field: isOne ? 'listId' : 'email' },
        );
      const at = context.clock.now();
      const found = await findJourney(context.db, project.id, workflowId);
      const journey = (await context.journeys.ofProject(context.db, project.id)).find(
        ({ id }) => id === workflowId,
      );
      if (!journey || found.state !== 'open') throw notOpen(found);
      requireCalled(journey);
      if (JSON.stringify(dataFields).length > mostSigns) throw refusalError(tooLargeRefusal('entry'));
      if (listId !== undefined) {
        await letListIn(
          context,
          project.id,
          { journeyId: workflowId, listId, dataFields, once: storedKeyOf(request) },
          at,
        );
        return answer(null, null, false, `The people of list ${listId} enter in the background`);
      }
      const key = requestKey(project.id, storedKeyOf(request), request.body);
      const user = await personOf(context.people, project, { userId, email }, at);
      const { lane } = user;
      const entered = await context.db.transaction().execute(async (transaction) => {
        // One after the other, so that the same call made twice at once is one.
        await holdJourneyLane(transaction, lane);
        const earlier = key && (await findByKey(transaction, key));
        if (earlier) return outcomeOf(earlier.requestId);
        // What is published meanwhile may begin otherwise.
        const [followed] = await asFollowed(transaction, context, lane, [journey], at);
        if (!followed) throw notOpen(await findJourney(transaction, project.id, workflowId));
        const cause = { api: true, at };
        const [outcome] = await enter(
          transaction,
          context.announce,
          lane,
          followed,
          [{ userId: user.id, at, cause, data: dataFields, eventId: null }],
          at,
        );
        const entered: Entered = outcome ?? { runId: null, reason: 'notAudience' };
        const kept = key && { requestId: numberOf(entered), message: null };
        if (key && kept && !(await keepKey(transaction, key, kept))) throw keyConflict();
        return entered;
      });
      if (entered.runId !== null) context.wake([{ flow: journeysFlowName, lane, due: 0 }]);
      const { runId, reason } = entered;
      return answer(runId === null ? null : `${lane}-${runId}`, reason, runId === null && reason === null);
    },
  );
};

/**
 * The person whom a call names: by userId where it gives both, as events do. Who is not known yet is made. @throws ApiError for what names nobody, and for
 * somebody who was forgotten.
 */
async function personOf(
  people: People,
  project: CallerProject,
  { userId, email }: { userId?: string | undefined; email?: string | undefined },
  at: Date,
): Promise<UserRef> {
  const prepared = prepareUpdate(
    { ...(userId !== undefined && { userId }), ...(email !== undefined && { email }) },
    project.defaultCountry,
  );
  if (!prepared.ok) throw refusalError(prepared);
  const [surest, ...others] = prepared.identities.flatMap(({ kind, value }): UserKey[] =>
    kind === 'externalId' ? [{ userId: value }] : kind === 'email' ? [{ email: value }] : [],
  );
  if (!surest) throw new ApiError('BadParams', 'Nobody is named; give userId or email', { field: 'email' });
  // The email of a call that names a known userId is not taken for a change of email.
  const known = await onlyHolder(people.db, project.id, surest);
  if (known) return known;
  for (const key of [surest, ...others]) await refuseForgotten(people.db, project.id, identityOfKey(key));
  return findOrCreateUser(people, project.id, [surest, ...others], at);
}

/** @throws ApiError InvalidState for a journey into which something else lets people. */
function requireCalled({ id, entry: { trigger } }: PublishedJourney): void {
  if (Object.hasOwn(trigger.stored, apiTrigger.name)) return;
  throw new ApiError(
    'InvalidState',
    `Journey ${id} begins by ${trigger.words}, and a call lets people only into one whose entry is api; have that happen (an event: POST /api/events/track), or publish it with "entry": { "on": { "api": {} } }`,
    { workflowId: id },
  );
}

const notOpen = ({ id, state }: Pick<Journey, 'id' | 'state'>) =>
  new ApiError(
    'InvalidState',
    `Journey ${id} is ${state}, and nobody may enter; it must be published and open`,
    { workflowId: id, state },
  );

/** In the order in which they are kept under keys, below zero: others come after these. */
const reasons: readonly RefusalReason[] = [
  ...(['alreadyInside', 'lifetimeLimit', 'tooSoon', 'notAudience', 'tooOld'] as const),
  ...(['exitRule', 'tooManyHops', 'notOpen', 'noKey', 'overRate'] as const),
];

/** What became of a call, as it is kept under its key: the passage, or why there is none; 0 for who waits in line. */
const numberOf = ({ runId, reason }: Entered): number =>
  runId ?? (reason === null ? 0 : -1 - reasons.indexOf(reason));
const outcomeOf = (number: number): Entered => {
  if (number > 0) return { runId: number, reason: null };
  return { runId: null, reason: number === 0 ? null : (reasons[-1 - number] ?? 'notAudience') };
};

/** Has the members of a list enter a journey, a lane after the other. @throws ApiError for a list that is none, and while the same is going on. */
async function letListIn(
  { db, wake }: Context,
  projectId: number,
  {
    journeyId,
    listId,
    dataFields,
    once,
  }: { journeyId: number; listId: number; dataFields: Record<string, unknown>; once: string | null },
  at: Date,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await requireList(transaction, projectId, listId);
    await findJourney(transaction, projectId, journeyId, true);
    const audience = { listIds: [listId], segmentIds: [], suppressionListIds: [], suppressionSegmentIds: [] };
    const isGoingOn = await isComingIn(transaction, journeyId, audience);
    const intake = {
      journeyId,
      projectId,
      ...audience,
      data: dataFields,
      cause: { list: listId, api: true, at },
    };
    // The same call again is the one that is going on.
    const isNew = (await insertIntake(transaction, intake, once, at)) !== null;
    if (isNew && isGoingOn)
      throw new ApiError(
        'Conflict',
        `List ${listId} is still entering journey ${journeyId}; wait until it is through`,
        { listId, workflowId: journeyId },
      );
  });
  wake();
}
