import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { WhatsAppFlowTable } from '../database/tables/whatsapp-flows.ts';
import { ApiError } from '../http/errors.ts';
import type { FlowFinding } from '../providers/flow-management.ts';
import type { ExchangePlan } from './exchange-plan.ts';
import type { FlowMapping } from './mapping.ts';

/** A flow as its row has it. */
export type Flow = Omit<Selectable<WhatsAppFlowTable>, 'mapping' | 'exchange'> & {
  mapping: FlowMapping;
  exchange: ExchangePlan | null;
};

/** What a flow's JSON was when it was saved. */
export interface FlowVersion {
  number: number;
  json: string;
  findings: FlowFinding[];
  uploadedAt: Date | null;
  savedBy: string;
  savedAt: Date;
}

const asFlow = (row: Selectable<WhatsAppFlowTable>): Flow => ({
  ...row,
  mapping: row.mapping as FlowMapping,
  exchange: row.exchange as ExchangePlan | null,
});

/** The project's flows, the latest changed first; those of one account where it is named. */
export async function listFlows(
  db: Database,
  projectId: number,
  { accountId, status }: { accountId?: number | undefined; status?: string | undefined } = {},
): Promise<Flow[]> {
  let query = db.selectFrom('whatsapp_flow').selectAll().where('project_id', '=', projectId);
  if (accountId !== undefined) query = query.where('provider_account_id', '=', accountId);
  if (status !== undefined) query = query.where('status', '=', status);
  const rows = await query.orderBy('updated_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(asFlow);
}

/** A flow of the project. @throws ApiError NotFound. */
export async function requireFlow(db: Database, projectId: number, id: number): Promise<Flow> {
  const row = await db
    .selectFrom('whatsapp_flow')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return asFlow(row);
  throw new ApiError(
    'NotFound',
    `There is no WhatsApp flow ${id} in this project; GET /api/whatsApp/flows lists them`,
    { field: 'id', value: id },
  );
}

/** A flow by its id alone, for a call that nobody's key comes with. */
export async function findFlow(db: Database, id: number): Promise<Flow | null> {
  const row = await db.selectFrom('whatsapp_flow').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? asFlow(row) : null;
}

/** The flow of an account that a message names, by the provider's id or by its name. */
export async function findNamedFlow(
  db: Database,
  projectId: number,
  accountId: number,
  named: { id?: string | undefined; name?: string | undefined },
): Promise<Flow | null> {
  const row = await db
    .selectFrom('whatsapp_flow')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('provider_account_id', '=', accountId)
    .where((where) =>
      named.id === undefined
        ? where('name', '=', named.name ?? '')
        : where('provider_flow_id', '=', named.id),
    )
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row ? asFlow(row) : null;
}

/** Keeps a flow that the provider has just made. */
export async function insertFlow(
  db: Database,
  flow: Omit<Insertable<WhatsAppFlowTable>, 'mapping' | 'exchange'> & {
    mapping: FlowMapping;
    exchange: ExchangePlan | null;
  },
): Promise<Flow> {
  const { mapping, exchange, ...rest } = flow;
  const row = await db
    .insertInto('whatsapp_flow')
    .values({
      ...rest,
      mapping: JSON.stringify(mapping),
      exchange: exchange === null ? null : JSON.stringify(exchange),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return asFlow(row);
}

/** What may be changed of a flow here. */
export interface FlowChange {
  name?: string;
  categories?: readonly string[];
  mapping?: FlowMapping;
  exchange?: ExchangePlan | null;
  forward_secret?: Buffer | null;
}

/** Changes a flow; what is left out stays. */
export async function updateFlow(db: Database, id: number, change: FlowChange, at: Date): Promise<Flow> {
  const { mapping, exchange, categories, ...rest } = change;
  const row = await db
    .updateTable('whatsapp_flow')
    .set({
      ...rest,
      ...(categories === undefined ? {} : { categories: [...categories] }),
      ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }),
      ...(exchange === undefined ? {} : { exchange: exchange === null ? null : JSON.stringify(exchange) }),
      updated_at: at,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asFlow(row);
}

/** Keeps the status that a flow has at its provider, unless something newer is known; whether it is another now. */
export async function keepFlowStatus(
  db: Database,
  projectId: number,
  providerFlowId: string,
  { status, at }: { status: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('whatsapp_flow')
    .set({ status, status_at: at })
    .where('project_id', '=', projectId)
    .where('provider_flow_id', '=', providerFlowId)
    .where('status_at', '<=', at)
    .where('status', '<>', status)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps the page by which the provider shows a flow. */
export async function keepPreview(
  db: Database,
  id: number,
  { url, until }: { url: string | null; until: Date | null },
): Promise<void> {
  await db
    .updateTable('whatsapp_flow')
    .set({ preview_url: url, preview_until: until })
    .where('id', '=', id)
    .execute();
}

/** Deletes a flow with all of its versions; what people answered stays. */
export async function deleteFlow(db: Database, id: number): Promise<void> {
  await db.deleteFrom('whatsapp_flow').where('id', '=', id).execute();
}

const versionColumns = [
  ...(['number', 'json', 'findings', 'uploaded_at as uploadedAt'] as const),
  ...(['saved_by as savedBy', 'saved_at as savedAt'] as const),
] as const;

/** All versions of a flow, the newest first. */
export async function listVersions(db: Database, flowId: number): Promise<FlowVersion[]> {
  const rows = await db
    .selectFrom('whatsapp_flow_version')
    .select(versionColumns)
    .where('flow_id', '=', flowId)
    .orderBy('number', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, findings: row.findings as FlowFinding[] }));
}

/** The newest version of each of these flows, by the flow. */
export async function newestVersions(
  db: Database,
  flowIds: readonly number[],
): Promise<Map<number, FlowVersion>> {
  if (flowIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('whatsapp_flow_version')
    .distinctOn('flow_id')
    .select(['flow_id', ...versionColumns])
    .where('flow_id', 'in', [...flowIds])
    .orderBy('flow_id')
    .orderBy('number', 'desc')
    .execute();
  return new Map(
    rows.map(({ flow_id, ...row }) => [flow_id, { ...row, findings: row.findings as FlowFinding[] }]),
  );
}

/** Keeps what was saved as the version after `after`; false where somebody has saved that one already. */
export async function insertVersion(
  db: Database,
  version: { flowId: number; after: number; json: string; savedBy: string; at: Date },
): Promise<boolean> {
  const { flowId, after, json, savedBy, at } = version;
  const { rows } = await sql<{ number: number }>`
    INSERT INTO whatsapp_flow_version (flow_id, number, json, saved_by, saved_at)
    SELECT ${flowId}::int, ${after}::int + 1, ${json}, ${savedBy}, ${at}::timestamptz
    WHERE coalesce((SELECT max(number) FROM whatsapp_flow_version WHERE flow_id = ${flowId}), 0) = ${after}
    ON CONFLICT DO NOTHING
    RETURNING number`.execute(db);
  return rows.length > 0;
}

/** Keeps that the provider has a version, and what it finds wrong with it. */
export async function keepUpload(
  db: Database,
  flowId: number,
  number: number,
  findings: readonly FlowFinding[],
  at: Date,
): Promise<void> {
  await db
    .updateTable('whatsapp_flow_version')
    .set({ findings: JSON.stringify(findings), uploaded_at: at })
    .where('flow_id', '=', flowId)
    .where('number', '=', number)
    .execute();
}

/** Something that the provider told of a flow. */
export interface FlowNotice {
  event: string;
  message: string;
  isOver: boolean | null;
  at: Date;
}

/** The newest of what the provider told of a flow. */
export async function listNotices(db: Database, flowId: number): Promise<FlowNotice[]> {
  return db
    .selectFrom('whatsapp_flow_notice')
    .select(['event', 'message', 'is_over as isOver', 'at'])
    .where('flow_id', '=', flowId)
    .orderBy('at', 'desc')
    .limit(50)
    .execute();
}

/** Keeps what the provider tells of a flow, once however often it tells it. */
export async function insertNotice(
  db: Database,
  projectId: number,
  providerFlowId: string,
  { event, message, isOver, at }: FlowNotice,
): Promise<void> {
  await sql`
    INSERT INTO whatsapp_flow_notice (flow_id, event, message, is_over, at)
    SELECT id, ${event}, ${message}, ${isOver}::boolean, ${at}::timestamptz FROM whatsapp_flow
    WHERE project_id = ${projectId} AND provider_flow_id = ${providerFlowId}
    ON CONFLICT DO NOTHING`.execute(db);
}
