import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { builtInWires } from '../providers/built-in.ts';
import { isMetaAccount } from '../providers/meta/account.ts';
import { isSmtpAccount } from '../providers/smtp/account.ts';
import { isTwilioAccount } from '../providers/twilio/account.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { openAccount } from './account.ts';
import { insertFirstSenders } from './first-senders.ts';
import { senderPoolRoutes } from './pool-routes.ts';
import { providerAccountRoutes } from './provider-account-routes.ts';
import { senderRoutes } from './sender-routes.ts';

let api: TestApi;
const simulatorUrl = 'http://127.0.0.1:4010';
before(async () => {
  api = await startTestApi([senderRoutes, providerAccountRoutes, senderPoolRoutes]);
  await insertFirstSenders(api.database.db, {
    projectId: api.projectId,
    simulator: { url: simulatorUrl, smtp: { host: '127.0.0.1', port: 2525 } },
    wires: builtInWires,
    secrets: api.context.secrets,
    at: api.clock.now(),
  });
});

after(async () => {
  await api.close();
});

interface Listed {
  id: number;
  name: string;
  kind: string;
  address: string;
  purpose: string;
  mps: number;
  dayZone: string;
  usedToday: number;
  twoWay: boolean;
  poolIds: number[];
  state: string;
  stoppedReason: string | null;
}

async function senders(): Promise<Listed[]> {
  const answer = await api.call('GET', '/api/senders');
  return JSON.parse(answer.text).senders;
}

async function senderAt(address: string): Promise<Listed> {
  const found = (await senders()).find((sender) => sender.address === address);
  assert.ok(found, `no sender ${address}`);
  return found;
}

async function accountId(wire: string): Promise<number> {
  const answer = JSON.parse((await api.call('GET', '/api/providerAccounts')).text);
  return answer.providerAccounts.find((account: { wire: string }) => account.wire === wire).id;
}

describe('a first start', () => {
  test('leaves a sender of each kind, each with one purpose', async () => {
    const all = await senders();
    assert.deepEqual(
      all.map((sender) => [sender.kind, sender.purpose]),
      [
        ['longCode', 'promotional'],
        ['longCode', 'transactional'],
        ['shortCode', 'promotional'],
        ['tollFree', 'promotional'],
        ['whatsApp', 'promotional'],
        ['whatsApp', 'transactional'],
        ['email', 'promotional'],
        ['email', 'transactional'],
      ],
    );
    assert.equal((await senderAt('+12025550110')).dayZone, 'America/Los_Angeles');
  });

  test('made again, adds nothing', async () => {
    const before = (await senders()).length;
    await insertFirstSenders(api.database.db, {
      projectId: api.projectId,
      simulator: { url: simulatorUrl, smtp: { host: '127.0.0.1', port: 2525 } },
      wires: builtInWires,
      secrets: api.context.secrets,
      at: api.clock.now(),
    });
    assert.equal((await senders()).length, before);
  });

  test('gives accounts that open for their wires', async () => {
    const rows = await api.database.db.selectFrom('provider_account').selectAll().orderBy('id').execute();
    const [twilio, forMeta, smtp] = rows.map((row) => openAccount(row, api.context.secrets, builtInWires));
    assert.ok(
      twilio &&
        isTwilioAccount(twilio) &&
        /^AC[0-9a-f]{32}$/.test(twilio.accountSid) &&
        twilio.baseUrl === simulatorUrl,
    );
    assert.ok(forMeta && isMetaAccount(forMeta) && forMeta.version === 'v26.0');
    assert.ok(smtp && isSmtpAccount(smtp) && smtp.port === 2525);
  });
});

