import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { builtInWires } from '../../providers/built-in.ts';
import { createExchanges } from '../../providers/exchange.ts';
import { startHttpProvider } from '../../providers/testing/http-provider.ts';
import { describeWireContract } from '../../providers/wire.contract.ts';
import { wiresOf } from '../../providers/wires.ts';
import { makeCampaign } from '../audience.ts';
import { loopbackAllowed } from '../outbound.ts';
import { proofOf, sendCampaign, typesByChannel } from '../people.ts';
import { startTestProgram, type TestProgram } from '../program.ts';
import { type Loft, startLoft } from './loft.ts';
import { pigeon } from './pigeon.ts';

const ring = 'a-ring-of-brass';
const number = '+12025550177';

let program: TestProgram;
let loft: Loft;
let accountId: number;
let senderId: number;
before(async () => {
  loft = await startLoft(ring);
  program = await startTestProgram(undefined, {}, wiresOf([...builtInWires.all, pigeon]));
});
after(async () => {
  await program?.close();
  await loft?.close();
});

const contractAccount = (baseUrl: string) => ({ id: 9, wire: 'pigeon', baseUrl, loft: 'L1', ring });
describeWireContract('A wire that is made up', {
  wire: pigeon.open({ guard: loopbackAllowed, exchanges: createExchanges(loopbackAllowed) }),
  message: { reference: 'm', from: number, to: '+14155550132', content: { kind: 'sms', body: 'Coo' } },
  provider: () => startHttpProvider(contractAccount),
  nobody: (port) => contractAccount(`http://127.0.0.1:${port}`),
  accepting: { status: 200, body: { bird: 'bird-1' } },
  providerMessageId: 'bird-1',
  refusals: [
    {
      says: 'no such roof',
      answer: { status: 422, body: { cry: 'noSuchRoof' } },
      errorClass: 'badAddress',
      code: 'noSuchRoof',
    },
  ],
});

interface Refused {
  status: number;
  body: { params: { reason: string; field?: string; faults?: { field: string; fault: string }[] } };
}

