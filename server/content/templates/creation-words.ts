import type { VerdictWords } from './verdict-words.ts';

/** What Meta refuses of a new template, by its `error_subcode` (Cloud API, message templates; as read 2026-11-28). */
const refusals: Readonly<Record<string, VerdictWords & { remedy: string }>> = {
  2388019: {
    words: 'the account has as many templates as Meta allows, each language counting as one',
    remedy:
      'Delete some at Meta that you do not use. An account without verification may have 250, a verified one 6,000.',
  },
  2388023: {
    words: 'a template of this name was deleted at Meta, which keeps the name for 30 days',
    remedy: 'Give it another name with Meta (providerName), and submit it again.',
  },
  2388024: {
    words: 'Meta has another text of this name and language already',
    remedy: 'Give it another name with Meta (providerName), or change the one that is there.',
  },
  2388040: { words: 'a part of it is too long for Meta', remedy: 'Make that part shorter.' },
  2388047: {
    words: 'its header is not as Meta wants it',
    remedy: 'Take out line breaks, emoji, asterisks and other marks, and have one variable at most.',
  },
  2388072: {
    words: 'its body is not as Meta wants it',
    remedy: 'Put words between variables, and no more than two line breaks in a row.',
  },
  2388073: {
    words: 'its footer is not as Meta wants it',
    remedy: 'A footer is one line of plain words, without variables.',
  },
  2388293: {
    words: 'it has too many variables for its length',
    remedy: 'Write more words around them, or fewer variables.',
  },
  2388299: {
    words: 'a variable stands at the beginning or the end',
    remedy: 'Write words before the first variable and after the last.',
  },
};

/** Meta's reason for not taking a template, in plain words with the remedy; null for one that is not known. */
export const creationWords = (subcode: string): (VerdictWords & { remedy: string }) | null =>
  refusals[subcode] ?? null;
