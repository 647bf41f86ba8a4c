import type { TargetKind, WishAction } from './standing.ts';

/** What a person wants of a channel or message type, with what proves it. */
export interface Wish {
  lane: number;
  userId: number;
  projectId: number;
  action: WishAction;
  kind: TargetKind;
  targetId: number;
  /** The phone number, WhatsApp user id or email address that the wish is about, where it is about one. */
  address: string | null;
  /** keyword, reply, api, import, webForm, paper, inPerson, console, link, provider, doubleOptIn, … */
  method: string;
  /** Where it was given: a page, a file and row, a sender's number, a key's name. Never empty. */
  source: string;
  /** The text the person agreed to, or wrote. */
  wording?: string | null;
  ip?: string | null;
  /** When the person acted; a time after `at` counts as `at`. */
  happenedAt: Date;
  /** Nobody told when the person acted: `happenedAt` is when it was said, and the wish undoes no opt-out. */
  undated?: boolean;
  /** It counts only while the address is the person's: one that they have given up since is none of theirs. */
  onlyThere?: boolean;
}
