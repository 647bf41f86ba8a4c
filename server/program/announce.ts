import { askToConfirm } from '../conversations/double-opt-in.ts';
import type { Announce } from '../http/happenings.ts';
import { tellHappenings } from '../webhooks/tell-happenings.ts';

/** Passes what happened to people on to those who act on it: requests to confirm an opt-in, outgoing webhooks. */
export function announceTo(publicUrl: string): Announce {
  return async (transaction, happenings) => {
    const standings = happenings.filter((each) => each.kind === 'standing');
    const pending = standings.filter((each) => each.status === 'pending');
    if (pending.length > 0) await askToConfirm(transaction, publicUrl, pending);
    await tellHappenings(transaction, happenings);
  };
}
