import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { factsOf } from '../../medium/media.ts';
import type { TemplateKind } from '../../medium/medium.ts';
import type { Template } from './template.ts';
import { findTemplate } from './templates.sql.ts';

/** A project's template of this medium; throws `NotFound`, naming the other medium where that is the fault. */
export async function requireTemplate(
  db: Database,
  projectId: number,
  id: number,
  kind?: TemplateKind,
): Promise<Template> {
  const template = await findTemplate(db, projectId, id);
  if (!template)
    throw new ApiError('NotFound', `templateId ${id} is not a template of this project`, { templateId: id });
  const own = factsOf(template.medium).template;
  if (kind && own !== kind)
    throw new ApiError('NotFound', `templateId ${id} is of ${own}; ask at /api/templates/${own}`, {
      templateId: id,
    });
  return template;
}
