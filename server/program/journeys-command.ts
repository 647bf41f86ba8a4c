import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../config/settings.ts';

const deeds = ['pull', 'check', 'plan', 'apply'] as const;
const usage = `Give one of: ${deeds.map((deed) => `journeys ${deed} FOLDER`).join(' | ')}\n`;

interface File {
  name: string;
}

/** A file of a folder: the journey in it, or why it cannot be read. */
type Found = { path: string } & ({ journey: unknown } | { fault: string });

/** What applying a file does, as the API answers it. */
interface Plan {
  name: string;
  what: 'new' | 'changed' | 'same' | 'refused';
  isDraft: boolean;
  hasDraft?: boolean;
  changes?: { place: string; before?: unknown; after?: unknown }[];
  impact?: { removed: AtTile[]; changed: AtTile[] };
  faults?: { field: string; fault: string }[];
  warnings?: { field: string; warning: string }[];
}

interface AtTile {
  tile: string;
  people: number;
}

/**
 * `journeys pull FOLDER` writes the journeys of a project as files, `check` tells all that is wrong in the files of a folder, `plan` what applying them would
 * do, and `apply` does it. Files are
 * `*.json`, and `*.ts` whose default export is a journey as the builder makes it. The program is asked over HTTP, at `PUBLIC_URL` with
 * `CARILLON_API_KEY`. Returns what the terminal is to say, and whether it went well.
 */
