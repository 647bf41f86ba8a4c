import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings.ts';

test('proxies are named by their addresses and networks', () => {
  assert.deepEqual(readSettings({}).trustProxy, []);
  const named = readSettings({ TRUST_PROXY: 'loopback, 10.1.0.0/16, 2001:db8::7' }).trustProxy;
  assert.deepEqual(named, ['loopback', '10.1.0.0/16', '2001:db8::7']);
});

test('a word that would trust anybody, or nobody can be meant by, stops the start', () => {
  for (const word of [
    '1',
    'true',
    'everyone',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.7,',
    '10.0.0.7/8/9',
  ])
    assert.throws(
      () => readSettings({ TRUST_PROXY: word }),
      /TRUST_PROXY=.*does not say which proxies/,
      word,
    );
});

test('a token for figures that could be guessed stops the start', () => {
  assert.throws(() => readSettings({ METRICS_TOKEN: 'short' }), /METRICS_TOKEN is too short/);
  assert.equal(
    readSettings({ METRICS_TOKEN: 'long enough to be safe' }).metricsToken,
    'long enough to be safe',
  );
});
