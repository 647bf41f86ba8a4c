import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { handsets, ours, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { queueWebhookEvents } from '../webhooks/queue-events.ts';

/** A program whose operator opened nothing, and a service of its machine that it must not be led to. */
let program: TestProgram;
let inside: Server;
let port: number;
let heard: string[] = [];
before(async () => {
  inside = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'image/png');
    response.end('secret of this machine');
  });
  inside.on('connection', () => heard.push('connection'));
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const address = inside.address();
  port = typeof address === 'object' && address ? address.port : 0;
  program = await startTestProgram('2026-11-23T17:00:00Z', { OUTBOUND_ALLOW: '' });
});
after(async () => {
  await program.close();
  inside.closeAllConnections();
  inside.close();
});

interface Account {
  id: number;
  wire: string;
  simulated: boolean;
  settings: Record<string, unknown>;
}
const accounts = async () =>
  (await program.call<{ providerAccounts: Account[] }>('GET', '/api/providerAccounts')).providerAccounts;

const twilio = { accountSid: `AC${'0'.repeat(32)}` };
const meta = { version: 'v26.0', businessAccountId: '1' };
const metaSecrets = { accessToken: 'x', appSecret: 'x', verifyToken: 'x' };

test('no caller leads an account or a webhook to this machine, whatever else the call says', async () => {
  heard = [];
  const baseUrl = `http://127.0.0.1:${port}`;
  const told = new RegExp(`no place on the public Internet.*OUTBOUND_ALLOW=127\\.0\\.0\\.1:${port}`);
  for (const simulated of [false, true]) {
    const account = (wire: string, settings: object, secrets: object) =>
      program.call('POST', '/api/providerAccounts', { name: 'x', wire, settings, secrets, simulated });
    await assert.rejects(account('twilio', { baseUrl, ...twilio }, { authToken: 'x' }), told);
    await assert.rejects(account('meta', { baseUrl, ...meta }, metaSecrets), told);
    await assert.rejects(account('smtp', { host: '127.0.0.1', port, secure: false }, {}), told);
    await assert.rejects(
      account('smtp', { host: '0x7f.1', port, secure: false }, {}),
      /settings\.host \\"0x7f\.1\\" leads to no place/,
    );
    const withPassword = { baseUrl: 'https://me:secret@api.twilio.com', ...twilio };
    await assert.rejects(account('twilio', withPassword, { authToken: 'x' }), /give it as a secret/);
  }
  for (const { id, wire } of await accounts()) {
    const [settings, secrets] =
      wire === 'smtp' ? [{ port }, {}] : [{ baseUrl }, wire === 'meta' ? metaSecrets : { authToken: 'x' }];
    await assert.rejects(program.call('PATCH', `/api/providerAccounts/${id}`, { settings, secrets }), told);
  }
  await assert.rejects(program.call('POST', '/api/webhooks/create', { endpoint: baseUrl }), told);
  const { id } = await program.call('POST', '/api/webhooks/create', { endpoint: 'https://hooks.example' });
  await assert.rejects(
    program.call('POST', '/api/webhooks', { id, url: 'http://localhost:5432' }),
    /OUTBOUND_ALLOW=localhost:5432/,
  );
  assert.deepEqual(heard, []);
});

test('what is simulated is found out from where an account leads, and cannot be claimed', async () => {
  const made = await program.call<Account>('POST', '/api/providerAccounts', {
    ...{ name: 'x', wire: 'twilio', secrets: { authToken: 'x' }, simulated: true },
    settings: { baseUrl: 'https://api.twilio.com', ...twilio },
  });
  assert.equal(made.simulated, false);
  const moved = await program.call<Account>('PATCH', `/api/providerAccounts/${made.id}`, {
    ...{ settings: { baseUrl: program.simulatorUrl }, secrets: { authToken: 'x' } },
  });
  assert.equal(moved.simulated, true);
  assert.ok((await accounts()).filter(({ id }) => id < made.id).every(({ simulated }) => simulated));
});

