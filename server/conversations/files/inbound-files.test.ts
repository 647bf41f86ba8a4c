import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import type { Medium } from '../../medium/media.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import { deleteUsers } from '../../users/delete-users.ts';
import { mergeUsers } from '../../users/merge-users.ts';
import { openInbound } from '../inbound/inbound-fixtures.ts';
import { receive } from '../inbound/receive.ts';
import { fetchDueFiles } from './fetch-files.ts';
import { disposition, savedName } from './file-name.ts';
import { inboundFileRoutes } from './file-routes.ts';

const site = await openInbound([inboundFileRoutes]);
const { server, newNumber, userOf } = site;
const { db } = server.database;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const hosts: { close(): void }[] = [];

/** A place on this machine that answers. */
async function host(answer: Answer): Promise<string> {
  const listening = createServer(answer);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  hosts.push({ close: () => void listening.close() });
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
after(async () => {
  for (const each of hosts) each.close();
  await server.close();
});

const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(500, 7)]);
const voice = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(200, 1)]);
const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

/** What the providers have by the id that a file has there; null: not now. */
const stored = new Map<string, Buffer | null>();
const shown: { at: string; authorization: string | undefined }[] = [];
const lies = await host((request, response) => {
  shown.push({ at: 'elsewhere', authorization: request.headers.authorization });
  const content = stored.get(request.url?.split('/').at(-1) ?? '');
  response.writeHead(content ? 200 : 404).end(content ?? '');
});
const provider = await host((request, response) => {
  const id = request.url?.split('?')[0]?.split('/').at(-1) ?? '';
  const { authorization } = request.headers;
  const isTwilio = request.url?.startsWith('/2010-04-01/') === true;
  if (authorization !== (isTwilio ? `Basic ${btoa(`AC${'0'.repeat(32)}:quiet`)}` : 'Bearer hush'))
    return response.writeHead(401).end('{}');
  if (isTwilio) return response.writeHead(307, { location: `${lies}/${id}` }).end();
  if (request.url?.startsWith('/served/')) {
    const content = stored.get(id);
    return response.writeHead(content ? 200 : 404).end(content ?? '');
  }
  return response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id,
      url: `${request.url?.includes('far') ? lies : `http://${request.headers.host}/served`}/${id}`,
    }),
  );
});

async function accountOf(
  wire: 'meta' | 'twilio',
  medium: Medium,
  address: string,
  settings: object,
  secrets: object,
): Promise<CallingAccount> {
  const at = { created_at: server.clock.now() };
  const { id } = await db
    .insertInto('provider_account')
    .values({
      ...{ project_id: server.projectId, name: wire, wire, ...at },
      ...{ settings: JSON.stringify({ baseUrl: provider, ...settings }), simulated: false },
      secrets: server.context.secrets.seal(secrets),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('sender')
    .values({
      ...{ project_id: server.projectId, provider_account_id: id, name: address, medium, address, ...at },
      ...{ kind: medium === 'sms' ? 'longCode' : 'whatsApp', wire_address: address, country: 'US' },
      ...{ purpose: 'promotional', mps: 10 },
    })
    .execute();
  return { projectId: server.projectId, account: { id, wire } };
}
const meta = await accountOf(
  ...(['meta', 'whatsApp', '777000'] as const),
  { businessAccountId: '1', version: 'v26.0' },
  { accessToken: 'hush', appSecret: 'x', verifyToken: 'x' },
);
const sid = `AC${'0'.repeat(32)}`;
const twilio = await accountOf('twilio', 'sms', '+12025550999', { accountSid: sid }, { authToken: 'quiet' });
let count = 0;

/** Somebody sends files; answers what the history tells of them then. */
async function sends(
  phone: string,
  from: CallingAccount,
  media: InboundMessage['media'],
  more: Partial<InboundMessage> = {},
): Promise<void> {
  const to = from === meta ? '777000' : '+12025550999';
  await receive(server.context, from, {
    ...{ wire: from.account.wire, providerMessageId: `f-${count++}`, to, from: { phone }, body: '', media },
    ...{ at: server.clock.now(), ...more },
  });
}
const fetchAll = () => fetchDueFiles(server.context, async () => undefined);

interface Row {
  lane: number;
  id: number;
  user_id: number;
  state: string;
  fault: string | null;
  content_type: string | null;
}
async function filesOf(phone: string): Promise<(Row & { ref: string })[]> {
  const user = await userOf({ phone });
  const { rows } = await sql<Row>`
    SELECT lane, id, user_id, state, fault, content_type FROM inbound_file WHERE lane = ${user.lane} AND user_id = ${user.id}
    ORDER BY id`.execute(db);
  const { encodeMessageId } = await import('../../database/message-id.ts');
  return rows.map((row) => ({ ...row, ref: encodeMessageId(row.lane, row.id) }));
}
const get = (ref: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/inboundFiles/${ref}`, { headers: { 'Api-Key': server.key, ...headers } });

test('a picture of WhatsApp is fetched by its id with the account’s token, kept, and shown to who has a key', async () => {
  const phone = newNumber();
  stored.set('900', jpeg);
  await sends(phone, meta, [{ id: '900', contentType: 'image/jpeg' }], { body: 'Look' });
  assert.equal((await filesOf(phone))[0]?.state, 'waiting', 'the message waits for none of it');
  await fetchAll();
  const [file] = await filesOf(phone);
  assert.deepEqual([file?.state, file?.content_type], ['kept', 'image/jpeg']);
  const ref = file?.ref ?? '';
  assert.equal((await fetch(`${server.url}/api/inboundFiles/${ref}`)).status, 401);
  const answer = await get(ref);
  assert.equal(answer.headers.get('content-type'), 'image/jpeg');
  assert.match(answer.headers.get('content-disposition') ?? '', /^inline/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), jpeg);
  const part = await get(ref, { range: 'bytes=0-3' });
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 0-3/${jpeg.byteLength}`]);
  assert.equal((await get(ref, { range: 'bytes=9999-' })).status, 416);
});

