import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classifyReply } from './classify-reply.ts';
import { foldWhole } from './fold.ts';
import { keywords } from './keyword-table.ts';

const certain = [
  'STOP',
  'stop',
  'Stop.',
  ' stop! ',
  '"STOP"',
  'S T O P',
  'S.T.O.P.',
  'stop 🛑🛑',
  '🛑',
  '🛑✋🏽',
  'stop it',
  'Cancel, thanks',
  'please cancel',
  'remove please',
  'baja por favor',
  'cancelar por favor',
  'alto por favor',
  'uit aub',
  'ende bitte',
  'STOP​',
  'ＳＴＯＰ',
  '𝐒𝐓𝐎𝐏',
  'STOP?',
  'stop\n',
  'quit',
  'END',
  'revoke',
  'opt out',
  'Opt-Out',
  'OPTOUT',
  'cancel',
  'Unsubscribe',
  'STOPALL',
  'stop all',
  'STOP STOP',
  'Stop stop STOP!!!',
  'STOOOPPP',
  'stop please',
  'Please stop',
  'pls stop',
  'stop, thanks',
  'Ok stop',
  'yes stop',
  'please stop texting me',
  'STOP TEXTING ME!!',
  'stop sending me messages',
  'Stop sending me these',
  'stop messaging my phone',
  'can you stop texting me?',
  'I want you to stop texting me',
  'quit texting me',
  'stop the texts',
  'stop all messages now',
  'unsubscribe me',
  'Unsubscribe me from this list please',
  'unsuscribe',
  'I would like to unsubscribe',
  "I'd like to opt out",
  'opt me out',
  'remove me from your list',
  'Remove my number',
  'take me off this list',
  'take me off your texting list',
  'delete my number',
  'lose my number',
  'do not text me again',
  "Don't text me anymore",
  'don’t contact me',
  'never text me again',
  "please don't send me any more texts",
  'no more texts',
  'No more messages please',
  "I don't want these texts",
  'I no longer wish to receive messages',
  'i dont want to be texted',
  'I revoke my consent',
  'leave me alone',
  'STOP. Wrong number.',
  'Who is this? Stop texting me',
  "Stop! I didn't sign up for this",
  'No. Stop.',
  'afmelden aub',
  'désinscrire svp',
  'avsluta tack',
  'ret lütfen',
  'wypisz proszę',
  'put me on your do not call list',
  'no texts please',
  'cease and desist',
  'I no longer want these',
  'I want out',
  'discontinue',
  'STOP1',
  'stop!!1',
  'ne me contactez plus',
  'désinscription',
  'désabonnement',
  'ARRETT',
  'desuscribir',
  'Abmeldung',
  'schreibt mir nicht mehr',
  'disiscrivimi',
  'uitschrijven',
  'mesaj istemiyorum',
  '退訂',
  'إيقاف',
  // Letters that only look like those of STOP, and the word as Russians write it.
  'ЅТОР',
  'STΟP',
  'ꜱᴛᴏᴘ',
  '🆂🆃🅾🅿',
  'ST0P',
  'st0p texting me',
  'СТОП',
  'стоп',
  'STOP\nSent from my iPhone',
  'STOP. Do not text me again. I will report you.',
];
/** Of these the bare word is certain, and manners leave it so in the United States only. */
const unclear = [
  'please stop texting me so much',
  'can you stop for a while?',
  'too many messages',
  'way too many texts from you guys',
  'Stop, I love it',
  'why won’t you stop texting me',
  'how do I unsubscribe from the coffee club?',
  'not interested',
  'wrong number',
  'cancel it please',
  'cancel my subscription',
  'fewer texts please',
  'this is spam',
  '🚫',
  'T',
  'cancel my appointment',
  'ok cancel my 3pm appointment',
  'stp',
  'stop texting me at work',
  'no stop',
  'please only text me on weekends, stop the daily ones',
  'go away',
  'Fuck off!',
  'no más',
  'I will report you',
];
const ordinary = [
  'non-stop thanks!',
  'nonstop fun',
  "I can't stop loving it",
  "don't stop!",
  'Please dont stop',
  'never stop sending these',
  'start without me',
  'yes please send more pics',
  'yes please',
  'START now with the order',
  'END of the month works?',
  'I will stop by at 5',
  'which bus stop?',
  'When do you stop serving lunch?',
  'the end',
  'Yes, 5pm works',
  'I need help with my order',
  'information please',
  'no',
  'ok',
  '',
  '   ',
  '👍',
  'no more onions please',
  "Don't bother",
  'I don’t want these, do you have blue ones?',
  'take me to dinner',
  'started my day with you',
  'unstoppable',
  'Can I start on Monday?',
  'START START',
  'si vienes dime',
  'stopwatch',
  'quiet hours?',
  'que haces',
  'no texts came today, is it open?',
  'no messages from the shop yet',
  'I want out of town delivery',
  'I no longer want the blue one, send red please',
  'sent from my iPhone',
  'put me on the guest list',
  'please end the call at 5',
  'por favor',
  'go away for the weekend with us?',
  'Спасибо, всё хорошо',
  'Καλημέρα σας',
  '🅰️🅱️',
  '5 0 5',
  'Is it stop5 or stop6 of the tram?',
  'my order 505 please',
];

