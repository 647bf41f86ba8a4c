import type { AccountSetUp } from './account-set-up.ts';
import type { AccountShape } from './account-shape.ts';
import type { WireCallback } from './callback.ts';
import type { ErrorClass, Waits } from './error-class.ts';
import type { ErrorRow } from './error-table.ts';
import type { FlowManagement } from './flow-management.ts';
import type { NumberManagement } from './number-management.ts';
import type { OpenWire } from './sending.ts';
import type { SimulatedSide } from './simulated.ts';
import type { TemplateApproval } from './template-approval.ts';
import type { WireGround } from './wire-ground.ts';

/**
 * A wire is a provider's protocol, whole: what its folder exports, and all that the rest of the program knows of it. It
 * knows nothing of campaigns, users or consent. Each lives in a folder of its own, is named in one list
 * (`built-in.ts`) and is proven by the same contract tests (`wire.contract.ts`).
 */
export interface Wire extends WireErrors {
  /** Stands in rows and addresses (`/callbacks/<name>/…`), so it never changes. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Names of the media it carries. */
  readonly media: readonly string[];
  readonly account: AccountShape;
  /** How an account is connected step by step; without it all fields are asked for at once and nothing is looked at. */
  readonly setUp?: AccountSetUp;
  /** Opens connections by which messages leave. */
  open(ground: WireGround): OpenWire;
  /** Where the provider calls us; none where it tells nothing by itself. */
  readonly callbacks: readonly WireCallback[];
  /** What is wrong with what a sender is known by on the wire, field and remedy; null where nothing is. */
  wireAddressFault?(wireAddress: string): string | null;
  /** Where the provider must approve templates before they are sent. */
  readonly templates?: TemplateApproval;
  /** Where its numbers are accounts of their own at the provider. */
  readonly numbers?: NumberManagement;
  /** Where people can fill in forms of several screens within the chat. */
  readonly flows?: FlowManagement;
  readonly simulated?: SimulatedSide;
}

/** What a wire knows of failures. */
export interface WireErrors {
  /** The row of a code of its provider's, of refusals and `failed` receipts alike; undefined for one that it does not know. */
  errorOf(code: string): CodeMeaning | undefined;
  /** How long what was refused in answer to a post waits for its next try, where that is not as with most. */
  readonly waits?: Partial<Record<ErrorClass, Waits>>;
}

/** What a provider's code means and what to do about it: its row, of which a code that no table holds has least. */
export type CodeMeaning = Pick<ErrorRow, 'meaning' | 'errorClass'> &
  Partial<
    Pick<ErrorRow, 'retryAfterMs' | 'growth' | 'maxRetries' | 'promotionalOnly' | 'dayZone' | 'suppressAfter'>
  >;
