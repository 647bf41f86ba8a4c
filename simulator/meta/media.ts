import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

const Medium = Compile(
  Type.Object({
    id: Type.String(),
    mimeType: Type.String(),
    sha256: Type.String(),
    fileSize: Type.Number(),
    link: Type.Optional(Type.String()),
  }),
);

/** An uploaded file, or one that a person sent: then `link` says where its bytes are. */
interface Medium {
  id: string;
  mimeType: string;
  sha256: string;
  fileSize: number;
  link?: string;
}

/** Files by id, kept in a directory. */
export interface MediaStore {
  put(id: string, mimeType: string, bytes: Buffer): Promise<Medium>;
  putLink(id: string, mimeType: string, link: string): Promise<Medium>;
  find(id: string): Promise<Medium | null>;
  has(id: string): boolean;
  read(id: string): Promise<Buffer>;
  delete(id: string): Promise<void>;
}

/** Opens the media kept in `directory`. Ids are digits only, so that none leads out of it. */
export function openMediaStore(directory: string): MediaStore {
  const about = (id: string) => join(directory, `${id}.json`);
  const bytesOf = (id: string) => join(directory, `${id}.bin`);

  async function keep(medium: Medium): Promise<Medium> {
    await mkdir(directory, { recursive: true });
    await writeFile(about(medium.id), JSON.stringify(medium));
    return medium;
  }

  return {
    async put(id, mimeType, bytes) {
      const medium = await keep({ id, mimeType, sha256: hash('sha256', bytes), fileSize: bytes.length });
      await writeFile(bytesOf(id), bytes);
      return medium;
    },
    putLink: (id, mimeType, link) => keep({ id, mimeType, sha256: hash('sha256', link), fileSize: 0, link }),
    async find(id) {
      if (!/^\d+$/.test(id)) return null;
      const text = await readFile(about(id), 'utf8').catch(() => 'null');
      const value: unknown = JSON.parse(text);
      return Medium.Check(value) ? value : null;
    },
    has: (id) => /^\d+$/.test(id) && existsSync(about(id)),
    read: (id) => readFile(bytesOf(id)),
    async delete(id) {
      await rm(about(id), { force: true });
      await rm(bytesOf(id), { force: true });
    },
  };
}
