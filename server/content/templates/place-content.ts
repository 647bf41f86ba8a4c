import { ApiError } from '../../http/errors.ts';
import { canonicalLocale } from '../locales.ts';
import { counted, quoted } from '../rendering/render-limits.ts';
import type { TemplateContent } from '../template-content.ts';
import type { Template } from './template.ts';
import { templateLimits } from './template-limits.ts';

/** A template's content in all its locales. */
export type LocalisedContent = Pick<Template, 'locale' | 'content' | 'locales'>;

/** What a call says of locales, in Iterable's names; an empty `locale` is the default. */
export interface NamedLocale {
  locale?: string | undefined;
  isDefaultLocale?: boolean | undefined;
}

/**
 * Puts what a call writes where it belongs: a template's first content is its default; content of another locale
 * stands beside it and begins as a copy of the default, until `isDefaultLocale` makes it the default. Returns all
 * content with the one that was written. Throws `BadParams` for what is no locale, `Conflict` where a default that
 * has no locale would be lost.
 */
export function placeContent(
  current: LocalisedContent | null,
  named: NamedLocale,
  merge: (current: TemplateContent | null, begun: string | null) => TemplateContent,
): { placed: LocalisedContent; written: TemplateContent } {
  const made = place(current, namedLocale(named.locale), named, merge);
  refuseTooMuch(made.placed);
  return made;
}

function place(
  current: LocalisedContent | null,
  locale: string | null,
  named: NamedLocale,
  merge: (current: TemplateContent | null, begun: string | null) => TemplateContent,
): { placed: LocalisedContent; written: TemplateContent } {
  if (!current || locale === null || locale === current.locale) {
    const written = merge(current?.content ?? null, current ? null : locale);
    const placed = { locale: locale ?? current?.locale ?? null, content: written };
    return { placed: { ...placed, locales: current?.locales ?? {} }, written };
  }
  const kept = current.locales[locale];
  const written = merge(kept ?? current.content, kept ? null : locale);
  if (!named.isDefaultLocale) {
    const locales = { ...current.locales, [locale]: written };
    return { placed: { ...current, locales }, written };
  }
  const { [locale]: before, ...left } = current.locales;
  const others: Record<string, TemplateContent> = left;
  if (current.locale !== null) others[current.locale] = current.content;
  else if (before)
    throw new ApiError(
      'Conflict',
      `isDefaultLocale: the present default has no locale and would be lost; name it first, by a call with its own locale and isDefaultLocale`,
      { field: 'isDefaultLocale' },
    );
  return { placed: { locale, content: written, locales: others }, written };
}

function refuseTooMuch({ content, locales }: LocalisedContent): void {
  const count = Object.keys(locales).length;
  if (count > templateLimits.locales)
    throw new ApiError(
      'BadParams',
      `locale: a template has content in at most ${templateLimits.locales} locales beside its default; make another template for more`,
      { field: 'locale' },
    );
  const characters = JSON.stringify([content, locales]).length;
  if (characters > templateLimits.characters)
    throw new ApiError(
      'BadParams',
      `content: in all locales together it has ${counted(characters)} characters; a template may have ${counted(templateLimits.characters)}: make it shorter`,
      { field: 'content' },
    );
}

/**
 * A template as it reads in one locale, which then stands as its default. Throws `NotFound` naming those it has.
 */
export function inLocale(template: Template, locale: string | undefined): Template {
  const wanted = namedLocale(locale);
  if (wanted === null || wanted === template.locale) return template;
  const content = template.locales[wanted];
  if (content) return { ...template, locale: wanted, content, locales: {} };
  const known = localesOf(template);
  throw new ApiError(
    'NotFound',
    `templateId ${template.id} has no content for ${wanted}, only ${['its default', ...known].join(', ')}`,
    { field: 'locale', locales: known },
  );
}

/** The locales a template has content in, the default's first. */
export function localesOf({ locale, locales }: LocalisedContent): string[] {
  return [...(locale === null ? [] : [locale]), ...Object.keys(locales).sort()];
}

function namedLocale(locale: string | undefined): string | null {
  if (locale === undefined || locale === '') return null;
  const tag = canonicalLocale(locale);
  if (tag !== null) return tag;
  throw new ApiError('BadParams', `locale ${quoted(locale)} is none; write it as de or pt-BR`, {
    field: 'locale',
  });
}