/** A call of the API, refused or not. */
async function ask(method: string, path: string, body: object): Promise<Refused> {
  const answer = await fetch(program.url + path, {
    method,
    headers: { 'Api-Key': program.key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const account = { name: 'Our loft', wire: 'pigeon', settings: {}, secrets: {} };

test('a wire is told of with what its accounts are made of, beside those that come with the program', async () => {
  const { wires } = await program.call<{ wires: { name: string; settings: { required: string[] } }[] }>(
    'GET',
    '/api/wires',
  );
  assert.deepEqual(
    wires.map(({ name }) => name),
    ['twilio', 'meta', 'smtp', 'pigeon'],
  );
  assert.deepEqual(wires.at(-1)?.settings.required, ['baseUrl', 'loft']);
});

test('an account of it is refused field by field as its schemas say, and made when it fits', async () => {
  const refused = async (settings: object, secrets: object) => {
    const { status, body } = await ask('POST', '/api/providerAccounts', { ...account, settings, secrets });
    assert.equal(status, 400);
    return body.params.faults?.map(({ field }) => field) ?? body.params.field;
  };
  const settings = { baseUrl: loft.url, loft: 'L7' };
  assert.deepEqual(await refused({}, {}), ['settings.baseUrl', 'settings.loft', 'secrets.ring']);
  assert.deepEqual(await refused({ ...settings, loft: '7', homing: 'yes' }, { ring }), [
    'settings.loft',
    'settings.homing',
  ]);
  assert.deepEqual(await refused({ ...settings, ring }, { ring }), ['settings.ring']);
  assert.deepEqual(await refused({ ...settings, baseUrl: 'http://10.0.0.7' }, { ring }), 'settings.baseUrl');
  const misspelt = { ...account, settings: { ...settings, loft: '7' }, secrets: { ring } };
  await assert.rejects(
    program.call('POST', '/api/providerAccounts', misspelt),
    /settings\.loft must be L and digits, such as L7/,
  );
  const made = await program.call<{ id: number; settings: object }>('POST', '/api/providerAccounts', {
    ...{ ...account, settings, secrets: { ring } },
  });
  assert.deepEqual(made.settings, settings);
  accountId = made.id;
  const moved = await ask('PATCH', `/api/providerAccounts/${accountId}`, {
    settings: { baseUrl: `${loft.url}/elsewhere` },
  });
  assert.equal(moved.body.params.field, 'settings.baseUrl');
});

test('a sender of its medium leaves by it, one of another medium does not', async () => {
  const sender = { kind: 'longCode', address: number, country: 'US', purpose: 'promotional' };
  const other = await ask('POST', '/api/senders', {
    ...{ ...sender, kind: 'email', address: 'coo@loft.example', providerAccountId: accountId },
  });
  assert.equal(other.body.params.field, 'providerAccountId');
  const misnamed = await ask('POST', '/api/senders', {
    ...{ ...sender, wireAddress: 'bird', providerAccountId: accountId },
  });
  assert.equal(misnamed.body.params.field, 'wireAddress');
  const made = await program.call<{ id: number }>('POST', '/api/senders', {
    ...{ ...sender, providerAccountId: accountId, mps: 100 },
  });
  senderId = made.id;
});

interface Told {
  status: string;
  wire: string | null;
  skipReason: string | null;
  errorCode: string | null;
}

interface Flown {
  /** Waits until its message has a status. */
  becomes(status: string): Promise<Told>;
  /** Sends the same to the same person by another campaign. */
  again(): Promise<Flown>;
}

/** A campaign by pigeon to one person, sent now. */
async function fly(tag: string, phone: string): Promise<Flown> {
  const { campaignId, listId, templateId } = await makeCampaign(program, {
    ...{ tag, count: 1, phoneOf: () => phone, channel: 'SMS Marketing', options: { senderId } },
  });
  return flown(campaignId, { name: tag, templateId, listIds: [listId], scheduleSend: false, senderId });
}

async function flown(campaignId: number, campaign: object): Promise<Flown> {
  await sendCampaign(program, campaignId, ({ pending }) => pending === 0);
  return {
    becomes: (status) =>
      program.until(`the message to be ${status}`, async () => {
        const { messages } = await program.call<{ messages: Told[] }>(
          'GET',
          `/api/messages?campaignId=${campaignId}`,
        );
        return messages.find((message) => message.status === status) ?? null;
      }),
    again: async () => {
      const made = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', campaign);
      return flown(made.campaignId, campaign);
    },
  };
}

test('a message leaves by it over HTTP, and its own callback with its own signature settles it', async () => {
  const message = await fly('fly', '+14155550181');
  assert.equal((await message.becomes('sent')).wire, 'pigeon');
  const [flight] = loft.flights;
  assert.ok(flight);
  assert.partialDeepStrictEqual(flight, {
    path: '/lofts/L7/flights',
    ring,
    from: number,
    to: '+14155550181',
  });
  assert.match(flight.text, /^Carillon: hi Ann0/);

  const landed = { bird: 'bird-1', news: 'landed' };
  assert.equal((await loft.tell(flight.report, landed, 'a-ring-of-tin')).status, 401);
  assert.equal((await loft.tell(flight.report.replace('pigeon', 'twilio'), landed)).status, 404);
  assert.equal((await fetch(flight.report, { method: 'POST', body: JSON.stringify(landed) })).status, 401);
  assert.deepEqual(await waitingReceipts(), [], 'what nobody has signed is not kept');
  await message.becomes('sent');

  assert.deepEqual(await loft.tell(flight.report, landed), { status: 202, text: 'coo' });
  await message.becomes('delivered');
});

async function waitingReceipts() {
  return program.database.db.selectFrom('receipt').select(['wire', 'status']).execute();
}

test('what its codes mean is obeyed: a roof that is none is not flown to again', async () => {
  loft.refuseWith('noSuchRoof');
  const first = await fly('roof', '+14155550182');
  const bounced = await first.becomes('bounced');
  assert.partialDeepStrictEqual(bounced, { wire: 'pigeon', errorCode: 'noSuchRoof' });
  loft.refuseWith(null);
  const before = loft.flights.length;
  const second = await first.again();
  assert.partialDeepStrictEqual(await second.becomes('skipped'), { skipReason: 'unreachable', wire: null });
  assert.equal(loft.flights.length, before);
});

test('a failure that it tells later is obeyed too: a loft that may not fly is stopped', async () => {
  const message = await fly('clipped', '+14155550183');
  await message.becomes('sent');
  const flight = loft.flights.at(-1);
  assert.ok(flight);
  const bird = `bird-${loft.flights.length}`;
  assert.equal((await loft.tell(flight.report, { bird, news: 'eaten', cry: 'clippedWings' })).status, 202);
  await message.becomes('bounced');
  const { senders } = await program.call<{
    senders: { id: number; state: string; stoppedReason: string | null }[];
  }>('GET', '/api/senders');
  assert.partialDeepStrictEqual(
    senders.find(({ id }) => id === senderId),
    { state: 'stopped', stoppedReason: 'clippedWings' },
  );
});

test('what people write by it is heard: STOP ends their texts', async () => {
  const phone = '+14155550181';
  const letter = { bird: 'bird-home-1', from: phone, to: number, text: 'STOP' };
  const arrivals = `${program.url}/callbacks/pigeon/${accountId}/arrivals`;
  assert.equal((await loft.tell(arrivals, letter, 'a-ring-of-tin')).status, 401);
  assert.equal((await loft.tell(arrivals, letter)).status, 202);
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing') ?? {};
  const { standings } = await proofOf(program, { phone });
  assert.equal(
    standings.find(({ kind, targetId }) => kind === 'channel' && targetId === channelId)?.status,
    'unsubscribed',
  );
});

test('two wires of one name are no program', () => {
  assert.throws(() => wiresOf([...builtInWires.all, { ...pigeon, name: 'twilio' }]), /one name/);
});
