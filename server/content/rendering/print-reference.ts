import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { foreignFields } from '../built-in-fields.ts';
import { snippetLimits } from '../snippets/snippet-limits.ts';
import { templateLimits } from '../templates/template-limits.ts';
import { exampleData, helperGroups } from './helpers/examples.ts';
import { counted, renderLimits } from './render-limits.ts';

/** Where the document stands. */
export const referencePath = new URL('../../../docs/reference/templates.md', import.meta.url);

const cell = (text: string): string =>
  `\`${text.replaceAll('|', '\\|').replaceAll('\n', '↵').replaceAll('\u00a0', ' ').trim()}\``;

/** The text of docs/reference/templates.md; the helpers with the examples that the tests assert. */
export function templateReference(): string {
  const groups = helperGroups.map(({ title, about, examples }) => {
    const rows = examples.map(({ source, shows }) => `| ${cell(source)} | ${cell(shows)} |`);
    const table = ['| written | shows |', '| --- | --- |', ...rows].join('\n');
    return [`### ${title}`, ...(about ? [about] : []), table].join('\n\n');
  });
  const foreign = Object.entries(foreignFields).map(
    ([field, instead]) => `- \`{{${field}}}\`: ${instead.replace(/(\{\{\w+\}\})/g, '`$1`')}`,
  );
  return `${preface}

${foreign.join('\n')}

## Helpers

All of Iterable's. The person of the examples:

\`\`\`json
${JSON.stringify(exampleData, null, 2)}
\`\`\`

${groups.join('\n\n')}
`;
}

const preface = `# Templates

Texts are [Handlebars](https://handlebarsjs.com/guide/), with Iterable's helpers. This page is printed by
\`node server/content/rendering/print-reference.ts\`; a test fails while it is not in line.

## Fields

\`{{firstName}}\` shows a field of the person, \`{{[First Name]}}\` one whose name is no plain word. Fields of the call or event hide those of the
person, and these the campaign's \`campaignDataFields\`; \`{{profile.x}}\`, \`{{event.x}}\` ask for one of them. \`[[x]]\` shows the campaign's field,
\`[[{x}]]\` without escaping it in an email; \`\\[[\` is two brackets.

**A field that is missing leaves no hole: the person is skipped** with \`missingField\` and its name. White space, null and an empty list are missing; 0 is
not. A default (\`{{defaultIfEmpty firstName "there"}}\`) or a condition (\`{{#if firstName}}…{{/if}}\`) covers it. Saving a template warns of what is not covered,
and a preview tells the skip.

A field inside an address is encoded into it: \`https://shop.example/{{city}}\` for New York is \`https://shop.example/New%20York\`.

Filled in, a text of more than 1,600 characters, a WhatsApp body of more than 1,024 or header of more than 60 is skipped with \`contentTooLong\`.

## Limits

Lengths are looked at before anything is read. A text of a template may have ${counted(renderLimits.sourceText)} characters, an email's HTML ${counted(renderLimits.sourceHtml)}, a
snippet ${counted(snippetLimits.content)}; a project ${counted(snippetLimits.count)} snippets of ${counted(snippetLimits.characters)} characters together, a template ${templateLimits.locales} locales of as many.
One text may hold ${counted(renderLimits.tags)} \`{{…}}\` with ${counted(renderLimits.tagCharacters)} characters in them, blocks and brackets ${renderLimits.nesting} deep, snippets ${renderLimits.snippetNesting} deep in one another,
with ${counted(renderLimits.tagsWithSnippets)} \`{{…}}\` in all. What goes beyond is refused when it is saved, with field, line and limit.

What one message may do is counted for all of its texts together, by the characters that its blocks and helpers read and write
(${counted(renderLimits.work)}), by items gone over (${counted(renderLimits.turns)}), snippets shown (${renderLimits.snippets}), keys of metadata, items and collections (${renderLimits.lookups}) and links (${renderLimits.links}). Dates, numbers,
patterns and codes count for more than they write. Filled in, a text may have ${counted(renderLimits.outputText)} characters, an email's HTML ${counted(renderLimits.outputHtml)}. A person whose
fields lead beyond is skipped with \`renderError\` (\`contentTooLong\` for links), and the detail says which limit it was.

## Locales

\`locale\` in an upsert or update puts the content beside the default one, under the same template; the first content is the default, and \`isDefaultLocale\`
makes another one it; \`DELETE /api/templates/{id}/locales/pt\` takes one out again. \`POST /api/templates/{id}/clone\` copies a template with all of them. The person's field \`locale\`, else \`language\`, chooses: \`pt-BR\`, then \`pt\`, then the default. \`GET …/get?locale=pt\` reads one. On WhatsApp
Meta approves each [language](whatsapp-templates.md) on its own; a clone is submitted anew, under a name of its own.

## Fields of the message itself

\`campaignId campaignName templateId templateName clientTemplateId messageTypeId channelId messageId unsubscribeUrl unsubscribeByPhoneUrl\`, and
\`companyName brandName\` (the project's brand, where the person has no such field), \`email userId phoneNumber\`. In a test \`campaignId\` is 0.

Iterable's that nothing fills here; a template that uses one is saved with a warning:`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(referencePath, templateReference());
