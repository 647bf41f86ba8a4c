import type { Guard } from '../outbound/guard.ts';
import type { ErrorRow } from './error-table.ts';
import { createExchanges, type Exchanges } from './exchange.ts';
import { metaError } from './meta/error-codes.ts';
import { createMetaWire } from './meta/meta-wire.ts';
import { rowOf as smtpError } from './smtp/error-codes.ts';
import { createSmtpWire } from './smtp/smtp-wire.ts';
import { twilioError } from './twilio/error-codes.ts';
import { createTwilioWire } from './twilio/twilio-wire.ts';
import type { Wire, WireName } from './wire.ts';

/** Every wire there is, over connections that all of a thread's work shares. */
export interface Providers {
  wires: Readonly<Record<WireName, Wire>>;
  /** For what is asked of a provider besides sending. */
  exchanges: Exchanges;
  /** Lets what is under way end, then closes every connection. */
  close(): Promise<void>;
}

declare module '../http/context.ts' {
  interface Context {
    providers: Providers;
  }
}

/** Opens the wires; `guard` says where they may lead. */
export function openProviders(guard: Guard): Providers {
  const exchanges = createExchanges(guard);
  const smtp = createSmtpWire(guard);
  return {
    wires: { twilio: createTwilioWire(exchanges), meta: createMetaWire(exchanges), smtp },
    exchanges,
    close: async () => {
      await Promise.all([exchanges.close(), smtp.close?.()]);
    },
  };
}

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
