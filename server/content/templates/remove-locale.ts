import { sql } from 'kysely';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { inLocale, localesOf } from './place-content.ts';
import { requireTemplate } from './require-template.ts';

/**
 * Takes the content of one locale out of a template; its people get the nearest that is left, or the default. Returns
 * the locales that are left. Throws `NotFound` naming those there are, and `Conflict` for the default's own.
 */
export async function removeLocale(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  projectId: number,
  templateId: number,
  locale: string,
): Promise<string[]> {
  const template = await requireTemplate(db, projectId, templateId);
  const found = inLocale(template, locale);
  const { locale: tag } = found;
  if (found === template || tag === null)
    throw new ApiError(
      'Conflict',
      `locale ${tag ?? JSON.stringify(locale)} is the template’s default, which everybody else gets; make another locale the default first (isDefaultLocale)`,
      { field: 'locale' },
    );
  await sql`
    UPDATE template SET locales = locales - ${tag}, updated_at = ${clock.now()}
    WHERE project_id = ${projectId} AND id = ${templateId}`.execute(db);
  return localesOf(template).filter((each) => each !== tag);
}