export async function journeysCommand(
  { publicUrl, apiKey }: Pick<Settings, 'publicUrl' | 'apiKey'>,
  args: readonly string[],
): Promise<{ ok: boolean; text: string }> {
  const [deed, folder, ...more] = args;
  const wanted = deeds.find((each) => each === deed);
  if (!folder || more.length > 0 || !wanted) return { ok: false, text: usage };
  if (apiKey === null)
    return {
      ok: false,
      text: 'CARILLON_API_KEY is not set; give the key of the project whose journeys are meant\n',
    };
  const ask: Ask = (method, path, body) => asked(publicUrl, apiKey, method, path, body);
  try {
    return wanted === 'pull' ? await pull(ask, folder) : await withFiles(ask, folder, wanted);
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
  const twice = [...Map.groupBy(files, (each) => each.name)].filter(([, same]) => same.length > 1);
  const others = (await jsonFiles(folder)).filter((name) => !taken.has(name));
  const text = [
    ...[...taken].map((name) => `  ${join(folder, name)}`),
    `${files.length === 1 ? 'One journey is' : `${files.length} journeys are`} written`,
    ...twice.map(
      ([name, { length }]) =>
        `${length} journeys are called “${name}”, and files are told apart by their names: rename all but one of them, and pull again`,
    ),
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

async function withFiles(ask: Ask, folder: string, deed: 'check' | 'plan' | 'apply') {
  const found = await filesIn(folder);
  if (found.length === 0)
    throw new CommandFault(`${folder} has no journeys: *.json, or *.ts that export one; pull writes some`);
  const unread = found.flatMap((each) => ('fault' in each ? [each] : []));
  const read = found.flatMap((each) => ('journey' in each ? [each] : []));
  // Where a file cannot be read nothing is applied, and what is wrong in the others is told with it.
  const call = deed === 'apply' && unread.length === 0 ? 'apply' : 'plan';
  const files = read.map(({ journey }) => journey);
  const { plans } =
    files.length === 0
      ? { plans: [] }
      : await ask<{ plans: Plan[] }>('POST', `/api/journeys/files/${call}`, { files });
  const told = plans.map((plan, index) => ({ path: read[index]?.path ?? '', plan }));
  const ok = unread.length === 0 && plans.every(({ what }) => what !== 'refused');
  const lines = [
    ...unread.flatMap(({ path, fault }) => [`! ${path}`, `    ${fault}`]),
    ...told.flatMap(({ path, plan }) => (deed === 'check' ? faultLines(path, plan) : linesOf(path, plan))),
  ];
  const last = deed === 'check' ? checked(told, unread.length) : summary(plans, ok, deed === 'apply');
  return { ok, text: `${[...lines, last].join('\n')}\n` };
}

function summary(plans: readonly Plan[], ok: boolean, isApplied: boolean): string {
  if (!ok) return 'Nothing is applied while a file is refused';
  const toDo = plans.filter(({ what }) => what !== 'same');
  if (toDo.length === 0) return 'Nothing is to be done';
  const drafts = toDo.filter(({ isDraft }) => isDraft).length;
  const published = toDo.length - drafts;
  const kept = drafts === 1 ? '1 draft' : `${drafts} drafts`;
  const of = `${published} of ${plans.length}`;
  return isApplied
    ? [...(published > 0 ? [`${of} published`] : []), ...(drafts > 0 ? [`${kept} kept`] : [])].join(', ')
    : `apply ${[...(published > 0 ? [`publishes ${of}`] : []), ...(drafts > 0 ? [`keeps ${kept}`] : [])].join(' and ')}`;
}

function checked(told: readonly { plan: Plan }[], unread: number): string {
  const wrong = told.filter(({ plan }) => plan.faults !== undefined);
  const faults = wrong.reduce((sum, { plan }) => sum + (plan.faults?.length ?? 0), unread);
  const files = wrong.length + unread;
  return faults === 0
    ? 'Nothing is wrong'
    : `${faults === 1 ? '1 fault' : `${faults} faults`} in ${files === 1 ? '1 file' : `${files} files`}`;
}

async function filesIn(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(`${folder} cannot be read (${error.code}); name a folder`);
  });
  const wanted = names.filter((name) => /\.(json|ts)$/.test(name) && !/\.(d|test)\.ts$/.test(name)).sort();
  return Promise.all(
    wanted.map(async (name): Promise<Found> => {
      const path = join(folder, name);
      try {
        if (name.endsWith('.json'))
          return { path, journey: JSON.parse(await readFile(path, 'utf8')) as unknown };
        const { default: drawn } = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
        if (typeof drawn !== 'object' || drawn === null)
          throw new Error('its default export is no journey; write `export default journey(…)`');
        return { path, journey: drawn };
      } catch (error) {
        return { path, fault: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

const marks = { new: '+', changed: '~', same: '=', refused: '!' } as const;

const faultsAndWarnings = ({ faults = [], warnings = [] }: Plan): string[] => [
  ...faults.map(({ field, fault }) => `    ${field} ${fault}`),
  ...warnings.map(({ field, warning }) => `    warning: ${field} ${warning}`),
];

function faultLines(path: string, plan: Plan): string[] {
  const lines = faultsAndWarnings(plan);
  const mark = plan.faults === undefined ? '=' : '!';
  return lines.length === 0 ? [] : [`${mark} ${path}: ${titleOf(plan)}`, ...lines];
}

function titleOf({ name, isDraft, faults = [] }: Plan): string {
  const wrong =
    faults.length === 0 ? '' : `, with ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`;
  return `${name || '(without a name)'}${isDraft ? ` (draft${wrong})` : ''}`;
}

function linesOf(path: string, plan: Plan): string[] {
  const { what, isDraft, hasDraft, changes = [], impact } = plan;
  const people = (tiles: readonly AtTile[], words: string) =>
    tiles.flatMap(({ tile, people: count }) =>
      count > 0 ? [`    ${count.toLocaleString('en')} people are at ${tile}, which ${words}`] : [],
    );
  const ofDraft =
    what === 'same'
      ? 'what is drawn of it in the console stays there'
      : 'what is drawn of it in the console goes';
  return [
    `${marks[what]} ${titleOf(plan)}${what === 'new' ? ' (new)' : ''}${what === 'refused' ? `: ${path}` : ''}`,
    ...faultsAndWarnings(plan),
    ...(hasDraft && !isDraft && what !== 'refused' ? [`    ${ofDraft}`] : []),
    ...(what === 'changed' && !isDraft && !hasDraft && changes.length === 0
      ? ['    its draft is published as it is drawn']
      : []),
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
