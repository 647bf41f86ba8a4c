import { type Static, Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import type { SenderKind } from '../medium/media.ts';
import type { Wire } from '../providers/wire.ts';
import { makeSender, requireCarried, requireKind, requireWireAddress, zoneOf } from './make-sender.ts';
import { endRests } from './pace/end-rests.sql.ts';
import { findAccount } from './provider-accounts.sql.ts';
import { listSenders, requireSender, senderView, usesOfSender } from './sender.ts';
import { senderFaults } from './sender-rules.ts';
import { idParams, newSender, senderChange, senderSchema } from './sender-schemas.ts';
import { deleteSender, type Sender, updateSender } from './senders.sql.ts';

const tags = ['Senders'];
/** What messages come from: numbers, codes, names and mailboxes, each with one purpose, a pace and a cap. */
export const senderRoutes: Routes = (api, context) => {
  listRoute(api, context);
  createRoute(api, context);
  changeRoute(api, context);
  deleteRoute(api, context);
};

function listRoute(api: Api, context: Context): void {
  const list = Type.Object({ senders: Type.Array(senderSchema) });
  api.get(
    '/api/senders',
    { schema: { tags, summary: 'All senders', response: { 200: list } } },
    async ({ caller }) => {
      const senders = await listSenders(context.db, caller.project.id, context.clock);
      return { senders: senders.map(senderView) };
    },
  );
}

function createRoute(api: Api, context: Context): void {
  api.post(
    '/api/senders',
    { schema: { tags, summary: 'Set up a sender', body: newSender, response: { 200: senderSchema } } },
    async ({ caller, body }) => {
      const { providerAccountId, ...asked } = body;
      const wire = await requireAccount(context, caller, requireKind(body.kind), providerAccountId);
      const sender = await makeSender(
        context.db,
        { known: context.providers.known, at: context.clock.now() },
        { projectId: caller.project.id, accountId: providerAccountId, wire },
        asked,
      );
      context.wake();
      return senderView({ sender, usedToday: 0, poolIds: [] });
    },
  );
}

async function requireAccount(
  { db, providers }: Context,
  caller: Caller,
  kind: SenderKind,
  accountId: number,
): Promise<Wire> {
  const { known } = providers;
  const account = await findAccount(db, caller.project.id, accountId);
  if (!account)
    throw new ApiError(
      'NotFound',
      `providerAccountId ${accountId} is not an account of this project; see GET /api/providerAccounts`,
    );
  const wire = known.named(account.wire);
  requireCarried(known, wire, kind, accountId);
  return wire;
}

function changeRoute(api: Api, context: Context): void {
  api.patch(
    '/api/senders/:id',
    {
      schema: {
        tags,
        summary: 'Change, stop or start a sender',
        params: idParams,
        body: senderChange,
        response: { 200: senderSchema },
      },
    },
    async ({ caller, params, body }) => {
      const sender = await requireSender(context.db, caller.project.id, params.id);
      if (body.providerAccountId !== undefined)
        requireWireAddress(
          await requireAccount(context, caller, sender.kind, body.providerAccountId),
          sender.wire_address,
        );
      if (body.registration !== undefined) {
        const faults = senderFaults({ ...sender, registration: body.registration });
        if (faults.length > 0) throw new ApiError('SenderRefused', faults.join('; '), { faults });
      }
      await updateSender(context.db, sender, {
        name: body.name,
        mps: body.mps,
        daily_cap: body.dailyCap,
        day_zone: zoneOf(body.dayZone) ?? undefined,
        registration: body.registration,
        provider_account_id: body.providerAccountId,
        ...stateChange(sender, body, caller.name),
      });
      if (sender.state === 'stopped' && body.state === 'active') await endRests(context.db, [params.id]);
      context.wake();
      const all = await listSenders(context.db, caller.project.id, context.clock);
      const changed = all.find((one) => one.sender.id === params.id);
      if (!changed) throw new ApiError('NotFound', `There is no sender ${params.id} in this project`);
      return senderView(changed);
    },
  );
}

function stateChange(sender: Sender, body: Static<typeof senderChange>, caller: string) {
  const state = body.state ?? sender.state;
  if (state === 'active') return { state, stopped_reason: null };
  const reason =
    body.stoppedReason ?? (sender.state === 'stopped' ? sender.stopped_reason : `stopped by ${caller}`);
  return { state, stopped_reason: reason };
}

function deleteRoute(api: Api, context: Context): void {
  api.delete(
    '/api/senders/:id',
    {
      schema: {
        tags,
        summary: 'Delete a sender that was never used',
        params: idParams,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params }) => {
      const sender = await requireSender(context.db, caller.project.id, params.id);
      const uses = await usesOfSender(context, caller.project.id, params.id);
      if (uses.length > 0)
        throw new ApiError(
          'Conflict',
          `Sender ${params.id} is in use by ${uses.join(', ')}; stop it instead (PATCH with state "stopped")`,
          { usedBy: uses },
        );
      await deleteSender(context.db, sender);
      return success('Sender deleted');
    },
  );
}
