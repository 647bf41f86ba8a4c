import type { Guard } from '../outbound/guard.ts';
import { createExchanges, type Exchanges } from './exchange.ts';
import type { OpenWire } from './sending.ts';
import type { CodeMeaning, Wire, WireErrors } from './wire.ts';

/** The wires that a program is made with. */
export interface Wires {
  readonly all: readonly Wire[];
  /** The wire of a name; undefined where this program has none such. */
  named(name: string): Wire | undefined;
}

/** Puts wires together. Throws where two have one name: their accounts and callbacks could not be told apart. */
export function wiresOf(all: readonly Wire[]): Wires {
  const byName = new Map(all.map((wire) => [wire.name, wire]));
  if (byName.size < all.length) throw new Error(`two wires have one name: ${all.map(({ name }) => name)}`);
  return { all, named: (name) => byName.get(name) };
}

/** The wires with connections that all of a thread's work shares. */
export interface Providers {
  known: Wires;
  /** Each wire by its name, ready to send. */
  wires: Readonly<Record<string, OpenWire>>;
  /** For what is asked of a provider besides sending. */
  exchanges: Exchanges;
  /** Lets what is under way end, then closes every connection. */
  close(): Promise<void>;
}

declare module '../http/context.ts' {
  interface Context {
    providers: Providers;
  }
}

/** Opens the wires; `guard` says where they may lead. */
export function openProviders(guard: Guard, known: Wires): Providers {
  const exchanges = createExchanges(guard);
  const open = known.all.map((wire) => wire.open({ guard, exchanges }));
  return {
    known,
    wires: Object.fromEntries(open.map((wire) => [wire.name, wire])),
    exchanges,
    close: async () => {
      await Promise.all([exchanges.close(), ...open.map((wire) => wire.close?.())]);
    },
  };
}

const unknownCode: CodeMeaning = { errorClass: 'permanent', meaning: '' };

/** Explains the code of a refusal or of a `failed` receipt. One that its wire does not know is `permanent`. */
export function meaningOf(wire: WireErrors | undefined, code: string | null | undefined): CodeMeaning {
  return (code ? wire?.errorOf(code) : undefined) ?? unknownCode;
}
