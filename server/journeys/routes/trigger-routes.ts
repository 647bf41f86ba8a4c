import { Type } from 'typebox';
import { requireList } from '../../audiences/list-members.ts';
import { recipientUser } from '../../delivery/recipient.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { idempotencyHeader, storedKeyOf } from '../../http/idempotency.ts';
import { nullable, rowId } from '../../http/schemas.ts';
import { findByKey, keepKey, requestKey } from '../../requests/request-key.sql.ts';
import { enter } from '../enter/enter.ts';
import { asFollowed } from '../enter/enter-next.ts';
import { insertIntake, isComingIn } from '../enter/intakes.sql.ts';
import { journeysFlowName } from '../flow-name.ts';
import { findJourney } from '../journeys.sql.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';

const answer = (runId: string | null, notEntered: string | null) => ({
  ...{ code: 'Success', msg: '', params: { runId, notEntered } },
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
          'The answer names the passage; where the person may not enter (already inside, let in as many times as the journey allows, not of its audience) it says why. With an Idempotency-Key a repeated call is answered as the first was.',
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
            }),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { workflowId, email, userId, listId, dataFields = {} } = request.body;
      if ([email, userId, listId].filter((each) => each !== undefined).length !== 1)
        throw new ApiError('BadParams', 'Give exactly one of email, userId and listId', { field: 'email' });
      const at = context.clock.now();
      const found = await findJourney(context.db, project.id, workflowId);
      const journey = (await context.journeys.ofProject(context.db, project.id)).find(
        ({ id }) => id === workflowId,
      );
      if (!journey || found.state !== 'open')
        throw new ApiError(
          'InvalidState',
          `Journey ${workflowId} is ${found.state}, and nobody may enter; it must be published and open`,
          { workflowId, state: found.state },
        );
      if (listId !== undefined) {
        await letListIn(
          context,
          project.id,
          { journeyId: workflowId, listId, dataFields, once: storedKeyOf(request) },
          at,
        );
        return answer(null, null);
      }
      const key = requestKey(project.id, storedKeyOf(request), request.body);
      const user = await recipientUser(
        context.people,
        project.id,
        email === undefined ? { userId: userId ?? '' } : { email },
        at,
      );
      const { lane } = user;
      const entered = await context.db.transaction().execute(async (transaction) => {
        const earlier = key && (await findByKey(transaction, key));
        if (earlier) return { runId: earlier.requestId === 0 ? null : earlier.requestId, reason: null };
        await holdJourneyLane(transaction, lane);
        const [followed] = await asFollowed(transaction, context.journeys, lane, [journey]);
        const cause = { api: true, at };
        const [outcome] = await enter(
          transaction,
          lane,
          followed ?? journey,
          [{ userId: user.id, at, cause, data: dataFields, eventId: null }],
          at,
        );
        const { runId = null, reason = null } = outcome ?? {};
        if (key) await keepKey(transaction, key, { requestId: runId ?? 0, message: null });
        return { runId, reason };
      });
      if (entered.runId !== null) context.wake([{ flow: journeysFlowName, lane, due: 0 }]);
      return answer(entered.runId === null ? null : `${lane}-${entered.runId}`, entered.reason);
    },
  );
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
