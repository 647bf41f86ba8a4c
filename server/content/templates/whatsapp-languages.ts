import { isSubmitted } from './approval.ts';
import type { LocalisedContent } from './place-content.ts';
import type { TemplateFault } from './text-faults.ts';

/** Meta’s code of a locale’s language: `pt-BR` is `pt_BR`. */
export const languageOfLocale = (locale: string): string => locale.replaceAll('-', '_');

/** Texts of a template that Meta would take for one: it knows each by name and language. */
export function languageFaults({ content, locale, locales }: LocalisedContent): TemplateFault[] {
  const texts = [[locale ?? 'the default', content] as const, ...Object.entries(locales)];
  const seen = new Map<string, string>();
  return texts.flatMap(([of, text]): TemplateFault[] => {
    if (!isSubmitted(text)) return [];
    const other = seen.get(text.language);
    seen.set(text.language, of);
    return other === undefined
      ? []
      : [
          {
            field: 'language',
            fault: `${text.language} of ${of} is that of ${other} too; Meta tells texts apart by it, give each another`,
          },
        ];
  });
}
