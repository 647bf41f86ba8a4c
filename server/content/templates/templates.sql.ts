import type { Insertable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TemplateTable } from '../../database/tables/content.ts';
import type { TemplateContent } from '../template-content.ts';
import { approvalsOf } from './approval.sql.ts';
import type { TemplateUtm } from './content-schema.ts';
import { type Template, templateOfRow } from './template.ts';

/** A project's template by its id, null when it has none or it is archived. */
export async function findTemplate(db: Database, projectId: number, id: number): Promise<Template | null> {
  const row = await db
    .selectFrom('template')
    .selectAll()
    .select(approvalsOf('template').as('approvals'))
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return row ? templateOfRow(row) : null;
}

/** Those of these templates that the project has, archived or not. */
export async function templatesOf(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<Template[]> {
  const rows = await db
    .selectFrom('template')
    .selectAll()
    .select(approvalsOf('template').as('approvals'))
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids, -1])
    .execute();
  return rows.map(templateOfRow);
}

/** A project's template by the caller's own id, archived or not (the id stays taken), null when none has it. */
export async function findByClientId(
  db: Database,
  projectId: number,
  clientTemplateId: string,
): Promise<Template | null> {
  const row = await db
    .selectFrom('template')
    .selectAll()
    .select(approvalsOf('template').as('approvals'))
    .where('project_id', '=', projectId)
    .where('client_template_id', '=', clientTemplateId)
    .executeTakeFirst();
  return row ? templateOfRow(row) : null;
}

/** What can be changed of a template. */
export interface TemplateChange {
  name: string;
  messageTypeId: number;
  locale: string | null;
  content: TemplateContent;
  locales: Readonly<Record<string, TemplateContent>>;
  trackLinks: boolean;
  utm: TemplateUtm;
  dataFeedIds: readonly number[];
  mergeDataFeeds: boolean;
  providerName: string | null;
  category: string | null;
}

function columnsOf(change: TemplateChange) {
  return {
    name: change.name,
    message_type_id: change.messageTypeId,
    locale: change.locale,
    content: JSON.stringify(change.content),
    locales: JSON.stringify(change.locales),
    track_links: change.trackLinks,
    utm: JSON.stringify(change.utm),
    data_feed_ids: [...change.dataFeedIds],
    merge_data_feeds: change.mergeDataFeeds,
    provider_name: change.providerName,
    category: change.category,
  } satisfies Partial<Insertable<TemplateTable>>;
}

/** Adds a template; returns its id, null when its `clientTemplateId` was taken meanwhile. */
export async function insertTemplate(
  db: Database,
  template: TemplateChange & {
    projectId: number;
    medium: Template['medium'];
    clientTemplateId: string;
    creator: string;
    at: Date;
  },
): Promise<number | null> {
  const row = await db
    .insertInto('template')
    .values({
      ...columnsOf(template),
      project_id: template.projectId,
      medium: template.medium,
      client_template_id: template.clientTemplateId,
      creator: template.creator,
      created_at: template.at,
      updated_at: template.at,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'client_template_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Changes a template, and brings it back if it was archived. */
export async function updateTemplate(
  db: Database,
  projectId: number,
  id: number,
  change: TemplateChange,
  at: Date,
): Promise<void> {
  await db
    .updateTable('template')
    .set({ ...columnsOf(change), updated_at: at, archived_at: null })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute();
}

/** Which templates a page holds, and in what order. */
export interface TemplateQuery {
  projectId: number;
  medium: Template['medium'] | null;
  from: Date | null;
  to: Date | null;
  sort: { column: 'id' | 'name' | 'created_at' | 'updated_at'; direction: 'asc' | 'desc' };
  page: number;
  pageSize: number;
}

/** One page of a project's templates, and how many there are over all pages. */
export async function listTemplates(
  db: Database,
  query: TemplateQuery,
): Promise<{ templates: Template[]; total: number }> {
  let chosen = db
    .selectFrom('template')
    .where('project_id', '=', query.projectId)
    .where('archived_at', 'is', null);
  if (query.medium) chosen = chosen.where('medium', '=', query.medium);
  if (query.from) chosen = chosen.where('created_at', '>=', query.from);
  if (query.to) chosen = chosen.where('created_at', '<', query.to);
  const rows = await chosen
    .selectAll()
    .select(approvalsOf('template').as('approvals'))
    .orderBy(query.sort.column, query.sort.direction)
    .orderBy('id')
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
    .execute();
  const { count } = await chosen
    .select((count) => count.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { templates: rows.map(templateOfRow), total: count };
}

/** Holds templates that are there to the transaction's end; returns their ids. */
export async function lockTemplates(
  transaction: Database,
  projectId: number,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await transaction
    .selectFrom('template')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** Archives templates; messages already sent keep naming them. Returns the ids it found. */
export async function archiveTemplates(
  db: Database,
  projectId: number,
  ids: readonly number[],
  at: Date,
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .updateTable('template')
    .set({ archived_at: at })
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
