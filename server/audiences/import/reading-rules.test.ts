import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPersonCell } from './columns.ts';
import { readConsentWord, readRefusalWord } from './consent-words.ts';
import { readDate } from './dates.ts';
import { KindTally, readField } from './field-kinds.ts';
import { wordsOf } from './header-words.ts';
import { wholePostalCode } from './zip-code.ts';

test('words of consent are read in many languages; what is not known is no consent, and an X is asked about', () => {
  const rows: [reading: string, ...cells: string[]][] = [
    [
      'yes',
      'yes',
      'Y',
      'TRUE',
      '1',
      'SUBSCRIBED',
      'Opted-In',
      '✓',
      'ja',
      'Oui',
      'sí',
      'sim',
      'tak',
      'evet',
      'да',
      'はい',
      '是',
      '동의',
      'resubscribed',
    ],
    [
      'no',
      'no',
      'N',
      'false',
      '0',
      'NOT_SUBSCRIBED',
      'Never Subscribed',
      'NEVER_SUBSCRIBED',
      'nonSubscribed',
      'CLEANED',
      'bounced',
      'nein',
      'Non',
      'não',
      'nie',
      'hayır',
      'нет',
      'いいえ',
      '否',
      '✗',
    ],
    [
      'optOut',
      'UNSUBSCRIBED',
      'opted out',
      'STOP',
      'Do not contact',
      'suppressed',
      'abgemeldet',
      'désinscrit',
      'de baja',
      'uitgeschreven',
      'отписан',
      '配信停止',
      '退订',
    ],
    [
      'pending',
      'pending',
      'PENDING_CONFIRMATION',
      'Unconfirmed',
      'ausstehend',
      'en attente',
      'pendiente',
      '未確認',
    ],
    ['blank', '', ' ', '-', '—', 'n/a', 'NULL', 'unknown', '?'],
    ['unknown', 'maybe', 'Gold', 'double opt-in', '2025-03-04', '2'],
    ['asked', 'X', 'x', 'S', 'u', '✖'],
  ];
  for (const [reading, ...cells] of rows)
    for (const cell of cells) assert.equal(readConsentWord(cell), reading, cell);
  for (const cell of ['yes', '1', 'TRUE', 'X', '2024-05-01', 'SPAM', 'opted out'])
    assert.equal(readRefusalWord(cell), 'optOut', cell);
  for (const cell of ['no', '0', 'FALSE', '', 'subscribed', '0000-00-00', '[]'])
    assert.equal(readRefusalWord(cell), 'blank', cell);
});

test('dates are read as spreadsheets, tools and people write them, or it is said why not', () => {
  const read: [cell: string, iso: string][] = [
    ['2025-04-03', '2025-04-03T00:00:00.000Z'],
    ['2025-04-03 10:00:00 EST', '2025-04-03T15:00:00.000Z'],
    ['2025-04-03T10:00:00+02:00', '2025-04-03T08:00:00.000Z'],
    ['25/04/2025', '2025-04-25T00:00:00.000Z'],
    ['4/25/25 2:30 PM', '2025-04-25T14:30:00.000Z'],
    ['3.4.2025', '2025-04-03T00:00:00.000Z'],
    ['45750', '2025-04-03T00:00:00.000Z'],
    ['45750.5', '2025-04-03T12:00:00.000Z'],
    ['20250403', '2025-04-03T00:00:00.000Z'],
    ['1743670800', '2025-04-03T09:00:00.000Z'],
    ['1743670800000', '2025-04-03T09:00:00.000Z'],
    ['Apr 3, 2025', '2025-04-03T00:00:00.000Z'],
    ['Thu Apr 03 2025 10:00:00 GMT-0700 (PDT)', '2025-04-03T17:00:00.000Z'],
    ['3 de abril de 2025', '2025-04-03T00:00:00.000Z'],
    ['3. März 2025', '2025-03-03T00:00:00.000Z'],
    ['1er août 2025', '2025-08-01T00:00:00.000Z'],
    ['12 февраля 2025 г.', '2025-02-12T00:00:00.000Z'],
    ['2025年4月3日', '2025-04-03T00:00:00.000Z'],
    ['令和7年4月3日', '2025-04-03T00:00:00.000Z'],
    ['03-Apr-99', '1999-04-03T00:00:00.000Z'],
  ];
  for (const [cell, iso] of read) {
    const date = readDate(cell, null);
    assert.equal(date.ok && date.at.toISOString(), iso, cell);
  }
  const faults: [cell: string, reason: RegExp][] = [
    ['03/04/2025', /day or the month first/],
    ['31/02/2025', /no day of the calendar/],
    ['0000-00-00', /placeholder/],
    ['1899-12-30', /placeholder/],
    ['2568-04-03', /2568.*Buddhist/],
    ['1404/01/15', /1404.*Persian/],
    ['2025-04-03 10:00 QQT', /zone that is not known/],
    ['soon', /not a date/],
    ['12.50', /number/],
  ];
  for (const [cell, reason] of faults) {
    const date = readDate(cell, null);
    assert.match(date.ok ? '' : date.reason, reason, cell);
  }
  for (const [order, iso] of [
    ['DMY', '2025-04-03'],
    ['MDY', '2025-03-04'],
  ] as const) {
    const date = readDate('03/04/2025', order);
    assert.equal(date.ok && date.at.toISOString().slice(0, 10), iso);
  }
});

