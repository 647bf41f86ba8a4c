import { canonicalLocale, chooseLocale } from '../../content/locales.ts';
import { hiddenCode } from '../../delivery/one-time-code.ts';
import type { HiddenCode, MessageContent } from '../../providers/sending.ts';
import type { Profile } from '../profiles.sql.ts';
import { marksOfApps, readCodeApps } from './code-apps.ts';
import type { CodeTemplate } from './code-templates.sql.ts';

/** Minutes after which Meta’s button copies the code no more: those that the code lives. */
export const minutesOf = (profile: Pick<Profile, 'lives_seconds'>): number =>
  Math.ceil(profile.lives_seconds / 60);

/** What of a profile its template says. */
type Told = Pick<Profile, 'id' | 'lives_seconds' | 'whatsapp_apps'>;

/** The name of a profile’s template with Meta. It says how long codes live, and is another for other apps, since Meta’s words are: those are another template. */
export const codeTemplateName = (profile: Told): string =>
  `carillon_code_${profile.id}_${minutesOf(profile)}_minutes${marksOfApps(readCodeApps(profile.whatsapp_apps))}`;

/** The approved template that speaks a person’s language, or English, or whatever there is; undefined for none. */
export function templateFor(
  templates: readonly CodeTemplate[],
  profile: Told,
  locale: string | undefined,
): CodeTemplate | undefined {
  const name = codeTemplateName(profile);
  const approved = templates.filter((each) => each.status === 'APPROVED' && each.name === name);
  const tagOf = ({ language }: CodeTemplate) => canonicalLocale(language) ?? language;
  const nearest = (wanted: string | null) => {
    const chosen = chooseLocale(wanted, { locales: approved.map(tagOf), default: null });
    return approved.find((each) => tagOf(each) === chosen);
  };
  return nearest(canonicalLocale(locale ?? 'en')) ?? nearest('en') ?? approved[0];
}

/** The message: the code stands in the body and for the button, as Meta demands. */
export function codeContent({ name, language }: CodeTemplate, code: HiddenCode): MessageContent {
  const text = hiddenCode(code.digits);
  const parameters = [{ type: 'text' as const, text }];
  return {
    ...{ kind: 'whatsAppTemplate', name, language, code },
    components: [
      { type: 'body', parameters },
      { type: 'button', sub_type: 'url', index: 0, parameters },
    ],
    preview: `${text} is your verification code.`,
  };
}
