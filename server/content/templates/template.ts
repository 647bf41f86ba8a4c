import type { Selectable } from 'kysely';
import type { TemplateTable } from '../../database/tables/content.ts';
import type { TemplateContent } from '../template-content.ts';
import type { Approval } from './approval.ts';
import { readContent, readLocales, readUtm, type TemplateUtm } from './content-schema.ts';

/** A template's row, and what its provider thinks of it as it stands (`approvalsOf`). */
export type TemplateRow = Selectable<TemplateTable> & { approvals: Approval[] };

/** A template's row with its documents read: content in all its locales. */
export type Template = Omit<TemplateRow, 'content' | 'locales' | 'utm'> & {
  /** In the default locale, `locale`. */
  content: TemplateContent;
  /** In other locales. */
  locales: Readonly<Record<string, TemplateContent>>;
  utm: TemplateUtm;
};

/** Reads a row of the table `template`, or a copy of one. */
export function templateOfRow(row: TemplateRow): Template {
  const { content, locales, utm } = row;
  return { ...row, content: readContent(content), locales: readLocales(locales), utm: readUtm(utm) };
}
