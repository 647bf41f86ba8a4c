import { Type } from 'typebox';
import type { Api } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { mediumOfName } from '../../http/media.ts';
import { rowId, success, successWith } from '../../http/schemas.ts';
import { cloneTemplate } from './clone-template.ts';
import { localesOf } from './place-content.ts';
import { removeLocale } from './remove-locale.ts';
import { templateSummaryAnswer } from './template-answers.ts';
import { templateSummary } from './template-view.ts';
import { findByClientId, listTemplates } from './templates.sql.ts';

const tags = ['Templates'];

const listQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  sort: Type.Optional(
    Type.String({
      pattern: '^[+ -]?(id|name|createdAt|updatedAt)$',
      description: 'A field, with - before it to descend',
    }),
  ),
  templateType: Type.Optional(
    Type.Union([
      Type.Literal('Base'),
      Type.Literal('Blast'),
      Type.Literal('Triggered'),
      Type.Literal('Workflow'),
    ]),
  ),
  messageMedium: Type.Optional(
    Type.Union([
      Type.Literal('Email'),
      Type.Literal('SMS'),
      Type.Literal('WhatsApp'),
      Type.Literal('Push'),
      Type.Literal('InApp'),
    ]),
  ),
  startDateTime: Type.Optional(Type.String()),
  endDateTime: Type.Optional(Type.String()),
});

const sortColumns = { id: 'id', name: 'name', createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/** The calls that find, copy and thin out templates. */
export function templateListRoutes(api: Api, context: Context): void {
  const list = Type.Object({
    templates: Type.Array(templateSummaryAnswer),
    totalTemplatesCount: Type.Integer(),
    nextPageUrl: Type.Optional(Type.String()),
    previousPageUrl: Type.Optional(Type.String()),
  });
  api.get(
    '/api/templates',
    {
      schema: {
        tags,
        summary: 'The project’s templates, a page at a time',
        querystring: listQuery,
        response: { 200: list },
      },
    },
    async ({ caller, query, url }) => {
      const { page = 1, pageSize = 20, templateType = 'Base', messageMedium } = query;
      // Every template here is one of its own; a campaign names it and makes no copy.
      if (templateType !== 'Base' || messageMedium === 'Push' || messageMedium === 'InApp')
        return { templates: [], totalTemplatesCount: 0 };
      const { templates, total } = await listTemplates(context.db, {
        projectId: caller.project.id,
        medium: messageMedium ? mediumOfName[messageMedium] : null,
        from: instantOf('startDateTime', query.startDateTime),
        to: instantOf('endDateTime', query.endDateTime),
        sort: sortOf(query.sort),
        page,
        pageSize,
      });
      return {
        templates: templates.map(templateSummary),
        totalTemplatesCount: total,
        ...(page * pageSize < total ? { nextPageUrl: pageUrl(url, page + 1) } : {}),
        ...(page > 1 ? { previousPageUrl: pageUrl(url, page - 1) } : {}),
      };
    },
  );

  const found = Type.Object({ templateId: Type.Integer(), locales: Type.Array(Type.String()) });
  api.get(
    '/api/templates/getByClientTemplateId',
    {
      schema: {
        tags,
        summary: 'The templates with this id of yours',
        querystring: Type.Object({ clientTemplateId: Type.String() }),
        response: { 200: Type.Object({ templates: Type.Array(found) }) },
      },
    },
    async ({ caller, query }) => {
      const template = await findByClientId(context.db, caller.project.id, query.clientTemplateId);
      if (!template || template.archived_at) return { templates: [] };
      return { templates: [{ templateId: template.id, locales: localesOf(template) }] };
    },
  );

  api.post(
    '/api/templates/:templateId/clone',
    {
      schema: {
        tags,
        summary: 'Copy a template with all its locales; params has the copy’s id',
        params: Type.Object({ templateId: rowId }),
        response: { 200: successWith({ templateId: Type.Integer(), name: Type.String() }) },
      },
    },
    async ({ caller, params }) => {
      const { templateId, name } = await cloneTemplate(context, caller, params.templateId);
      return success(`Made ${name}`, { templateId, name });
    },
  );
  api.delete(
    '/api/templates/:templateId/locales/:locale',
    {
      schema: {
        tags,
        summary: 'Take one locale out of a template; params has the locales that are left',
        params: Type.Object({ templateId: rowId, locale: Type.String({ minLength: 1 }) }),
        response: {
          200: successWith({ templateId: Type.Integer(), locales: Type.Array(Type.String()) }),
        },
      },
    },
    async ({ caller, params: { templateId, locale } }) => {
      const locales = await removeLocale(context, caller.project.id, templateId, locale);
      return success(`Removed ${locale}`, { templateId, locales });
    },
  );
}

function sortOf(sort = 'id'): {
  column: 'id' | 'name' | 'created_at' | 'updated_at';
  direction: 'asc' | 'desc';
} {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const field = sort.replace(/^[+ -]/, '');
  const known = field === 'name' || field === 'createdAt' || field === 'updatedAt' ? field : 'id';
  return { column: sortColumns[known], direction };
}

/** Iterable's `yyyy-MM-dd HH:mm:ss [ZZ]`, UTC when no offset is said, or ISO 8601. */
function instantOf(field: string, text: string | undefined): Date | null {
  if (text === undefined || text === '') return null;
  const iso = text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d)/, '$1T$2')
    .replace(/\s{1,9}(?=[+-]|Z)/, '');
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso);
  const instant = new Date(hasZone || !iso.includes('T') ? iso : `${iso}Z`);
  if (Number.isNaN(instant.getTime()))
    throw new ApiError(
      'BadParams',
      `${field} ${JSON.stringify(text)} is not an instant; write it as 2026-11-23 17:00:00`,
      {
        field,
      },
    );
  return instant;
}

function pageUrl(url: string, page: number): string {
  const next = new URL(url, 'http://local');
  next.searchParams.set('page', String(page));
  return next.pathname + next.search;
}
