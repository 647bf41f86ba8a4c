import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startSimulator } from '../../simulator/index.ts';
import { unapproved } from '../content/templates/approval.ts';
import { templateRoutes } from '../content/templates/template-routes.ts';
import { findTemplate } from '../content/templates/templates.sql.ts';
import { builtInWires } from '../providers/built-in.ts';
import { isMetaAccount } from '../providers/meta/account.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { until } from '../testing/program.ts';
import { openAccount } from './account.ts';
import { insertFirstSenders } from './first-senders.ts';
import { applyTemplateUpdate } from './template-updates.ts';
import { whatsAppTemplateRoutes } from './whatsapp-template-routes.ts';

let api: TestApi;
let meta: Server;
let metaUrl: string;
const metaCalls: { url: string; body: unknown }[] = [];
/** What Meta lists when it is asked which templates it has. */
let listed: Record<string, unknown>[] = [];

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

before(async () => {
  meta = createServer(async (request, response) => {
    metaCalls.push({ url: request.url ?? '', body: JSON.parse((await textOf(request)) || 'null') });
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') return response.end(JSON.stringify({ data: listed }));
    response.end(
      JSON.stringify({ id: `${777_000 + metaCalls.length}`, status: 'PENDING', category: 'MARKETING' }),
    );
  });
  await new Promise<void>((resolve) => meta.listen(0, '127.0.0.1', resolve));
  const address = meta.address();
  assert.ok(address !== null && typeof address === 'object');
  metaUrl = `http://127.0.0.1:${address.port}`;
  const noTests = templateRoutes(async () => assert.fail());
  api = await startTestApi([noTests, whatsAppTemplateRoutes]);
  await insertFirstSenders(api.database.db, {
    projectId: api.projectId,
    simulator: { url: metaUrl, smtp: { host: '127.0.0.1', port: 2525 } },
    wires: builtInWires,
    secrets: api.context.secrets,
    at: api.clock.now(),
  });
});

after(async () => {
  await api.close();
  meta.close();
});

async function senderId(address: string): Promise<number> {
  const row = await api.database.db
    .selectFrom('sender')
    .select('id')
    .where('address', '=', address)
    .executeTakeFirstOrThrow();
  return row.id;
}

