import { randomUUID } from 'node:crypto';
import type { FlowFinding, FlowManagement } from '../flow-management.ts';
import { type JsonRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import { isMetaAccount, type MetaAccount } from './account.ts';
import { askGraph, askGraphBy } from './ask-graph.ts';
import { openFlowCall } from './flow-call.ts';
import { graphRequest } from './graph.ts';
import { verifyMetaSignature } from './webhook-signature.ts';

const fields = 'name,status,validation_errors,preview.invalidate(false)';
const otherAccount: ProviderFailure = { outcome: 'unreachable', detail: 'the account is not one with Meta' };
const escaped = encodeURIComponent;

/** Flows of a WhatsApp Business Account (Meta, Flows API). */
export const metaFlows: FlowManagement = {
  async create(account, { name, categories }, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const path = `${escaped(account.businessAccountId)}/flows`;
    const asked = await askGraph(account, exchanges, 'POST', path, { name, categories });
    if (!asked.ok) return asked.failure;
    const id = textAt(asked.answer, 'id');
    return id === undefined
      ? { outcome: 'unreachable', detail: 'Meta answered without the flow’s id' }
      : { outcome: 'created', id };
  },
  async update(account, id, { name, categories, endpoint }, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const body = {
      ...(name === undefined ? {} : { name }),
      ...(categories === undefined ? {} : { categories }),
      ...(endpoint === undefined ? {} : { endpoint_uri: endpoint }),
    };
    const asked = await askGraph(account, exchanges, 'POST', escaped(id), body);
    return asked.ok ? { outcome: 'done' } : asked.failure;
  },
  async upload(account, id, json, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const request = graphRequest(account, 'POST', `${escaped(id)}/assets`);
    const asked = await askGraphBy(request && { ...request, ...jsonFile(account, json) }, exchanges);
    return asked.ok ? { outcome: 'uploaded', findings: findingsIn(asked.answer) } : asked.failure;
  },
  async look(account, id, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const asked = await askGraph(account, exchanges, 'GET', `${escaped(id)}?fields=${fields}`);
    if (!asked.ok) return asked.failure;
    const preview = recordAt(asked.answer, 'preview');
    const until = new Date(textAt(preview, 'expires_at') ?? Number.NaN);
    return {
      outcome: 'found',
      flow: {
        name: textAt(asked.answer, 'name') ?? '',
        status: textAt(asked.answer, 'status') ?? 'DRAFT',
        findings: findingsIn(asked.answer),
        previewUrl: textAt(preview, 'preview_url') ?? null,
        previewUntil: Number.isNaN(until.getTime()) ? null : until,
      },
    };
  },
  async act(account, id, deed, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const [method, path] =
      deed === 'delete' ? (['DELETE', escaped(id)] as const) : (['POST', `${escaped(id)}/${deed}`] as const);
    const asked = await askGraph(account, exchanges, method, path);
    return asked.ok ? { outcome: 'done' } : asked.failure;
  },
  async registerKey(account, wireAddress, publicKey, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const asked = await askGraph(account, exchanges, 'POST', keyPath(wireAddress), {
      business_public_key: publicKey,
    });
    return asked.ok ? { outcome: 'done' } : asked.failure;
  },
  async keyStatus(account, wireAddress, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const asked = await askGraph(account, exchanges, 'GET', keyPath(wireAddress));
    if (!asked.ok) return asked.failure;
    const answer = recordsAt(asked.answer, 'data')[0] ?? asked.answer;
    const has = textAt(answer, 'business_public_key') !== undefined;
    return {
      outcome: 'found',
      status: has ? (textAt(answer, 'business_public_key_signature_status') ?? 'VALID') : null,
    };
  },
  endpoint: {
    signature: 'X-Hub-Signature-256',
    isSigned: (account, body, signature) =>
      isMetaAccount(account) && verifyMetaSignature(account.appSecret, body, signature),
    open: openFlowCall,
  },
};

const keyPath = (wireAddress: string) => `${escaped(wireAddress)}/whatsapp_business_encryption`;

/** The JSON as a file of a form. */
function jsonFile(account: MetaAccount, json: string) {
  const boundary = `carillon-${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body =
    field('name', 'flow.json') +
    field('asset_type', 'FLOW_JSON') +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="flow.json"\r\n` +
    `Content-Type: application/json\r\n\r\n${json}\r\n--${boundary}--\r\n`;
  return {
    headers: [
      ...['authorization', `Bearer ${account.accessToken}`],
      ...['content-type', `multipart/form-data; boundary=${boundary}`],
      ...['user-agent', 'carillon'],
    ],
    body,
  };
}

/** Meta's list of what is wrong with a flow's JSON. */
function findingsIn(answer: JsonRecord): FlowFinding[] {
  return recordsAt(answer, 'validation_errors').map((each) => {
    const pointer = recordsAt(each, 'pointers').flatMap((one) => textAt(one, 'path') ?? [])[0];
    const line = textAt(each, 'line_start');
    return {
      error: textAt(each, 'error') ?? 'INVALID',
      message: textAt(each, 'message') ?? '',
      at: pointer ?? (line === undefined ? '' : `line ${line}`),
    };
  });
}
