import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectOf } from './what-opens.ts';

const plain = { meaning: 'none', kind: 'text', isObeyed: false, tapOn: null };

test('what waits for a person opens a thread, and what does not opens none', () => {
  assert.equal(effectOf(plain), 'opens');
  assert.equal(effectOf({ ...plain, meaning: 'unclearOptOut' }), 'opens');
  assert.equal(
    effectOf({ ...plain, meaning: 'optIn' }),
    'opens',
    'a YES that nobody asked for answers something else',
  );
  assert.equal(effectOf({ ...plain, tapOn: 'other' }), 'opens', 'a button that an agent sent is an answer');
  for (const meaning of ['optOut', 'optIn', 'help', 'none'])
    assert.equal(effectOf({ ...plain, meaning, isObeyed: true }), 'joins', meaning);
  assert.equal(effectOf({ ...plain, tapOn: 'campaign' }), 'joins');
  for (const isObeyed of [true, false])
    assert.equal(effectOf({ ...plain, meaning: 'reaction', isObeyed }), 'nothing');
  for (const kind of ['reaction', 'revoke']) assert.equal(effectOf({ ...plain, kind }), 'nothing', kind);
});
