import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countSegments } from '../../content/segments/count-segments.ts';
import { classifyReply } from './classify-reply.ts';
import { confirmationText, confirmationTexts } from './confirmations.ts';

const fill = { brand: 'Northwind Outfitters', help: 'northwind.example/help' };
const kinds = ['optOut', 'optOutPromotional', 'optIn', 'help', 'confirm'] as const;

describe('texts that answer a keyword', () => {
  for (const language of Object.keys(confirmationTexts)) {
    for (const kind of kinds) {
      it(`${language} ${kind} is one GSM-7 segment that names the brand`, () => {
        const text = confirmationText(kind, language, fill);
        const { encoding, segments } = countSegments(text);
        assert.deepEqual({ encoding, segments }, { encoding: 'GSM-7', segments: 1 }, text);
        assert.ok(text.startsWith(`${fill.brand}: `));
        assert.doesNotMatch(text, /[{}]/);
      });
    }
    it(`${language} tells words that work`, () => {
      const optIn = confirmationText('optIn', language, fill).match(/\b[A-Z]{4,}\b/g) ?? [];
      const meanings = optIn.map((word) => classifyReply(word).meaning);
      assert.deepEqual(new Set(meanings), new Set(['help', 'optOut']));
      assert.match(confirmationText('optOut', language, fill), /\bSTART\b/);
      assert.match(confirmationText('optOutPromotional', language, fill), /\bSTART\b/);
    });
    it(`${language} asks for a word that opts in, and tells how to refuse`, () => {
      const words = confirmationText('confirm', language, fill).match(/\b[A-Z]{2,}\b/g) ?? [];
      const meanings = words.filter((word) => word !== 'SMS').map((word) => classifyReply(word).meaning);
      assert.deepEqual(meanings, ['optIn', 'help', 'optOut']);
    });
  }

  it('says frequency and rates on the way in', () => {
    assert.match(
      confirmationText('optIn', 'en-US', fill),
      /recurring.*frequency.*Msg&data rates.*HELP.*STOP/,
    );
  });

  it("says a message type's own frequency", () => {
    const text = confirmationText('optIn', 'en', { ...fill, frequency: '4 msgs/mo.' });
    assert.match(text, /recurring texts\. 4 msgs\/mo\. Msg&data/);
    assert.match(
      confirmationText('help', 'de', { ...fill, frequency: '4 SMS im Monat' }),
      /4 SMS im Monat\./,
    );
  });

  it('answers in English where it lacks the tongue', () => {
    assert.equal(confirmationText('help', 'sw', fill), confirmationText('help', 'en', fill));
  });

  it('takes a brand with signs of its own as it is', () => {
    assert.ok(confirmationText('help', 'en', { brand: '$& {help}', help: 'x' }).startsWith('$& {help}: '));
  });
});