describe('provider accounts', () => {
  test('never show their secrets, and keep what a change leaves out', async () => {
    const made = await api.call('POST', '/api/providerAccounts', {
      name: 'Twilio',
      wire: 'twilio',
      settings: { baseUrl: 'https://api.twilio.com', accountSid: `AC${'0'.repeat(32)}` },
      secrets: { authToken: 'very-secret' },
    });
    assert.equal(made.status, 200, made.text);
    const id = JSON.parse(made.text).id;
    await api.call('PATCH', `/api/providerAccounts/${id}`, {
      settings: { accountSid: `AC${'1'.repeat(32)}` },
    });
    const list = await api.call('GET', '/api/providerAccounts');
    assert.ok(!list.text.includes('very-secret') && list.text.includes(`AC${'1'.repeat(32)}`));
    const row = await api.database.db
      .selectFrom('provider_account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const account = openAccount(row, api.context.secrets, builtInWires);
    assert.ok(isTwilioAccount(account) && account.authToken === 'very-secret');
    assert.equal(account.baseUrl, 'https://api.twilio.com');
  });

  test('a secret among the settings, a missing one and an unknown wire are refused', async () => {
    const settings = { baseUrl: 'https://api.twilio.com', accountSid: `AC${'0'.repeat(32)}` };
    const misplaced = {
      name: 'x',
      wire: 'twilio',
      settings: { ...settings, authToken: 'y' },
      secrets: { authToken: 'y' },
    };
    assert.equal((await api.call('POST', '/api/providerAccounts', misplaced)).status, 400);
    const missing = await api.call('POST', '/api/providerAccounts', {
      name: 'x',
      wire: 'twilio',
      settings,
      secrets: {},
    });
    assert.match(missing.text, /authToken/);
    const push = await api.call('POST', '/api/providerAccounts', {
      name: 'x',
      wire: 'fcm',
      settings: {},
      secrets: {},
    });
    assert.match(push.text, /NoWire/);
  });
});

describe('setting up a sender', () => {
  const good = { kind: 'longCode', address: '+442071838750', country: 'GB', purpose: 'promotional' };
  const setUp = async (change: object) =>
    api.call('POST', '/api/senders', { ...good, providerAccountId: await accountId('twilio'), ...change });

  test('takes its pace from its kind', async () => {
    const made = await setUp({});
    assert.equal(made.status, 200, made.text);
    assert.partialDeepStrictEqual(made.body, {
      mps: 1,
      twoWay: true,
      usedToday: 0,
      dayZone: 'UTC',
      state: 'active',
    });
  });

  for (const [name, change, fault] of [
    ['a number that is not E.164', { address: '020 7183 8750' }, /E\.164/],
    ['a number of another country', { country: 'DE' }, /GB, not of DE/],
    ['a short code of two digits', { kind: 'shortCode', address: '12' }, /3 to 8 digits/],
    [
      'a toll-free kind for a plain number',
      { kind: 'tollFree', address: '+12025550199', country: 'US' },
      /toll-free/,
    ],
    ['a name without a letter', { kind: 'alphanumeric', address: '12345' }, /letter/],
    ['a name that is too long', { kind: 'alphanumeric', address: 'ACMEACMEACME' }, /3 to 11/],
    [
      'a name where none is taken',
      { kind: 'alphanumeric', address: 'ACME', country: 'US' },
      /no sender names/,
    ],
    [
      'an unregistered name where it must be registered',
      { kind: 'alphanumeric', address: 'ACME', country: 'SG' },
      /registration/,
    ],
    [
      'a promotional name without the country’s prefix',
      { kind: 'alphanumeric', address: 'ACME', country: 'AE', registration: 'r' },
      /AD-/,
    ],
    ['a French mobile number that advertises', { address: '+33612345678', country: 'FR' }, /French mobile/],
    ['a country that is none', { country: 'XX' }, /country/],
  ] as const)
    test(`${name} is refused`, async () => {
      const answer = await setUp(change);
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.text, fault);
    });

  test('a WhatsApp number without Meta’s id is refused, by its wire', async () => {
    const answer = await setUp({ kind: 'whatsApp', providerAccountId: await accountId('meta') });
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.text, /wireAddress.*phone-number id/);
  });

  test('a channel without a wire is refused with that reason', async () => {
    for (const kind of ['push', 'rcs']) assert.match((await setUp({ kind })).text, /NoWire/);
  });

  test('an account of another wire is refused', async () => {
    const answer = await setUp({ address: '+442071838751', providerAccountId: await accountId('smtp') });
    assert.match(answer.text, /leaves by twilio/);
  });

  test('an address has one purpose', async () => {
    const answer = await setUp({ address: '+12025550110', country: 'US', purpose: 'transactional' });
    assert.match(answer.text, /cannot share a sender/);
    assert.equal((await setUp({ address: '+12025550110', country: 'US' })).status, 409);
  });

  test('a name may stand in several countries', async () => {
    const name = { kind: 'alphanumeric', address: 'ACME' };
    assert.partialDeepStrictEqual((await setUp(name)).body, { twoWay: false });
    assert.equal((await setUp({ ...name, country: 'DE' })).status, 200);
    assert.equal((await setUp({ ...name, country: 'DE' })).status, 409);
  });
});

