import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  privateDecrypt,
} from 'node:crypto';
import type { FlowCall, FlowReply, OpenedFlowCall } from '../flow-management.ts';
import { type JsonRecord, parseRecord, recordAt, storableRecord, textAt } from '../json-reading.ts';

/** What is sealed with one key: AES-128 in GCM, whose tag are the last 16 bytes (Meta, Flows: implementing endpoints). */
const cipher = 'aes-128-gcm';
const [keyBytes, ivBytes, tagBytes] = [16, 16, 16];

/** A data exchange as Meta posts it: the AES key under the number's public key, and the payload under the AES key. */
export function openFlowCall(body: Buffer, privateKeys: readonly string[]): OpenedFlowCall | null {
  const posted = parseRecord(body.toString('utf8'));
  const [sealedKey, iv, sealed] = ['encrypted_aes_key', 'initial_vector', 'encrypted_flow_data'].map((name) =>
    Buffer.from(textAt(posted, name) ?? '', 'base64'),
  );
  if (!sealedKey || iv?.length !== ivBytes || !sealed || sealed.length < tagBytes) return null;
  const key = privateKeys.map((each) => keyIn(sealedKey, each)).find((each) => each !== null);
  const text = key && openText(key, iv, sealed);
  if (!key || text === null || text === undefined) return null;
  return {
    call: callIn(parseRecord(text)),
    requestKey: createHash('sha256').update(key).update(iv).digest('base64url'),
    seal: (answer) => sealText(key, iv, JSON.stringify(replyBody(answer))),
  };
}

/** The AES key behind RSA-OAEP with SHA-256; null where it is under another key. */
function keyIn(sealed: Buffer, privateKey: string): Buffer | null {
  try {
    const opened = privateDecrypt(
      {
        key: createPrivateKey(privateKey),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
      },
      sealed,
    );
    return opened.length === keyBytes ? opened : null;
  } catch {
    return null;
  }
}

function openText(key: Buffer, iv: Buffer, sealed: Buffer): string | null {
  try {
    const decipher = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** The answer goes under the same key, with every bit of the starting value flipped. */
function sealText(key: Buffer, iv: Buffer, text: string): string {
  const flipped = iv.map((byte) => byte ^ 0xff);
  const sealing = createCipheriv(cipher, key, flipped, { authTagLength: tagBytes });
  return Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]).toString(
    'base64',
  );
}

function callIn(payload: JsonRecord): FlowCall {
  const data = storableRecord(recordAt(payload, 'data'));
  const action = textAt(payload, 'action') ?? '';
  if (action === 'ping') return { kind: 'ping' };
  // What the phone could not show: it tells of it, and is answered that it is known.
  if (textAt(data, 'error') !== undefined)
    return { kind: 'error', detail: textAt(data, 'error_message') ?? textAt(data, 'error') ?? '' };
  return {
    ...{ kind: 'exchange', action: actions.get(action) ?? 'submit', data },
    ...{ screen: textAt(payload, 'screen') ?? '', token: textAt(payload, 'flow_token') ?? '' },
  };
}

const actions = new Map([
  ['INIT', 'open'],
  ['BACK', 'back'],
] as const) as ReadonlyMap<string, 'open' | 'back'>;

function replyBody(answer: FlowReply): object {
  switch (answer.kind) {
    case 'alive':
      return { data: { status: 'active' } };
    case 'noted':
      return { data: { acknowledged: true } };
    case 'screen':
      return { screen: answer.screen, data: answer.data };
    case 'end': {
      const params = { ...answer.fields, flow_token: answer.token };
      return { screen: 'SUCCESS', data: { extension_message_response: { params } } };
    }
    case 'fault':
      return { error_msg: answer.message };
  }
}