test('what a browser might run is saved only, whatever its sender and its provider call it', async () => {
  const phone = newNumber();
  stored.set('901', page);
  await sends(phone, meta, [{ id: '901', contentType: 'image/svg+xml' }], {
    content: { kind: 'media', type: 'document', filename: '../invoice\u202e"gpj.svg' },
  });
  await fetchAll();
  const answer = await get((await filesOf(phone))[0]?.ref ?? '');
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="[^"/\\]+"; filename\*=UTF-8''\S+$/,
  );
  assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
});

test('an MMS is fetched from Twilio’s address, and where it leads on to nobody is shown the account’s token', async () => {
  const phone = newNumber();
  stored.set('ME1', voice);
  stored.set('902', jpeg);
  shown.length = 0;
  const url = `${provider}/2010-04-01/Accounts/${sid}/Messages/MM1/Media/ME1`;
  await sends(phone, twilio, [{ url, contentType: 'audio/ogg' }]);
  await sends(phone, twilio, [{ url: `${lies}/902`, contentType: 'image/jpeg' }]);
  await sends(phone, meta, [{ id: 'far902', contentType: 'image/jpeg' }]);
  stored.set('far902', jpeg);
  await fetchAll();
  assert.deepEqual(
    (await filesOf(phone)).map((file) => [file.state, file.content_type]),
    [
      ['kept', 'audio/ogg'],
      ['kept', 'image/jpeg'],
      ['kept', 'image/jpeg'],
    ],
  );
  assert.deepEqual(
    shown.map(({ authorization }) => authorization),
    [undefined, undefined, undefined],
  );
});

test('what cannot be fetched is tried again, given up after days, and fetched once more where somebody asks for it', async () => {
  const phone = newNumber();
  await sends(phone, meta, [{ id: '903', contentType: 'image/jpeg' }]);
  await fetchAll();
  const waiting = (await filesOf(phone))[0];
  assert.deepEqual([waiting?.state, waiting?.fault], ['waiting', 'Meta answered 404']);
  assert.equal((await get(waiting?.ref ?? '')).status, 400);
  for (let tries = 0; tries < 9; tries++) {
    server.clock.advance(25 * 3_600_000);
    await fetchAll();
  }
  const given = (await filesOf(phone))[0];
  assert.equal(given?.state, 'failed');
  stored.set('903', jpeg);
  await fetchAll();
  assert.equal((await filesOf(phone))[0]?.state, 'failed');
  const asked = await server.call('POST', `/api/inboundFiles/${given?.ref}/fetch`);
  assert.equal(asked.status, 200);
  await fetchAll();
  assert.equal((await filesOf(phone))[0]?.state, 'kept');
});

test('a file too large is not kept, and a process that died leaves its file to the next', async () => {
  const phone = newNumber();
  stored.set('904', Buffer.alloc(16 * 1024 * 1024 + 1, 5));
  await sends(phone, meta, [{ id: '904', contentType: 'video/mp4' }]);
  await sql`UPDATE inbound_file SET due_at = ${new Date(server.clock.now().getTime() + 60_000)}, tries = 1
    WHERE state = 'waiting'`.execute(db);
  await fetchAll();
  assert.equal((await filesOf(phone))[0]?.state, 'waiting', 'somebody has it');
  server.clock.advance(90_000);
  await fetchAll();
  const [file] = await filesOf(phone);
  assert.equal(file?.state, 'failed');
  assert.match(file?.fault ?? '', /larger than 16 MB/);
});

test('files follow their person, in the history and when two become one, and go when they are forgotten or the message is taken back', async () => {
  const [phone, other] = [newNumber(), newNumber()];
  stored.set('905', jpeg);
  await sends(phone, meta, [{ id: '905', contentType: 'image/jpeg' }]);
  await sends(phone, meta, [{ id: '905', contentType: 'image/jpeg' }], { providerMessageId: 'wamid.mine' });
  await fetchAll();
  await sends(phone, meta, [], { content: { kind: 'revoke', messageId: 'wamid.mine' } });
  assert.equal((await filesOf(phone)).length, 1);
  const [from, to] = [await userOf({ phone }), await userOf({ phone: other })];
  await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
  const [moved] = await filesOf(other);
  assert.deepEqual([moved?.user_id, moved?.lane], [to.id, to.lane]);
  assert.deepEqual(Buffer.from(await (await get(moved?.ref ?? '')).arrayBuffer()), jpeg);
  await deleteUsers(server.context.people, server.projectId, [to], server.clock.now());
  assert.equal((await get(moved?.ref ?? '')).status, 404);
});

test('names are fit for any system, and say what they are in any browser', () => {
  assert.equal(savedName('a/b\\c:d.pdf', 'X1', 'pdf'), 'a b c d.pdf');
  assert.equal(savedName('  ..hidden', 'X1', 'bin'), 'hidden');
  assert.equal(savedName(null, 'X1', 'jpg'), 'file-X1.jpg');
  assert.match(savedName(`${'x'.repeat(300)}.pdf`, 'X1', 'pdf'), /^x+…x+\.pdf$/);
  assert.equal(
    disposition('attachment', 'Größe "1".pdf'),
    `attachment; filename="Gr__e _1_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.pdf`,
  );
});
