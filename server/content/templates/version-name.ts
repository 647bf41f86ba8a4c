import { isDeepStrictEqual } from 'node:util';
import type { TemplateContent } from '../template-content.ts';
import type { ShownVersion } from './approval.sql.ts';
import { isSubmitted } from './approval.ts';
import { nextProviderName } from './whatsapp-faults.ts';

/** What a template says in each language, and what it is filed under. */
export interface Shown {
  contents: readonly TemplateContent[];
  category: string;
}

/**
 * Standings in which a template may be changed under its own name: nothing of it is sent, and Meta looks at it anew. What is approved is
 * changed under another name, since campaigns go on with what they were launched with.
 */
const mendable: ReadonlySet<string> = new Set(['REJECTED', 'PAUSED']);

const isMendable = ({ status }: Pick<ShownVersion, 'status'>): boolean => mendable.has(status);

/**
 * The name under which a template is shown to its provider: the wanted one, or its next version's where something else was
 * shown under it that may not be changed. What the provider has already goes under the name that it has there. Pure.
 */
export function versionName(wanted: string, shown: Shown, versions: readonly ShownVersion[]): string {
  const isSame = (version: ShownVersion) =>
    version.category === shown.category &&
    shown.contents.some((content) => isDeepStrictEqual(content, version.content));
  const isFree = (name: string) =>
    versions
      .filter(
        (version) =>
          version.name === name && shown.contents.some((content) => isOfLanguage(content, version)),
      )
      .every((version) => isSame(version) || isMendable(version));
  const before = isFree(wanted)
    ? undefined
    : versions.find((version) => version.status !== 'DELETED' && isSame(version) && isFree(version.name));
  if (before) return before.name;
  let name = wanted;
  while (!isFree(name)) name = nextProviderName(name);
  return name;
}

const isOfLanguage = (content: TemplateContent, { language }: ShownVersion) =>
  isSubmitted(content) && content.language === language;
