import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simpleParser } from 'mailparser';
import { loopbackAllowed } from '../../testing/outbound.ts';
import type { OutgoingMessage } from '../sending.ts';
import { startSmtpProvider } from '../testing/smtp-provider.ts';
import { describeWireContract } from '../wire.contract.ts';
import type { SmtpAccount } from './account.ts';
import { judgeSmtpReply } from './error-codes.ts';
import { createSmtpWire } from './smtp-wire.ts';

const message: OutgoingMessage = {
  reference: 'msg_1',
  from: 'news@shop.example',
  to: 'ana@example.org',
  content: {
    kind: 'email',
    subject: 'Olá Ana',
    html: '<p>Olá</p>',
    text: 'Olá',
    fromName: 'The Shop',
    replyTo: 'help@shop.example',
    unsubscribeUrl: 'https://carillon.example/u/msg_1',
  },
};

const accountAt = (port: number): SmtpAccount => ({
  id: 3,
  wire: 'smtp',
  host: '127.0.0.1',
  port,
  secure: false,
});

describeWireContract('SMTP', {
  wire: createSmtpWire(loopbackAllowed),
  message,
  provider: () => startSmtpProvider(accountAt),
  nobody: accountAt,
  accepting: {},
  refusals: [
    {
      says: 'an unknown user',
      answer: { rcpt: '550 5.1.1 no such user' },
      errorClass: 'badAddress',
      code: '5.1.1',
    },
    {
      says: 'a plain 550 to the recipient',
      answer: { rcpt: '550 unknown' },
      errorClass: 'badAddress',
      code: '550',
    },
    {
      says: 'a 551 to the recipient',
      answer: { rcpt: '551 not local' },
      errorClass: 'badAddress',
      code: '551',
    },
    { says: 'a 553 to the recipient', answer: { rcpt: '553 name' }, errorClass: 'badAddress', code: '553' },
    {
      says: 'a relay denied',
      answer: { rcpt: '550 5.7.1 relaying denied' },
      errorClass: 'permanent',
      code: '5.7.1',
    },
    { says: 'a full mailbox', answer: { rcpt: '452 4.2.2 full' }, errorClass: 'later', code: '4.2.2' },
    { says: 'greylisting', answer: { rcpt: '450 4.7.1 try later' }, errorClass: 'transient', code: '4.7.1' },
    {
      says: 'too much mail',
      answer: { mail: '421 4.7.28 slow down' },
      errorClass: 'throttled',
      code: '4.7.28',
    },
    { says: 'a sender refused', answer: { mail: '550 5.1.8 domain' }, errorClass: 'sender', code: '5.1.8' },
    { says: 'unwanted content', answer: { data: '554 5.7.1 spam' }, errorClass: 'content', code: '5.7.1' },
    {
      says: 'a fault after the data',
      answer: { data: '451 4.3.0 disk' },
      errorClass: 'transient',
      code: '4.3.0',
    },
  ],
});

test('a mail carries our reference, its ways to unsubscribe, and both bodies', async (t) => {
  const provider = await startSmtpProvider(accountAt);
  const wire = createSmtpWire(loopbackAllowed);
  t.after(async () => {
    await wire.close?.();
    await provider.close();
  });
  provider.turn({ do: 'answer', answer: {} });
  const result = await wire.send(provider.account, message, { onDeparted() {} });
  const mail = await simpleParser(Buffer.from(provider.mails[0] ?? '', 'latin1'));
  assert.ok(result.outcome === 'accepted');
  assert.equal(result.providerMessageId, mail.messageId);
  assert.equal(mail.headers.get('x-carillon-message'), 'msg_1');
  assert.match(provider.mails[0] ?? '', /^List-Unsubscribe: <https:\/\/carillon\.example\/u\/msg_1>\r$/m);
  assert.match(provider.mails[0] ?? '', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  assert.equal(mail.from?.text, '"The Shop" <news@shop.example>');
  assert.equal(mail.replyTo?.text, 'help@shop.example');
  assert.equal(mail.subject, 'Olá Ana');
  assert.equal(mail.text?.trim(), 'Olá');
  assert.equal(mail.html, '<p>Olá</p>');
});

test('refused credentials concern the account', async (t) => {
  const provider = await startSmtpProvider((port) => ({
    id: 3,
    wire: 'smtp',
    host: '127.0.0.1',
    port,
    secure: false,
    user: 'shop',
    password: 'wrong',
  }));
  const wire = createSmtpWire(loopbackAllowed);
  t.after(async () => {
    await wire.close?.();
    await provider.close();
  });
  provider.turn({ do: 'answer', answer: { auth: '535 5.7.8 no' } });
  const result = await wire.send(provider.account, message, { onDeparted() {} });
  assert.ok(result.outcome === 'refused');
  assert.equal(result.errorClass, 'account');
});

test('a connection cut before the data was asked for sent nothing', async (t) => {
  const provider = await startSmtpProvider(accountAt);
  const wire = createSmtpWire(loopbackAllowed);
  t.after(async () => {
    await wire.close?.();
    await provider.close();
  });
  provider.turn({ do: 'answer', answer: { rcpt: '' } });
  const result = await wire.send(provider.account, message, { onDeparted() {} });
  assert.ok(result.outcome === 'refused');
  assert.equal(result.errorClass, 'unsent');
});

test('a message meant for a connection that was dropped while idle goes out once, over another', async (t) => {
  const provider = await startSmtpProvider(accountAt);
  const wire = createSmtpWire(loopbackAllowed);
  t.after(async () => {
    await wire.close?.();
    await provider.close();
  });
  provider.turn({ do: 'answer', answer: {} });
  await wire.send(provider.account, message, { onDeparted() {} });
  await provider.dropConnections();
  const result = await wire.send(provider.account, message, { onDeparted() {} });
  assert.equal(result.outcome, 'accepted');
  assert.equal(provider.mails.length, 2);
});

test('line breaks in an address bring no second recipient and no header', async (t) => {
  const provider = await startSmtpProvider(accountAt);
  const wire = createSmtpWire(loopbackAllowed);
  t.after(async () => {
    await wire.close?.();
    await provider.close();
  });
  provider.turn({ do: 'answer', answer: {} });
  const to = 'a@b.example>\r\nBcc: c@d.example';
  await wire.send(provider.account, { ...message, to }, { onDeparted() {} });
  assert.ok(provider.mails.every((mail) => !/^Bcc:/im.test(mail)));
});

test('a reply is judged by its enhanced code first, then by its number and stage', () => {
  assert.equal(judgeSmtpReply(550, '550 5.2.1 disabled', 'recipient').errorClass, 'badAddress');
  assert.equal(judgeSmtpReply(550, '550-5.1.1 gone\n550 5.1.1 really', 'recipient').errorClass, 'badAddress');
  assert.equal(judgeSmtpReply(550, '550 refused', 'data').errorClass, 'content');
  assert.equal(judgeSmtpReply(499, '499 odd', 'connect').errorClass, 'transient');
  assert.equal(judgeSmtpReply(599, '599 odd', 'connect').errorClass, 'permanent');
});
