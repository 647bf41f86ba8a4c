import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { plainTextOf, preheaderOf, prependToBody, rewriteHrefs } from '../email-html.ts';
import { endsInAddress } from '../links/fill-address.ts';
import { findLinks } from '../links/find-links.ts';
import { withoutOpenPixel } from '../open-pixel.ts';
import { prepareTemplate, renderMessage } from '../render-message.ts';
import { snippetFault } from '../snippets/snippet-rules.ts';
import type { TemplateContent } from '../template-content.ts';
import { templateFaults } from '../templates/template-faults.ts';
import { withoutExpressions } from '../templates/text-faults.ts';
import { compileTemplate, fill } from './compile-template.ts';
import { TemplateError } from './template-error.ts';

const now = new Date('2026-11-23T21:05:09Z');
const snippetsOf = (count: number, content: (index: number) => string) =>
  new Map(Array.from({ length: count }, (_, index) => [`s${index}`, content(index)]));
const refused = (
  source: string,
  fault: RegExp,
  snippets = new Map<string, string>(),
  mode: 'text' | 'html' = 'html',
) =>
  assert.throws(
    () => compileTemplate(source, { mode, snippets }),
    (error) => error instanceof TemplateError && fault.test(error.message) && error.message.length < 400,
  );
/** What becomes of an SMS for somebody with these fields. */
const sent = (message: string, data: Record<string, unknown>, snippets = new Map<string, string>()) =>
  sending({ medium: 'sms', message, mediaUrls: [] }, data, snippets);

function sending(
  content: TemplateContent,
  data: Record<string, unknown>,
  snippets = new Map<string, string>(),
) {
  const template = prepareTemplate(
    {
      ...{ id: 1, project_id: 1, client_template_id: null, name: 'attack', medium: content.medium },
      ...{
        message_type_id: 1,
        content,
        track_links: true,
        provider_name: 'attack',
        approvals: [],
      },
      ...{ category: null, creator: 'test', utm: {} },
      ...{ created_at: now, updated_at: now, archived_at: null },
      ...{ locale: null, locales: {}, data_feed_ids: [], merge_data_feeds: false },
    },
    snippets,
  );
  const links = { shorten: () => 'https://go.example/l/a', track: true };
  return renderMessage(template, { data, links, optOutLine: null, now });
}

function skipped(
  message: string,
  data: Record<string, unknown>,
  detail: RegExp,
  snippets?: Map<string, string>,
) {
  const outcome = sent(message, data, snippets);
  assert.ok('skip' in outcome && outcome.skip === 'renderError', JSON.stringify(outcome).slice(0, 200));
  assert.match(outcome.detail, detail);
  assert.ok(outcome.detail.length < 400);
}