describe('changing a sender', () => {
  test('pace, cap and name; stopped and started again', async () => {
    const { id } = await senderAt('24365');
    await api.call('PATCH', `/api/senders/${id}`, { mps: 50, dailyCap: 1000, name: 'Code' });
    await api.call('PATCH', `/api/senders/${id}`, { state: 'stopped', stoppedReason: 'audit' });
    assert.partialDeepStrictEqual(await senderAt('24365'), {
      mps: 50,
      name: 'Code',
      state: 'stopped',
      stoppedReason: 'audit',
    });
    const started = await api.call('PATCH', `/api/senders/${id}`, { state: 'active', dailyCap: null });
    assert.partialDeepStrictEqual(started.body, { state: 'active', stoppedReason: null, dailyCap: null });
  });

  test('what it used today counts until the day turns in its own zone', async () => {
    const { id } = await senderAt('+12025550110');
    await api.database.db
      .insertInto('sender_pace')
      .values({ sender_id: id, next_slot_at: api.clock.now(), day: '2026-11-23', day_used: 42 })
      .execute();
    assert.equal((await senderAt('+12025550110')).usedToday, 42);
    api.clock.set('2026-11-24T07:59:00Z');
    assert.equal((await senderAt('+12025550110')).usedToday, 42);
    api.clock.set('2026-11-24T08:00:00Z');
    assert.equal((await senderAt('+12025550110')).usedToday, 0);
    api.clock.set('2026-11-23T17:00:00Z');
  });

  test('a sender that was used is not deleted, one that was not is', async () => {
    const used = await api.call('DELETE', `/api/senders/${(await senderAt('+12025550110')).id}`);
    assert.equal(used.status, 409);
    const unused = await senderAt('+442071838750');
    assert.equal((await api.call('DELETE', `/api/senders/${unused.id}`)).status, 200);
    assert.equal((await api.call('PATCH', `/api/senders/${unused.id}`, { mps: 1 })).status, 404);
  });

  test('another project’s sender is not found', async () => {
    const { insertProject } = await import('../consent/new-project.ts');
    const { insertKey, newKey } = await import('../projects/api-key.ts');
    const [key, at] = [newKey(), api.clock.now()];
    const projectId = await insertProject(api.database.db, { name: 'Other', brand: 'Other', at });
    await insertKey(api.database.db, { projectId, name: 'k', kind: 'server', key, at });
    const { id } = await senderAt('24365');
    assert.equal((await api.call('PATCH', `/api/senders/${id}`, { mps: 1 }, key)).status, 404);
    assert.deepEqual((await api.call('GET', '/api/senders', undefined, key)).body, { senders: [] });
  });
});

describe('pools', () => {
  test('made, listed, changed and deleted', async () => {
    const ids = [(await senderAt('24365')).id, (await senderAt('+12025550110')).id];
    const made = await api.call('POST', '/api/senderPools', { name: 'US', senderIds: ids });
    assert.equal(made.status, 200, made.text);
    const { id } = JSON.parse(made.text);
    assert.partialDeepStrictEqual(made.body, { medium: 'sms', purpose: 'promotional', senderIds: ids });
    assert.deepEqual((await senderAt('24365')).poolIds, [id]);
    assert.equal((await api.call('POST', '/api/senderPools', { name: 'US', senderIds: ids })).status, 409);
    await api.call('PATCH', `/api/senderPools/${id}`, { senderIds: ids.slice(0, 1), name: 'One' });
    assert.partialDeepStrictEqual((await api.call('GET', `/api/senderPools/${id}`)).body, {
      name: 'One',
      senderIds: ids.slice(0, 1),
    });
    assert.equal((await api.call('DELETE', `/api/senderPools/${id}`)).status, 200);
    assert.deepEqual((await api.call('GET', '/api/senderPools')).body, { senderPools: [] });
  });

  test('changed, renamed, made and deleted all at once, each call is done or told why not', async () => {
    const senderIds = [(await senderAt('24365')).id];
    for (let round = 0; round < 10; round++) {
      const make = async (name: string) => {
        const { body } = await api.call('POST', '/api/senderPools', { name, senderIds });
        return (body as { id: number }).id;
      };
      const [one, other] = [await make('one'), await make('other')];
      const answers = await Promise.all([
        api.call('PATCH', `/api/senderPools/${one}`, { name: 'same' }),
        api.call('PATCH', `/api/senderPools/${other}`, { name: 'same' }),
        api.call('POST', '/api/senderPools', { name: 'same', senderIds }),
        api.call('DELETE', `/api/senderPools/${one}`),
        api.call('PATCH', `/api/senderPools/${one}`, { senderIds }),
      ]);
      for (const { status, text } of answers) assert.ok([200, 404, 409].includes(status), text);
      const { senderPools } = (await api.call('GET', '/api/senderPools')).body as {
        senderPools: { id: number }[];
      };
      for (const { id } of senderPools) await api.call('DELETE', `/api/senderPools/${id}`);
    }
  });

  test('hold senders of one medium and purpose, of this project', async () => {
    const [code, transactional, mail] = [
      (await senderAt('24365')).id,
      (await senderAt('+12025550120')).id,
      (await senderAt('news@carillon.example')).id,
    ];
    for (const senderIds of [
      [code, transactional],
      [code, mail],
      [code, 999_999],
    ]) {
      const answer = await api.call('POST', '/api/senderPools', { name: 'mixed', senderIds });
      assert.ok(answer.status === 400 || answer.status === 404, answer.text);
    }
  });
});
