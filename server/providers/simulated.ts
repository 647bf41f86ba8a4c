import type { ProviderAccount } from './sending.ts';

/** Where the simulator listens: it plays HTTP providers on one port and the mail server on another. */
export interface SimulatorPlace {
  url: string;
  smtp: { host: string; port: number };
}

/** What a wire knows of the simulator's side of it, where it has one. */
export interface SimulatedSide {
  /** Settings that lead an account to the simulator. */
  settingsAt(simulator: SimulatorPlace): Readonly<Record<string, unknown>>;
  /** The rest of a new account there. */
  newAccount(): {
    settings: Readonly<Record<string, unknown>>;
    secrets: Readonly<Record<string, unknown>>;
  };
  /** What a new sender is known by on the wire, where that is not its address. */
  newWireAddress?(): string;
  /**
   * What the simulator is told so that it knows an account and its senders, as an operator tells a provider in its own
   * console. `callbacks` is where the account is called: `https://…/callbacks/<wire>/<id>`.
   */
  registrations(
    account: ProviderAccount,
    senders: readonly SimulatedSender[],
    callbacks: string,
  ): Registration[];
}

/** A sender as the simulator is told of it. */
export interface SimulatedSender {
  address: string;
  wireAddress: string;
  kind: string;
}

/** One call that puts something into the simulator. */
export interface Registration {
  path: string;
  body: object;
}
