import type { Attack } from '../attack.ts';
import { type Answer, at, told } from '../call.ts';
import type { Target } from '../target.ts';

/** A rendering ends within this, one way or another. */
const answerWithinMs = 8_000;

const long = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const people = Array.from({ length: 200 }, (_, place) => ({ name: `n${place}`, items: [place] }));
const loops = (depth: number, inner: string) =>
  `${'{{#each list}}'.repeat(depth)}${inner}${'{{/each}}'.repeat(depth)}`;

/** Drafts that burn processor, by name: the call and its body. */
const drafts: Record<string, [path: string, body: object]> = {
  'a million open braces': ['sms', { message: long('{{', 1_000_000) }],
  'a million links': ['sms', { message: long('http://', 1_000_000) }],
  'a million dots and slashes': ['sms', { message: `https://a${long('./', 1_000_000)}` }],
  'a million blanks': ['sms', { message: `x${long(' \n', 1_000_000)}x` }],
  'a million signs of four bytes': ['sms', { message: long('🔥', 1_000_000) }],
  'a million open tags': ['email', { subject: 'x', html: long('<a ', 1_000_000) }],
  'a million open comments': ['email', { subject: 'x', html: long('<!--', 1_000_000) }],
  'a million addresses': [
    'email',
    { subject: 'x', html: long('<a href="http://a.b/{{x}}">', 1_000_000), dataFields: { x: 'y' } },
  ],
  'tags inside tags': ['email', { subject: 'x', html: long('<div>', 500_000) }],
  'a subject of a million line breaks': ['email', { subject: long('\r\n', 1_000_000), html: 'x' }],
  'parameters without end': ['whatsApp', { body: long('{{1}}', 1_000_000) }],
  'loops in loops': ['sms', { message: loops(6, 'x'), dataFields: { list: people } }],
  'loops with texts': [
    'sms',
    {
      message: loops(3, '{{length (replace big "a" "bb")}}'),
      dataFields: { list: people, big: long('a', 20_000) },
    },
  ],
  'texts that double': [
    'sms',
    {
      message: `{{#assign "s0"}}${long('a', 100)}{{/assign}}${Array.from({ length: 40 }, (_, place) => `{{#assign "s${place + 1}"}}{{s${place}}}{{s${place}}}{{/assign}}`).join('')}{{length s40}}`,
    },
  ],
  'replace of nothing by much': [
    'sms',
    { message: '{{length (replace (replace big "a" big) "a" big)}}', dataFields: { big: long('a', 5_000) } },
  ],
  'patterns that go back': [
    'sms',
    {
      message: '{{#ifMatchesRegexStr big "(a+)+b"}}x{{/ifMatchesRegexStr}}y',
      dataFields: { big: long('a', 40) },
    },
  ],
  'patterns given by the person': [
    'sms',
    {
      message: '{{#ifMatchesRegexStr big pattern}}x{{/ifMatchesRegexStr}}y',
      dataFields: { big: long('a', 50_000), pattern: '(a|a)*(a|a)*c' },
    },
  ],
  'string helpers on long texts': [
    'sms',
    {
      message:
        '{{length (slugify big)}}{{length (stripTags tags)}}{{length (trim blanks)}}{{length (wordWrap big 1)}}{{length (capitalize big)}}{{length (cut big "a")}}',
      dataFields: {
        big: long('a b', 1_000_000),
        tags: long('<', 1_000_000),
        blanks: `x${long(' ', 1_000_000)}x`,
      },
    },
  ],
  'widths without end': [
    'sms',
    {
      message: '{{ljust "x" size=1000000000}}{{center "x" size=999999999}}{{stringFormat "%999999999s" "x"}}',
    },
  ],
  'numbers without end': [
    'sms',
    {
      message: '{{numberFormat 1 maximumFractionDigits=99999999}}{{numberFormat big "#,###.0000"}}',
      dataFields: { big: 1e308 },
    },
  ],
  'dates without end': ['sms', { message: `{{dateMath "now" "${long('+9999999999y', 100_000)}"}}` }],
  'lists compared with lists': [
    'sms',
    {
      message: loops(2, '{{#ifContains ../list this}}x{{/ifContains}}'),
      dataFields: { list: Array.from({ length: 2_000 }, (_, place) => ({ place })) },
    },
  ],
  'braces in braces': ['sms', { message: `${long('{{#if a}}', 500_000)}` }],
  'subexpressions in subexpressions': [
    'sms',
    { message: `{{upper ${'(upper '.repeat(20_000)}"x"${')'.repeat(20_000)}}}` },
  ],
};

function faultsOf(what: string, answer: Answer): string[] {
  const slow = answer.stalled || answer.ms > answerWithinMs;
  return slow || answer.status >= 500 || answer.status === 0 ? [told(what, answer)] : [];
}

const draftAttacks: Attack[] = Object.entries(drafts).map(([name, [medium, body]]) => ({
  name: `draft: ${name}`,
  holds: 'answered within 8 s, and nobody else waits',
  run: async ({ ask }) => faultsOf(name, await ask('POST', `/api/templates/${medium}/draft`, body)),
}));

async function doublingSnippets({ ask }: Target): Promise<string[]> {
  const faults: string[] = [];
  const names: string[] = [];
  const start = `attack${Date.now()}`;
  for (let level = 0; level < 32; level += 1) {
    const name = `${start} ${level}`;
    const inner = `{{{snippet "${start} ${level - 1}"}}}`;
    const made = await ask('POST', '/api/snippets', {
      name,
      content: level === 0 ? 'xxxxxxxx' : inner + inner,
    });
    faults.push(...faultsOf(`snippet of level ${level}`, made));
    if (made.status !== 200) break;
    names.push(name);
  }
  const message = `{{{snippet "${names.at(-1)}"}}}`;
  for (const call of ['draft', 'draft'])
    faults.push(...faultsOf(`a text of them`, await ask('POST', `/api/templates/sms/${call}`, { message })));
  for (const name of names.reverse()) await ask('DELETE', `/api/snippets/${encodeURIComponent(name)}`);
  return faults;
}

/** The same work asked for by saving, testing and listing, not only by drafts. */
async function savedTemplates({ ask }: Target): Promise<string[]> {
  const faults: string[] = [];
  await ask('POST', '/api/users/update', {
    userId: 'attack-template',
    dataFields: { phoneNumber: '+12125550179', list: people, big: long('a', 20_000) },
  });
  for (const [name, [medium, { dataFields, ...content }]] of Object.entries(drafts) as [
    string,
    [string, { dataFields?: unknown }],
  ][]) {
    if (medium !== 'sms') continue;
    const saved = await ask('POST', '/api/templates/sms/upsert', {
      ...{ clientTemplateId: `attack ${name}`, name: `Attack ${name}`, messageTypeId: 2 },
      ...content,
    });
    faults.push(...faultsOf(`saved: ${name}`, saved));
    const templateId = at(saved, 'params', 'templateId');
    if (typeof templateId !== 'number') continue;
    faults.push(
      ...faultsOf(
        `shown: ${name}`,
        await ask('POST', `/api/templates/sms/preview?templateId=${templateId}`, { dataFields }),
      ),
      ...faultsOf(
        `tested: ${name}`,
        await ask('POST', '/api/templates/sms/proof', { templateId, recipientUserId: 'attack-template' }),
      ),
    );
  }
  return faults;
}

/** Templates and snippets that burn processor. */
export const templateAttacks: Attack[] = [
  ...draftAttacks,
  {
    name: 'snippets that call each other twice a level',
    holds: 'answered within 8 s at every level, and nobody else waits',
    run: doublingSnippets,
  },
  {
    name: 'the same templates saved, shown and sent',
    holds: 'answered within 8 s, and nobody else waits',
    run: savedTemplates,
  },
];
