import { brandFields, builtInFields, foreignFields } from '../built-in-fields.ts';
import { compileTemplate } from '../rendering/compile-template.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import { isFreeForm, type TemplateContent } from '../template-content.ts';
import { textsOfSession } from '../whatsapp/session-texts.ts';
import { textsOfTemplate } from '../whatsapp/template-texts.ts';

const ofMessage = new Set(
  Object.keys({
    ...brandFields(''),
    ...builtInFields({
      campaign: { id: null, name: '' },
      template: { id: 0, name: '', clientId: '' },
      ...{ messageTypeId: 0, channelId: 0, messageId: '', unsubscribeUrl: '' },
    }),
  }),
);

/** What every recipient of a medium has. */
const ofRecipient: Readonly<Record<TemplateContent['medium'], readonly string[]>> = {
  sms: ['phoneNumber'],
  whatsApp: [],
  email: ['email'],
};

/** The fields of a template that has no faults which a person must have to get its message. */
function neededFields(content: TemplateContent, snippets: SnippetSet): string[] {
  const fields = new Set<string>();
  for (const { source, mode } of textsOf(content))
    for (const field of compileTemplate(source, { mode, snippets }).uncovered) fields.add(field);
  const always = ofRecipient[content.medium];
  return [...fields].filter((field) => !ofMessage.has(field) && !always.includes(field)).sort();
}

/** Warns of fields whose lack skips a person, and of fields of Iterable's that nothing fills here. */
export function fieldWarnings(content: TemplateContent, snippets: SnippetSet): string[] {
  const needed = neededFields(content, snippets);
  const foreign = needed.filter((field) => Object.hasOwn(foreignFields, field));
  const warnings = foreign.map((field) => `{{${field}}} is filled by nothing here: ${foreignFields[field]}`);
  const lacking = needed.filter((field) => !foreign.includes(field));
  const [first = ''] = lacking;
  if (lacking.length === 0) return warnings;
  const them = lacking.length === 1 ? 'it' : 'one of them';
  return [
    ...warnings,
    `${lacking.join(', ')}: whoever lacks ${them} gets no message (missingField); write ${withFallback(first)} for a word in its place`,
  ];
}

function withFallback(field: string): string {
  return field.startsWith('[[')
    ? `[[defaultIfEmpty ${field.slice(2, -2)} "…"]]`
    : `{{defaultIfEmpty ${field} "…"}}`;
}

function textsOf(content: TemplateContent): { source: string; mode: 'text' | 'html' }[] {
  const plain = (...sources: string[]) => sources.map((source) => ({ source, mode: 'text' as const }));
  switch (content.medium) {
    case 'sms':
      return plain(content.message, ...content.mediaUrls);
    case 'email':
      return [
        ...plain(content.subject, content.plainText, content.preheader, content.fromName, content.replyTo),
        { source: content.html, mode: 'html' },
      ];
    case 'whatsApp': {
      const texts = isFreeForm(content) ? textsOfSession(content.message) : textsOfTemplate(content);
      return plain(...texts.map(({ text }) => text));
    }
  }
}
