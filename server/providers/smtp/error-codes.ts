import type { ErrorClass } from '../error-class.ts';

/** Where in the dialogue a mail server said no. */
export type SmtpStage = 'connect' | 'auth' | 'sender' | 'recipient' | 'data';

/** One enhanced status code (`5.1.1`) or basic reply code (`550`), and what to do about it. */
export interface SmtpErrorRow {
  code: string;
  /** The row holds at this stage only; at every stage where it is missing. */
  stage?: SmtpStage;
  meaning: string;
  errorClass: ErrorClass;
}

/**
 * Reply codes of mail servers; the first row that fits holds, enhanced codes before basic ones. Source: RFC
 * 3463, RFC 5321 section 4.2 and IANA's registry of enhanced status codes; checked 2026-11-23.
 */
export const smtpErrors: readonly SmtpErrorRow[] = [
  { code: '5.1.1', meaning: 'no such mailbox', errorClass: 'badAddress' },
  { code: '5.1.2', meaning: 'no such mail domain', errorClass: 'badAddress' },
  { code: '5.1.3', meaning: 'not a valid mailbox', errorClass: 'badAddress' },
  { code: '5.1.6', meaning: 'mailbox has moved', errorClass: 'badAddress' },
  { code: '5.1.10', meaning: 'the domain takes no mail', errorClass: 'badAddress' },
  { code: '5.1.7', meaning: "the sender's address is not valid", errorClass: 'sender' },
  { code: '5.1.8', meaning: "the sender's domain does not exist", errorClass: 'sender' },
  { code: '5.2.1', meaning: 'mailbox disabled', errorClass: 'badAddress' },
  { code: '4.2.2', meaning: 'mailbox full', errorClass: 'later' },
  { code: '5.2.2', meaning: 'mailbox full', errorClass: 'later' },
  { code: '5.2.3', meaning: 'longer than the mailbox takes', errorClass: 'content' },
  { code: '5.3.4', meaning: 'larger than the server takes', errorClass: 'content' },
  { code: '5.7.1', stage: 'data', meaning: 'refused by policy', errorClass: 'content' },
  { code: '5.7.1', stage: 'sender', meaning: 'sender not authorised', errorClass: 'sender' },
  { code: '5.7.1', meaning: 'refused by policy', errorClass: 'permanent' },
  { code: '5.7.8', meaning: 'credentials refused', errorClass: 'account' },
  { code: '5.7.9', meaning: 'a stronger way to sign in is needed', errorClass: 'account' },
  { code: '5.7.20', meaning: 'no DKIM signature passed', errorClass: 'sender' },
  { code: '5.7.23', meaning: 'SPF failed', errorClass: 'sender' },
  { code: '5.7.25', meaning: 'reverse DNS failed', errorClass: 'sender' },
  { code: '5.7.26', meaning: 'several sender checks failed', errorClass: 'sender' },
  { code: '4.7.28', meaning: 'too much mail at once', errorClass: 'throttled' },
  { code: '5.7.28', meaning: 'too much mail at once', errorClass: 'throttled' },
  { code: '530', meaning: 'credentials needed', errorClass: 'account' },
  { code: '534', meaning: 'a stronger way to sign in is needed', errorClass: 'account' },
  { code: '535', meaning: 'credentials refused', errorClass: 'account' },
  { code: '538', meaning: 'encryption needed to sign in', errorClass: 'account' },
  { code: '550', stage: 'recipient', meaning: 'no such mailbox', errorClass: 'badAddress' },
  { code: '551', stage: 'recipient', meaning: 'user not local', errorClass: 'badAddress' },
  { code: '553', stage: 'recipient', meaning: 'mailbox name not allowed', errorClass: 'badAddress' },
  { code: '550', stage: 'sender', meaning: 'sender refused', errorClass: 'sender' },
  { code: '553', stage: 'sender', meaning: 'sender refused', errorClass: 'sender' },
  { code: '552', stage: 'recipient', meaning: 'mailbox full', errorClass: 'later' },
  { code: '552', stage: 'data', meaning: 'larger than the server takes', errorClass: 'content' },
  { code: '550', stage: 'data', meaning: 'refused as unwanted', errorClass: 'content' },
  { code: '554', stage: 'data', meaning: 'refused as unwanted', errorClass: 'content' },
];

/** A server's reply as it bears on a message. `code` is the enhanced code where it gave one. */
export interface SmtpVerdict {
  code: string;
  errorClass: ErrorClass;
}

/** Judges a reply: `replyCode` 400 to 599 and its whole text, which may hold an enhanced code. */
export function judgeSmtpReply(replyCode: number, text: string, stage: SmtpStage): SmtpVerdict {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/m.exec(text)?.[1];
  const row = rowOf(enhanced, stage) ?? rowOf(String(replyCode), stage);
  const errorClass = row?.errorClass ?? (replyCode < 500 ? 'transient' : 'permanent');
  return { code: enhanced ?? String(replyCode), errorClass };
}

/** The row of a code at a stage; without a stage, the first of that code. */
export function rowOf(code: string | undefined, stage?: SmtpStage): SmtpErrorRow | undefined {
  return smtpErrors.find(
    (row) => row.code === code && (stage === undefined || row.stage === undefined || row.stage === stage),
  );
}