describe('a template is refused, naming its limit, when it', () => {
  const cases: [string, string, RegExp][] = [
    ['nests blocks without end', '{{#if a}}'.repeat(50_000), /line 1: blocks are nested more than 30 deep/],
    ['nests inverse blocks', '{{^    a}}'.repeat(40) + '{{/a}}'.repeat(40), /blocks are nested/],
    ['nests by else-ifs', `{{#if a}}${'{{else if b}}'.repeat(4_000)}{{/if}}`, /blocks are nested/],
    ['nests blocks of a data feed', '[[#if a]]'.repeat(4_000), /blocks are nested/],
    [
      'nests brackets',
      `{{upper ${'(upper '.repeat(20_000)}a${')'.repeat(20_000)}}}`,
      /expressions are nested more than 30 deep/,
    ],
    [
      'hides brackets behind a name that holds quotes',
      `{{upper [x\\]"] ${'(upper '.repeat(500)}a${')'.repeat(500)}}}`,
      /expressions are nested/,
    ],
    ['has too many tags', '{{a}}'.repeat(90_000), /more than 5,000 \{\{…\}\}/],
    ['has too many comments', '{{!--a--}}'.repeat(4_000), /more than 500 \{\{!-- comments/],
    ['says too much in its tags', `{{concat ${'a '.repeat(60_000)}}}`, /more than 100,000 characters/],
    ['opens tags and never closes them', '{{'.repeat(200_000), /more than 100,000 characters/],
    ['opens names in brackets and never closes them', `{{${'[\\]'.repeat(100_000)}`, /more than 100,000/],
    ['leads a path without end', `{{a${'.b'.repeat(5_000)}}}`, /more than 30 names/],
    ['climbs without end', `{{${'../'.repeat(5_000)}a}}`, /more than 30 names/],
    ['gives a helper values without end', `{{upper a ${'b=1 '.repeat(5_000)}}}`, /more than 50 values/],
    ['is too long', 'x'.repeat(500_001), /has 500,001 characters; it may have 500,000/],
    ['asks for a constructor by a name in quotes', '{{"constructor"}}', /“constructor” cannot be used/],
    ['calls what is none by a name in quotes', '{{upper ("eval" a)}}', /no helper “eval”/],
    [
      'has a pattern that is too long',
      `{{#ifMatchesRegexStr a "${'a'.repeat(501)}"}}{{/ifMatchesRegexStr}}`,
      /500 characters/,
    ],
  ];
  for (const [name, source, fault] of cases) it(name, () => refused(source, fault));

  it('calls snippets that stand too deep in one another, in whatever order they are read', () => {
    const chain = snippetsOf(40, (index) => (index < 39 ? `{{> s${index + 1}}}` : 'x'));
    refused('{{> s0}}', /more than 20 deep/, chain);
    const fromBelow = [...chain.keys()].reverse().map((name) => `{{> ${name}}}`);
    refused(fromBelow.join(''), /more than 20 deep/, new Map(chain));
  });
});

describe('snippets that call others twice a level', () => {
  it('are each read once, however often they are called', () => {
    // Each calls the next three, so that reading them anew at each call would take 3 to the power of 19.
    const calls = (index: number) =>
      [1, 2, 3]
        .map((step) => (index + step < 19 ? `{{#if never}}{{> s${index + step}}}{{/if}}` : ''))
        .join('');
    const snippets = snippetsOf(19, (index) => `${calls(index)}{{f${index}}}`);
    assert.equal(compileTemplate('{{> s0}}', { snippets }).fields.length, 20);
    skipped(
      '{{> s0}}',
      { f0: 'x' },
      /missing|more than 200 snippets/,
      snippetsOf(19, (i) => (i < 18 ? `{{> s${i + 1}}}{{> s${i + 1}}}` : 'x')),
    );
  });

  it('are counted for the whole message, in loops too', () => {
    const list = Array.from({ length: 300 }, (_, index) => index);
    skipped(
      '{{#each list}}{{> s0}}{{/each}}',
      { list },
      /more than 200 snippets/,
      snippetsOf(1, () => 'x'),
    );
  });
});

describe('a person gets no message, with the reason, whose fields make a template', () => {
  const long = 'x'.repeat(15_000);
  const list = Array.from({ length: 3_000 }, (_, index) => ({ n: index, name: `item ${index}` }));
  const ends = /the message takes too much work: .* more than 3,000,000 characters/;
  const cases: [string, string, Record<string, unknown>, RegExp][] = [
    [
      'turn loops in loops',
      '{{#each a}}{{#each ../a}}{{/each}}{{/each}}',
      { a: list.slice(0, 200) },
      /more than 10,000 items/,
    ],
    [
      'run a helper over a long field at each turn',
      '{{#each list}}{{#if (eq (upper ../long) "x")}}{{/if}}{{/each}}',
      { list, long },
      ends,
    ],
    ['weigh a list against another', '{{length (inBoth list others)}}', { list, others: list }, ends],
    [
      'look for an object in each item',
      '{{#each list}}{{#ifContains ../list "{\\"n\\":-1}"}}{{/ifContains}}{{/each}}',
      { list },
      ends,
    ],
    [
      'turn a list to JSON at each turn',
      '{{#each list}}{{#if (toJson ../list)}}{{/if}}{{/each}}',
      { list },
      ends,
    ],
    [
      'double a variable',
      `{{#assign "v"}}0123456789{{/assign}}${'{{#assign "v"}}{{v}}{{v}}{{/assign}}'.repeat(30)}`,
      {},
      /grows past 20,000 characters/,
    ],
    [
      'show a field without end',
      '{{long}}',
      { long: 'x'.repeat(50_000) },
      /long has 50,000 characters for this person; a text may have 20,000/,
    ],
    [
      'show an item without end',
      '{{#each a}}{{this}}{{/each}}',
      { a: ['x'.repeat(50_000)] },
      /a\[\] has 50,000 characters/,
    ],
    [
      'show a field in quotes without end',
      '{{"long"}}',
      { long: 'x'.repeat(50_000) },
      /long has 50,000 characters/,
    ],
    ['join by a long word', '{{join list long}}', { list, long }, /grows past 20,000/],
    ['show one value again and again', `{{stringFormat "${'%1$s'.repeat(2_000)}" long}}`, { long }, ends],
    [
      'match a pattern of great size',
      '{{#ifMatchesRegexStr long p}}{{/ifMatchesRegexStr}}',
      { long, p: '(x?){1000}x{1000}' },
      ends,
    ],
    [
      'match a pattern without end',
      '{{#ifMatchesRegexStr long p}}{{/ifMatchesRegexStr}}',
      { long, p: 'x'.repeat(1_000) },
      /a pattern may have 500 characters/,
    ],
    [
      'write dates by a pattern without end',
      '{{dateFormat "2026-11-23" p}}',
      { p: 'y'.repeat(100_000) },
      /has more than 500 characters/,
    ],
    [
      'write numbers by a pattern without end',
      '{{numberFormat 5 p}}',
      { p: `${','.repeat(100_000)}x` },
      /has more than 100 characters/,
    ],
    [
      'write numbers with digits without end',
      '{{numberFormat 5 minimumFractionDigits=1000000000}}',
      {},
      /number of digits/,
    ],
    [
      'write in a locale without end',
      '{{dateFormat "2026-11-23" locale=l}}',
      { l: `en-x${'-aaaaaaaa'.repeat(5_000)}` },
      /has more than 100 characters/,
    ],
    [
      'write dates at each turn',
      `{{#each list}}${'{{#if (now "yyyy")}}{{/if}}'.repeat(3)}{{/each}}`,
      { list },
      ends,
    ],
    [
      'sort by fields without end',
      `{{#sortBy list field="${'n,'.repeat(50)}"}}x{{/sortBy}}`,
      { list },
      /more than 10 fields/,
    ],
    [
      'look into what stands too deep in one another',
      '{{toJson deep}}',
      { deep: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) },
      /more than 100 deep/,
    ],
    [
      'ask for metadata at each turn',
      '{{#each list}}{{#metadata "shops" name}}{{else}}{{/metadata}}{{/each}}',
      { list: list.map(({ n }) => ({ name: `k${n}` })) },
      /looks up more than 50 things/,
    ],
  ];
  for (const [name, source, data, detail] of cases) it(name, () => skipped(source, data, detail));

  it('hold links without end', () => {
    const html = `<p>${'<a href="https://a.example/">x</a>'.repeat(501)}</p>`;
    const email = {
      subject: 's',
      html,
      plainText: '',
      preheader: '',
      fromName: '',
      fromEmail: '',
      replyTo: '',
    };
    const outcome = sending({ medium: 'email', ...email }, {});
    assert.ok('skip' in outcome && outcome.skip === 'contentTooLong');
    assert.match(outcome.detail, /more than 500 links/);
  });
});

test('all texts of one message share what it may do', () => {
  const data = { list: Array.from({ length: 3_000 }, () => 'x') };
  const loop = '{{#each list}}{{/each}}x';
  const email = { subject: loop, html: loop, preheader: loop, fromName: loop, replyTo: '', fromEmail: '' };
  const outcome = sending({ medium: 'email', ...email, plainText: '' }, data);
  assert.ok('skip' in outcome && /more than 10,000 items/.test(outcome.detail));
  assert.ok(
    'content' in sending({ medium: 'email', ...email, plainText: '', fromName: '', preheader: '' }, data),
  );
});

test('a pad as long as a field fills no more than its width', () => {
  const { text } = fill(compileTemplate('{{rjust "a" size=10 pad=p}}'), { p: 'x'.repeat(15_000) }, { now });
  assert.equal(text, 'xxxxxxxxxa');
});

/** Texts that a pattern which tries again from each place would take hours for. */
const million = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));
const ofHtml = [
  '<a ',
  '<a href=',
  '<a href="',
  '<!--',
  '<style>',
  '<script',
  '<div data-preheader ',
  '<body',
  '<img alt="',
  '<li',
  '<',
];

