import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Database } from '../database/connect.ts';
import type { Wake } from '../lanes/wake.ts';
import type { Guard } from '../outbound/guard.ts';
import type { Announce, ListensFor } from './happenings.ts';
import type { FindUses } from './uses.ts';

/** What every route needs, handed to it as an argument. */
export interface Context {
  db: Database;
  clock: Clock;
  secrets: Secrets;
  /** Says where calls out may go. */
  outbound: Guard;
  /** Start of callback and short-link addresses; no slash at the end. */
  publicUrl: string;
  log: FastifyBaseLogger;
  /** Tells workers what is due now, or that anything may be, so that they need not look first. */
  wake(wakes?: readonly Wake[]): void;
  /** Who needs a thing that is to be deleted. */
  findUses: FindUses;
  /** Tells of what happened to people, in the transaction in which it happened. */
  announce: Announce;
  listensFor: ListensFor;
  /** Resolves when whoever was enabled before the call to listen hears of all that happens from now on, in all processes. */
  listenersRenewed(): Promise<void>;
}

/** Who calls: set on each request under `/api` before its route runs. */
export interface Caller {
  project: CallerProject;
  /** What the caller may do: a read-only key may not change anything. */
  access: 'server' | 'readOnly';
  /** How the ledger names the caller: the API key's name or the console user's email. */
  name: string;
}

/** The caller's project with the settings that routes need again and again. */
export interface CallerProject {
  id: number;
  name: string;
  brand: string;
  defaultCountry: string;
  timeZone: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}
