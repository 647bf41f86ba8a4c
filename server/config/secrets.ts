import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Encrypts what must not be read from a copy of the database: providers' tokens, webhook secrets. */
export interface Secrets {
  /** AES-256-GCM of the value's JSON: 12 bytes nonce, 16 bytes tag, then the text. */
  seal(value: unknown): Buffer;
  /** What `seal` took. Throws when the key is another one or the bytes were changed. */
  open(sealed: Buffer): unknown;
  /** 32 bytes that follow from a text and the key, and tell nothing of either: HMAC-SHA256 under a key of its own. */
  mac(text: string): Buffer;
}

/**
 * Opens the key in `DATA_DIR/secret.key`, made at first start and readable by its owner only. Programs on
 * several machines that share a database need the same file.
 */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'secret.key');
  const written = await readFile(file, 'utf8').catch(() => null);
  return secretsFrom(written ?? (await makeKey(file)));
}

/** Two processes may start at once: a hard link is taken by exactly one of them, and whole. */
async function makeKey(file: string): Promise<string> {
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(mine, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  await link(mine, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(mine);
  return readFile(file, 'utf8');
}

/** Secrets under a key given as text; the same text opens what it sealed. */
export function secretsFrom(text: string): Secrets {
  const key = createHash('sha256').update(text.trim()).digest();
  const macKey = createHmac('sha256', key).update('mac').digest();
  return {
    seal(value) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
      return JSON.parse(text.toString('utf8'));
    },
    mac: (text) => createHmac('sha256', macKey).update(text, 'utf8').digest(),
  };
}
