import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestProcess, type TestProcess } from './process.ts';
import { exchange, freePort, until } from './program.ts';

/** The program and the carriers as processes of their own, as they are in life: either may die alone. */
export interface ProgramApart {
  /** Where the program answers, and the first project's key. */
  url: string;
  key: string;
  /** The program that runs now. */
  program: TestProcess;
  /** Starts it anew after a kill, at the same address and on the same data. */
  restart(): Promise<void>;
  /** Calls the API with the first project's key; throws with the answer when it is not a 2xx. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>;
  /** The same with a form, or for what is no JSON: the answer's text. */
  text(path: string, form?: FormData): Promise<string>;
  /** Calls the simulator's control API. */
  simulator<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** Ends all of it, whatever fails. */
  close(): Promise<void>;
}

/** A folder for the data of all processes; other users may walk into it, as the database's does under root. */
export async function newApartFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'carillon-apart-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

const key = 'a-key-for-tests-only-0123456789';

/**
 * Starts the simulator and the program, its DATA_DIR the folder `program` in `folder`; on the embedded database
 * unless given another one's address.
 */
export async function startProgramApart(folder: string, databaseUrl: string | null): Promise<ProgramApart> {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const [url, simulatorUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${simulatorPort}`];
  const ofCarriers = {
    SIMULATOR_PORT: String(simulatorPort),
    SIMULATOR_SMTP_PORT: '0',
    DATA_DIR: join(folder, 'carriers'),
  };
  const ofProgram = {
    PORT: String(port),
    DATA_DIR: join(folder, 'program'),
    SIMULATOR_URL: simulatorUrl,
    CARILLON_API_KEY: key,
    OUTBOUND_ALLOW: 'localhost',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const startProgram = () => startTestProcess('server/main.ts', [], ofProgram, `${url}/readyz`);
  const carriers = await startTestProcess('simulator/main.ts', [], ofCarriers, `${simulatorUrl}/healthz`);
  const program = await startProgram().catch(async (error: unknown) => {
    await carriers.kill();
    throw error;
  });
  const apart: ProgramApart = {
    ...{ url, key, program },
    restart: async () => {
      apart.program = await startProgram();
    },
    call: (method, path, body, headers) => exchange(method, url + path, { 'Api-Key': key, ...headers }, body),
    text: async (path, form) => {
      const answer = await fetch(url + path, {
        ...{ method: form ? 'POST' : 'GET', headers: { 'Api-Key': key } },
        body: form ?? null,
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
      return text;
    },
    simulator: (method, path, body) => exchange(method, simulatorUrl + path, {}, body),
    close: async () => {
      try {
        await apart.program.stop();
      } finally {
        await apart.program.kill();
        await carriers.kill();
      }
    },
  };
  await until('the simulator to know the senders', async () => {
    const { numbers } = await apart.simulator<{ numbers: unknown[] }>('GET', '/numbers');
    return numbers.length > 0 ? numbers : null;
  });
  return apart;
}

/** A message as GET /api/messages lists it. */
export interface ListedMessage {
  messageId: string;
  status: string;
  toAddress: string | null;
  skipReason: string | null;
  errorCode: string | null;
  createdAt: number;
}

/** All messages of a campaign, or those of one status. */
export async function messagesOf(
  apart: Pick<ProgramApart, 'call'>,
  campaignId: number,
  status?: string,
): Promise<ListedMessage[]> {
  const all: ListedMessage[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ campaignId: String(campaignId), limit: '1000' });
    if (status) query.set('status', status);
    if (after) query.set('after', after);
    const page = await apart.call<{ messages: ListedMessage[]; nextAfter?: string }>(
      'GET',
      `/api/messages?${query}`,
    );
    all.push(...page.messages);
    after = page.nextAfter;
  } while (after);
  return all;
}

/** A message that reached the network. */
export interface LedgerLine {
  wire: string;
  to: string;
  body: string;
  status: string;
  errorCode: number | null;
  statusCallback: string;
}

/** Every message that reached the network, in order of arrival. */
export async function readLedger(apart: Pick<ProgramApart, 'simulator'>): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  let cursor: string | number | null = 0;
  while (cursor !== null) {
    const page: { messages: LedgerLine[]; next: string | number | null } = await apart.simulator(
      'GET',
      `/ledger?limit=10000&cursor=${cursor}`,
    );
    lines.push(...page.messages);
    cursor = page.next;
  }
  return lines;
}
