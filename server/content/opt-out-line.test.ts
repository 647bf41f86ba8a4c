import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasOptOutLine, isOptOutLineDue, optOutLine } from './opt-out-line.ts';
import { countSegments } from './segments/count-segments.ts';

const tongues = ['en', 'es', 'fr', 'pt', 'de', 'it', 'nl', 'sv', 'da', 'no', 'pl', 'ja'];

describe('the opt-out line', () => {
  it('asks for STOP where replies reach the sender', () => {
    assert.deepEqual(optOutLine({ language: 'en-US', country: 'US', senderKind: 'longCode' }), {
      ok: true,
      line: 'Reply STOP to opt out',
    });
  });
  it('names the refusal number in France', () => {
    const request = { language: 'fr', country: 'FR', stopNumber: '36180' };
    for (const senderKind of ['alphanumeric', 'shortCode'] as const) {
      assert.deepEqual(optOutLine({ ...request, senderKind }), { ok: true, line: 'STOP au 36180' });
    }
  });
  it('demands a link or number of a sender that takes no replies', () => {
    const request = { language: 'de', country: 'DE', senderKind: 'alphanumeric' } as const;
    assert.equal(optOutLine(request).ok, false);
    assert.deepEqual(optOutLine({ ...request, optOutLink: 'https://ex.am/o/1' }), {
      ok: true,
      line: 'Abmelden: https://ex.am/o/1',
    });
  });
  it('is recognised in every tongue, and never costs an alphabet', () => {
    for (const language of tongues) {
      const ways = [
        optOutLine({ language, country: null, senderKind: 'longCode' }),
        optOutLine({ language, country: null, senderKind: 'alphanumeric', optOutLink: 'https://ex.am/o/1' }),
        optOutLine({ language, country: null, senderKind: 'alphanumeric', stopNumber: '36180' }),
      ];
      for (const way of ways) {
        assert.ok(way.ok);
        assert.ok(hasOptOutLine(`Sale today!\n${way.line}`), way.line);
        assert.equal(countSegments(way.line).encoding, 'GSM-7', way.line);
      }
    }
  });
  it('is recognised as marketers write it', () => {
    for (const body of [
      'Txt STOP to end',
      'STOP2END',
      'STOP=end? stop to unsubscribe',
      'reply "STOP" to quit',
      'Text STOP to stop',
      'STOP au 36173',
      'Unsubscribe: https://a.b/c',
    ]) {
      assert.ok(hasOptOutLine(body), body);
    }
  });
  it('is not seen where it is not', () => {
    for (const body of [
      "Don't stop now! Sale ends tonight",
      'Non-stop flights to Rome',
      'Stop by our shop',
      'One stop to shop: https://a.b',
      'Reply YES to confirm',
      'Text us: the stopover is over',
      '',
    ]) {
      assert.ok(!hasOptOutLine(body), body);
    }
  });
});

describe('when the line is due', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  it('in the US first and monthly', () => {
    const us = { country: 'US', senderKind: 'longCode', now } as const;
    assert.ok(isOptOutLineDue({ ...us, lastShownAt: null }));
    assert.ok(!isOptOutLineDue({ ...us, lastShownAt: daysAgo(29) }));
    assert.ok(isOptOutLineDue({ ...us, lastShownAt: daysAgo(30) }));
  });
  it('elsewhere, and from one-way senders, always', () => {
    assert.ok(isOptOutLineDue({ country: 'FR', senderKind: 'longCode', lastShownAt: now, now }));
    assert.ok(isOptOutLineDue({ country: null, senderKind: 'longCode', lastShownAt: now, now }));
    assert.ok(isOptOutLineDue({ country: 'US', senderKind: 'alphanumeric', lastShownAt: now, now }));
  });
});
