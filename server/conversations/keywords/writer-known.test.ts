import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getCountries } from 'libphonenumber-js';
import { classifyReply } from './classify-reply.ts';
import { languagesOfCountries, theOneLanguage } from './country-languages.ts';

const from = (country: string, body: string, brand = '') =>
  classifyReply(body, languagesOfCountries([country]), [], brand).meaning;

test('every country whose numbers we can be written from has languages', () => {
  const without = getCountries().filter((country) => languagesOfCountries([country]).length === 0);
  assert.deepEqual(without, []);
});

test('a short word of one language is obeyed from where it is spoken, and a question from elsewhere', () => {
  const words = {
    VN: 'TC',
    CN: 'R',
    TW: 'T',
    TR: 'ÇIK',
    ID: 'BATAL',
    MY: 'batal',
    SG: 'batal',
    FI: 'poista',
  };
  for (const [country, word] of Object.entries(words)) {
    assert.equal(from(country, word), 'optOut', `${word} from ${country}`);
    assert.equal(from('PL', word), 'unclearOptOut', `${word} from Poland`);
  }
});

test('where a country speaks several languages, none is named for STOP', () => {
  assert.equal(classifyReply('STOP', languagesOfCountries(['CH'])).language, 'en');
  assert.equal(theOneLanguage(languagesOfCountries(['CH'])), undefined);
  assert.equal(theOneLanguage(languagesOfCountries(['BR'])), 'pt-BR');
  assert.equal(theOneLanguage(languagesOfCountries(['GP', 'BL'])), 'fr');
});

test('our own name beside a refusal leaves it one, and turns nothing else into one', () => {
  for (const body of [
    'STOP Harbor',
    'harbor stop',
    'Unsubscribe from Harbor',
    'Harbor Coffee, stop texting me',
  ])
    assert.equal(from('US', body, 'Harbor Coffee'), 'optOut', body);
  for (const body of [
    'I love Harbor',
    'which stop for Harbor?',
    'never stop, Harbor',
    'Does Harbor stop at 5?',
  ])
    assert.notEqual(from('US', body, 'Harbor Coffee'), 'optOut', body);
  assert.notEqual(from('US', 'never stop', 'Never Full'), 'optOut');
  assert.equal(from('US', 'I love Stop & Shop!', 'Stop & Shop'), 'none');
});

test('a refusal is obeyed in whatever letters it is typed, one slip and words of English among it', () => {
  const refusals = [
    ...['ne pishite mne bolshe', 'stamatiste na mou stelnete minimata', 'не шаљите ми поруке', 'ABMELDNE'],
    ...[
      'Stop sending me mensajes porfa',
      'please stop sending me mesages',
      'just stop it now',
      'bas karo message',
    ],
  ];
  for (const body of refusals) assert.equal(classifyReply(body).meaning, 'optOut', body);
  const others = [
    'Anmelden',
    'stop spending',
    'no more massages',
    'the stop',
    'stop another day',
    'anmeldung',
  ];
  for (const body of others) assert.notEqual(classifyReply(body).meaning, 'optOut', body);
});