describe('what a reply means', () => {
  for (const body of certain)
    it(`opts out: ${body}`, () => assert.equal(classifyReply(body).meaning, 'optOut'));
  for (const body of unclear)
    it(`is unclear: ${body}`, () => assert.equal(classifyReply(body).meaning, 'unclearOptOut'));
  for (const body of ordinary)
    it(`asks nothing: ${body}`, () => assert.equal(classifyReply(body).meaning, 'none'));

  it('names the word and the tongue', () => {
    const confirms = { meaning: 'optIn', onlyConfirms: true } as const;
    assert.deepEqual(classifyReply('yes!'), { ...confirms, word: 'YES', language: 'en' });
    assert.deepEqual(classifyReply('unstop'), { meaning: 'optIn', word: 'UNSTOP', language: 'en' });
    assert.deepEqual(classifyReply('Sí'), { ...confirms, word: 'SI', language: 'es' });
    for (const word of ['DEBUT', 'ALTA', 'COMENZAR', 'VOLTAR'])
      assert.equal(classifyReply(word).onlyConfirms, undefined, word);
    assert.deepEqual(classifyReply('arrêt'), { meaning: 'optOut', word: 'ARRET', language: 'fr' });
    assert.deepEqual(classifyReply('help??'), { meaning: 'help', word: 'HELP', language: 'en' });
  });

  it('settles a shared word by the language the person speaks', () => {
    assert.equal(classifyReply('parar').language, 'es');
    assert.equal(classifyReply('parar', 'pt-BR').language, 'pt');
    assert.equal(classifyReply('T', 'zh').meaning, 'optOut');
    assert.equal(classifyReply('STOP', 'fr').language, 'fr');
    assert.equal(classifyReply('unsubscribe', 'fr').language, 'en');
  });

  it('reads requests in other tongues', () => {
    const requests: [string, string][] = [
      ["Arrêtez de m'envoyer des messages svp", 'fr'],
      ['désabonnez-moi', 'fr'],
      ["ne m'envoyez plus de sms", 'fr'],
      ['no me envíen más mensajes', 'es'],
      ['quiero darme de baja', 'es'],
      ['no quiero recibir mensajes', 'es'],
      ['não quero mais receber mensagens', 'pt'],
      ['Bitte keine Nachrichten mehr', 'de'],
      ['bitte abmelden', 'de'],
      ['non voglio più ricevere messaggi', 'it'],
      ['geen berichten meer', 'nl'],
    ];
    for (const [body, language] of requests) {
      assert.deepEqual(classifyReply(body), { ...classifyReply(body), meaning: 'optOut', language }, body);
    }
  });

  it('takes a long text without trouble', () => {
    assert.equal(classifyReply('please stop the '.repeat(5000)).meaning, 'unclearOptOut');
    assert.equal(classifyReply('any more text spam '.repeat(15)).meaning, 'unclearOptOut');
    assert.equal(classifyReply(`please remove my ${'sock '.repeat(55)}`).meaning, 'none');
  });
});

const noise = fc.constantFrom('', ' ', '  ', '!', '.', '…', '🛑', '​', '\u2060', '\n', '"', ' - ', '🙏🏽', '️');
const variantOf = (word: string) =>
  fc
    .array(fc.record({ upper: fc.boolean(), after: noise, accent: fc.constantFrom('', '́', '̈') }), {
      minLength: word.length,
      maxLength: word.length,
    })
    .map((choices) =>
      Array.from(word, (letter, i) => {
        const choice = choices[i] ?? { upper: false, after: '', accent: '' };
        const accent = /[a-z]/i.test(letter) ? choice.accent : '';
        return (choice.upper ? letter.toUpperCase() : letter.toLowerCase()) + accent + choice.after;
      }).join(''),
    );

describe('folding', () => {
  it('keeps the meaning of every keyword whatever its case, accents, spacing and punctuation', () => {
    const anyVariant = fc
      .constantFrom(...keywords)
      .chain((row) => fc.tuple(fc.constant(row), variantOf(row.word)));
    fc.assert(
      fc.property(anyVariant, ([row, variant]) => {
        assert.equal(classifyReply(variant, row.language).meaning, row.meaning);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives no word two meanings', () => {
    const meanings = new Map(keywords.map((row) => [foldWhole(row.word), row.meaning]));
    for (const row of keywords) assert.equal(meanings.get(foldWhole(row.word)), row.meaning, row.word);
  });
});

describe('a keyword inside an ordinary sentence', () => {
  /** What the sentence speaks of: words that only point or are polite say nothing beside a keyword. */
  const subject = fc.constantFrom(...'shop house shoes bread coffee dinner friends'.split(' '));
  const plain = fc.constantFrom(
    ...'the shop near my house opens later today and we could bring shoes bread coffee for dinner with friends tomorrow morning'.split(
      ' ',
    ),
  );
  it('never opts anyone out or in', () => {
    fc.assert(
      fc.property(
        fc.array(plain, { minLength: 1, maxLength: 11 }),
        subject,
        fc.constantFrom(...keywords),
        fc.nat(),
        (sentence, named, row, at) => {
          const words = [...sentence];
          words.splice(at % (words.length + 1), 0, named);
          words.splice(at % (words.length + 1), 0, row.word.toLowerCase());
          const { meaning } = classifyReply(words.join(' '));
          assert.ok(meaning === 'none' || meaning === 'unclearOptOut', `${words.join(' ')} → ${meaning}`);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a reply of nothing but one sign', () => {
  // Each of them opens and closes a quotation, so that what stands between any two could be one.
  for (const sign of ["'", '"', '“”', '> ', '\n-- ', '<'])
    it(`${JSON.stringify(sign)} is read at once, and means nothing`, () => {
      const reply = sign.repeat(4_096 / sign.length);
      assert.equal(classifyReply(reply, ['en'], [], 'Acme').meaning, 'none');
    });
});
