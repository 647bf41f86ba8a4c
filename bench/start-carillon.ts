import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../server/database/embedded.ts';
import { newFolder, type Running, startProgramProcess, startSimulatorProcess } from './process.ts';

/** A Carillon of its own: database, simulator and program, each a process. */
export interface Carillon {
  database: { url: string; pid: number };
  simulator: Running;
  program: Running;
  apiKey: string;
  /** Of its data; gone with it. */
  folder: string;
  /** Starts the program again where it was, once it has ended, and answers it when it is ready. */
  startAgain(): Promise<Running>;
}

/**
 * Starts database, simulator and program afresh, each a process of its own, with whatever of them is running left to `stack`
 * to stop. `profile` is a folder for CPU profiles of the program.
 */
export async function startCarillon(
  stack: AsyncDisposableStack,
  profile: string | null = null,
): Promise<Carillon> {
  const folder = await newFolder();
  stack.defer(folder.remove);
  const database = await startEmbeddedPostgres(join(folder.path, 'database'));
  stack.defer(database.stop);
  const simulator = await startSimulatorProcess(folder.path);
  stack.defer(simulator.stop);
  const apiKey = randomBytes(24).toString('hex');
  const settings = {
    ...{ databaseUrl: database.url, simulatorUrl: simulator.url },
    ...{ folder: folder.path, apiKey, profile },
  };
  const program = await startProgramProcess(settings);
  stack.defer(program.stop);
  const startAgain = async () => {
    const again = await startProgramProcess({ ...settings, port: Number(new URL(program.url).port) });
    stack.defer(again.stop);
    return again;
  };
  return { database, simulator, program, apiKey, folder: folder.path, startAgain };
}
