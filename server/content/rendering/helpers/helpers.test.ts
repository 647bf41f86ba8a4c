import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compileTemplate, fill } from '../compile-template.ts';
import { referencePath, templateReference } from '../print-reference.ts';
import {
  exampleCoupons,
  exampleData,
  exampleLookUp,
  exampleNow,
  exampleSecret,
  helperGroups,
} from './examples.ts';
import { SendSkip } from './helper.ts';
import { templateHelpers } from './template-helpers.ts';

const show = (source: string, data: Record<string, unknown> = exampleData, mode: 'text' | 'html' = 'text') =>
  fill(compileTemplate(source, { mode }), data, {
    ...{ now: exampleNow, hmacSecret: exampleSecret },
    lookUp: exampleLookUp,
    readCoupon: (pool) => exampleCoupons[pool] ?? '',
  });

for (const { title, examples } of helperGroups)
  describe(title, () => {
    for (const { source, shows } of examples)
      it(source, () => assert.deepEqual(show(source), { text: shows, missing: [] }));
  });

describe('helpers', () => {
  it('stand in the reference as it is printed', () =>
    assert.equal(readFileSync(referencePath, 'utf8'), templateReference()));

  it('are all in the reference', () => {
    const sources = helperGroups.flatMap(({ examples }) => examples.map(({ source }) => source)).join('\n');
    const isShown = (name: string) => new RegExp(`[{(#]\\s*${name}[ })]`).test(sources);
    assert.deepEqual(
      Object.keys(templateHelpers).filter((name) => name !== 'sizeOf' && !isShown(name)),
      [],
    );
  });

  it('stop a message with the cause the template gives', () => {
    const source = '{{#ifLt points 1}}{{sendSkip cause="no points" had=points}}{{/ifLt}}ok';
    assert.throws(
      () => show(source),
      (error) => error instanceof SendSkip && error.message === 'no points; had: 0',
    );
    assert.equal(show(source, { points: 5 }).text, 'ok');
  });

  it('take a pattern that would ruin a backtracking engine in its stride', () => {
    const source = '{{#ifMatchesRegexStr text "(a+)+b"}}A{{else}}B{{/ifMatchesRegexStr}}';
    assert.equal(show(source, { text: 'a'.repeat(50_000) }).text, 'B');
  });

  for (const [source, fault] of [
    ['{{#ifMatchesRegexStr a "(?=x)"}}x{{/ifMatchesRegexStr}}', /ifMatchesRegexStr/],
    ['{{#ifMatchesRegexStr a "(unclosed"}}x{{/ifMatchesRegexStr}}', /ifMatchesRegexStr/],
    ['{{catalog "drinks" "mocha"}}', /is a block/],
    ['{{#catalog "drinks"}}x{{/catalog}}', /takes 2 argument/],
    ['{{metadata "shops" "main"}}', /is a block/],
    ['{{#metadata "shops"}}x{{/metadata}}', /takes 2 argument/],
    ['{{stringFormat "Save 50% now" x}}', /"% now" is no directive.*write %%/],
    ['{{stringFormat "%q" x}}', /no directive/],
    ['{{#assign name}}x{{/assign}}', /plain name in quotes/],
    ['{{#gt age}}x{{/gt}}', /takes 2 argument/],
  ] as const)
    it(`${source} is refused when it is saved`, () => assert.throws(() => compileTemplate(source), fault));

  for (const [source, fault] of [
    ['{{dateMath "now" "tomorrow"}}', /dateMath: "tomorrow"/],
    ['{{dateMath "now" "+999999999y"}}', /dateMath/],
    ['{{dateFormat "now" format="bb"}}', /unknown letter, bb/],
    ['{{numberFormat 1 "#,#,#x#"}}', /numberFormat/],
    ['{{numberFormat 1 "integer" roundingMode="sideways"}}', /roundingMode/],
    ['{{stringFormat "%d" firstName}}', /stringFormat/],
    ['{{stringFormat "%s and %s" firstName}}', /asks for more values/],
    ['{{stringFormat favoriteBook "x"}}{{stringFormat (concat "%" "q") 1}}', /no directive/],
  ] as const)
    it(`${source} names its fault`, () => assert.throws(() => show(source), fault));

  it('encode what is written, not what HTML makes of it, and escape it once', () => {
    const data = { name: 'Tom & Co <x>' };
    assert.equal(show('{{#base64}}{{name}}{{/base64}}', data, 'html').text, btoa('Tom & Co <x>'));
    assert.equal(
      show('{{#assign "who"}}<b>{{name}}</b>{{/assign}}{{who}}', data, 'html').text,
      '<b>Tom &amp; Co &lt;x&gt;</b>',
    );
  });
});