test('a column’s type is what its cells are; keys and codes stay text, what does not fit is named', () => {
  const kindOf = (header: string, cells: string[]) => {
    const tally = new KindTally(header, header);
    for (const cell of cells) tally.see(cell);
    return tally.reading('DMY');
  };
  for (const [header, cells, kind] of [
    ['points', ['12', '7', '1,204'], 'number'],
    ['Total Spent', ['$1,204.50', '€12', '-3.10'], 'number'],
    ['Umsatz', ['1.204,50 €', '12,00 €'], 'number'],
    ['VIP', ['yes', 'no', 'Yes'], 'yesNo'],
    ['birthday', ['1990-05-01', '12/31/1999'], 'date'],
    ['birthday', ['1938-05-01', '4/13/1951', '19790224'], 'date'],
    ['IP Address', ['198.51.100.9', '203.0.113.7'], 'text'],
    ['Customer number', ['1001', '1002'], 'text'],
    ['ZIP', ['94103', '10001'], 'text'],
    ['badge', ['007', '012'], 'text'],
    ['landline', ['4155550123', '4155550124'], 'text'],
    ['shoe size', ['42', '43', 'large', 'small'], 'text'],
  ] as const)
    assert.equal(kindOf(header, [...cells]).kind, kind, header);
  const numbers = (cells: string[]) => {
    const reading = kindOf('amount', cells);
    return cells.map((cell) => readField(cell, reading));
  };
  assert.deepEqual(numbers(['1.204,50 €', '12,00 €']), [{ value: 1204.5 }, { value: 12 }]);
  assert.deepEqual(numbers(['$1,204.50', '(3.10)']), [{ value: 1204.5 }, { value: -3.1 }]);
  const reading = kindOf('points', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'ten']);
  assert.match(JSON.stringify(readField('ten', reading)), /no number/);
});

test('a postal code gets the zeros back that a spreadsheet took, where its country has five digits', () => {
  for (const [cell, country, whole] of [
    ['2134', 'US', '02134'],
    ['501', 'US', '00501'],
    ['2134-1000', 'US', '02134-1000'],
    ['94103', 'US', '94103'],
    ['1067', 'DE', '01067'],
    ['1010', 'AT', '1010'],
    ['SW1A', 'GB', 'SW1A'],
  ])
    assert.equal(wholePostalCode(cell!, country!), whole);
});

test('a cell of a million signs is text, whatever a pattern would try to find in it', () => {
  for (const piece of ['1', '1 ', ' ', '(', '1-', 'a@', '.']) {
    const cell = `${piece.repeat(1_000_000 / piece.length)}x`;
    assert.equal(readDate(cell, null).ok, false);
    const tally = new KindTally('visits', 'visits');
    tally.see(cell);
    assert.equal(tally.reading(null).kind, 'text');
    assert.equal(isPersonCell(cell), false);
    assert.deepEqual(wordsOf(`${cell} phone`).includes('phone'), false);
  }
});

test('an amount says by itself how it is written where it can; what may be either is as its column is, and refused where that is both', () => {
  const read = (...cells: string[]) => {
    const tally = new KindTally('Spent', 'field');
    for (const cell of cells) tally.see(cell);
    return cells.map((cell) => {
      const found = readField(cell, tally.reading(null));
      return 'value' in found ? found.value : null;
    });
  };
  assert.deepEqual(read('$1,204.50', '$99.00', '88,20'), [1204.5, 99, 88.2]);
  assert.deepEqual(read('$1,204.50', '88,20', '1,500'), [1204.5, 88.2, null]);
  assert.deepEqual(read('1.204,50', '1.500', '12'), [1204.5, 1500, 12]);
  assert.deepEqual(read('1,204.50', '1,500', '1,234,567'), [1204.5, 1500, 1_234_567]);
});
