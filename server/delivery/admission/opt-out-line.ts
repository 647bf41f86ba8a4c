import { personLocale } from '../../content/locales.ts';
import { optOutLine } from '../../content/opt-out-line.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import { factsOf, type Medium, type SenderKind } from '../../medium/media.ts';
import type { AudienceUser } from './audience-page.ts';

/**
 * The line that tells how to opt out, put at the end of every promotional SMS that does not say it already.
 * Null where none is due: transactional messages, WhatsApp (its own control), email (its own link).
 */
export function optOutLineFor(
  plan: { medium: Medium; purpose: Purpose },
  sender: { kind: SenderKind },
  user: Pick<AudienceUser, 'dataFields'>,
  country: string | null,
  optOutLink: string,
): string | null {
  if (factsOf(plan.medium).optOut !== 'line' || plan.purpose !== 'promotional') return null;
  const language = personLocale(user.dataFields) ?? 'en';
  const line = optOutLine({ language, country, senderKind: sender.kind, optOutLink });
  return line.ok ? line.line : null;
}
