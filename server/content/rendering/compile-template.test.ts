import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CompileOptions, compileTemplate, fill, render, templateData } from './compile-template.ts';
import { TemplateError } from './template-error.ts';

const now = new Date('2026-11-23T21:05:09Z');
const show = (source: string, data: Record<string, unknown> = {}, options?: CompileOptions) =>
  render(compileTemplate(source, options), data, now);
const html = { mode: 'html' } as const;

describe('rendering', () => {
  const data = {
    firstName: 'ada',
    profile: { firstName: 'ada', city: 'São Paulo' },
    visits: 12,
    price: 1234.5,
    items: [
      { name: 'Tea', price: 3 },
      { name: 'Cup', price: 9.5 },
    ],
    tags: ['a', 'b'],
    boughtAt: '2026-11-01T15:30:00Z',
    length: 42,
    dates: ['2026-11-01T15:30', '2026-11-01 15:30:00 +02:00', '2026-11-01', 1793547000, '2026-13-01', 'soon'],
  };
  const cases: [source: string, printed: string][] = [
    ['Hi {{firstName}}!', 'Hi ada!'],
    ['Hi {{ profile.firstName }} & co', 'Hi ada & co'],
    ['Hi {{lastName}}.', 'Hi .'],
    ['{{nobody.at.all}}', ''],
    ['Hi {{defaultIfEmpty lastName "friend"}}', 'Hi friend'],
    [
      '{{capitalize firstName}} {{upper firstName}} {{uppercase "x"}} {{lower "ABC"}} {{lowercase "D"}}',
      'Ada ADA X abc d',
    ],
    ['{{#if lastName}}a{{else if firstName}}b{{else}}c{{/if}}', 'b'],
    ['{{#unless lastName}}none{{/unless}}', 'none'],
    ['{{#ifEq firstName "ada"}}yes{{else}}no{{/ifEq}}', 'yes'],
    ['{{#ifEq visits "12"}}yes{{/ifEq}}', 'yes'],
    ['{{#ifGt visits 9}}many{{else}}few{{/ifGt}}', 'many'],
    ['{{#ifGte nothing 0}}y{{else}}n{{/ifGte}}', 'n'],
    ['{{#ifLt visits 9}}few{{else}}many{{/ifLt}}', 'many'],
    ['{{#ifContainsStr profile.city "paulo"}}BR{{/ifContainsStr}}', 'BR'],
    ['{{#if (and firstName (gt visits 3))}}ok{{/if}}', 'ok'],
    ['{{#each items}}{{@index}}:{{name}} {{/each}}', '0:Tea 1:Cup '],
    [
      '{{#each items as |item i|}}{{i}}{{item.name}}{{../firstName}}{{#unless @last}},{{/unless}}{{/each}}',
      '0Teaada,1Cupada',
    ],
    ['{{#each items}}{{firstName}} {{name}};{{/each}}', 'ada Tea;ada Cup;'],
    ['{{#each items}}{{this.firstName}}{{/each}}', ''],
    ['{{#each none}}x{{else}}empty{{/each}}', 'empty'],
    ['{{#each tags}}{{this}}{{/each}}', 'ab'],
    ['{{#items}}{{name}};{{/items}}', 'Tea;Cup;'],
    ['{{#with profile}}{{city}}{{/with}}', 'São Paulo'],
    ['{{items.0.name}} {{items.length}} {{length items}} {{length}}', 'Tea 2 2 42'],
    ['{{math visits "*" 2}} {{add 0.1 0.2}} {{divide 1 0}}|{{round 2.5}}', '24 0.3 |3'],
    ['{{numberFormat price}} {{numberFormat price "currency"}}', '1,234.5 $1,234.50'],
    ['{{numberFormat price "currency" currency="EUR" locale="de_DE"}}', '1.234,50\u00a0€'],
    [
      '{{replace firstName "a" "o"}} {{join tags "+"}} {{substring firstName 0 2}} {{abbreviate profile.city 6}}',
      'odo a+b ad São...',
    ],
    [
      '{{dateFormat boughtAt format="EEE, MMM d, yyyy h:mm a z" tz="America/New_York"}}',
      'Sun, Nov 1, 2026 10:30 AM EST',
    ],
    ['{{dateFormat boughtAt "yyyy-MM-dd\'T\'HH:mm"}} {{dateFormat "rubbish"}}', '2026-11-01T15:30 '],
    ['{{now format="dd.MM.yy HH:mm:ss" tz="Europe/Berlin"}}', '23.11.26 22:05:09'],
    [
      '{{#each dates}}{{dateFormat this "yyyy-MM-dd HH:mm"}};{{/each}}',
      '2026-11-01 15:30;2026-11-01 13:30;2026-11-01 00:00;2026-11-01 15:30;;;',
    ],
    ['{{! a note }}{{!-- {{x}} --}}end', 'end'],
    ['\\{{firstName}} and } { plain', '{{firstName}} and } { plain'],
  ];
  for (const [source, printed] of cases) it(source, () => assert.equal(show(source, data), printed));

  it('escapes in HTML, not in text', () => {
    assert.equal(show('{{x}}', { x: '<b>&' }), '<b>&');
    assert.equal(show('{{x}} {{{x}}} {{upper x}}', { x: '<b>' }, html), '&lt;b&gt; <b> &lt;B&gt;');
  });

  it('lays event over profile at the root', () => {
    const seen = templateData({
      profile: { name: 'Ada', city: 'X' },
      event: { name: 'Order' },
      campaign: { id: 7 },
    });
    assert.equal(
      show('{{name}} {{profile.name}} {{event.name}} {{city}} {{campaign.id}}', seen),
      'Order Ada Order X 7',
    );
  });
});