describe('a hole', () => {
  const missing = (source: string, data: Record<string, unknown> = {}) => show(source, data).missing;
  const cases: [source: string, data: Record<string, unknown>, missing: string[]][] = [
    ['Hi {{firstName}}', {}, ['firstName']],
    ['Hi {{firstName}}', { firstName: null }, ['firstName']],
    ['Hi {{firstName}}', { firstName: ' \n' }, ['firstName']],
    ['Hi {{firstName}}', { firstName: 0 }, []],
    ['Hi {{defaultIfEmpty firstName "there"}}', { firstName: '  ' }, []],
    ['Hi {{defaultIfEmpty firstName ""}}', {}, []],
    ['Hi {{defaultIfEmpty nick firstName}}', {}, ['firstName']],
    ['Hi {{capitalize (defaultIfEmpty nick firstName)}}', { firstName: 'ada' }, []],
    ['{{concat "Hi " firstName}}', {}, ['firstName']],
    ['{{concat "Hi " (defaultIfEmpty nick firstName)}}', {}, ['firstName']],
    ['{{add points bonus}}', { points: 1 }, ['bonus']],
    ['{{numberFormat price "currency" locale}}', { price: 1 }, []],
    ['{{#if firstName}}Hi {{firstName}}{{else}}Hi{{/if}}', { firstName: ' ' }, []],
    ['{{#unless firstName}}Hi{{else}}{{firstName}}{{/unless}}', {}, []],
    ['{{eq tier "gold" yes="You are gold" no=""}}', {}, []],
    ['{{#each orders}}{{name}}{{/each}}', { orders: [{ name: 'a' }, {}] }, ['orders[].name']],
    ['{{#each orders}}{{name}}{{/each}}', {}, []],
    ['{{#assign "x"}}{{nick}}{{/assign}}Hi {{x}}', {}, ['nick']],
    ['{{#assign "x"}}{{nick}}{{/assign}}Hi {{defaultIfEmpty x "you"}}', {}, []],
    ['{{#assign "x"}}Dear {{nick}}{{/assign}}Hi {{x}}', {}, ['nick']],
    ['{{#base64}}{{email}}{{/base64}}', {}, ['email']],
    ['{{#metadata "shops" shop as |s|}}{{s.city}}{{/metadata}}', {}, ['metadata shops']],
    ['{{#metadata "shops" shop as |s|}}{{s.city}}{{/metadata}}', { shop: 'x' }, ['metadata shops x']],
    ['{{#metadata "shops" shop as |s|}}{{s.city}}{{else}}-{{/metadata}}', {}, []],
    ['{{#metadata "shops" "main" as |s|}}{{s.street}}{{/metadata}}', {}, ['s.street']],
    ['{{#metadata "shops" "main" as |s|}}{{firstName}}{{/metadata}}', {}, ['firstName']],
    ['{{#metadata "shops" "main"}}{{street}}{{/metadata}}', {}, ['street']],
    ['{{#sortBy cart field="p" as |s|}}{{#each s}}{{name}}{{/each}}{{/sortBy}}', { cart: [{}] }, ['name']],
  ];
  for (const [source, data, expected] of cases)
    it(`${source} for ${JSON.stringify(data)}: ${expected.join() || 'none'}`, () =>
      assert.deepEqual(missing(source, data), expected));

  it('of a key is foreseen, where there is no else', () => {
    const block = (otherwise: string) =>
      `{{#metadata "shops" shop as |s|}}{{s.city}} {{city}}${otherwise}{{/metadata}}`;
    assert.deepEqual(compileTemplate(block('')).uncovered, ['city', 's.city', 'shop']);
    assert.deepEqual(compileTemplate(block('{{else}}-')).uncovered, ['city', 's.city']);
  });

  it('is foreseen by the template’s text', () => {
    const source =
      '{{firstName}} {{defaultIfEmpty nick "you"}} {{#if city}}{{city}}{{else}}{{country}}{{/if}} {{#unless tier}}-{{else}}{{tier}}{{/unless}} {{concat a b}}';
    assert.deepEqual(compileTemplate(source).uncovered, ['a', 'b', 'country', 'firstName']);
  });
});

describe('a data feed’s tags', () => {
  const data = {
    name: 'Ada',
    orders: [{ id: 1 }],
    dataFeed: {
      city: 'Rome',
      name: 'Shop',
      html: '<b>',
      items: [{ name: 'Tea' }, { name: 'Cup' }],
      'a b': 'c',
    },
  };
  const cases: [source: string, text: string, missing: string[]][] = [
    ['{{name}} in [[city]]', 'Ada in Rome', []],
    ['[[upper name]] [[[a b]]] [[defaultIfEmpty x "y"]]', 'SHOP c y', []],
    ['[[#each items]][[name]] for {{name}}; [[/each]]', 'Tea for Ada; Cup for Ada; ', []],
    ['{{#each orders}}{{id}} [[city]]{{/each}}', '1 Rome', []],
    ['[[#if city]]in [[city]][[else]]nowhere[[/if]]', 'in Rome', []],
    ['[[nowhere]]', '', ['[[nowhere]]']],
    ['\\[[city]] and [[1]] and [[ ]] and a[[', '[[city]] and [[1]] and [[ ]] and a[[', []],
    ['line\n[[city]]\n{{name}} [[city]]', 'line\nRome\nAda Rome', []],
  ];
  for (const [source, text, missing] of cases)
    it(JSON.stringify(source), () => assert.deepEqual(show(source, data), { text, missing }));
  it('escape in HTML as fields do', () =>
    assert.equal(show('[[html]] [[{html}]]', data, 'html').text, '&lt;b&gt; <b>'));
});
