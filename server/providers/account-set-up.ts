import type { ProviderAccount } from './sending.ts';
import type { WireGround } from './wire-ground.ts';

/** What accounts are looked at on. */
export interface CheckGround extends WireGround {
  now: Date;
}

/** Something that was looked at in an account at its provider, in words for whoever set it up. */
export interface Finding {
  /** What was looked at: `Sign-in`, `Webhook`, a sender's address. */
  about: string;
  /** `fault`: nothing goes, or something is lost, until it is mended; `notice`: it goes, with something to know. */
  state: 'ok' | 'notice' | 'fault';
  /** What was found. */
  found: string;
  /** What to do about it; null where there is nothing to do. */
  remedy: string | null;
  /** What mends it, where it is no value of the account: setting the provider's webhooks by call, or whoever runs this program. */
  mendedBy?: 'webhooks' | 'operator';
}

/** A number, code or name that an account has at its provider. */
export interface FoundNumber {
  /** A kind of sender. */
  kind: string;
  /** What people see: E.164, a short code, a name. */
  address: string;
  /** What the wire knows it by, where that is another. */
  wireAddress?: string;
  /** What it is called at the provider. */
  name: string;
  /** What is to be known before it is taken, such as that it is not registered yet; null for nothing. */
  notice: string | null;
}

/** A sender as its provider knows it. */
export interface KnownSender {
  kind: string;
  address: string;
  wireAddress: string;
}

/** What is asked for at a time when an account is connected, and how it is looked at with the provider. */
export interface AccountStep {
  /** Stands in calls: `signIn`. */
  readonly name: string;
  readonly title: string;
  /** Where the values are found in the provider's own console. */
  readonly about: string;
  /** Names of settings and secrets. */
  readonly fields: readonly string[];
  /**
   * Looks with the provider whether what was given holds. Of the account only the fields of this step and of those before
   * it are there. Never throws.
   */
  check(account: ProviderAccount, ground: CheckGround): Promise<Finding[]>;
}

/** How an account is connected, and looked over later. */
export interface AccountSetUp {
  readonly steps: readonly AccountStep[];
  /** The account's numbers that may be senders; none where the provider knows of none (a mail server). */
  numbers?(account: ProviderAccount, ground: CheckGround): Promise<NumbersFound>;
  readonly webhooks?: WebhookSetUp;
  /** What there is to know of senders: quality, limits, registration; none where the provider tells nothing. */
  standing?(
    account: ProviderAccount,
    senders: readonly KnownSender[],
    ground: CheckGround,
  ): Promise<Finding[]>;
}

/** What an account has of numbers; in `problem` why they could not be listed. */
export type NumbersFound = { numbers: FoundNumber[] } | { problem: Finding };

/** How a provider is told where to call. `callbacks` is where an account is called: `https://…/callbacks/<wire>/<id>`. */
export interface WebhookSetUp {
  /** What to enter in the provider's own console where it cannot be set by call, or shall not be. */
  toCopy(callbacks: string): { where: string; address: string }[];
  /** Tells the provider, and says of each thing what came of it. */
  set(
    account: ProviderAccount,
    senders: readonly KnownSender[],
    callbacks: string,
    ground: CheckGround,
  ): Promise<Finding[]>;
  /** Whether the provider calls there. */
  check(
    account: ProviderAccount,
    senders: readonly KnownSender[],
    callbacks: string,
    ground: CheckGround,
  ): Promise<Finding[]>;
}

/** A finding of what is as it should be. */
export const fine = (about: string, found: string): Finding => ({ about, state: 'ok', found, remedy: null });

/** A finding of what keeps something from going. */
export const fault = (about: string, found: string, remedy: string): Finding => ({
  ...{ about, state: 'fault', found, remedy },
});

/** A finding of what is to be known. */
export const notice = (about: string, found: string, remedy: string | null = null): Finding => ({
  ...{ about, state: 'notice', found, remedy },
});
