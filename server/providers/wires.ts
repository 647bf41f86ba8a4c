import type { ErrorRow } from './error-table.ts';
import { sharedExchanges } from './exchange.ts';
import { metaError } from './meta/error-codes.ts';
import { metaWire } from './meta/meta-wire.ts';
import { rowOf as smtpError } from './smtp/error-codes.ts';
import { smtpWire } from './smtp/smtp-wire.ts';
import { twilioError } from './twilio/error-codes.ts';
import { twilioWire } from './twilio/twilio-wire.ts';
import type { Wire, WireName } from './wire.ts';

/** Every wire there is. */
export const wires: Readonly<Record<WireName, Wire>> = { twilio: twilioWire, meta: metaWire, smtp: smtpWire };

/** The wire that carries a medium. */
export function wireFor(medium: 'sms' | 'whatsApp' | 'email'): WireName {
  const carriers = { sms: 'twilio', whatsApp: 'meta', email: 'smtp' } as const;
  return carriers[medium];
}

/** What a provider's code means and what to do about it: its row, of which a code that no table holds has least. */
export type CodeMeaning = Pick<ErrorRow, 'meaning' | 'errorClass'> &
  Partial<
    Pick<ErrorRow, 'retryAfterMs' | 'growth' | 'maxRetries' | 'promotionalOnly' | 'dayZone' | 'suppressAfter'>
  >;

const unknownCode: CodeMeaning = { errorClass: 'permanent', meaning: '' };

/** Explains the code of a refusal or of a `failed` receipt. One that no table holds is `permanent`. */
export function meaningOf(wire: WireName, code: string | undefined): CodeMeaning {
  const lookUps = { twilio: twilioError, meta: metaError, smtp: smtpError };
  return (code === undefined ? undefined : lookUps[wire](code)) ?? unknownCode;
}

/** Lets what is under way end, then closes every wire's connections; for the program's shut-down. */
export async function closeWires(): Promise<void> {
  await Promise.all([sharedExchanges.close(), smtpWire.close?.()]);
}
