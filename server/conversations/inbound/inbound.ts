import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { Context } from '../../http/context.ts';
import type { Medium, SenderKind } from '../../medium/media.ts';
import type { UserRef } from '../../users/identity.ts';
import type { ReplyMeaning } from '../keywords/reply-meaning.ts';

/** The sender a person wrote to. */
export interface WrittenSender {
  id: number;
  kind: SenderKind;
  medium: Medium;
  purpose: Purpose;
  address: string;
}

/** What a person wrote, with who they are and to whom. */
export interface Inbound {
  projectId: number;
  user: UserRef;
  /**
   * Everybody whom the message may be from, `user` among them: a number may be shared, and belong to another user than
   * the WhatsApp user id; one who wants no more is all of them.
   */
  users: readonly UserRef[];
  sender: WrittenSender;
  /** The number or WhatsApp user id it came from, as the network spells it. */
  address: string;
  /** The same and, where the profile spells the number otherwise, that. */
  addresses: readonly string[];
  body: string;
  providerMessageId: string;
  /** Our message that it answers, as far as it is known and in the writer's lane. */
  answers: number | null;
  meaning: ReplyMeaning;
  /** The provider has acted on the word itself, and answered it. */
  handledByProvider: boolean;
  /** When it was written, by the provider: messages come in any order, and late ones are repeated for days. */
  writtenAt: Date;
  /** When it came to us. */
  at: Date;
  /** Whether the writer is still there; they stay until the transaction ends. */
  isThere(db: Database): Promise<boolean>;
  /**
   * Keeps the message and announces it, in the caller's transaction; false where it is kept already. `obeyed`: it was a word, and
   * what it stands for is done.
   */
  keep(within: Pick<Context, 'db' | 'announce'>, obeyed: boolean): Promise<boolean>;
}
