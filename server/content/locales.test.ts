import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalLocale, chooseLocale, personLocale } from './locales.ts';

describe('the locale a person gets', () => {
  const cases: [wanted: string | null, locales: string[], standard: string | null, chosen: string | null][] =
    [
      ['pt-BR', ['pt-BR', 'pt'], null, 'pt-BR'],
      ['pt-BR', ['pt', 'de'], null, 'pt'],
      ['pt-BR', ['de'], null, null],
      ['zh-Hant-TW', ['zh-Hant', 'zh'], 'en', 'zh-Hant'],
      ['en-GB', ['en-US'], 'en', null],
      ['en', ['en-US'], 'de', 'en-US'],
      ['pt', ['pt-BR', 'pt-PT'], 'en', null],
      ['pt', ['pt-BR'], 'pt-PT', null],
      ['pt-PT', ['pt-BR'], 'en', null],
      [null, ['de'], 'en', null],
    ];
  for (const [wanted, locales, standard, chosen] of cases)
    test(`${wanted ?? 'nobody knows'} of ${locales} beside ${standard ?? 'a nameless default'}: ${chosen ?? 'the default'}`, () =>
      assert.equal(chooseLocale(wanted, { locales, default: standard }), chosen));

  test('is told by the field locale before language, in any spelling', () => {
    assert.equal(personLocale({ locale: 'pt_br', language: 'de' }), 'pt-BR');
    assert.equal(personLocale({ locale: 'no such', language: 'DE' }), 'de');
    assert.equal(personLocale({ locale: 7 }), null);
    assert.equal(canonicalLocale('zh_hant_tw'), 'zh-Hant-TW');
    assert.equal(canonicalLocale('Deutsch!'), null);
  });
});
