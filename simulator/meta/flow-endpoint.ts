import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { request } from 'undici';
import type { Business } from '../network/registry.ts';
import { signBody } from './webhooks.ts';

/** What a phone asks the endpoint of a flow. */
export interface EndpointCall {
  action: 'INIT' | 'BACK' | 'data_exchange' | 'ping';
  screen?: string;
  data?: Record<string, unknown>;
  flow_token?: string;
}

/** What an endpoint said: its HTTP status, and what was in it; null where it cannot be opened. */
export interface EndpointAnswer {
  status: number;
  payload: unknown;
}

/** So long a phone waits (Meta, Flows: implementing endpoints). */
const patienceMs = 10_000;
const tagBytes = 16;

/** Calls an endpoint as Meta does: the call under an AES key of its own, that key under the business's public one, all of it signed. */
export async function callEndpoint(
  { appSecret }: Business,
  endpoint: string,
  publicKey: string,
  call: EndpointCall,
): Promise<EndpointAnswer> {
  const [key, iv] = [randomBytes(16), randomBytes(16)];
  const sealing = createCipheriv('aes-128-gcm', key, iv);
  const text = JSON.stringify({ version: '3.0', ...call });
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  const sealedKey = publicEncrypt(
    { key: createPublicKey(publicKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    key,
  );
  const body = JSON.stringify({
    encrypted_flow_data: sealed.toString('base64'),
    encrypted_aes_key: sealedKey.toString('base64'),
    initial_vector: iv.toString('base64'),
  });
  const answer = await request(endpoint, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(appSecret, body) },
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: answer.statusCode, payload: opened(await answer.body.text(), key, iv) };
}

/** Opens an answer: the same key, and the starting value with every bit flipped. */
function opened(text: string, key: Buffer, iv: Buffer): unknown {
  try {
    const bytes = Buffer.from(text, 'base64');
    const flipped = Buffer.from(iv.map((byte) => byte ^ 0xff));
    const opening = createDecipheriv('aes-128-gcm', key, flipped);
    opening.setAuthTag(bytes.subarray(-tagBytes));
    const words = Buffer.concat([opening.update(bytes.subarray(0, -tagBytes)), opening.final()]);
    return JSON.parse(words.toString('utf8'));
  } catch {
    return null;
  }
}
