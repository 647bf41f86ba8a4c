import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { handsets } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

interface Finding {
  about: string;
  state: string;
  found: string;
  remedy: string | null;
  mendedBy: string | null;
}
interface Checked {
  findings: Finding[];
  numbers:
    | { kind: string; address: string; wireAddress: string | null; mps: number; country: string }[]
    | null;
}

const check = (body: object) => program.call<Checked>('POST', '/api/providerAccounts/check', body);
const standing = (id: number) =>
  program.call<{ findings: Finding[]; webhooks: { address: string }[] }>(
    'GET',
    `/api/providerAccounts/${id}/check`,
  );
const faults = ({ findings }: { findings: Finding[] }) => findings.filter(({ state }) => state === 'fault');
const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => assert.fail('it was taken'),
    (caught: Error) => caught,
  );
  return error.message;
};

describe('Twilio', () => {
  const sid = 'AC0000000000000000000000000000abcd';
  const number = '+14155559001';
  const other = '+18005559002';
  const settings = () => ({ accountSid: sid, baseUrl: program.simulatorUrl });
  const secrets = { authToken: 'the-right-token-of-twilio' };

  before(async () => {
    await program.simulator('PUT', `/accounts/${sid}`, { authToken: secrets.authToken });
    for (const each of [number, other])
      await program.simulator('PUT', `/numbers/${encodeURIComponent(each)}`, {
        ...{ accountSid: sid, inboundUrl: 'https://elsewhere.example/texts' },
      });
  });

  test('each step is looked at; a wrong token is told with its remedy, and nothing is kept', async () => {
    const accounts = await program.call<{ providerAccounts: object[] }>('GET', '/api/providerAccounts');
    const draft = { wire: 'twilio', step: 'signIn', settings: settings() };
    const wrong = await check({ ...draft, secrets: { authToken: 'another' } });
    assert.match(faults(wrong)[0]?.found ?? '', /20003/);
    assert.match(faults(wrong)[0]?.remedy ?? '', /Copy both values anew/);
    assert.equal(wrong.numbers, null);
    assert.doesNotMatch(JSON.stringify(wrong), /the-right-token/);
    assert.deepEqual(faults(await check({ ...draft, secrets })), []);
    assert.deepEqual(await program.call('GET', '/api/providerAccounts'), accounts);
    assert.match(
      await refusal(check({ ...draft, settings: { accountSid: 'x' }, secrets })),
      /settings.baseUrl is missing/,
    );
    assert.match(await refusal(check({ ...draft, step: 'dance', secrets })), /signIn, numbers/);
  });

  test('its numbers are found, made senders with it or not at all, and their texts come here', async () => {
    const found = await check({ wire: 'twilio', step: 'numbers', settings: settings(), secrets });
    assert.deepEqual(
      found.numbers?.map(({ kind, address, mps, country }) => [kind, address, mps, country]).sort(),
      [
        ['longCode', number, 1, 'US'],
        ['tollFree', other, 3, 'US'],
      ],
    );
    const account = { name: 'Own Twilio', wire: 'twilio', settings: settings(), secrets };
    const sender = { kind: 'longCode', address: number, country: 'US', purpose: 'promotional' };
    const before = await program.call('GET', '/api/providerAccounts');
    const senders = [sender, { ...sender, address: 'nonsense' }];
    assert.match(
      await refusal(program.call('POST', '/api/providerAccounts', { ...account, senders })),
      /E\.164/,
    );
    assert.deepEqual(await program.call('GET', '/api/providerAccounts'), before);
    const { id } = await program.call<{ id: number }>('POST', '/api/providerAccounts', {
      ...{ ...account, senders: [sender] },
    });
    // The program tells the simulator of its own senders by itself; here somebody has changed it since.
    await program.until('the simulator to know the sender', async () => {
      const { findings } = await standing(id);
      return findings.some(({ about, state }) => about === number && state === 'ok') ? true : null;
    });
    await program.simulator('PUT', `/numbers/${encodeURIComponent(number)}`, {
      ...{ accountSid: sid, inboundUrl: 'https://elsewhere.example/texts', optOutHandling: 'off' },
    });
    const astray = faults(await standing(id));
    assert.deepEqual(
      astray.map(({ about, mendedBy }) => [about, mendedBy]),
      [[number, 'webhooks']],
    );
    assert.match(astray[0]?.found ?? '', /elsewhere\.example/);
    const set = await program.call<{ findings: Finding[] }>('POST', `/api/providerAccounts/${id}/webhooks`);
    assert.deepEqual(
      set.findings.map(({ about, state }) => [about, state]),
      [[number, 'ok']],
    );
    assert.deepEqual(faults(await standing(id)), []);
    // And so they do.
    await handsets(program).writes('+14155559100', number, 'Hello');
    const { numbers } = await program.call<{ numbers: { address: string; senderId: number | null }[] }>(
      'GET',
      `/api/providerAccounts/${id}/numbers`,
    );
    assert.equal(numbers.find(({ address }) => address === other)?.senderId, null);
    assert.equal(typeof numbers.find(({ address }) => address === number)?.senderId, 'number');
  });

  test('that its calls to us fail is told, with Twilio’s own code', async () => {
    const { providerAccounts } = await program.call<{ providerAccounts: { id: number; name: string }[] }>(
      'GET',
      '/api/providerAccounts',
    );
    const id = providerAccounts.find(({ name }) => name === 'Own Twilio')?.id ?? 0;
    const lost = `${program.url}/callbacks/twilio/${id}/inbound/lost`;
    await program.simulator('PUT', `/numbers/${encodeURIComponent(number)}`, {
      accountSid: sid,
      inboundUrl: lost,
    });
    await program.simulator('POST', '/handsets/+14155559100/messages', { to: number, body: 'Hello?' });
    const told = faults(await standing(id)).find(({ about }) => about === 'Webhook');
    assert.match(told?.found ?? '', /called Carillon once in vain.*\(11200\)/);
  });
});

