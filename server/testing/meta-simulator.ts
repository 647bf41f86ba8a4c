import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startSimulator } from '../../simulator/index.ts';
import { type Customer, startCustomer } from '../../simulator/testing/customer.ts';
import { createExchanges } from '../providers/exchange.ts';
import type { MetaAccount } from '../providers/meta/account.ts';
import { createMetaWire } from '../providers/meta/meta-wire.ts';
import type { OpenWire, SendResult } from '../providers/sending.ts';
import type { WhatsAppMessage } from '../providers/whatsapp-message.ts';
import { loopbackAllowed } from './outbound.ts';

/** For tests: Meta as the simulator plays it, a business there, and somebody who has just written to it. */
export interface MetaLab {
  wire: OpenWire;
  account: MetaAccount;
  /** Where the simulator is. */
  url: string;
  phoneNumberId: string;
  handset: string;
  /** Of an upload, and of a flow that is published. */
  fileId: string;
  flowId: string;
  /** The business's server, which takes its webhooks. */
  customer: Customer;
  send(content: WhatsAppMessage): Promise<SendResult>;
  /** Calls the simulator's control API, or Meta's; answers the JSON. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** The handset does something: writes, answers, orders. Answers what it sent. */
  does(deed: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Moves the network's clock on; it stands still otherwise. */
  pass(milliseconds: number): void;
}

const phoneNumberId = '555000111';
const businessAccountId = '777000222';
const handset = '+12125550132';

/** Starts it for a test. */
export async function startMetaLab(t: TestContext): Promise<MetaLab> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-meta-'));
  let instant = Date.now();
  const simulator = await startSimulator({
    ...{ port: 0, host: '127.0.0.1', smtpPort: 0, dataDir, now: () => instant },
  });
  const customer = await startCustomer();
  const account: MetaAccount = {
    ...{ id: 1, wire: 'meta', baseUrl: simulator.url, version: 'v26.0', businessAccountId },
    ...{ accessToken: 'token', appSecret: 'app-secret', verifyToken: 'verify' },
  };
  const wire = createMetaWire(createExchanges(loopbackAllowed));
  t.after(async () => {
    await wire.close?.();
    await simulator.close();
    await customer.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const headers = { authorization: 'Bearer token' };
  const call = async (method: string, path: string, body?: unknown) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(simulator.url + path, {
      ...{ method, ...json },
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  await call('PUT', '/behaviour', { receiptDelayMs: { min: 0, max: 0 }, read: 0, mps: null });
  await call('PUT', `/businesses/${businessAccountId}`, {
    ...{ appSecret: 'app-secret', verifyToken: 'verify', accessToken: 'token', webhookUrl: customer.url },
    phoneNumbers: [{ id: phoneNumberId, displayNumber: '+14155550199' }],
  });
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob(['picture'], { type: 'image/png' }), 'a.png');
  const uploaded = await fetch(`${simulator.url}/v26.0/${phoneNumberId}/media`, {
    ...{ method: 'POST', headers, body: form },
  });
  const { id: fileId } = (await uploaded.json()) as { id: string };
  const layout = { type: 'SingleColumnLayout', children: [{ type: 'Footer' }] };
  const flow = await call('POST', `/v26.0/${businessAccountId}/flows`, {
    ...{ name: 'sign_up', categories: ['SIGN_UP'], publish: true },
    flow_json: JSON.stringify({ version: '7.0', screens: [{ id: 'ONE', title: 'One', layout }] }),
  });
  const does = async (deed: Record<string, unknown>) => {
    const path = `/handsets/${encodeURIComponent(handset)}/messages`;
    const { message } = await call('POST', path, { to: phoneNumberId, ...deed });
    assert.ok(typeof message === 'object' && message !== null, JSON.stringify(deed));
    return message as Record<string, unknown>;
  };
  await does({ body: 'Hello' });
  return {
    ...{ wire, account, phoneNumberId, handset, fileId, customer, call, does },
    url: simulator.url,
    flowId: String(flow.id),
    send: (content) =>
      wire.send(
        account,
        { reference: 'msg_1', from: phoneNumberId, to: handset, content },
        { onDeparted() {} },
      ),
    pass(milliseconds) {
      instant += milliseconds;
    },
  };
}
