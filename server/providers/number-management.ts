import type { Finding } from './account-set-up.ts';
import type { Exchanges } from './exchange.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { ProviderAccount } from './sending.ts';

/** How a number that is an account of its own at the provider (a WhatsApp number) is registered, shown and looked at. */
export interface NumberManagement {
  look(
    account: ProviderAccount,
    wireAddress: string,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'found'; number: ManagedNumber } | ProviderFailure>;
  change(
    account: ProviderAccount,
    wireAddress: string,
    change: NumberChange,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'done' } | (ProviderFailure & { remedy?: string })>;
}

/** A number as its provider has it. Words in capitals are the provider's, and may be new ones. */
export interface ManagedNumber {
  displayName: string;
  /** Whether the display name is approved: APPROVED, DECLINED, PENDING_REVIEW, AVAILABLE_WITHOUT_REVIEW, EXPIRED, NONE. */
  nameStatus: string;
  isRegistered: boolean;
  isVerified: boolean;
  isPinSet: boolean;
  /** Whether it bears the official badge. */
  isOfficial: boolean;
  /** GREEN, YELLOW, RED, UNKNOWN. */
  quality: string;
  /** How many people may be written to in 24 hours outside their sessions: TIER_250, TIER_2K, … */
  limit: string;
  profile: NumberProfile;
  iceBreakers: string[];
  commands: NumberCommand[];
  /** Where the application for the badge stands: NOT_STARTED, PENDING, APPROVED, REJECTED, CANCELLED; null where it is not told. */
  badge: string | null;
  /** What is wrong with the number or due, with the remedy. */
  findings: Finding[];
}

/** What people see of the business behind a number. */
export interface NumberProfile {
  about: string;
  address: string;
  description: string;
  email: string;
  websites: string[];
  vertical: string;
  pictureUrl: string | null;
}

/** What somebody may type after a stroke. */
export interface NumberCommand {
  name: string;
  description: string;
}

/** What may be done with a number. */
export type NumberChange =
  | { kind: 'register'; pin: string }
  | { kind: 'deregister' }
  | { kind: 'requestCode'; method: 'SMS' | 'VOICE'; language: string }
  | { kind: 'verifyCode'; code: string }
  /** `pictureHandle` stands for an uploaded picture. */
  | { kind: 'profile'; profile: Partial<Omit<NumberProfile, 'pictureUrl'>> & { pictureHandle?: string } }
  | { kind: 'conversation'; iceBreakers: readonly string[]; commands: readonly NumberCommand[] }
  | { kind: 'badge'; action: 'submit' | 'withdraw' | 'resubmit' };