describe('Meta', () => {
  const waba = '700000000000001';
  const phoneNumberId = '600000000000001';
  const number = '+14155559201';
  const settings = () => ({ baseUrl: program.simulatorUrl, version: 'v26.0', businessAccountId: waba });
  const secrets = { accessToken: 'meta-token', appSecret: 'meta-secret', verifyToken: 'meta-verify' };
  let accountId: number;
  let senderId: number;

  before(async () => {
    await program.simulator('PUT', `/businesses/${waba}`, {
      ...{ appSecret: secrets.appSecret, verifyToken: 'x', accessToken: secrets.accessToken },
      webhookUrl: 'http://127.0.0.1:9/elsewhere',
      phoneNumbers: [{ id: phoneNumberId, displayNumber: number }],
    });
    await program.simulator('PUT', `/phone-numbers/${phoneNumberId}`, { registered: false, verified: false });
  });

  test('token, account and app secret are each looked at in their step', async () => {
    const { baseUrl, version } = settings();
    const first = { wire: 'meta', step: 'token', settings: { baseUrl, version } };
    const wrong = await check({ ...first, secrets: { accessToken: 'expired' } });
    assert.match(faults(wrong)[0]?.remedy ?? '', /Generate token/);
    assert.deepEqual(faults(await check({ ...first, secrets: { accessToken: secrets.accessToken } })), []);
    const second = { wire: 'meta', step: 'account', secrets: { accessToken: secrets.accessToken } };
    const lost = await check({ ...second, settings: { ...settings(), businessAccountId: '123' } });
    assert.match(faults(lost)[0]?.remedy ?? '', /Compare the id/);
    assert.deepEqual(faults(await check({ ...second, settings: settings() })), []);
    const third = { wire: 'meta', step: 'app', settings: settings() };
    const forged = await check({ ...third, secrets: { ...secrets, appSecret: 'of another app' } });
    assert.equal(faults(forged)[0]?.about, 'App secret');
    const right = await check({ ...third, secrets });
    assert.deepEqual(faults(right), []);
    assert.deepEqual(
      right.numbers?.map(({ kind, address, wireAddress }) => [kind, address, wireAddress]),
      [['whatsApp', number, phoneNumberId]],
    );
  });

  test('it is told where to call, which it proves by calling', async () => {
    const { id } = await program.call<{ id: number }>('POST', '/api/providerAccounts', {
      ...{ name: 'Own WhatsApp', wire: 'meta', settings: settings(), secrets },
      senders: [
        {
          ...{ kind: 'whatsApp', address: number, wireAddress: phoneNumberId },
          ...{ country: 'US', purpose: 'transactional' },
        },
      ],
    });
    accountId = id;
    const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
      'GET',
      '/api/senders',
    );
    senderId = senders.find(({ address }) => address === number)?.id ?? 0;
    const set = () =>
      program
        .call<{ findings: Finding[] }>('POST', `/api/providerAccounts/${id}/webhooks`)
        .then(({ findings }) => findings.map(({ state }) => state));
    assert.deepEqual(await set(), ['ok']);
    const { findings } = await standing(id);
    assert.ok(findings.some(({ about, state }) => about === 'Webhook' && state === 'ok'));
  });

  test('a number is verified by the code on its handset and registered with its PIN, as Meta wants it', async () => {
    const at = (path: string, body?: object) =>
      program.call<Record<string, unknown>>('POST', `/api/senders/${senderId}/whatsApp/${path}`, body);
    assert.match(faults(await standing(accountId))[0]?.found ?? '', /not verified/);
    assert.match(await refusal(at('register', { pin: '314159' })), /133006.*Have a code sent/);
    await at('requestCode', { method: 'SMS', language: 'en_US' });
    assert.match(await refusal(at('verifyCode', { code: '000000' })), /136025/);
    const { messages } = await program.simulator<{ messages: { body: string }[] }>(
      'GET',
      `/handsets/${encodeURIComponent(number)}/messages`,
    );
    const code = /\d{6}/.exec(messages.at(-1)?.body ?? '')?.[0];
    assert.partialDeepStrictEqual(await at('verifyCode', { code }), {
      isVerified: true,
      isRegistered: false,
    });
    assert.partialDeepStrictEqual(await at('register', { pin: '314159' }), {
      isRegistered: true,
      isPinSet: true,
    });
    assert.match(await refusal(at('register', { pin: '271828' })), /133005/);
    assert.deepEqual(faults(await standing(accountId)), []);
    for (let tries = 0; tries < 7; tries++) await at('register', { pin: '314159' });
    assert.match(await refusal(at('register', { pin: '314159' })), /133016/);
    assert.partialDeepStrictEqual(await at('deregister'), { isRegistered: false });
    assert.match(faults(await standing(accountId))[0]?.remedy ?? '', /Register it with its PIN/);
    await program.simulator('PUT', `/phone-numbers/${phoneNumberId}`, { registered: true });
  });

  test('profile, ice breakers, commands and the badge are kept at Meta, and refused as Meta refuses', async () => {
    const path = `/api/senders/${senderId}/whatsApp`;
    await program.call('PATCH', `${path}/profile`, { about: 'Coffee', websites: ['https://harbor.example'] });
    assert.match(
      await refusal(program.call('PATCH', `${path}/profile`, { vertical: 'BOATS' })),
      /vertical must be one of/,
    );
    const conversation = {
      iceBreakers: ['When are you open?'],
      commands: [{ name: 'order', description: 'Where my order is' }],
    };
    await program.call('PUT', `${path}/conversation`, conversation);
    assert.match(
      await refusal(program.call('PUT', `${path}/conversation`, { iceBreakers: ['Hi 👋'], commands: [] })),
      /emoji/,
    );
    await program.call('POST', `${path}/badge`, { action: 'submit' });
    assert.match(await refusal(program.call('POST', `${path}/badge`, { action: 'submit' })), /PENDING/);
    const number = await program.call<Record<string, unknown>>('GET', path);
    assert.partialDeepStrictEqual(number, {
      ...conversation,
      badge: 'PENDING',
      profile: { about: 'Coffee', websites: ['https://harbor.example'] },
    });
  });

  test('a picture of the project’s files is shown in the profile', async () => {
    const form = new FormData();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    form.set('file', new File([png], 'logo.png', { type: 'image/png' }));
    const kept = await fetch(`${program.url}/api/media`, {
      ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: form },
    });
    const { url } = (await kept.json()) as { url: string };
    const path = `/api/senders/${senderId}/whatsApp`;
    const { profile } = await program.call<{ profile: { pictureUrl: string | null; about: string } }>(
      'PATCH',
      `${path}/profile`,
      { pictureUrl: url },
    );
    assert.match(profile.pictureUrl ?? '', /^https:/);
    assert.equal(profile.about, 'Coffee');
  });

  test('quality, limits and Meta’s own account of what is wrong are told with what to do', async () => {
    await program.simulator('PUT', `/phone-numbers/${phoneNumberId}`, {
      standing: {
        ...{ quality_rating: 'RED', whatsapp_business_manager_messaging_limit: 'TIER_250' },
        name_status: 'DECLINED',
        health_status: {
          can_send_message: 'BLOCKED',
          entities: [
            {
              ...{ entity_type: 'WABA', id: waba, can_send_message: 'BLOCKED' },
              errors: [
                {
                  ...{ error_code: 141006, error_description: 'There is an error with the payment method' },
                  possible_solution: 'Add a payment method',
                },
              ],
            },
          ],
        },
      },
    });
    const told = (await standing(accountId)).findings.filter(({ state }) => state !== 'ok');
    const words = told.map(({ found, remedy }) => `${found} ${remedy}`).join('\n');
    assert.match(words, /quality is low/);
    assert.match(words, /250 people/);
    assert.match(words, /declined/);
    assert.match(words, /payment method \(141006\) Add a payment method/);
  });
});

