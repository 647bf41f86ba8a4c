import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filledIn } from './canned-text.ts';

test('a canned reply has the person’s fields, other words for who lacks one, and says what is missing', () => {
  const person = { firstName: 'Ada', address: { city: 'Boston' }, points: 12, empty: ' ' };
  const said = (body: string) => filledIn(body, person);
  assert.deepEqual(said('Hi {{firstName}}, {{ points }} in {{address.city}}'), {
    text: 'Hi Ada, 12 in Boston',
    missing: [],
  });
  assert.deepEqual(said('Hi {{nickname|there}}!'), { text: 'Hi there!', missing: [] });
  assert.deepEqual(said('{{empty}}{{lastName}}{{lastName}}{{address}}'), {
    text: '',
    missing: ['empty', 'lastName', 'address'],
  });
  assert.deepEqual(said('{{constructor}} {{firstName.length}}'), {
    text: ' ',
    missing: ['constructor', 'firstName.length'],
  });
  assert.deepEqual(said('{{#if x}} and { {firstName} }'), {
    text: '{{#if x}} and { {firstName} }',
    missing: [],
  });
});
