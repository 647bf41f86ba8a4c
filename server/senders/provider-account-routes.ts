import type { Selectable } from 'kysely';
import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { ProviderAccountTable } from '../database/schema.ts';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { type AccountDetails, readDetails } from './account.ts';
import { isSimulated, movedSetting, requireOutbound, requireSecretsAgain } from './destination.ts';
import { endRests } from './pace/end-rests.ts';

const tags = ['Senders'];
const free = Type.Record(Type.String(), Type.Unknown());
const name = Type.String({ minLength: 1, maxLength: 100 });

const accountSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  wire: Type.Enum(['twilio', 'meta', 'smtp']),
  settings: Type.Unsafe<unknown>(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
  simulated: Type.Boolean({ description: 'Whether it leads to the simulator that the operator runs' }),
  stoppedReason: nullable(Type.String()),
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
  listAndCreate(api, context);
  changeRoute(api, context);
};

function listAndCreate(api: Api, context: Context): void {
  const list = Type.Object({ providerAccounts: Type.Array(accountSchema) });
  api.get(
    '/api/providerAccounts',
    { schema: { tags, summary: 'Accounts with providers, without their secrets', response: { 200: list } } },
    async ({ caller }) => {
      const rows = await context.db
        .selectFrom('provider_account')
        .selectAll()
        .where('project_id', '=', caller.project.id)
        .orderBy('id')
        .execute();
      return { providerAccounts: rows.map(accountView) };
    },
  );

  const created = Type.Object({
    name,
    wire: Type.String({ description: 'twilio, meta or smtp' }),
    settings: Type.Unknown({
      description:
        'twilio: baseUrl, accountSid; meta: baseUrl, version, businessAccountId; smtp: host, port, secure, user',
    }),
    secrets: Type.Unknown({
      description:
        'twilio: authToken, and otherAuthToken while it is being rotated; meta: accessToken, appSecret, verifyToken; smtp: password',
    }),
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
      const details = checkedDetails(requireWire(body.wire), body.settings, body.secrets);
      await requireOutbound(context.outbound, details);
      const row = await context.db
        .insertInto('provider_account')
        .values({
          project_id: caller.project.id,
          name: body.name,
          wire: details.wire,
          settings: JSON.stringify(details.settings),
          secrets: context.secrets.seal(details.secrets),
          simulated: isSimulated(context.outbound, details),
          created_at: context.clock.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return accountView(row);
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
        await endRests(context.db, await sendersOf(context.db, params.id));
      return accountView(changed);
    },
  );
}

const accountOf = (db: Database, projectId: number, id: number) =>
  db.selectFrom('provider_account').selectAll().where('project_id', '=', projectId).where('id', '=', id);

const noAccount = (id: number) =>
  new ApiError('NotFound', `There is no provider account ${id} in this project`);

/** Looks the names of a new destination up, before anything is locked: that may take seconds. */
async function checkDestination(
  { db, secrets, outbound }: Context,
  projectId: number,
  id: number,
  asked: Static<typeof change>,
): Promise<void> {
  const row = await accountOf(db, projectId, id).executeTakeFirst();
  if (!row) throw noAccount(id);
  const changed = changedBy(row.settings, asked.settings);
  if (movedSetting(row.wire, { stored: fieldsOf(row.settings), changed }) === undefined) return;
  const stored = fieldsOf(secrets.open(row.secrets));
  await requireOutbound(outbound, checkedDetails(row.wire, changed, changedBy(stored, asked.secrets)));
}

/** Changes an account in a transaction; returns it as it was and as it is. */
async function changeAccount(
  db: Database,
  { secrets, outbound }: Context,
  projectId: number,
  id: number,
  asked: Static<typeof change>,
) {
  const row = await accountOf(db, projectId, id).forUpdate().executeTakeFirst();
  if (!row) throw noAccount(id);
  const settings = { stored: fieldsOf(row.settings), changed: changedBy(row.settings, asked.settings) };
  const stored = fieldsOf(secrets.open(row.secrets));
  requireSecretsAgain(row.wire, settings, { stored, given: asked.secrets ?? {} });
  const details = checkedDetails(row.wire, settings.changed, changedBy(stored, asked.secrets));
  const changed = await db
    .updateTable('provider_account')
    .set({
      name: asked.name,
      stopped_reason: asked.stoppedReason,
      settings: JSON.stringify(details.settings),
      secrets: secrets.seal(details.secrets),
      simulated: isSimulated(outbound, details),
    })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, changed };
}

function requireWire(wire: string): AccountDetails['wire'] {
  if (wire === 'twilio' || wire === 'meta' || wire === 'smtp') return wire;
  throw new ApiError('NoWire', `There is no wire ${JSON.stringify(wire)}; there are twilio, meta and smtp`, {
    field: 'wire',
  });
}

function checkedDetails(wire: AccountDetails['wire'], settings: unknown, secrets: unknown): AccountDetails {
  const read = readDetails(wire, settings, secrets);
  if ('details' in read) return read.details;
  throw new ApiError('BadParams', read.faults.join('; '), { faults: read.faults });
}

/** What was stored, changed by what was given; null takes out what may be left out. */
function changedBy(stored: unknown, given: Record<string, unknown> = {}): Record<string, unknown> {
  const changed = { ...fieldsOf(stored), ...given };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
}

function fieldsOf(stored: unknown): Record<string, unknown> {
  return { ...(typeof stored === 'object' ? stored : null) };
}

async function sendersOf(db: Database, accountId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('sender')
    .select('id')
    .where('provider_account_id', '=', accountId)
    .execute();
  return rows.map((row) => row.id);
}

function accountView(row: Selectable<ProviderAccountTable>) {
  return {
    id: row.id,
    name: row.name,
    wire: row.wire,
    settings: row.settings,
    simulated: row.simulated,
    stoppedReason: row.stopped_reason,
    createdAt: row.created_at.toISOString(),
  };
}
