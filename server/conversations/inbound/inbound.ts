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
  sender: WrittenSender;
  /** The number or WhatsApp user id it came from. */
  address: string;
  body: string;
  meaning: ReplyMeaning;
  /** The provider has acted on the word itself, and answered it. */
  handledByProvider: boolean;
  at: Date;
}
