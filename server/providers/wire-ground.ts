import type { Guard } from '../outbound/guard.ts';
import type { Exchanges } from './exchange.ts';

/** What wires work on. */
export interface WireGround {
  /** Says where connections may lead; all are made through it. */
  guard: Guard;
  /** HTTP connections that all of a thread's work shares. */
  exchanges: Exchanges;
}
