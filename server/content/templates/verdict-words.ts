import type { Approval } from './approval.ts';

/** What a provider's verdict means for whoever wrote the template, and what to do about it; null where there is nothing to do. */
export interface VerdictWords {
  words: string;
  remedy: string | null;
}

/** Meta's reasons for a refusal (Cloud API, webhook message_template_status_update; as read 2026-11-28). */
const refusals: Readonly<Record<string, VerdictWords>> = {
  ABUSIVE_CONTENT: {
    words: 'Meta finds that it threatens, insults or puts somebody down',
    remedy:
      'Say the same without reproach, then submit it again. If you find Meta wrong, appeal in WhatsApp Manager.',
  },
  CATEGORY_NOT_AVAILABLE: {
    words: 'This account may not have templates of this category',
    remedy: 'Choose another category, or see in WhatsApp Manager what the account lacks for this one.',
  },
  INCORRECT_CATEGORY: {
    words: 'Its words are not of the category it was submitted as',
    remedy:
      'Utility is about something the person did or asked for, without any offer. Take the offer out, or submit it as Marketing.',
  },
  INVALID_FORMAT: {
    words: 'Something of its form is not as Meta wants it',
    remedy:
      'Look for a variable at the beginning or end, two side by side, a variable whose example does not fit, a link that is not whole, or a mistake in spelling; mend it and submit it again.',
  },
  PROMOTIONAL: {
    words: 'It advertises, and was submitted as Utility',
    remedy: 'Submit it as Marketing, or take out what advertises.',
  },
  SCAM: {
    words: 'Meta takes it for a fraud: it asks for money, codes, card numbers or the like',
    remedy:
      'Ask for nothing secret, name your business, and link to your own domain only. If you find Meta wrong, appeal in WhatsApp Manager.',
  },
  TAG_CONTENT_MISMATCH: {
    words: 'Its words are in another language than it was submitted as',
    remedy: 'Choose the language that it is written in, and put no other language into it.',
  },
};

/** What each of Meta's words for a template's standing means, but for APPROVED, of which nothing is to be said. */
const standings: Readonly<Record<string, VerdictWords>> = {
  PENDING: { words: 'Meta is looking at it: mostly minutes, at most a day', remedy: null },
  IN_APPEAL: { words: 'Meta looks at it once more after your appeal', remedy: null },
  REJECTED: { words: 'Meta refused it', remedy: 'Mend it and submit it again; it keeps its name.' },
  PAUSED: {
    words:
      'Many people block or report it, so Meta has paused it: the first time for 3 hours, the second for 6, and the third disables it for good',
    remedy:
      'Write it so that people want it, or to fewer: only those who asked for it. A changed text is submitted under the same name and looked at anew. A pause by pacing must be ended by hand.',
  },
  DISABLED: {
    words: 'Meta disabled it for good, since people kept blocking or reporting it, or it broke a policy',
    remedy: 'Write another that people want; this one cannot be brought back.',
  },
  ARCHIVED: {
    words: 'It was not used for long, so Meta has put it away',
    remedy: 'Bring it back in WhatsApp Manager.',
  },
  LOCKED: {
    words: 'Meta has locked it: it can be neither sent nor changed',
    remedy: 'See in WhatsApp Manager what the account lacks.',
  },
  LIMIT_EXCEEDED: {
    words: 'The account has as many templates as Meta allows',
    remedy:
      'Delete some at Meta that you do not use, then submit this one again. A verified business may have 6,000.',
  },
  PENDING_DELETION: { words: 'It is being deleted at Meta', remedy: null },
  DELETED: {
    words: 'It was deleted at Meta',
    remedy: 'Change it and submit it: it gets another name, since Meta keeps a deleted name for 30 days.',
  },
};

/** A verdict in plain words with the remedy: Meta's own advice before ours. Null where it says nothing but that it may be sent. */
export function verdictWords({
  status,
  reason,
  advice,
}: Pick<Approval, 'status' | 'reason' | 'advice'>): VerdictWords | null {
  if (status === 'APPROVED') return null;
  const known = (reason === null ? undefined : refusals[reason]) ?? standings[status];
  const told = reason === null || refusals[reason] || !/[a-z]/.test(reason) ? '' : `: ${reason}`;
  return {
    words: `${known?.words ?? `It is ${status.replaceAll('_', ' ').toLowerCase()} at Meta`}${told}`,
    remedy: advice ?? known?.remedy ?? null,
  };
}
