import type { Clock } from '../clock/clock.ts';
import { openSecrets } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { newKey } from '../projects/api-key.ts';
import { builtInWires } from '../providers/built-in.ts';
import { makeProject, whileMaking } from './make-project.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { simulatorElsewhere } from './simulator-address.ts';

const usage = 'Give one of: project list | project create NAME\n';
const longestName = 200;

/**
 * `project list` and `project create NAME`. Tenants are made by who runs the installation and not over HTTP,
 * where every key sees its own project and no other. Works while the program runs, and while it does not.
 * Returns what the terminal is to say, and whether it went well.
 */
export async function projectCommand(
  settings: Settings,
  args: readonly string[],
  clock: Clock,
): Promise<{ ok: boolean; text: string }> {
  const [deed, ...words] = args;
  const name = words.join(' ').trim();
  if (deed === 'list' && name === '') return withDatabase(settings, listed);
  if (deed !== 'create' || name === '') return { ok: false, text: usage };
  if (name.length > longestName)
    return { ok: false, text: `The name has ${name.length} characters; give at most ${longestName}\n` };
  return withDatabase(settings, (database) => created(settings, database, name, clock));
}

async function withDatabase<T>(settings: Settings, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const stops: (() => Promise<void>)[] = [];
  try {
    return await work(await openDatabase(settings, 2, stops));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function listed({ connection }: OpenDatabase) {
  const projects = await connection.db.selectFrom('project').select(['id', 'name']).orderBy('id').execute();
  const lines = projects.map(({ id, name }) => `${String(id).padStart(5)}  ${name}\n`);
  return { ok: true, text: lines.join('') || 'There is no project yet; the first start makes one\n' };
}

async function created(settings: Settings, { connection: { db } }: OpenDatabase, name: string, clock: Clock) {
  const secrets = await openSecrets(settings.dataDir);
  const simulator = await simulatorElsewhere(settings);
  const key = newKey();
  const id = await whileMaking(db, () =>
    makeProject(
      { db, secrets, clock, simulator, wires: builtInWires },
      { name, brand: name.slice(0, 100), key },
    ),
  );
  const text = [
    '',
    `  Project ${id} (${name}) is made, with channels, message types and simulated senders of its own`,
    '',
    '  API key (server-side, shown this once; keep it safe)',
    `    ${key}`,
    '',
    '  What to do next',
    `    1. Open ${settings.publicUrl}, choose "Make a project's first account" and give this key.`,
    '    2. Set brand, country and time zone in Settings, or by PATCH /api/project.',
    '',
    '',
  ].join('\n');
  return { ok: true, text };
}
