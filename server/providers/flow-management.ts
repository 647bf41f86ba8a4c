import type { Exchanges } from './exchange.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { ProviderAccount } from './sending.ts';

/** What a flow may be for, in the provider's words (Meta, Flows API). */
export const flowCategories = [
  ...(['SIGN_UP', 'SIGN_IN', 'APPOINTMENT_BOOKING', 'LEAD_GENERATION', 'CONTACT_US'] as const),
  ...(['CUSTOMER_SUPPORT', 'SURVEY', 'OTHER'] as const),
];

export type FlowCategory = (typeof flowCategories)[number];

/** What a provider finds wrong with a flow's JSON. */
export interface FlowFinding {
  /** The provider's code. */
  error: string;
  message: string;
  /** Where, as the provider says it: a pointer or a line; empty where it says nothing. */
  at: string;
}

/** A flow as its provider has it. */
export interface ProviderFlow {
  name: string;
  /** The provider's word: DRAFT, PUBLISHED, DEPRECATED, THROTTLED, BLOCKED. */
  status: string;
  findings: FlowFinding[];
  /** A page that shows it; null where there is none. */
  previewUrl: string | null;
  /** Until when that page is there. */
  previewUntil: Date | null;
}

type Done = { outcome: 'done' } | ProviderFailure;

/** How forms of several screens, which people fill in within the chat, are kept at a provider. */
export interface FlowManagement {
  create(
    account: ProviderAccount,
    flow: { name: string; categories: readonly FlowCategory[] },
    exchanges: Exchanges,
  ): Promise<{ outcome: 'created'; id: string } | ProviderFailure>;
  /** Changes what is said of a flow; what is left out stays. */
  update(
    account: ProviderAccount,
    id: string,
    change: { name?: string; categories?: readonly FlowCategory[]; endpoint?: string },
    exchanges: Exchanges,
  ): Promise<Done>;
  /** Puts the JSON of a draft in place of what it had. */
  upload(
    account: ProviderAccount,
    id: string,
    json: string,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'uploaded'; findings: FlowFinding[] } | ProviderFailure>;
  look(
    account: ProviderAccount,
    id: string,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'found'; flow: ProviderFlow } | ProviderFailure>;
  act(
    account: ProviderAccount,
    id: string,
    deed: 'publish' | 'deprecate' | 'delete',
    exchanges: Exchanges,
  ): Promise<Done>;
  /** Makes the public key known, by which phones that write to a number encrypt what they send to an endpoint. */
  registerKey(
    account: ProviderAccount,
    wireAddress: string,
    publicKey: string,
    exchanges: Exchanges,
  ): Promise<Done>;
  /** What the provider says of the key of a number: VALID, MISMATCH; null where it has none. */
  keyStatus(
    account: ProviderAccount,
    wireAddress: string,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'found'; status: string | null } | ProviderFailure>;
  readonly endpoint: FlowEndpoint;
}

/** How a provider calls an endpoint that a flow exchanges data with. */
export interface FlowEndpoint {
  /** The header that signs a call. */
  readonly signature: string;
  isSigned(account: ProviderAccount, body: Buffer, signature: string | undefined): boolean;
  /** Opens a call by one of these private keys (PEM); null where none does, or what is in it is no call. */
  open(body: Buffer, privateKeys: readonly string[]): OpenedFlowCall | null;
}

/** What a flow asks its endpoint, or tells it. */
export type FlowCall =
  | { kind: 'ping' }
  | { kind: 'error'; detail: string }
  | {
      kind: 'exchange';
      action: 'open' | 'back' | 'submit';
      /** On which the person is; empty as the flow opens. */
      screen: string;
      data: Readonly<Record<string, unknown>>;
      token: string;
    };

/** An opened call: with which request it came, for who must not answer one request in two ways, and how it is answered. */
export interface OpenedFlowCall {
  call: FlowCall;
  /** Of the key and the starting value that the answer is encrypted with: two answers to one would give both away. */
  requestKey: string;
  /** The answer as it goes out. */
  seal(answer: FlowReply): string;
}

/** What a flow's endpoint answers. */
export type FlowReply =
  | { kind: 'alive' }
  | { kind: 'noted' }
  | { kind: 'screen'; screen: string; data: Readonly<Record<string, unknown>> }
  /** The flow is over; the fields come back in the person's answer. */
  | { kind: 'end'; token: string; fields: Readonly<Record<string, unknown>> }
  | { kind: 'fault'; message: string };

/** What a provider says of a flow of its own accord. */
export interface FlowUpdate {
  /** Settings of the account that holds it, by which it is known. */
  heldBy: Readonly<Record<string, string>>;
  flowId: string;
  /** The provider's word: FLOW_STATUS_CHANGE, ENDPOINT_ERROR_RATE, … */
  event: string;
  message: string;
  /** Of a change of status. */
  status?: string;
  /** Of an alert, whether it began or ended. */
  isOver?: boolean;
  at: Date;
}
