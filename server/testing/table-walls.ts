import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { argv } from 'node:process';

/** The folders of `server/`, the ground first: what stands further down the list may name the tables of what stands before. */
export const rooms = [
  ...[
    'config',
    'clock',
    'database',
    'lanes',
    'http',
    'projects',
    'providers',
    'users',
    'events',
    'consent',
    'audiences',
  ],
  ...[
    'content',
    'senders',
    'segments',
    'requests',
    'delivery',
    'whatsapp-flows',
    'happenings',
    'conversations',
    'inbox',
    'verifications',
    'campaigns',
    'journeys',
    'surveys',
    'insights',
    'webhooks',
    'program',
  ],
] as const;

/** A place where a folder's SQL names a table that it may not. */
export interface Reach {
  /** From the folder `server/`, with slashes. */
  file: string;
  table: string;
  /** The folder whose migrations make the table. */
  owner: string;
  /** What is wrong: a table of a folder above is read, or one that is not the folder's own is written. */
  fault: 'reads upward' | 'writes another’s';
}

/** Which folder's migrations make each table of a tree like `server/`. */
export function tableOwners(root: string): Map<string, string> {
  const owners = new Map<string, string>();
  for (const file of filesOf(root, /\.sql$/))
    for (const [, table] of readFileSync(join(root, file), 'utf8').matchAll(
      /\bCREATE (?:UNLOGGED )?TABLE (\w+)(?! PARTITION OF)/g,
    ))
      if (table) owners.set(table, roomOf(file));
  return owners;
}

/** All reaches of a tree like `server/`, tests and fixtures apart. */
export function findReaches(root: string): Reach[] {
  const owners = tableOwners(root);
  const reaches = new Map<string, Reach>();
  for (const file of filesOf(root, /(?<!\.test|\.contract|-fixtures)\.ts$/)) {
    const room = roomOf(file);
    if (/(^|\/)(testing|acceptance)\//.test(file) || !file.includes('/')) continue;
    for (const { table, writes } of tablesNamed(readFileSync(join(root, file), 'utf8'))) {
      const owner = owners.get(table);
      if (owner === undefined || owner === room) continue;
      const isAbove = heightOf(owner) > heightOf(room);
      if (!isAbove && !writes) continue;
      const fault = writes ? 'writes another’s' : 'reads upward';
      reaches.set(`${file} ${table} ${fault}`, { file, table, owner, fault });
    }
  }
  return [...reaches.values()];
}

/** Files of routes of such a tree that hold SQL: a route asks what stands in a file of its own. */
export function findRoutesWithSql(root: string): string[] {
  return filesOf(root, /(?:^|-)routes\.ts$/).filter((file) => {
    const source = sourceOf(readFileSync(join(root, file), 'utf8'));
    return /\bsql(?:<[^`]*>)?`/.test(source) || new RegExp(kyselyCall).test(source);
  });
}

/** A table that a source names in SQL or by Kysely's calls. */
interface Named {
  table: string;
  writes: boolean;
}

const kyselyCall =
  /\.(selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|using|insertInto|updateTable|deleteFrom|mergeInto)\(\s*(\[[^\]]*\]|['"`][^'"`]+['"`])/g;
const writingCalls: ReadonlySet<string> = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);
/** SQL is written with capital keywords here, which tells it from prose. What locks rows (`FOR UPDATE`) writes none. */
const sqlWrite =
  /\b(?:INSERT INTO|MERGE INTO|(?<!FOR |DO |KEY )UPDATE(?: ONLY)?|DELETE FROM|TRUNCATE(?: TABLE)?|COPY)\s+(\w+)/g;
const sqlRead =
  /\b(?:FROM|JOIN|USING)\s+(?:ONLY\s+|LATERAL\s+)?(\w+)((?:(?:\s+AS)?\s+\w+)?(?:\s*,\s*\w+(?:\s+AS)?(?:\s+\w+)?)*)/g;

/** A source without its comments. */
const sourceOf = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

function tablesNamed(source: string): Named[] {
  const text = sourceOf(source);
  const named: Named[] = [];
  for (const [, call = '', tables = ''] of text.matchAll(kyselyCall))
    for (const [, table = ''] of tables.matchAll(/['"`](\w+)/g))
      named.push({ table, writes: writingCalls.has(call) });
  for (const [, table = ''] of text.matchAll(sqlWrite)) named.push({ table, writes: true });
  for (const [, table = '', others = ''] of text.matchAll(sqlRead)) {
    named.push({ table, writes: false });
    for (const [, other = ''] of others.matchAll(/,\s*(\w+)/g)) named.push({ table: other, writes: false });
  }
  // A table that is handed on is written there.
  for (const [, table = ''] of text.matchAll(/sql\.table\(['"`](\w+)['"`]\)/g))
    named.push({ table, writes: true });
  return named;
}

function heightOf(room: string): number {
  const height = (rooms as readonly string[]).indexOf(room);
  if (height < 0)
    throw new Error(`server/${room}/ has no place among the rooms in server/testing/table-walls.ts`);
  return height;
}

const roomOf = (file: string): string => file.split('/')[0]!;

function filesOf(root: string, name: RegExp): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

if (import.meta.main) {
  const root = argv[2] ?? join(import.meta.dirname, '..');
  const reaches = findReaches(root);
  for (const { file, table, owner, fault } of reaches)
    console.error(`server/${file} ${fault} table: ${table}, which is of ${owner}/`);
  if (reaches.length > 0)
    console.error(`${reaches.length} reaches: call what the table’s folder exports, or let it bring a hook.`);
  const routes = findRoutesWithSql(root);
  for (const file of routes)
    console.error(`server/${file} holds SQL: put the statement into a *.sql.ts file, and call it.`);
  if (reaches.length + routes.length > 0) process.exitCode = 1;
}
