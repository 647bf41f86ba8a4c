import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId } from '../http/schemas.ts';
import type { Wire } from '../providers/wire.ts';
import { detailFaults, faultWords, fieldsOf, openSealed, tryAccount } from './account.ts';
import { stepsOf } from './check-account.ts';
import { isSimulated, movedSetting, requireOutbound, requireSecretsAgain } from './destination.ts';
import { makeSender } from './make-sender.ts';
import { endRests } from './pace/end-rests.sql.ts';
import {
  findAccount,
  insertAccount,
  listAccounts,
  lockAccount,
  type StoredAccount,
  updateAccount,
} from './provider-accounts.sql.ts';
import { requireWire } from './require-wire.ts';
import { senderOfAccount } from './sender-schemas.ts';
import { sendersOfAccount } from './senders.sql.ts';

const tags = ['Senders'];
const free = Type.Record(Type.String(), Type.Unknown());
const name = Type.String({ minLength: 1, maxLength: 100 });

const accountSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  wire: Type.String({ description: 'One of GET /api/wires' }),
  settings: Type.Unsafe<unknown>(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
  simulated: Type.Boolean({ description: 'Whether it leads to the simulator that the operator runs' }),
  stoppedReason: nullable(Type.String()),
  fault: nullable(
    Type.String({
      description: 'Why its senders send nothing though nobody stopped it; secrets are given again by PATCH',
    }),
  ),
  createdAt: Type.String(),
});

const change = Type.Object({
  name: Type.Optional(name),
  settings: Type.Optional(free),
  secrets: Type.Optional(free),
  stoppedReason: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 500 }))),
});

/** The operator's accounts with providers. Secrets go in, sealed, and never come out. */
export const providerAccountRoutes: Routes = (api, context) => {
  wiresRoute(api, context);
  listAndCreate(api, context);
  changeRoute(api, context);
};

/** The part of JSON Schema that accounts are made of. */
const fields = (description: string) =>
  Type.Unsafe<unknown>(
    Type.Object(
      {
        type: Type.Literal('object'),
        required: Type.Optional(Type.Array(Type.String())),
        properties: Type.Record(
          Type.String(),
          Type.Object({
            type: Type.String(),
            title: Type.String({ description: 'What a form calls it' }),
            description: Type.Optional(Type.String({ description: 'In words, what it must be' })),
            pattern: Type.Optional(Type.String()),
            minLength: Type.Optional(Type.Integer()),
            minimum: Type.Optional(Type.Integer()),
            maximum: Type.Optional(Type.Integer()),
            where: Type.Optional(
              Type.String({ description: 'Where the value is found, in the provider’s own console' }),
            ),
            usual: Type.Optional(
              Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
                description: 'What most accounts have',
              }),
            ),
            isOwnWords: Type.Optional(
              Type.Boolean({ description: 'Any words of one’s own will do; a form may make some up' }),
            ),
          }),
        ),
        additionalProperties: Type.Optional(Type.Boolean()),
      },
      { description },
    ),
  );

const wireSchema = Type.Object({
  name: Type.String(),
  title: Type.String({ description: 'What people call it' }),
  media: Type.Array(Type.String()),
  settings: fields('JSON Schema of an account’s settings'),
  secrets: fields('JSON Schema of what is kept encrypted and never shown'),
  destination: Type.Array(Type.String(), {
    description: 'The settings that say who receives the secrets: a change of one asks for all secrets again',
  }),
  steps: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      about: Type.String({ description: 'How to come to its values' }),
      fields: Type.Array(Type.String(), { description: 'Settings and secrets that it asks for' }),
    }),
    {
      description: 'By which an account is connected; each is looked at by POST /api/providerAccounts/check',
    },
  ),
  isChecked: Type.Boolean({ description: 'Whether its accounts can be looked at with the provider' }),
  listsNumbers: Type.Boolean({ description: 'Whether the provider tells the account’s numbers' }),
  setsWebhooks: Type.Boolean({ description: 'Whether the provider is told by call where to call us' }),
});

function wiresRoute(api: Api, { providers }: Context): void {
  const list = Type.Object({ wires: Type.Array(wireSchema) });
  api.get(
    '/api/wires',
    {
      schema: {
        tags,
        summary: 'Ways to send, and what an account with each is made of',
        response: { 200: list },
      },
    },
    async () => ({
      wires: providers.known.all.map((wire) => ({
        ...{ name: wire.name, title: wire.title, media: [...wire.media] },
        ...{ settings: wire.account.settings, secrets: wire.account.secrets },
        ...{ destination: [...wire.account.destination], steps: stepsOf(wire) },
        ...{ isChecked: wire.setUp !== undefined, listsNumbers: wire.setUp?.numbers !== undefined },
        setsWebhooks: wire.setUp?.webhooks !== undefined,
      })),
    }),
  );
}

