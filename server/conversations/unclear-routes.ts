import { Type } from 'typebox';
import { type Ledger, recordWishes } from '../consent/ledger.ts';
import { targetText } from '../consent/standing.ts';
import { addressFor, mediaOfTargets } from '../consent/targets.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, success, successAnswer } from '../http/schemas.ts';
import { loadUsers } from '../users/find-users.ts';
import { userCard, userCardSchema } from '../users/user-answer.ts';
import { findUnclearReply, listUndecided, markDecided, otherUnclearChannels } from './unclear-replies.sql.ts';

const tags = ['Consent'];
const unclearSchema = Type.Object({
  id: Type.Integer(),
  body: Type.String(),
  about: Type.Union([Type.Literal('wish'), Type.Literal('wrongNumber'), Type.Literal('died')], {
    description:
      'What it may mean: a wish for fewer or no messages, that the number is another’s by now, or that its owner has died',
  }),
  channelIds: Type.Array(Type.Integer()),
  receivedAt: Type.String(),
  user: nullable(userCardSchema),
});

/** Replies whose wish is unclear, and the decision on each. */
export const unclearRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/consent/unclear',
    {
      schema: {
        tags,
        summary: 'Replies that may be opt-outs, waiting for a decision; oldest first',
        querystring: Type.Object({
          after: Type.Optional(Type.Integer()),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        }),
        response: { 200: Type.Object({ replies: Type.Array(unclearSchema) }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { after = 0, limit = 50 } = request.query;
      const rows = await listUndecided(db, project.id, after, limit);
      const users = await loadUsers(
        db,
        project.id,
        rows.map((row) => ({ lane: row.lane, id: row.user_id })),
      );
      return {
        replies: rows.map((row) => {
          const user = users.get(row.user_id);
          return {
            id: row.id,
            body: row.body,
            about: row.about,
            channelIds: row.channel_ids,
            receivedAt: row.received_at.toISOString(),
            user: user ? userCard(user) : null,
          };
        }),
      };
    },
  );
  api.post(
    '/api/consent/unclear/:id/decide',
    {
      schema: {
        tags,
        summary: 'Decide on an unclear reply: opt the person out, or keep them',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        body: Type.Object({ decision: Type.Union([Type.Literal('optOut'), Type.Literal('keep')]) }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project, name } = request.caller;
      const decided = { projectId: project.id, replyId: request.params.id, by: name, at: clock.now() };
      await decide(context, { ...decided, decision: request.body.decision });
      return success();
    },
  );
};

interface Decision {
  projectId: number;
  replyId: number;
  decision: 'optOut' | 'keep';
  by: string;
  at: Date;
}

async function decide(ledger: Ledger, { projectId, replyId, decision, by, at }: Decision): Promise<void> {
  const { db } = ledger;
  const reply = await findUnclearReply(db, projectId, replyId);
  if (!reply) throw new ApiError('NotFound', `No unclear reply ${replyId}`, { field: 'id', value: replyId });
  if (reply.decision !== null) throw decidedAlready(replyId);
  const ref = { lane: reply.lane, id: reply.user_id };
  const user = (await loadUsers(db, projectId, [ref])).get(ref.id);
  const media = await mediaOfTargets(db, projectId);
  const stillUnclear = decision === 'keep' ? await otherUnclearChannels(db, ref, replyId) : new Set<number>();
  const wishes = reply.channel_ids
    .filter((channelId) => !stillUnclear.has(channelId))
    .map((targetId) => ({
      lane: ref.lane,
      userId: ref.id,
      projectId,
      action: decision === 'optOut' ? ('optOut' as const) : ('resume' as const),
      kind: 'channel' as const,
      targetId,
      // The number it was written from, though the person may have another by now.
      address: reply.address ?? (user ? addressFor(user, media.get(targetText('channel', targetId))) : null),
      method: 'reply',
      source: `unclear reply ${replyId}, decided by ${by}`,
      wording: reply.body,
      happenedAt: decision === 'optOut' ? reply.received_at : at,
    }));
  // First the wish, then the mark: a crash between the two leaves the question open, never the wish undone.
  await recordWishes(ledger, wishes, at);
  if (!(await markDecided(db, reply, { decision, by, at }))) throw decidedAlready(replyId);
}

function decidedAlready(replyId: number): ApiError {
  return new ApiError('InvalidState', `Unclear reply ${replyId} has been decided already`, { field: 'id' });
}
