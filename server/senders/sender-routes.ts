import { type Static, Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { mediumOfKind, type SenderKind } from '../medium/media.ts';
import type { Wire } from '../providers/wire.ts';
import { endRests } from './pace/end-rests.sql.ts';
import { defaultDayZone, defaultMps } from './pace-defaults.ts';
import { findAccount } from './provider-accounts.sql.ts';
import { listSenders, requireSender, senderView, usesOfSender } from './sender.ts';
import { kindsWithoutWire, senderFaults } from './sender-rules.ts';
import { idParams, newSender, senderChange, senderSchema } from './sender-schemas.ts';
import { deleteSender, insertSender, type Sender, sendersAtAddress, updateSender } from './senders.sql.ts';

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
      const kind = requireKind(body.kind);
      const wireAddress = body.wireAddress ?? body.address;
      const registration = body.registration ?? null;
      const faults = senderFaults({ ...body, kind, registration });
      if (faults.length > 0) throw new ApiError('SenderRefused', faults.join('; '), { faults });
      await requireFreeAddress(context, caller, kind, body);
      const wire = await requireAccount(context, caller, kind, body.providerAccountId);
      requireWireAddress(wire, wireAddress);
      const sender = await insertSender(context.db, {
        project_id: caller.project.id,
        provider_account_id: body.providerAccountId,
        name: body.name ?? body.address,
        kind,
        medium: mediumOfKind[kind],
        address: body.address,
        wire_address: wireAddress,
        country: body.country,
        registration,
        purpose: body.purpose,
        mps: body.mps ?? defaultMps(kind),
        daily_cap: body.dailyCap ?? null,
        day_zone: zoneOf(body.dayZone) ?? defaultDayZone(kind, body.country),
        created_at: context.clock.now(),
      });
      if (!sender) throw taken(body.address);
      context.wake();
      return senderView({ sender, usedToday: 0, poolIds: [] });
    },
  );
}

function requireKind(kind: string): SenderKind {
  if (isKind(kind)) return kind;
  if (kindsWithoutWire.includes(kind))
    throw new ApiError('NoWire', `There is no wire for ${kind} yet, so no such sender can be set up`, {
      field: 'kind',
    });
  throw new ApiError(
    'BadParams',
    `kind ${JSON.stringify(kind)} is not one of ${Object.keys(mediumOfKind).join(', ')}`,
    {
      field: 'kind',
    },
  );
}

function isKind(kind: string): kind is SenderKind {
  return Object.hasOwn(mediumOfKind, kind);
}

function zoneOf(zone: string | undefined): string | null {
  if (zone === undefined) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new ApiError(
      'BadParams',
      `dayZone ${JSON.stringify(zone)} is not a time zone; write it as America/Los_Angeles`,
      {
        field: 'dayZone',
      },
    );
  }
}

function taken(address: string): ApiError {
  return new ApiError('Conflict', `${address} is a sender already; see GET /api/senders`, {
    field: 'address',
  });
}

/** A sender has one purpose: the flows of the two may not share one. Only a name may stand in several countries. */
async function requireFreeAddress(
  context: Context,
  caller: Caller,
  kind: SenderKind,
  body: Static<typeof newSender>,
): Promise<void> {
  const others = await sendersAtAddress(context.db, caller.project.id, {
    medium: mediumOfKind[kind],
    address: body.address,
  });
  const other = others.find((one) => one.purpose !== body.purpose);
  if (other)
    throw new ApiError(
      'SenderRefused',
      `${body.address} is ${other.purpose} already; promotional and transactional messages cannot share a sender, use another address`,
      { field: 'purpose' },
    );
  if (others.some((one) => kind !== 'alphanumeric' || one.country === body.country))
    throw taken(body.address);
}

async function requireAccount(
  context: Context,
  caller: Caller,
  kind: SenderKind,
  accountId: number,
): Promise<Wire> {
  const { known } = context.providers;
  const account = await findAccount(context.db, caller.project.id, accountId);
  if (!account)
    throw new ApiError(
      'NotFound',
      `providerAccountId ${accountId} is not an account of this project; see GET /api/providerAccounts`,
    );
  const medium = mediumOfKind[kind];
  const wire = known.named(account.wire);
  if (wire?.media.includes(medium)) return wire;
  const fitting = known.all.filter(({ media }) => media.includes(medium)).map(({ name }) => name);
  throw new ApiError(
    'SenderRefused',
    `providerAccountId ${accountId} is a ${account.wire} account; a sender of kind ${kind} leaves by ${fitting.join(' or ')}`,
    { field: 'providerAccountId' },
  );
}

function requireWireAddress(wire: Wire, wireAddress: string): void {
  const fault = wire.wireAddressFault?.(wireAddress) ?? null;
  if (fault !== null) throw new ApiError('SenderRefused', fault, { field: 'wireAddress', faults: [fault] });
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
