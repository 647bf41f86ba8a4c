import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { builtInWires } from '../providers/built-in.ts';
import type { OutgoingMessage } from '../providers/sending.ts';
import { startHttpProvider } from '../providers/testing/http-provider.ts';
import { startSmtpProvider } from '../providers/testing/smtp-provider.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { openAccount } from './account.ts';
import { providerAccountRoutes } from './provider-account-routes.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([providerAccountRoutes]);
});
after(() => api.close());

type Fields = Record<string, unknown>;

const kinds = ['twilio', 'meta', 'smtp'] as const;

const secretsOf: Record<(typeof kinds)[number], Record<string, string>> = {
  twilio: { authToken: 'stored-token', otherAuthToken: 'stored-other' },
  meta: { accessToken: 'stored-access', appSecret: 'stored-app', verifyToken: 'stored-verify' },
  smtp: { password: 'stored-password' },
};
const settingsOf: Record<(typeof kinds)[number], Fields> = {
  twilio: { baseUrl: 'https://api.twilio.com', accountSid: `AC${'0'.repeat(32)}` },
  meta: { baseUrl: 'https://graph.facebook.com', version: 'v26.0', businessAccountId: '1' },
  smtp: { host: 'mail.shop.example', port: 465, secure: true, user: 'shop' },
};
const optional = new Set(['otherAuthToken', 'password']);

async function newAccount(wire: (typeof kinds)[number]): Promise<number> {
  const made = await api.call('POST', '/api/providerAccounts', {
    ...{ name: wire, wire, settings: settingsOf[wire], secrets: secretsOf[wire] },
  });
  assert.equal(made.status, 200, made.text);
  return (made.body as { id: number }).id;
}

const stored = (id: number) =>
  api.database.db.selectFrom('provider_account').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const change = (id: number, body: object) => api.call('PATCH', `/api/providerAccounts/${id}`, body);

/** Changes of where each kind leads, the subtle ones too. */
const moves: Record<(typeof kinds)[number], readonly Fields[]> = {
  twilio: httpMoves('api.twilio.com'),
  meta: httpMoves('graph.facebook.com'),
  smtp: [
    { host: 'mail.thief.example' },
    { host: 'mail.shop.example.thief.example' },
    { port: 587 },
    { secure: false },
    { host: '93.184.216.34', port: 25, secure: false },
  ],
};
function httpMoves(host: string): Fields[] {
  return [
    { baseUrl: 'https://thief.example' },
    { baseUrl: `https://${host}.thief.example` },
    { baseUrl: `https://${host}:8443` },
    { baseUrl: `http://${host}` },
    { baseUrl: `https://${host}/thief` },
  ];
}

test('whatever the kind and however it is moved, no account takes a stored secret to another place', async () => {
  for (const wire of kinds) {
    const id = await newAccount(wire);
    const names = Object.keys(secretsOf[wire]);
    const moved = fc.constantFrom(...moves[wire]);
    const given = fc.subarray(names).filter((some) => some.length < names.length);
    await fc.assert(
      fc.asyncProperty(moved, given, async (settings, some) => {
        const secrets = Object.fromEntries(some.map((name) => [name, 'new']));
        const before = await stored(id);
        const refused = await change(id, { settings, secrets });
        assert.equal(refused.status, 400, `${JSON.stringify(settings)} ${refused.text}`);
        for (const name of names.filter((each) => !some.includes(each)))
          assert.match(refused.text, new RegExp(`settings\\.\\w+ becomes .*secrets\\.${name}.*again`));
        assert.doesNotMatch(refused.text, /stored-/);
        assert.deepEqual(await stored(id), before, 'nothing is half done');
      }),
      { numRuns: 15 },
    );
  }
});

test('an account moves with its secrets given again, and one that may be missing can be left behind', async () => {
  for (const wire of kinds)
    for (const settings of moves[wire]) {
      const id = await newAccount(wire);
      const secrets = Object.fromEntries(
        Object.keys(secretsOf[wire]).map((name) => [name, optional.has(name) ? null : 'new']),
      );
      const moved = await change(id, { settings, secrets });
      assert.equal(moved.status, 200, moved.text);
      const text = JSON.stringify(openAccount(await stored(id), api.context.secrets, builtInWires));
      assert.doesNotMatch(text, /stored-/);
    }
});

test('the same place in other words asks for nothing, and neither does what leads nowhere else', async () => {
  const same: [(typeof kinds)[number], object][] = [
    ['twilio', { settings: { baseUrl: 'https://API.twilio.com:443/' } }],
    ['twilio', { settings: { accountSid: `AC${'1'.repeat(32)}` }, name: 'Other' }],
    ['meta', { settings: { version: 'v27.0' }, secrets: { verifyToken: 'new' } }],
    ['smtp', { settings: { host: 'MAIL.shop.example', user: 'other' } }],
    ['smtp', {}],
    ['twilio', { settings: {}, secrets: {} }],
  ];
  for (const [wire, body] of same) {
    const id = await newAccount(wire);
    const changed = await change(id, body);
    assert.equal(changed.status, 200, changed.text);
    assert.match(JSON.stringify(openAccount(await stored(id), api.context.secrets, builtInWires)), /stored-/);
  }
});

const message: Omit<OutgoingMessage, 'content'> = {
  reference: 'm',
  from: '+15005550006',
  to: '+14155550132',
};
const context = { onDeparted: () => undefined };

test('a thief’s own server hears no stored secret, over HTTP or SMTP', async (t) => {
  const thief = await startHttpProvider((baseUrl) => ({
    ...{ id: 1, wire: 'twilio', baseUrl, accountSid: 'AC', authToken: '' },
  }));
  const mailThief = await startSmtpProvider((port) => ({
    ...{ id: 1, wire: 'smtp', host: '127.0.0.1', port, secure: false },
  }));
  t.after(() => Promise.all([thief.close(), mailThief.close()]));
  thief.turn({ do: 'answer', answer: { status: 201, body: { sid: 'SM1' } } });
  mailThief.turn({ do: 'answer', answer: {} });
  const stolen = { host: '127.0.0.1', port: mailThief.port, secure: false };
  for (const [wire, settings, content] of [
    ['twilio', { baseUrl: thief.baseUrl }, { kind: 'sms', body: 'x' }],
    ['meta', { baseUrl: thief.baseUrl }, { kind: 'whatsAppMessage', type: 'text', body: 'x' }],
    ['smtp', stolen, { kind: 'email', subject: 'x', html: 'x', text: 'x' }],
  ] as const) {
    const id = await newAccount(wire);
    await change(id, { settings });
    const account = openAccount(await stored(id), api.context.secrets, builtInWires);
    // What a worker would do with the account as it now stands, where that leads to this machine.
    if (JSON.stringify(account).includes('127.0.0.1'))
      await api.context.providers.wires[wire]!.send(account, { ...message, content }, context);
  }
  assert.deepEqual([thief.requests.length, mailThief.mails.length], [0, 0]);
});
