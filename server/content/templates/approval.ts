import { factsOf, type Medium } from '../../medium/media.ts';
import { isFreeForm, type TemplateContent, type WhatsAppTemplate } from '../template-content.ts';

/** What a provider that must approve templates thinks of one in a language, as it was shown to it. */
export interface Approval {
  /** The provider's code of the language. */
  language: string;
  /** The account that it was shown in. */
  providerAccountId: number;
  providerTemplateId: string;
  /** The provider's word; APPROVED alone sends. */
  status: string;
  reason: string | null;
  /** The provider's own advice beside its reason. */
  advice: string | null;
  category: string;
  /** Announced: what it will be filed under from an instant on, which the provider may leave out. */
  nextCategory: string | null;
  nextCategoryAt: string | null;
  /** The provider's word: GREEN, YELLOW, RED, UNKNOWN; null where it told none. */
  quality: string | null;
}

/** A template as far as its approval is concerned: what it says in each language, and what its provider thinks of that. */
export interface Approvable {
  medium: Medium;
  content: TemplateContent;
  locales: Readonly<Record<string, TemplateContent>>;
  approvals: readonly Approval[];
}

/** Whether templates of a medium are sent only when its provider has approved them. */
export function mustBeApproved(medium: Medium): boolean {
  return factsOf(medium).template === 'whatsApp';
}

/** Whether a text is one that its provider must approve. */
export const isSubmitted = (content: TemplateContent): content is WhatsAppTemplate =>
  content.medium === 'whatsApp' && !isFreeForm(content);

/** What the provider thinks of a text of a template; null of one that it was not shown as it stands. */
export function approvalOf(
  { approvals }: Pick<Approvable, 'approvals'>,
  content: TemplateContent,
): Approval | null {
  if (!isSubmitted(content)) return null;
  return approvals.find(({ language }) => language === content.language) ?? null;
}

/** Where a text stands that its provider does not let be sent now. */
export interface Unapproved {
  language: string;
  /** Null where the provider was not shown it. */
  status: string | null;
  reason: string | null;
}

/** The texts of a template that its provider does not let be sent now, the default's first. */
export function unapproved(template: Approvable): Unapproved[] {
  return [template.content, ...Object.values(template.locales)].filter(isSubmitted).flatMap((content) => {
    const { status = null, reason = null } = approvalOf(template, content) ?? {};
    if (status === 'APPROVED') return [];
    return [{ language: content.language, status, reason }];
  });
}

/**
 * A template as it can be sent: without the locales whose text its provider does not let go out, whose readers get the default; and where
 * the default stands, null where it may be sent.
 */
export function asSendable<Of extends Approvable>(template: Of): { template: Of; barred: Unapproved | null } {
  const barred = unapproved(template);
  const isBarred = (content: TemplateContent) =>
    isSubmitted(content) && barred.some(({ language }) => language === content.language);
  const locales = Object.entries(template.locales).filter(([, content]) => !isBarred(content));
  const { content } = template;
  const ofDefault = isSubmitted(content)
    ? barred.find(({ language }) => language === content.language)
    : null;
  return { template: { ...template, locales: Object.fromEntries(locales) }, barred: ofDefault ?? null };
}

/** A text that is not approved, in words: `de: REJECTED (INVALID_FORMAT)`; without its language where the template has one only. */
export function unapprovedWords(
  { language, status, reason }: Unapproved,
  { locales }: Pick<Approvable, 'locales'>,
): string {
  const stands = `${status ?? 'not submitted'}${reason ? ` (${reason})` : ''}`;
  return Object.keys(locales).length === 0 ? stands : `${language}: ${stands}`;
}
