import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../config/settings.ts';

const usage = 'Give one of: journeys pull FOLDER | journeys plan FOLDER | journeys apply FOLDER\n';

interface File {
  name: string;
}

/** What applying a file does, as the API answers it. */
interface Plan {
  name: string;
  what: 'new' | 'changed' | 'same' | 'refused';
  changes?: { place: string; before?: unknown; after?: unknown }[];
  impact?: { removed: AtTile[]; changed: AtTile[] };
  faults?: { field: string; fault: string }[];
}

interface AtTile {
  tile: string;
  people: number;
}

/**
 * `journeys pull FOLDER` writes the journeys of a project as files, `plan` tells what applying the files of a folder would do, and `apply` does it. Files are
 * `*.json`, and `*.ts` whose default export is a journey as the builder makes it. The program is asked over HTTP, at `PUBLIC_URL` with
 * `CARILLON_API_KEY`. Returns what the terminal is to say, and whether it went well.
 */
export async function journeysCommand(
  { publicUrl, apiKey }: Pick<Settings, 'publicUrl' | 'apiKey'>,
  args: readonly string[],
): Promise<{ ok: boolean; text: string }> {
  const [deed, folder, ...more] = args;
  if (!folder || more.length > 0 || !['pull', 'plan', 'apply'].includes(deed ?? ''))
    return { ok: false, text: usage };
  if (apiKey === null)
    return {
      ok: false,
      text: 'CARILLON_API_KEY is not set; give the key of the project whose journeys are meant\n',
    };
  const ask: Ask = (method, path, body) => asked(publicUrl, apiKey, method, path, body);
  try {
    return deed === 'pull' ? await pull(ask, folder) : await planOrApply(ask, folder, deed === 'apply');
  } catch (error) {
    if (!(error instanceof CommandFault)) throw error;
    return { ok: false, text: `${error.message}\n` };
  }
}

/** Something that whoever gave the command can mend. */
class CommandFault extends Error {}

type Ask = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

async function asked<Answer>(
  publicUrl: string,
  apiKey: string,
  method: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  // biome-ignore lint/style/noRestrictedGlobals: the program itself is asked, from the terminal of whoever runs it.
  const response = await fetch(publicUrl + path, {
    method,
    headers: { 'Api-Key': apiKey, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new CommandFault(
      `${publicUrl} does not answer (${error.cause instanceof Error ? error.cause.message : error.message}); start Carillon, or set PUBLIC_URL`,
    );
  });
  const text = await response.text();
  if (response.ok) {
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw new CommandFault(
        `${publicUrl}${path} answers no JSON: something else runs there; set PUBLIC_URL`,
      );
    }
  }
  throw new CommandFault(`${method} ${path}: ${response.status} ${messageOf(text)}`);
}

function messageOf(text: string): string {
  try {
    return String((JSON.parse(text) as { msg?: unknown }).msg ?? text);
  } catch {
    return text.slice(0, 500);
  }
}

async function pull(ask: Ask, folder: string) {
  const { files } = await ask<{ files: File[] }>('GET', '/api/journeys/files');
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(`${folder} cannot be made (${error.code}); name a folder`);
  });
  const taken = new Set<string>();
  for (const file of files) {
    const name = freeName(file.name, taken);
    await writeFile(join(folder, name), `${JSON.stringify(file, null, 2)}\n`);
  }
  const others = (await jsonFiles(folder)).filter((name) => !taken.has(name));
  const text = [
    ...[...taken].map((name) => `  ${join(folder, name)}`),
    `${files.length === 1 ? 'One journey is' : `${files.length} journeys are`} written`,
    ...(others.length > 0
      ? [`Left as they are, of no journey that is there or of an older name: ${others.join(', ')}`]
      : []),
  ];
  return { ok: true, text: `${text.join('\n')}\n` };
}

const jsonFiles = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();

/** `cart-abandonment.json`, by the journey's name. */
function freeName(name: string, taken: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  for (let count = 1; ; count += 1) {
    const free = `${plain || 'journey'}${count === 1 ? '' : `-${count}`}.json`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}

async function planOrApply(ask: Ask, folder: string, isApplied: boolean) {
  const files = await filesIn(folder);
  if (files.length === 0)
    throw new CommandFault(`${folder} has no journeys: *.json, or *.ts that export one; pull writes some`);
  const { plans } = await ask<{ plans: Plan[] }>(
    'POST',
    `/api/journeys/files/${isApplied ? 'apply' : 'plan'}`,
    { files },
  );
  const ok = plans.every(({ what }) => what !== 'refused');
  const toDo = plans.filter(({ what }) => what !== 'same').length;
  const last = !ok
    ? 'Nothing is applied while a file is refused'
    : toDo === 0
      ? 'Nothing is to be done'
      : isApplied
        ? `${toDo} of ${plans.length} published`
        : `apply publishes ${toDo} of ${plans.length}`;
  return { ok, text: `${[...plans.flatMap(linesOf), last].join('\n')}\n` };
}

async function filesIn(folder: string): Promise<unknown[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(`${folder} cannot be read (${error.code}); name a folder`);
  });
  const wanted = names.filter((name) => /\.(json|ts)$/.test(name) && !/\.(d|test)\.ts$/.test(name)).sort();
  return Promise.all(
    wanted.map(async (name) => {
      const path = resolve(folder, name);
      try {
        if (name.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8')) as unknown;
        const { default: drawn } = (await import(pathToFileURL(path).href)) as { default?: unknown };
        if (typeof drawn !== 'object' || drawn === null)
          throw new Error('its default export is no journey; write `export default journey(…)`');
        return drawn;
      } catch (error) {
        throw new CommandFault(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}

const marks = { new: '+', changed: '~', same: '=', refused: '!' } as const;

function linesOf({ name, what, changes = [], impact, faults = [] }: Plan): string[] {
  const people = (tiles: readonly AtTile[], words: string) =>
    tiles.flatMap(({ tile, people: count }) =>
      count > 0 ? [`    ${count.toLocaleString('en')} people are at ${tile}, which ${words}`] : [],
    );
  return [
    `${marks[what]} ${name}${what === 'new' ? ' (new)' : ''}`,
    ...faults.map(({ field, fault }) => `    ${field} ${fault}`),
    ...(what === 'changed' && changes.length === 0 ? ['    what is drawn of it in the console goes'] : []),
    ...changes.map(({ place, before, after }) => `    ${place}: ${shown(before)} → ${shown(after)}`),
    ...people(impact?.removed ?? [], 'is gone'),
    ...people(impact?.changed ?? [], 'is otherwise'),
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
