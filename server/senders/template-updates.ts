import { keepVerdict, type Verdict } from '../content/templates/approval.sql.ts';
import type { Database } from '../database/connect.ts';
import type { TemplateUpdate } from '../providers/template-approval.ts';
import { hasAccountWith } from './provider-accounts.sql.ts';

/**
 * Keeps what a provider says of a project's template by webhook: its status with the reason, its quality, the category that holds
 * now or will hold. A template of an account that is not the project's is left alone, and so is an unknown one, and one of which
 * something newer is known. Returns how many rows it changed.
 */
export async function applyTemplateUpdate(
  db: Database,
  projectId: number,
  wire: string,
  update: TemplateUpdate,
): Promise<number> {
  if (!(await hasAccountWith(db, projectId, wire, update.heldBy))) return 0;
  return keepVerdict(db, projectId, update.templateId, verdictOf(update));
}

function verdictOf(update: TemplateUpdate): Verdict {
  switch (update.kind) {
    case 'status': {
      const { status, reason = null, advice = null, at } = update;
      return { kind: 'status', status, reason, advice, at };
    }
    case 'category':
      return update.isAnnounced
        ? { kind: 'nextCategory', category: update.category, from: update.effectiveAt ?? null }
        : { kind: 'category', category: update.category };
    case 'quality':
      return { kind: 'quality', quality: update.quality };
  }
}
