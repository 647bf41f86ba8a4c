import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { readAllowedPlaces } from '../config/allowed-places.ts';
import { createGuard } from '../outbound/guard.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { createExchanges } from './exchange.ts';
import { createMetaWire } from './meta/meta-wire.ts';
import { metaSetUp } from './meta/set-up.ts';
import type { OutgoingMessage, ProviderAccount } from './sending.ts';
import type { SmtpAccount } from './smtp/account.ts';
import { createSmtpWire } from './smtp/smtp-wire.ts';
import { startHttpProvider } from './testing/http-provider.ts';
import { startSmtpProvider } from './testing/smtp-provider.ts';
import { twilioSetUp } from './twilio/set-up.ts';
import { createTwilioWire } from './twilio/twilio-wire.ts';

const message: Omit<OutgoingMessage, 'content'> = {
  reference: 'm',
  from: '+15005550006',
  to: '+14155550132',
};
const sms: OutgoingMessage = { ...message, content: { kind: 'sms', body: 'x' } };
const mail: OutgoingMessage = {
  ...message,
  ...{ from: 'a@shop.example', to: 'b@shop.example' },
  content: { kind: 'email', subject: 'x', html: 'x', text: 'x' },
};
const context = { onDeparted: () => undefined };
const twilioAt = (baseUrl: string): ProviderAccount => ({
  ...{ id: 1, wire: 'twilio', baseUrl, accountSid: 'AC0123', authToken: 'very-secret-token' },
});
const metaAt = (baseUrl: string): ProviderAccount => ({
  ...{ id: 1, wire: 'meta', baseUrl, version: 'v26.0', businessAccountId: '1' },
  ...{ accessToken: 'very-secret-token', appSecret: 'very-secret-app', verifyToken: 'very-secret-verify' },
});

/** A provider that answers as it is told, byte by byte. */
async function provider(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('an answer without an end is cut off, by its size or by its time', async (t) => {
  const endless = await provider(t, (_request, response) => {
    const write = () => {
      while (response.write(Buffer.alloc(1024 * 1024, 'x'))) if (response.destroyed) return;
    };
    response.on('drain', write);
    write();
  });
  const trickling = await provider(t, (_request, response) => {
    const drip = setInterval(() => response.write('x'), 2);
    response.once('close', () => clearInterval(drip));
  });
  for (const [baseUrl, fault] of [
    [endless, /size/i],
    [trickling, /too long/],
  ] as const) {
    const exchanges = createExchanges(loopbackAllowed, { bodyMs: baseUrl === trickling ? 20 : 30_000 });
    const result = await createTwilioWire(exchanges).send(twilioAt(baseUrl), sms, context);
    assert.equal(result.outcome, 'unknown');
    assert.match('detail' in result ? result.detail : '', fault);
    await exchanges.close();
  }
});

test('what is compressed is not unpacked', async (t) => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const baseUrl = await provider(t, (request, response) => {
    assert.equal(request.headers['accept-encoding'], undefined);
    response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(bomb);
  });
  const exchanges = createExchanges(loopbackAllowed);
  const exchange = await exchanges.run({
    ...{ origin: baseUrl, path: '/', method: 'GET', headers: [], secrets: [] },
  });
  assert.ok(exchange.kind === 'answered' && exchange.body.length <= bomb.length);
  await exchanges.close();
});

test('a redirect takes no secret along: it is not followed', async (t) => {
  const thief = await startHttpProvider(twilioAt);
  thief.turn({ do: 'answer', answer: { status: 201, body: { sid: 'SM1' } } });
  t.after(() => thief.close());
  for (const status of [301, 302, 303, 307, 308]) {
    const honest = await provider(t, (_request, response) => {
      response.writeHead(status, { location: `${thief.baseUrl}/stolen` }).end();
    });
    const exchanges = createExchanges(loopbackAllowed);
    const results = await Promise.all([
      createTwilioWire(exchanges).send(twilioAt(honest), sms, context),
      createMetaWire(exchanges).send(
        metaAt(honest),
        { ...message, content: { kind: 'whatsAppMessage', type: 'text', body: 'x' } },
        context,
      ),
    ]);
    assert.ok(results.every(({ outcome }) => outcome === 'refused'));
    await exchanges.close();
  }
  assert.equal(thief.requests.length, 0);
});

