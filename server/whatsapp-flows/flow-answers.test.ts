import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowFaults } from './check-flow.ts';
import { answerFields } from './flow-answers.ts';

const ref = (path: string) => `\${${path}}`;
const footer = (action: object) => ({ type: 'Footer', label: 'Send', 'on-click-action': action });
const agreement = (label: string, more: object = {}) => ({ type: 'OptIn', name: 'agree', label, ...more });
const screen = (id: string, ...children: object[]) => ({
  ...{ id, title: id, terminal: true },
  layout: { type: 'SingleColumnLayout', children },
});
const ends = (agree: unknown) => footer({ name: 'complete', payload: { agree } });
const wordsOf = (...screens: object[]) =>
  answerFields({ version: '7.0', screens }).map(({ part, label }) => [part, label])[0];

test('an agreement has words only where they are the same on every way to it, and where nobody but the person gives it', () => {
  const own = ends(ref('form.agree'));
  assert.deepEqual(wordsOf(screen('A', agreement('News'), own)), ['OptIn', 'News']);
  const none = ['OptIn', null];
  // On two ways, of which one asks for something else, or for nothing.
  assert.deepEqual(wordsOf(screen('A', agreement('Terms'), own), screen('B', agreement('News'), own)), none);
  assert.deepEqual(wordsOf(screen('A', agreement('News'), own), screen('B', ends('true'))), none);
  assert.deepEqual(wordsOf(screen('B', ends('true')), screen('A', agreement('News'), own)), none);
  // Ticked beforehand.
  assert.deepEqual(wordsOf(screen('A', agreement('News', { 'init-value': true }), own)), none);
  const form = { type: 'Form', 'init-values': { agree: true }, children: [agreement('News'), own] };
  assert.deepEqual(wordsOf(screen('A', form)), none);
  // By way of data, which a message and an endpoint may give as well.
  const passes = footer({
    ...{ name: 'navigate', next: { type: 'screen', name: 'B' } },
    payload: { agree: ref('form.agree') },
  });
  assert.deepEqual(
    wordsOf(screen('A', agreement('News'), passes), screen('B', ends(ref('data.agree')))),
    none,
  );
});

test('a form of any size is read at once, and told of in few words', () => {
  const text = { type: 'TextBody', text: `\${form.${'a'.repeat(1_000_000)}` };
  assert.deepEqual(flowFaults({ version: '7.0', screens: [screen('A', text, ends('x'))] }), []);
  const many = Array.from({ length: 20_000 }, (_, index) => screen('A', { type: `X${index}` }));
  assert.deepEqual(
    flowFaults({ version: '7.0', screens: many }).map(({ path, fault }) => [path, fault]),
    [['screens', 'holds 20000, and no more than 100 are read']],
  );
  const data = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [`k${index}`, { type: 'string', __example__: 'x' }]),
  );
  const leadsOn = { name: 'navigate', next: { type: 'screen', name: 'B' }, payload: {} };
  const list = {
    type: 'NavigationList',
    'list-items': Array.from({ length: 3_000 }, () => ({ 'on-click-action': leadsOn })),
  };
  for (const [screens, path] of [
    [[screen('A', list), screen('B', ends('x'))], 'screens[0].layout'],
    [[screen('A', footer(leadsOn)), { ...screen('B', ends('x')), data }], 'screens[1].data'],
    [Array.from({ length: 5_000 }, () => 1), 'screens'],
  ] as const)
    assert.deepEqual(
      flowFaults({ version: '7.0', screens }).map((fault) => fault.path),
      [path],
    );
  const long = 'L'.repeat(10_000);
  const leads = footer({ name: 'navigate', next: { type: 'screen', name: 'GONE' } });
  const astray = Array.from({ length: 90 }, (_, index) => screen(`${long}${index}`, leads));
  assert.ok(JSON.stringify(flowFaults({ version: '7.0', screens: astray })).length < 1_000_000);
});

test('an answer is followed through screens that lead to one another by many ways', () => {
  const passes = (name: string) =>
    footer({ name: 'navigate', next: { type: 'screen', name }, payload: { x: ref('data.x') } });
  const ways = (name: string) => Array.from({ length: 30 }, () => passes(name));
  const [a, b] = [screen('A', ...ways('B')), screen('B', ...ways('A'), ends(ref('data.x')))];
  assert.deepEqual(wordsOf(a, b), [null, null]);
});
