import type { Settings } from '../config/settings.ts';
import type { Program, Role } from './program.ts';

/** What the terminal says when the program is up: where it is, the key if it is new, and what to do next. */
export function welcome(role: Role, settings: Settings, program: Program): string {
  if (role === 'migrate') return 'The database has the newest shape.\n';
  if (role === 'worker') return 'A Carillon worker is at work.\n';
  const key = program.newKey
    ? [
        '',
        '  API key (server-side, shown this once; keep it safe)',
        `    ${program.newKey}`,
        '',
        '  What to do next',
        `    1. Open ${program.url} and make your account with this key.`,
        '    2. Import people from a CSV file, or POST /api/users/bulkUpdate.',
        `    3. Make a template, send a test, and read it on a handset at ${program.simulatorUrl}`,
        '    4. Launch a campaign to a list, and answer it from a handset.',
      ]
    : [];
  return [
    '',
    '  Carillon is ready',
    `    Console     ${program.url}`,
    `    API         ${program.url}/api  (documentation: ${program.url}/api/docs)`,
    `    Simulator   ${program.simulatorUrl}  (handsets and what reached them)`,
    `    Database    ${settings.databaseUrl ? 'DATABASE_URL' : `embedded, in ${settings.dataDir}`}`,
    ...key,
    '',
    '',
  ].join('\n');
}