describe('snippets', () => {
  const snippets = new Map([
    ['footer', 'Bye {{name}} from {{city}}{{> mark}}'],
    ['mark', '.'],
    ['bold', '<b>{{what}}</b>'],
  ]);
  it('see the profile and what they are given', () => {
    const options = { snippets };
    assert.equal(
      show('Hi. {{{snippet "footer" name=first}}}', { first: 'Ada', city: 'Rome' }, options),
      'Hi. Bye Ada from Rome.',
    );
    assert.equal(show('{{> footer name="Bo"}}', { city: 'Rome' }, options), 'Bye Bo from Rome.');
    assert.equal(show('{{snippet "bold" what=x}}', { x: '<i>' }, { ...html, snippets }), '<b>&lt;i&gt;</b>');
    assert.deepEqual(compileTemplate('{{{snippet "footer" name=first}}}', options).fields, ['city', 'first']);
  });
  it('cannot contain themselves', () => {
    const loop = new Map([
      ['a', '{{> b}}'],
      ['b', '{{{snippet "a"}}}'],
    ]);
    assert.throws(() => compileTemplate('{{> a}}', { snippets: loop }), /contains itself: a → b → a/);
  });
  it('are bounded in number', () => {
    const doubling = new Map<string, string>(
      Array.from({ length: 20 }, (_, i) => [`s${i}`, `{{> s${i + 1}}}{{> s${i + 1}}}`]),
    );
    doubling.set('s20', 'x');
    assert.throws(() => show('{{> s8}}', {}, { snippets: doubling }), /more than 200 snippets/);
  });
});

describe('faults are told with their line', () => {
  const faults: [source: string, line: number | null, message: RegExp][] = [
    ['Hi\n{{firstName', 2, /cannot be read/],
    ['a\nb\n{{#if x}}c', 3, /not closed/],
    ['{{#if x}}\n{{/each}}', 1, /if is closed by each/],
    ['ok\n{{shout name}}', 2, /there is no helper “shout”/],
    ['{{#repeat 5}}x{{/repeat}}', 1, /there is no helper “repeat”/],
    ['{{upper}} {{upper a b}}', 1, /takes 1 argument/],
    ['{{#upper a}}x{{/upper}}', 1, /is not a block/],
    ['\n{{if a "b"}}', 2, /is a block/],
    ['{{upper (shout x)}}', 1, /there is no helper “shout”/],
    ['{{#if}}x{{/if}}', 1, /takes 1 argument/],
    ['{{x.__proto__.y}}', 1, /__proto__/],
    ['{{constructor}}', 1, /constructor/],
    ['{{lookup this.constructor "x"}}', 1, /constructor/],
    ['{{#*inline "x"}}y{{/inline}}', 1, /not supported/],
    ['{{#> layout}}y{{/layout}}', 1, /not supported/],
    ['{{> (lookup . "x")}}', 1, /fixed name/],
    ['\n\n{{> missing}}', 3, /no snippet “missing”/],
    ['{{{snippet name}}}', 1, /in quotes/],
    ['{{log "x"}}', 1, /no helper “log”/],
    ['{{@budget.now}}', 1, /no @budget/],
  ];
  for (const [source, line, message] of faults) {
    it(JSON.stringify(source), () => {
      assert.throws(
        () => compileTemplate(source),
        (error) => error instanceof TemplateError && error.line === line && message.test(error.message),
      );
    });
  }
  it('also when a helper is given what it cannot take', () => {
    assert.throws(() => show('{{now tz="Mars/Base"}}'), /unknown time zone/);
    assert.throws(() => show('{{math 1 "^" 2}}'), /unknown operation/);
  });
});

