import { systemClock } from '../clock/clock.ts';
import { readSettings, SettingsError } from '../config/settings.ts';
import { journeysCommand } from './journeys-command.ts';
import { type Role, startProgram } from './program.ts';
import { projectCommand } from './project-command.ts';
import { keepHeapsSmall } from './small-heaps.ts';
import { startFault } from './start-fault.ts';
import { welcome } from './welcome.ts';

const roles: readonly string[] = ['all', 'api', 'worker', 'migrate'] satisfies Role[];

/** Does what the command line asks for: `[all | api | worker | migrate | project … | journeys …]`. */
export async function runCommand(): Promise<void> {
  await command().catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof SettingsError ? error.message : `Carillon could not start: ${error instanceof Error ? (error.stack ?? error.message) : error}`}\n`,
    );
    process.exit(1);
  });
}

async function command(): Promise<void> {
  if (process.argv[2] === 'project' || process.argv[2] === 'journeys') {
    const [settings, words] = [readSettings(process.env), process.argv.slice(3)];
    const done =
      process.argv[2] === 'project'
        ? await projectCommand(settings, words, systemClock)
        : await journeysCommand(settings, words);
    process[done.ok ? 'stdout' : 'stderr'].write(done.text);
    if (!done.ok) process.exitCode = 2;
    return;
  }
  const role = process.argv[2] ?? 'all';
  if (!roles.includes(role)) {
    process.stderr.write(
      `Unknown command ${JSON.stringify(role)}; give one of ${roles.join(', ')}, project, journeys, or none for all\n`,
    );
    process.exit(2);
  }
  keepHeapsSmall();
  const settings = readSettings(process.env);
  const program = await startProgram(settings, role as Role).catch((error: unknown) => {
    const fault = startFault(error, settings);
    throw fault === null ? error : new SettingsError(fault);
  });
  process.stdout.write(welcome(role as Role, settings, program));
  if (role === 'migrate') return program.stop();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    program.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Carillon did not stop cleanly: ${error}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