test('a provider that gives a secret back in its words has it taken out, on every wire', async (t) => {
  const echo = await provider(t, (request, response) => {
    const given = request.headers.authorization ?? '';
    const plain = Buffer.from(given.replace('Basic ', ''), 'base64').toString();
    response.writeHead(401, { 'content-type': 'application/json' });
    const words = `no entry for ${given} or ${plain}`;
    response.end(JSON.stringify({ code: 20003, message: words, error: { code: 190, message: words } }));
  });
  const exchanges = createExchanges(loopbackAllowed);
  t.after(() => exchanges.close());
  const whatsApp: OutgoingMessage = {
    ...message,
    content: { kind: 'whatsAppMessage', type: 'text', body: 'x' },
  };
  const password = 'very-secret-password';
  const encoded = Buffer.from(`\0shop\0${password}`).toString('base64');
  const smtp = await startSmtpProvider((port) => ({
    ...{ id: 1, wire: 'smtp', host: '127.0.0.1', port, secure: false, user: 'shop', password },
  }));
  smtp.turn({ do: 'answer', answer: { auth: `535 5.7.8 not ${password} nor ${encoded}` } });
  const smtpWire = createSmtpWire(loopbackAllowed);
  t.after(() => Promise.all([smtpWire.close?.(), smtp.close()]));
  for (const result of [
    await createTwilioWire(exchanges).send(twilioAt(echo), sms, context),
    await createMetaWire(exchanges).send(metaAt(echo), whatsApp, context),
    await smtpWire.send(smtp.account, mail, context),
  ]) {
    assert.ok(result.outcome === 'refused' && result.errorClass === 'account', JSON.stringify(result));
    assert.match(result.detail, /\[secret\]/);
    assert.doesNotMatch(result.detail, /very-secret/);
    assert.ok(!result.detail.includes(encoded) && !result.detail.includes('QUMwMTIz'), result.detail);
  }
});

test('nor does what is found when an account is looked at or its webhooks are set give a secret back', async (t) => {
  const echo = await startHttpProvider(twilioAt);
  echo.answerWith(({ url, headers, body }) => {
    const given = headers.authorization ?? '';
    const plain = Buffer.from(given.replace('Basic ', ''), 'base64').toString();
    const words = `no ${decodeURIComponent(url)} for ${given} or ${plain} with ${body}`;
    return { status: 401, body: { code: 20003, message: words, error: { code: 190, message: words } } };
  });
  const exchanges = createExchanges(loopbackAllowed);
  t.after(() => Promise.all([exchanges.close(), echo.close()]));
  const ground = { exchanges, guard: loopbackAllowed, now: new Date() };
  for (const [setUp, account] of [
    [twilioSetUp, twilioAt(echo.baseUrl)],
    [metaSetUp, metaAt(echo.baseUrl)],
  ] as const) {
    const sender = { kind: 'longCode', address: '+15005550006', wireAddress: '123456' };
    const findings = [
      ...(await Promise.all(setUp.steps.map((step) => step.check(account, ground)))).flat(),
      ...((await setUp.webhooks?.set(account, [sender], 'https://go.example/callbacks', ground)) ?? []),
      ...((await setUp.webhooks?.check(account, [sender], 'https://go.example/callbacks', ground)) ?? []),
      ...((await setUp.standing?.(account, [sender], ground)) ?? []),
    ];
    assert.ok(findings.length > 3 && findings.some(({ state }) => state === 'fault'));
    assert.doesNotMatch(JSON.stringify(findings), /very-secret/);
  }
});

test('a mail server that never comes to an end holds no message for ever', async (t) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    const drip = setInterval(() => socket.write('250-x\r\n'), 2);
    socket.once('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const wire = createSmtpWire(loopbackAllowed, { messageMs: 50 });
  t.after(() => {
    wire.close?.();
    server.close();
  });
  const account: SmtpAccount = { id: 1, wire: 'smtp', host: '127.0.0.1', port, secure: false };
  const result = await wire.send(account, mail, context);
  assert.ok(result.outcome === 'refused' && result.errorClass === 'unsent', JSON.stringify(result));
});

test('a mail server must prove its own name, though the connection goes to the address that was judged', async (t) => {
  const asked: string[] = [];
  const server = createTlsServer({
    SNICallback: (name, done) => {
      asked.push(name);
      done(new Error('no certificate'));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const guard = createGuard({
    ...{ allow: readAllowedPlaces('mail.shop.example'), simulator: [] },
    lookup: (_hostname, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  const wire = createSmtpWire(guard);
  t.after(() => {
    wire.close?.();
    server.close();
  });
  const account: SmtpAccount = { id: 1, wire: 'smtp', host: 'mail.shop.example', port, secure: true };
  const result = await wire.send(account, mail, context);
  assert.ok(result.outcome === 'refused' && result.errorClass === 'unsent', JSON.stringify(result));
  assert.equal(asked[0], 'mail.shop.example');
});