describe('a mail server', () => {
  test('is greeted and signed in to; one that is not there is told', async () => {
    const { hostname } = new URL(program.simulatorUrl);
    const { providerAccounts } = await program.call<{
      providerAccounts: { wire: string; settings: { port: number } }[];
    }>('GET', '/api/providerAccounts');
    const port = providerAccounts.find(({ wire }) => wire === 'smtp')?.settings.port ?? 0;
    const settings = { host: hostname, port, secure: false };
    const greeted = await check({ wire: 'smtp', step: 'server', settings, secrets: {} });
    assert.deepEqual(
      greeted.findings.map(({ about, state }) => [about, state]),
      [['Connection', 'ok']],
    );
    const signed = await check({
      ...{ wire: 'smtp', step: 'signIn', settings: { ...settings, user: 'nora' } },
      secrets: { password: 'secret-of-mail' },
    });
    assert.deepEqual(faults(signed), []);
    const nobody = await check({
      ...{ wire: 'smtp', step: 'server', settings: { ...settings, port: 9 }, secrets: {} },
    });
    assert.equal(faults(nobody)[0]?.about, 'Connection');
  });
});

test('a test goes from the very sender that is named, and not from one of another purpose', async () => {
  const { senders } = await program.call<{
    senders: { id: number; address: string; medium: string; purpose: string }[];
  }>('GET', '/api/senders');
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: 'try', name: 'Try', messageTypeId: 1, message: 'Harbor: it works' },
    },
  );
  const proof = (senderId: number) =>
    program.call('POST', '/api/templates/sms/proof', {
      ...{ templateId: params.templateId, senderId, recipientPhoneNumber: '+14155559300' },
    });
  const shortCode = senders.find(({ address }) => address === '24365');
  await proof(shortCode?.id ?? 0);
  const [heard] = await handsets(program).hears('+14155559300', 1);
  assert.equal(heard?.from, '24365');
  const transactional = senders.find(
    ({ medium, purpose }) => medium === 'sms' && purpose === 'transactional',
  );
  assert.match(await refusal(proof(transactional?.id ?? 0)), /choose a template/);
});
