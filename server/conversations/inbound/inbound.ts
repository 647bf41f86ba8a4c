import type { Medium, Purpose } from '../../database/schema.ts';
import type { UserRef } from '../../users/identity.ts';
import type { ReplyMeaning } from '../keywords/classify-reply.ts';

/** The sender a person wrote to. */
export interface WrittenSender {
  id: number;
  kind: 'longCode' | 'shortCode' | 'tollFree' | 'alphanumeric' | 'whatsApp' | 'email';
  medium: Medium;
  purpose: Purpose;
  address: string;
}

/** What a person wrote, with who they are and to whom. */
export interface Inbound {
  projectId: number;
  user: UserRef;
  /**
   * Everybody whom the message's keys name, `user` among them: a number and a WhatsApp user id may belong to two
   * users, and one who wants no more is both of them.
   */
  users: readonly UserRef[];
  sender: WrittenSender;
  /** The number or WhatsApp user id it came from. */
  address: string;
  body: string;
  providerMessageId: string;
  meaning: ReplyMeaning;
  /** The provider has acted on the word itself, and answered it. */
  handledByProvider: boolean;
  /** When it was written, by the provider: messages come in any order, and late ones are repeated for days. */
  writtenAt: Date;
  /** When it came to us. */
  at: Date;
}