function listAndCreate(api: Api, context: Context): void {
  const list = Type.Object({ providerAccounts: Type.Array(accountSchema) });
  api.get(
    '/api/providerAccounts',
    { schema: { tags, summary: 'Accounts with providers, without their secrets', response: { 200: list } } },
    async ({ caller }) => {
      const rows = await listAccounts(context.db, caller.project.id);
      return { providerAccounts: rows.map((row) => accountView(context, row)) };
    },
  );

  const created = Type.Object({
    name,
    wire: Type.String({ description: 'One of GET /api/wires, which says what its accounts are made of' }),
    settings: Type.Unknown({ description: 'By the wire’s schema `settings`' }),
    secrets: Type.Unknown({ description: 'By the wire’s schema `secrets`; kept encrypted and never shown' }),
    senders: Type.Optional(
      Type.Array(senderOfAccount, {
        maxItems: 500,
        description: 'Senders made with it: all of them and the account, or nothing',
      }),
    ),
  });
  api.post(
    '/api/providerAccounts',
    {
      schema: {
        tags,
        summary: 'Add an account with a provider',
        body: created,
        response: { 200: accountSchema },
      },
    },
    async ({ caller, body }) => {
      const wire = requireWire(context.providers.known, body.wire);
      requireFitting(wire, body.settings, body.secrets);
      const settings = fieldsOf(body.settings);
      await requireOutbound(context.outbound, wire, settings);
      const row = await context.db.transaction().execute(async (transaction) => {
        const account = await insertAccount(transaction, {
          project_id: caller.project.id,
          name: body.name,
          wire: wire.name,
          settings: JSON.stringify(settings),
          secrets: context.secrets.seal(body.secrets),
          simulated: isSimulated(context.outbound, wire, settings),
          created_at: context.clock.now(),
        });
        const ground = { known: context.providers.known, at: context.clock.now() };
        const place = { projectId: caller.project.id, accountId: account.id, wire };
        for (const sender of body.senders ?? []) await makeSender(transaction, ground, place, sender);
        return account;
      });
      if (body.senders) context.wake();
      return accountView(context, row);
    },
  );
}

function changeRoute(api: Api, context: Context): void {
  api.patch(
    '/api/providerAccounts/:id',
    {
      schema: {
        tags,
        summary:
          'Change an account: what is left out stays, null takes it out; stoppedReason stops it, null starts it again',
        description:
          'A change of where it leads (baseUrl; host, port or secure of smtp) must bring all of its secrets again: stored ones go nowhere but where they were given for.',
        params: Type.Object({ id: rowId }),
        body: change,
        response: { 200: accountSchema },
      },
    },
    async ({ caller, params, body }) => {
      await checkDestination(context, caller.project.id, params.id, body);
      const { row, changed } = await context.db
        .transaction()
        .execute((transaction) => changeAccount(transaction, context, caller.project.id, params.id, body));
      if (row.stopped_reason !== null && changed.stopped_reason === null)
        await endRests(context.db, await sendersOfAccount(context.db, params.id));
      context.wake();
      return accountView(context, changed);
    },
  );
}

const noAccount = (id: number) =>
  new ApiError('NotFound', `There is no provider account ${id} in this project`);

/** Looks the names of a new destination up, before anything is locked: that may take seconds. */
async function checkDestination(
  { db, secrets, outbound, providers }: Context,
  projectId: number,
  id: number,
  asked: Static<typeof change>,
): Promise<void> {
  const row = await findAccount(db, projectId, id);
  if (!row) throw noAccount(id);
  const changed = changedBy(row.settings, asked.settings);
  const wire = requireWire(providers.known, row.wire);
  if (movedSetting(wire, { stored: fieldsOf(row.settings), changed }) === undefined) return;
  requireFitting(wire, changed, changedBy(openSealed(row, secrets), asked.secrets));
  await requireOutbound(outbound, wire, changed);
}

/** Changes an account in a transaction; returns it as it was and as it is. */
async function changeAccount(
  db: Database,
  { secrets, outbound, providers }: Context,
  projectId: number,
  id: number,
  asked: Static<typeof change>,
) {
  const row = await lockAccount(db, projectId, id);
  if (!row) throw noAccount(id);
  const settings = { stored: fieldsOf(row.settings), changed: changedBy(row.settings, asked.settings) };
  const details = () => {
    const opened = openSealed(row, secrets);
    // Which there were is not known, so that one which may be missing must be left out knowingly.
    if (opened === null && asked.secrets === undefined)
      throw new ApiError(
        'BadParams',
        'secrets: those stored cannot be opened any more; give all of them again',
        {
          field: 'secrets',
        },
      );
    const stored = opened ?? {};
    const wire = requireWire(providers.known, row.wire);
    requireSecretsAgain(wire, settings, { stored, given: asked.secrets ?? {} });
    const sealed = changedBy(stored, asked.secrets);
    requireFitting(wire, settings.changed, sealed);
    return {
      settings: JSON.stringify(settings.changed),
      secrets: secrets.seal(sealed),
      simulated: isSimulated(outbound, wire, settings.changed),
    };
  };
  const isOfDetails = asked.settings !== undefined || asked.secrets !== undefined;
  const changed = await updateAccount(db, row, {
    name: asked.name ?? row.name,
    stopped_reason: asked.stoppedReason,
    ...(isOfDetails && details()),
  });
  return { row, changed };
}

/** @throws ApiError BadParams with each fault and its field. */
function requireFitting(wire: Wire, settings: unknown, secrets: unknown): void {
  const faults = detailFaults(wire.account, settings, secrets);
  if (faults.length > 0) throw new ApiError('BadParams', faultWords(faults), { faults });
}

/** What was stored, changed by what was given; null takes out what may be left out. */
function changedBy(stored: unknown, given: Record<string, unknown> = {}): Record<string, unknown> {
  const changed = { ...fieldsOf(stored), ...given };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
}

function accountView({ secrets, providers }: Context, row: StoredAccount) {
  const opened = tryAccount(row, secrets, providers.known);
  return {
    fault: 'fault' in opened ? opened.fault : null,
    id: row.id,
    name: row.name,
    wire: row.wire,
    settings: row.settings,
    simulated: row.simulated,
    stoppedReason: row.stopped_reason,
    createdAt: row.created_at.toISOString(),
  };
}
