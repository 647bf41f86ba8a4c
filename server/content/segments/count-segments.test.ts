import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { countSegments } from './count-segments.ts';
import { suggestGsm7 } from './suggest-gsm7.ts';

function byLibrary(body: string) {
  const { encodingName, segmentsCount, numberOfCharacters } = new SegmentedMessage(body);
  return { encoding: encodingName, segments: segmentsCount, characters: numberOfCharacters };
}

function agrees(body: string): void {
  const { units, ...counted } = countSegments(body);
  assert.deepEqual(counted, byLibrary(body), JSON.stringify(body));
  if (counted.encoding === 'UCS-2') assert.equal(units, body.length);
}

const texts = {
  'plain letters': fc.string({ unit: 'grapheme-ascii', maxLength: 400 }),
  'GSM-7 with escapes': fc.string({ unit: fc.constantFrom(...'abc {}[]~^|\\€\f\r\néÄ§Δ'), maxLength: 400 }),
  'letters and emoji': fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '’',
      'ç',
      'é',
      '🎉',
      '👍🏽',
      '👨‍👩‍👧',
      '🇫🇷',
      '1️⃣',
      '❤️',
      'é',
      '—',
      '\r\n',
      '€',
    ),
    maxLength: 200,
  }),
  'other scripts': fc.string({
    unit: fc.constantFrom(
      'я',
      'Ω',
      'ひ',
      '漢',
      '한',
      'ᅡ',
      'ᆨ',
      'न',
      'म',
      '्',
      'ते',
      'ب',
      'ش',
      '\u0600',
      'א',
      'ร',
      'ั',
      ' ',
      'x',
    ),
    maxLength: 200,
  }),
  'anything at all': fc.string({ unit: 'binary', maxLength: 160 }),
};

describe('segments of a text', () => {
  for (const [kind, text] of Object.entries(texts)) {
    it(`are counted as the library counts them: ${kind}`, () => {
      fc.assert(fc.property(text, agrees), { numRuns: 250 });
    });
  }

  it('change at 160 and 153 septets, at 70 and 67 units', () => {
    const count = (body: string) => countSegments(body).segments;
    assert.deepEqual(
      [160, 161, 306, 307].map((n) => count('a'.repeat(n))),
      [1, 2, 2, 3],
    );
    assert.deepEqual(
      [70, 71, 134, 135].map((n) => count('я'.repeat(n))),
      [1, 2, 2, 3],
    );
    assert.equal(count(`${'a'.repeat(159)}€`), 2);
    assert.equal(count(''), 1);
  });

  it('never split an escaped letter', () => {
    assert.deepEqual(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`), {
      encoding: 'GSM-7',
      segments: 3,
      characters: 306,
      units: 306,
    });
  });

  it('need not grow for a curly quote', () => {
    const typed = `Today’s sale – “20%” off…${'x'.repeat(100)}`;
    assert.equal(countSegments(typed).encoding, 'UCS-2');
    assert.deepEqual(countSegments(suggestGsm7(typed)), {
      encoding: 'GSM-7',
      segments: 1,
      characters: 127,
      units: 127,
    });
    assert.equal(suggestGsm7('Ça va 🎉'), 'Ça va 🎉');
  });
});
