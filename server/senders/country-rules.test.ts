import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSupportedCountry } from 'libphonenumber-js';
import { countryRules } from './country-rules.ts';

test('each country stands once, in order, with a source and a code that exists', () => {
  const codes = countryRules.map((rule) => rule.country);
  assert.deepEqual(codes, [...new Set(codes)].sort());
  for (const rule of countryRules)
    assert.ok(isSupportedCountry(rule.country) && rule.source !== '', rule.country);
});

test('a country that registers names says where', () => {
  for (const rule of countryRules)
    if (rule.alphanumeric === 'registered') assert.ok(rule.registration, rule.country);
});