test('the simulator is reached though nothing is opened, over HTTP and by mail', async () => {
  const types = await typesByChannel(program);
  const email = 'zoe@example.com';
  const phoneNumber = '+14152000002';
  await program.call('POST', '/api/users/update', { email, dataFields: { phoneNumber } });
  const contents = [
    ['sms', 'SMS Transactional', { message: 'Carillon: here' }, phoneNumber],
    ['email', 'Email Transactional', { subject: 'Here', html: '<p>Here</p>' }, email],
  ] as const;
  for (const [medium, channel, content, address] of contents) {
    const { messageTypeId } = types.get(channel) ?? {};
    const { params } = await program.call<{ params: { templateId: number } }>(
      'POST',
      `/api/templates/${medium}/upsert`,
      { ...{ clientTemplateId: `here-${medium}`, name: medium, messageTypeId }, ...content },
    );
    await program.call('POST', `/api/templates/${medium}/proof`, {
      ...{ templateId: params.templateId, recipientEmail: email },
    });
    assert.equal((await handsets(program).hears(address, 1)).length, 1);
  }
});

test('a template’s header is not fetched from this machine for an account of the simulator’s either', async () => {
  heard = [];
  const marketing = (await typesByChannel(program)).get('WhatsApp Marketing');
  const submit = async (tag: string, url: string) => {
    const { params } = await program.call<{ params: { templateId: number } }>(
      'POST',
      '/api/templates/whatsApp/upsert',
      {
        ...{ clientTemplateId: tag, name: tag, category: 'MARKETING', body: 'Look at this.' },
        ...{ messageTypeId: marketing?.messageTypeId, header: { kind: 'image', url } },
      },
    );
    return program.call<{ status: string }>('POST', '/api/templates/whatsApp/submit', {
      ...{ templateId: params.templateId, senderId: await whatsAppSender() },
    });
  };
  await assert.rejects(submit('inside', `http://127.0.0.1:${port}/x.png`), /OUTBOUND_ALLOW=127\.0\.0\.1/);
  assert.deepEqual(heard, []);
  // A file that Carillon keeps itself is at hand without a call, though its address is of this machine.
  const form = new FormData();
  form.set('file', new Blob([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')]), 'own.png');
  const kept = await fetch(`${program.url}/api/media`, {
    ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: form },
  });
  const { url } = (await kept.json()) as { url: string };
  assert.equal((await submit('own', url)).status, 'PENDING');
});

async function whatsAppSender(): Promise<number> {
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  return senders.find(({ address }) => address === ours.whatsApp)?.id ?? 0;
}

test('what leads to this machine from before is not called: the account stops and says why, the event waits', async () => {
  heard = [];
  const { db } = program.database;
  await sql`UPDATE webhook SET endpoint = ${`http://127.0.0.1:${port}/hook`}`.execute(db);
  const { rows } = await sql<{ id: number }>`SELECT id FROM project`.execute(db);
  await sql`UPDATE webhook SET enabled = true, child_events = '{smsBounce}'`.execute(db);
  await queueWebhookEvents(db, rows[0]?.id ?? 0, [
    {
      ...{ name: 'smsBounce', person: { lane: 0, userId: 0 }, at: program.clock.now(), dataFields: {} },
      ...{ channelId: null, messageTypeId: null },
    },
  ]);
  await program.until('the event to be tried', async () => {
    const { rows: events } = await sql<{ attempts: number }>`SELECT attempts FROM webhook_event`.execute(db);
    return events[0]?.attempts ? true : null;
  });
  await sql`UPDATE provider_account SET settings = settings || jsonb_build_object('baseUrl', ${`http://127.0.0.1:${port}`}::text)
    WHERE name = 'Twilio (simulated)'`.execute(db);
  const message = { messageTypeId: (await typesByChannel(program)).get('SMS Transactional')?.messageTypeId };
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: 'stop', name: 'stop', message: 'Carillon: hi', ...message },
    },
  );
  const email = 'ann@example.com';
  await program.call('POST', '/api/users/update', { email, dataFields: { phoneNumber: '+14152000001' } });
  await program.until('the account to stop', async () => {
    await program
      .call('POST', '/api/templates/sms/proof', { templateId: params.templateId, recipientEmail: email })
      .catch(() => null);
    const [account] = (await accounts()) as (Account & { stoppedReason: string | null })[];
    return account?.stoppedReason?.includes('OUTBOUND_ALLOW') ? true : null;
  });
  assert.deepEqual(heard, []);
});
