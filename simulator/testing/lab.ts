import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Simulator, startSimulator } from '../index.ts';
import type { LedgerMessage } from '../ledger/entry.ts';
import { type Customer, startCustomer } from './customer.ts';

/** The account that all tests send with. */
export const account = { sid: 'AC00000000000000000000000000000001', token: '12345' };

/** A simulator of its own, a customer beside it, and how to talk to both. */
export interface Lab {
  simulator: Simulator;
  customer: Customer;
  dataDir: string;
  /** Moves the network's clock on; it stands still otherwise. */
  pass(milliseconds: number): void;
  /** Stops the simulator and starts it again on the same data. */
  restart(): Promise<void>;
  /** Calls the control API (or Meta's) with JSON. */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; json: unknown }>;
  /** Posts a message on Twilio's wire. */
  text(fields: Record<string, string>): Promise<{ status: number; json: unknown }>;
  /** Messages in the ledger. */
  ledger(query?: Record<string, string>): Promise<LedgerMessage[]>;
}

const Answer = Compile(Type.Object({ messages: Type.Array(Type.Unsafe<LedgerMessage>(Type.Unknown())) }));

async function answerOf(response: Response): Promise<{ status: number; json: unknown }> {
  const text = await response.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, json };
}

/** Starts a simulator with receipts at once and no one who reads, and stops it after the test. */
export async function startLab(context: TestContext): Promise<Lab> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-simulator-'));
  const customer = await startCustomer();
  let instant = Date.now();
  const start = () =>
    startSimulator({ port: 0, host: '127.0.0.1', smtpPort: 0, dataDir, now: () => instant });
  const lab: Lab = {
    simulator: await start(),
    customer,
    dataDir,
    pass(milliseconds) {
      instant += milliseconds;
    },
    async restart() {
      await lab.simulator.close();
      lab.simulator = await start();
    },
    async call(method, path, body, token) {
      const headers: Record<string, string> =
        body === undefined ? {} : { 'content-type': 'application/json' };
      if (token !== undefined) headers.authorization = `Bearer ${token}`;
      const json = body === undefined ? undefined : JSON.stringify(body);
      return answerOf(await fetch(lab.simulator.url + path, { method, headers, body: json }));
    },
    async text(fields) {
      const authorization = `Basic ${btoa(`${account.sid}:${account.token}`)}`;
      const path = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
      const body = new URLSearchParams(fields);
      return answerOf(
        await fetch(lab.simulator.url + path, { method: 'POST', headers: { authorization }, body }),
      );
    },
    async ledger(query = {}) {
      const { json } = await lab.call('GET', `/ledger?${new URLSearchParams(query)}`);
      return Answer.Check(json) ? json.messages : [];
    },
  };
  context.after(async () => {
    await lab.simulator.close();
    await customer.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  await lab.call('PUT', '/behaviour', { receiptDelayMs: { min: 0, max: 0 }, read: 0, templateReviewMs: 0 });
  return lab;
}