describe('what a template cannot do', () => {
  it('reach a prototype', () => {
    const data = { name: 'Ada', key: 'constructor' };
    assert.equal(show('{{name.toString}}|{{toString}}|{{hasOwnProperty}}|{{valueOf}}', data), '|||');
    assert.equal(show('{{lookup name key}}|{{lookup (lookup this key) "name"}}', data), '|');
    assert.equal(show('{{#with (lookup name "sub")}}x{{/with}}', data), '');
  });
  it('turn for ever or write without end', () => {
    const list = Array.from({ length: 300 }, (_, i) => i);
    const nested = '{{#each l}}{{#each ../l}}{{#each ../l}}x{{/each}}{{/each}}{{/each}}';
    assert.throws(() => show(nested, { l: list }), /more than 10,000 items/);
    assert.throws(() => show(`{{#each l}}${'x'.repeat(1000)}{{/each}}`, { l: list }), /grows past/);
    assert.throws(() => show('{{replace a "x" a}}', { a: 'x'.repeat(1000) }), /grows past/);
  });
});

describe('fields', () => {
  it('are found in blocks, helpers and hashes', () => {
    const source =
      '{{firstName}} {{upper profile.city}} {{#each orders}}{{name}} {{../vip}} {{@root.shop}}{{#each lines as |l|}}{{l.sku}}{{/each}}{{/each}}' +
      '{{#with address}}{{zip}}{{/with}} {{dateFormat at format=pattern}} {{#if (eq a b)}}{{this.c}}{{/if}} {{now}}';
    assert.deepEqual(compileTemplate(source).fields, [
      'a',
      'address',
      'address.zip',
      'at',
      'b',
      'c',
      'firstName',
      'orders',
      'orders[].lines',
      'orders[].lines[].sku',
      'orders[].name',
      'pattern',
      'profile.city',
      'shop',
      'vip',
    ]);
  });
  it('are missed when they would print nothing, and only then', () => {
    const template = compileTemplate(
      'Hi {{firstName}} {{capitalize city}} {{defaultIfEmpty nick "you"}} {{#if vip}}{{tier}}{{/if}}{{#each orders}}{{name}}{{/each}}{{profile}}',
    );
    const missing = (data: Record<string, unknown>) => fill(template, data, { now }).missing;
    const full = { firstName: 'A', city: 'B', orders: [{ name: 'C' }], profile: 'x' };
    assert.deepEqual(missing(full), []);
    assert.deepEqual(missing({ ...full, vip: true, firstName: '' }), ['firstName', 'tier']);
    assert.deepEqual(missing({ orders: [{}, { name: 'x' }], profile: {} }), [
      'city',
      'firstName',
      'orders[].name',
      'profile',
    ]);
    assert.deepEqual(missing({ ...full, visits: 0, firstName: 0 }), []);
  });
});

describe('any source and any data', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{{{',
    '}}}',
    '#if ',
    '#each ',
    '/if',
    '/each',
    'name',
    ' ',
    '"',
    'else',
    '(',
    ')',
    '.',
    '..',
    '/',
    '@',
    '>',
    '!',
    '^',
    '&',
    '~',
    'this',
    '=',
    '|',
    'as',
    '*',
    '\n',
    '[',
    ']',
    '1',
  );
  it('either renders or names its fault', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }),
        (pieces, data) => {
          try {
            const compiled = compileTemplate(pieces.join(''));
            assert.equal(typeof render(compiled, data, now), 'string');
          } catch (error) {
            assert.ok(error instanceof TemplateError, String(error));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
  it('prints a value as it is in text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) =>
        assert.equal(show('<{{name}}>', { name }), `<${name}>`),
      ),
    );
  });
});
