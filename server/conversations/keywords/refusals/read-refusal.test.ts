import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyReply } from '../classify-reply.ts';

const read = (body: string, language = '') => classifyReply(body, language, [], 'Harbor').meaning;

test('a reason within the refusal or beside it leaves the refusal certain', () => {
  const refusals = [
    ...[
      'I never signed up for this remove my number',
      'you people never learn. STOP',
      "I've asked three times. Unsubscribe",
    ],
    ...[
      'nunca me registré, eliminen mi número',
      'hab mich nie angemeldet, bitte austragen',
      'já pedi, parem de mandar sms',
    ],
    ...[
      'har aldri meldt meg på, fjern nr mitt',
      'kaydolmadım ki numaramı sistemden silin',
      'sijawahi kujisajili, ondoeni namba yangu',
    ],
    ...[
      '从没注册过,把我的号码删掉',
      '登録した覚えがないので番号消してください',
      '가입한적 없는데요 번호 지워주세요',
      'ไม่เคยสมัครเลย เอาเบอร์ออกด้วย',
    ],
    ...[
      'لم أسجل عندكم، أزيلوا رقمي',
      'maine kabhi register nahi kiya, number hatao',
      'basta, non scrivetemi più',
    ],
  ];
  for (const body of refusals) assert.equal(read(body), 'optOut', body);
});

test('a "not" at the word that ends keeps its writer, before or after it', () => {
  const kept = [
    ...['please don’t unsubscribe me', 'no quiero dejar de recibir mensajes', 'je ne veux pas me désabonner'],
    ...[
      'bitte nicht abmelden',
      'sluta aldrig skicka sms',
      'slutt aldri å sende tilbud',
      'abonelikten çıkmak istemiyorum',
    ],
    ...[
      'nechci se odhlásit',
      'не хочу отписываться',
      'band mat karo messages',
      '不要取消订阅',
      '配信停止しないで',
      '수신거부 하지마세요',
    ],
    ...['jangan hapus nomor saya', 'älkää poistako minua listalta', 'wag nyo akong alisin sa list'],
  ];
  for (const body of kept) assert.notEqual(read(body), 'optOut', body);
});

test('who tells of a message that did not come, or that they deleted, is not let go', () => {
  const told = [
    ...[
      'I got no text with the code',
      'fikk ikke sms',
      'jag får inga sms längre',
      'tôi không nhận được tin nhắn',
    ],
    ...[
      'j’ai supprimé votre message, renvoyez svp',
      'jeg slettet meldingen',
      'ลบข้อความไปแล้ว',
      '我把短信删了',
      'нет смс',
    ],
  ];
  for (const body of told) assert.notEqual(read(body), 'optOut', body);
});

test('our name in any case, or before letters of another script, is no word of the refusal', () => {
  for (const body of [
    ...[
      'ei enää viestejä Harborilta kiitos',
      'nem kérek több smst a Harbortól',
      "Harbor'dan mesaj istemiyorum",
    ],
    ...['Harborからのメールはもういりません', 'לא רוצה יותר סמסים מHarbor', '不想收Harbor的推广短信了'],
  ])
    assert.equal(read(body), 'optOut', body);
});

test('the core of a refusal among words nobody knows pauses', () => {
  for (const body of [
    ...[
      'please take that wretched number of mine off whatever list',
      'no quiero ni un solo pinche mensajito mensajes carajillo',
    ],
    ...['ne m’envoyez plus ces sms débiles du samedi', 'usuńcie proszę ten przeklęty numer z bazy klientów'],
    ...['bitte keine frechen Nachrichten schicken', 'отпишите наконец бабушку от этой гадости'],
  ])
    assert.notEqual(read(body), 'none', body);
});

test('an order with its number is an order', () => {
  for (const body of [
    'cancel my order 4471 please',
    'annulez ma commande 5510 svp',
    'avboka min beställning 3310',
  ])
    assert.equal(read(body), 'none', body);
});