describe('a million characters are read in one go', () => {
  for (const piece of ofHtml)
    it(`of ${piece} in an email`, () => {
      const html = million(piece);
      assert.ok(plainTextOf(html).length <= html.length);
      assert.equal(
        rewriteHrefs(html, () => 'x'),
        html,
      );
      assert.ok(preheaderOf(html).length <= html.length);
      assert.ok(prependToBody(html, 'first').length === html.length + 5);
      assert.equal(withoutOpenPixel(html), html);
      assert.match(
        String(snippetFault(html, new Map())),
        /content has [\d,]+ characters; it may have 100,000/,
      );
      snippetFault(html.slice(0, 100_000), new Map());
    });

  it('of pictures of opens that are not closed', () => {
    const html = million('<img src="" data-open ');
    assert.equal(withoutOpenPixel(html), html);
  });

  it('of links that are none', () => {
    assert.deepEqual(findLinks(million('https://%/')), []);
    assert.deepEqual(findLinks(`https://${million('ж')}`), []);
    assert.equal(endsInAddress(`${million('https://')}<`), false);
    assert.equal(endsInAddress(million('https://')), true);
  });

  it('of expressions that are not closed', () =>
    assert.equal(withoutExpressions(`a{{b}}{{{c}}}${million('{{')}`), `a${million('{{')}`));

  it('of an address of a sender', () => {
    const email = { subject: 's', html: 'h', plainText: '', preheader: '', fromName: '', replyTo: '' };
    const content = { medium: 'email' as const, ...email, fromEmail: `a@${million('.')} ` };
    assert.deepEqual(
      templateFaults(content, new Map()).map(({ field }) => field),
      ['fromEmail'],
    );
  });
});

test('white space without end is folded for WhatsApp in one go', () => {
  const whatsApp = { language: 'en_US', header: null, footer: null, buttons: [] };
  const data = { name: `Jo${' '.repeat(19_000)}Doe` };
  const outcome = sending({ medium: 'whatsApp', ...whatsApp, body: 'Hi {{name}}, hello' }, data);
  assert.ok('content' in outcome && outcome.content.kind === 'whatsAppTemplate');
  assert.equal(outcome.content.preview, 'Hi Jo Doe, hello');
});