describe('a WhatsApp template before Meta', () => {
  test('is submitted once, approved by webhook, and submitted under a new name when changed', async () => {
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'wa',
      name: 'Order ready',
      body: 'Order {{defaultIfEmpty orderId "A1"}} is ready.',
      buttons: [{ type: 'url', text: 'Track', url: 'https://acme.example/o/{{orderId}}' }],
    });
    const templateId = Number(/IDs: (\d+)/.exec(saved.text)?.[1]);
    const from = await senderId('+12025550140');
    const submitted = await api.call('POST', '/api/templates/whatsApp/submit', {
      templateId,
      senderId: from,
    });
    assert.equal(submitted.status, 200, submitted.text);
    assert.partialDeepStrictEqual(submitted.body, { providerName: 'order_ready', status: 'PENDING' });
    assert.partialDeepStrictEqual(metaCalls.at(-1)?.body, {
      name: 'order_ready',
      language: 'en_US',
      category: 'MARKETING',
      components: [
        { type: 'BODY', text: 'Order {{1}} is ready.', example: { body_text: [['A1']] } },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://go.example/l/{{1}}' }] },
      ],
    });
    assert.equal(
      (await api.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId: from })).status,
      400,
    );

    const kept = async () => {
      const template = await findTemplate(api.database.db, api.projectId, templateId);
      assert.ok(template);
      return template;
    };
    const isSendable = async () => unapproved(await kept()).length === 0;
    assert.equal(await isSendable(), false);
    const account = await api.database.db
      .selectFrom('provider_account')
      .selectAll()
      .where('wire', '=', 'meta')
      .executeTakeFirstOrThrow();
    const opened = openAccount(account, api.context.secrets, builtInWires);
    assert.ok(isMetaAccount(opened));
    const update = {
      kind: 'status',
      heldBy: { businessAccountId: opened.businessAccountId },
      templateId: (await kept()).approvals[0]?.providerTemplateId ?? '',
      name: 'order_ready',
      language: 'en_US',
      at: api.clock.now(),
    } as const;
    assert.equal(
      await applyTemplateUpdate(api.database.db, api.projectId, 'meta', {
        ...update,
        heldBy: { businessAccountId: '1' },
        status: 'APPROVED',
      }),
      0,
    );
    assert.equal(
      await applyTemplateUpdate(api.database.db, api.projectId + 1, 'meta', {
        ...update,
        status: 'APPROVED',
      }),
      0,
    );
    assert.equal(
      await applyTemplateUpdate(api.database.db, api.projectId, 'meta', { ...update, status: 'APPROVED' }),
      1,
    );
    assert.equal(await isSendable(), true);
    const later = new Date(update.at.getTime() + 1_000);
    await applyTemplateUpdate(api.database.db, api.projectId, 'meta', {
      ...{ ...update, status: 'PAUSED', reason: 'low quality', at: later },
    });
    assert.partialDeepStrictEqual((await kept()).approvals, [{ status: 'PAUSED', reason: 'low quality' }]);
    // What Meta said before, told again late, changes nothing.
    await applyTemplateUpdate(api.database.db, api.projectId, 'meta', { ...update, status: 'APPROVED' });
    assert.equal((await kept()).approvals[0]?.status, 'PAUSED');
    const latest = new Date(update.at.getTime() + 2_000);
    await applyTemplateUpdate(api.database.db, api.projectId, 'meta', {
      ...{ ...update, status: 'APPROVED', at: latest },
    });

    await api.call('POST', '/api/templates/whatsApp/update', {
      templateId,
      body: 'Your order {{orderId}} is here.',
    });
    assert.partialDeepStrictEqual(await kept(), { provider_name: 'order_ready_v2', approvals: [] });
    const again = await api.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId: from });
    assert.partialDeepStrictEqual(again.body, { providerName: 'order_ready_v2' });
    // The text from before is approved under the name that it had, and is what it was once it is written again.
    await api.call('POST', '/api/templates/whatsApp/update', {
      templateId,
      body: 'Order {{defaultIfEmpty orderId "A1"}} is ready.',
    });
    assert.equal((await kept()).provider_name, 'order_ready');
    assert.equal(await isSendable(), true);
  });

  test('with a picture above it, is taken with the sample uploaded, and approved', async (t) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'carillon-template-'));
    const simulator = await startSimulator({ port: 0, host: '127.0.0.1', smtpPort: 0, dataDir });
    t.after(async () => {
      await simulator.close();
      await rm(dataDir, { recursive: true, force: true });
    });
    const from = await senderId('+12025550140');
    const row = await api.database.db
      .selectFrom('provider_account')
      .selectAll()
      .where('wire', '=', 'meta')
      .executeTakeFirstOrThrow();
    const setBaseUrl = (baseUrl: string) =>
      api.database.db
        .updateTable('provider_account')
        .set({ settings: JSON.stringify({ ...(row.settings as object), baseUrl }) })
        .where('id', '=', row.id)
        .execute();
    const account = openAccount(row, api.context.secrets, builtInWires);
    assert.ok(isMetaAccount(account));
    const { businessAccountId, appSecret, verifyToken, accessToken } = account;
    const put = (path: string, body: object) =>
      fetch(simulator.url + path, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    await put('/behaviour', { templateReviewMs: 0 });
    // The stub takes the webhooks and is the shop that has the picture.
    const registered = { appSecret, verifyToken, accessToken, webhookUrl: metaUrl, phoneNumbers: [] };
    await put(`/businesses/${businessAccountId}`, registered);
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'wa-picture',
      name: 'Picture',
      header: { kind: 'image', url: `${metaUrl}/cat.png` },
      body: 'Look at this.',
    });
    const templateId = Number(/IDs: (\d+)/.exec(saved.text)?.[1]);
    await setBaseUrl(simulator.url);
    try {
      const submitted = await api.call('POST', '/api/templates/whatsApp/submit', {
        templateId,
        senderId: from,
      });
      assert.equal(submitted.status, 200, submitted.text);
      assert.partialDeepStrictEqual(submitted.body, { providerName: 'picture', status: 'PENDING' });
    } finally {
      await setBaseUrl(metaUrl);
    }
    const verdict = await until('the verdict', async () => {
      const call = metaCalls.find(({ body }) => JSON.stringify(body).includes('message_template_id'));
      return call ?? null;
    });
    assert.match(JSON.stringify(verdict.body), /"event":"APPROVED".*"message_template_name":"picture"/);
  });

  test('submitted again, is what Meta has of it, whatever we missed', async () => {
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'lost',
      name: 'Lost',
      body: 'Your parcel is lost.',
    });
    const templateId = Number(/IDs: (\d+)/.exec(saved.text)?.[1]);
    const submit = async () =>
      api.call('POST', '/api/templates/whatsApp/submit', {
        templateId,
        senderId: await senderId('+12025550140'),
      });
    const atMeta = {
      ...{ id: '42', name: 'lost', language: 'en_US', status: 'PENDING', category: 'UTILITY' },
      components: [{ type: 'BODY', text: 'Your parcel is lost.' }],
    };
    // Meta had taken it, and its answer was lost.
    listed = [atMeta];
    const creations = () => metaCalls.filter(({ body }) => body !== null).length;
    const before = creations();
    assert.partialDeepStrictEqual((await submit()).body, { providerTemplateId: '42', status: 'PENDING' });
    // Meta approved it, and its webhook was lost.
    listed = [{ ...atMeta, status: 'APPROVED' }];
    assert.partialDeepStrictEqual((await submit()).body, { status: 'APPROVED', category: 'UTILITY' });
    listed = [{ ...atMeta, status: 'REJECTED', rejected_reason: 'PROMOTIONAL' }];
    assert.partialDeepStrictEqual((await submit()).body, { status: 'REJECTED', statusReason: 'PROMOTIONAL' });
    assert.equal(creations(), before);
    // Another template of the same name is not taken for it.
    listed = [{ ...atMeta, id: '43', components: [{ type: 'BODY', text: 'Another.' }] }];
    assert.equal((await submit()).status, 409);
    listed = [];
  });

  test('needs a WhatsApp sender', async () => {
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'wa2',
      body: 'Hello.',
    });
    const templateId = Number(/IDs: (\d+)/.exec(saved.text)?.[1]);
    const from = await senderId('24365');
    assert.equal(
      (await api.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId: from })).status,
      400,
    );
  });
});
