import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { medium } from '../http/media.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { factsOfKind, mediumOfKind } from '../medium/media.ts';
import type { FoundNumber } from '../providers/account-set-up.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { Wire } from '../providers/wire.ts';
import { callbacksOf, requireUsable } from './account.ts';
import {
  checkDraft,
  checkStored,
  draftAccount,
  groundOf,
  isDraftSimulated,
  knownSender,
  reachedFinding,
  stepsOf,
} from './check-account.ts';
import { findingSchema, findingView } from './finding-schema.ts';
import { requireKind } from './make-sender.ts';
import { findAccount, type StoredAccount } from './provider-accounts.sql.ts';
import { requireWire } from './require-wire.ts';
import { sendersOn } from './senders.sql.ts';

const tags = ['Senders'];
const id = Type.Object({ id: rowId });

const findings = Type.Array(findingSchema);

const numberSchema = Type.Object({
  kind: Type.String({ description: 'A kind of sender' }),
  medium,
  address: Type.String(),
  wireAddress: nullable(
    Type.String({ description: 'Where the wire knows it by another, for POST /api/senders' }),
  ),
  name: Type.String({ description: 'What it is called at the provider' }),
  country: nullable(Type.String({ description: 'Of a number, where it tells' })),
  notice: nullable(Type.String()),
  mps: Type.Number({ description: 'Segments a second of a new sender of this kind' }),
  mpsSource: Type.String({ description: 'Where that comes from' }),
  senderId: nullable(Type.Integer({ description: 'The sender that it is already' })),
});
const numbers = Type.Array(numberSchema);
const copies = Type.Array(
  Type.Object({
    where: Type.String({ description: 'Where in the provider’s own console' }),
    address: Type.String(),
  }),
  { description: 'What to enter by hand where it shall not be set by call' },
);

/** Accounts looked at with their providers, before they are kept and later. */
export const accountCheckRoutes: Routes = (api, context) => {
  draftRoute(api, context);
  checkRoute(api, context);
  numbersRoute(api, context);
  webhooksRoute(api, context);
};

function draftRoute(api: Api, context: Context): void {
  api.post(
    '/api/providerAccounts/check',
    {
      schema: {
        tags,
        summary: 'Look with the provider at an account that is being connected; nothing is kept',
        body: Type.Object({
          wire: Type.String({ description: 'One of GET /api/wires' }),
          step: Type.String({
            description: 'One of the wire’s steps; its fields and those of the steps before are given',
          }),
          settings: Type.Unknown(),
          secrets: Type.Unknown(),
        }),
        response: {
          200: Type.Object({
            findings,
            numbers: nullable(numbers),
          }),
        },
      },
    },
    async ({ body }) => {
      const wire = requireWire(context.providers.known, body.wire);
      const found = await checkDraft(context, wire, body.step, body);
      const isLast = stepsOf(wire).at(-1)?.name === body.step;
      if (!isLast || found.some(({ state }) => state === 'fault'))
        return { findings: found.map(findingView), numbers: null };
      const listed = await wire.setUp?.numbers?.(draftAccount(wire, body), groundOf(context));
      const reached = wire.setUp?.webhooks
        ? [await reachedFinding(context, isDraftSimulated(context, wire, body.settings))]
        : [];
      const problem = listed && 'problem' in listed ? [listed.problem] : [];
      return {
        findings: [...found, ...problem, ...reached].map(findingView),
        numbers: listed && 'numbers' in listed ? listed.numbers.map((each) => numberView(each, [])) : null,
      };
    },
  );
}

function checkRoute(api: Api, context: Context): void {
  api.get(
    '/api/providerAccounts/:id/check',
    {
      schema: {
        tags,
        summary:
          'Look an account over with its provider: sign-in, webhooks, quality and limits of its senders',
        params: id,
        response: { 200: Type.Object({ findings, webhooks: copies }) },
      },
    },
    async ({ caller, params }) => {
      const row = await requireStored(context, caller.project.id, params.id);
      const found = await checkStored(context, row);
      const wire = context.providers.known.named(row.wire);
      return { findings: found.map(findingView), webhooks: copiesOf(context, wire, row) };
    },
  );
}

function numbersRoute(api: Api, context: Context): void {
  api.get(
    '/api/providerAccounts/:id/numbers',
    {
      schema: {
        tags,
        summary: 'The numbers that an account has at its provider, those that are senders already among them',
        params: id,
        response: { 200: Type.Object({ numbers }) },
      },
    },
    async ({ caller, params }) => {
      const { row, account, wire } = await requireAccount(context, caller.project.id, params.id);
      const listed = await wire.setUp?.numbers?.(account, groundOf(context));
      if (listed && 'problem' in listed)
        throw new ApiError('ProviderError', `${listed.problem.found}. ${listed.problem.remedy ?? ''}`.trim());
      const senders = await sendersOn(context.db, row.id);
      return { numbers: (listed?.numbers ?? []).map((each) => numberView(each, senders)) };
    },
  );
}

function webhooksRoute(api: Api, context: Context): void {
  api.post(
    '/api/providerAccounts/:id/webhooks',
    {
      schema: {
        tags,
        summary: 'Tell the provider where to call, for the account and all of its active senders',
        params: id,
        response: { 200: Type.Object({ findings, webhooks: copies }) },
      },
    },
    async ({ caller, params }) => {
      const { row, account, wire } = await requireAccount(context, caller.project.id, params.id);
      const webhooks = wire.setUp?.webhooks;
      if (!webhooks)
        throw new ApiError('InvalidState', `${wire.title} calls nobody, so there is no webhook to set`);
      const active = (await sendersOn(context.db, row.id)).filter(({ state }) => state === 'active');
      const found = await webhooks.set(
        account,
        active.map(knownSender),
        callbacksOf(context.publicUrl, row),
        groundOf(context),
      );
      return { findings: found.map(findingView), webhooks: copiesOf(context, wire, row) };
    },
  );
}

async function requireStored({ db }: Context, projectId: number, accountId: number): Promise<StoredAccount> {
  const row = await findAccount(db, projectId, accountId);
  if (row) return row;
  throw new ApiError('NotFound', `There is no provider account ${accountId} in this project`);
}

async function requireAccount(
  context: Context,
  projectId: number,
  accountId: number,
): Promise<{ row: StoredAccount; account: ProviderAccount; wire: Wire }> {
  const row = await requireStored(context, projectId, accountId);
  const wire = requireWire(context.providers.known, row.wire);
  return { row, account: requireUsable(row, context), wire };
}

function copiesOf({ publicUrl }: Context, wire: Wire | undefined, row: StoredAccount) {
  return wire?.setUp?.webhooks?.toCopy(callbacksOf(publicUrl, row)) ?? [];
}

function numberView(
  { kind: named, address, wireAddress, name, notice }: FoundNumber,
  senders: readonly { id: number; address: string }[],
) {
  const kind = requireKind(named);
  const { mps, source } = factsOfKind(kind);
  return {
    ...{ kind, medium: mediumOfKind[kind], address, wireAddress: wireAddress ?? null, name, notice },
    country: parsePhoneNumberFromString(address)?.country ?? null,
    ...{ mps, mpsSource: source },
    senderId: senders.find((sender) => sender.address === address)?.id ?? null,
  };
}
