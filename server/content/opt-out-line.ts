import type { SenderKind } from '../medium/media.ts';

/** What an opt-out line is made for. */
export interface OptOutLineRequest {
  /** The recipient's language, a region allowed (`fr-CA`). */
  language: string;
  /** The recipient's country (ISO 3166, `FR`), null where unknown. */
  country: string | null;
  senderKind: SenderKind;
  /** The number the route gives for refusals, where replies cannot reach the sender (France 36xxx). */
  stopNumber?: string;
  /** A page where this person can opt out; what a sender that takes no replies needs everywhere else. */
  optOutLink?: string;
}

export type OptOutLine = { ok: true; line: string } | { ok: false; reason: string };

/**
 * The word stands in the form each country's people know. GSM-7 letters only, so the line never turns a cheap
 * message into a dear one. Sources: CTIA (STOP), AF2M (STOP au 36xxx), Anatel (SAIR).
 */
const reply: Record<string, string> = {
  en: 'Reply STOP to opt out',
  es: 'Responda STOP para la baja',
  fr: 'Répondez STOP pour vous désabonner',
  pt: 'Responda SAIR para cancelar',
  de: 'Abmelden mit STOP',
  it: 'Rispondi STOP per annullare',
  nl: 'Antwoord STOP om te stoppen',
  sv: 'Svara STOPP för att avsluta',
  da: 'Svar STOP for at afmelde',
  no: 'Svar STOPP for å avslutte',
  pl: 'Odpisz STOP aby zakonczyc',
};
const byLink: Record<string, string> = {
  en: 'Opt out:',
  es: 'Baja:',
  fr: 'Désabonnement:',
  pt: 'Cancelar:',
  de: 'Abmelden:',
  it: 'Annulla:',
  nl: 'Afmelden:',
  sv: 'Avsluta:',
  da: 'Afmeld:',
  no: 'Avslutt:',
  pl: 'Rezygnacja:',
};

/**
 * The line that tells a person how to opt out. Fails for an alphanumeric sender that was given neither link nor
 * refusal number, since nobody can reply to it (47 CFR 64.1200(a)(10): a one-way sender must name another way).
 */
export function optOutLine(request: OptOutLineRequest): OptOutLine {
  const { country, senderKind, stopNumber, optOutLink } = request;
  const asked = request.language.toLowerCase().split(/[-_]/)[0] ?? 'en';
  const tongue = Object.hasOwn(reply, asked) || Object.hasOwn(byLink, asked) ? asked : 'en';
  if (senderKind !== 'alphanumeric') {
    if (country === 'FR' && stopNumber) return { ok: true, line: `STOP au ${stopNumber}` };
    return { ok: true, line: reply[tongue] ?? `${reply.en}` };
  }
  if (stopNumber)
    return { ok: true, line: `STOP ${country === 'FR' || tongue === 'fr' ? 'au' : '>'} ${stopNumber}` };
  if (optOutLink) return { ok: true, line: `${byLink[tongue] ?? byLink.en} ${optOutLink}` };
  return {
    ok: false,
    reason:
      'a sender name takes no replies: give the message an opt-out link, or the sender a refusal number',
  };
}

/** Days after which a US recipient is told again; monthly is the custom (CTIA handbook). */
const OPT_OUT_LINE_DAYS = 30;

/**
 * Whether a promotional message must carry the line. In the US: the first, and one a month. A one-way sender,
 * and every other country, in every message (Directive 2002/58/EC art. 13, CASL s. 6(2)(c), Spam Act 2003
 * s. 18; unknown places by caution). Transactional messages need none.
 */
export function isOptOutLineDue(message: {
  country: string | null;
  senderKind: SenderKind;
  /** When a message with the line last went to this person from this sender; null if never. */
  lastShownAt: Date | null;
  now: Date;
}): boolean {
  const { country, senderKind, lastShownAt, now } = message;
  if (senderKind === 'alphanumeric' || (country !== 'US' && country !== 'PR')) return true;
  if (lastShownAt === null) return true;
  return now.getTime() - lastShownAt.getTime() >= OPT_OUT_LINE_DAYS * 86_400_000;
}

const stopWord = '(?:STOPP?|ARRET|PARAR|SAIR|ALTO|BAJA|END|QUIT|CANCEL|UNSUBSCRIBE|OPT-?OUT|RET)';
const replyVerb =
  '(?:reply|text|txt|send|rply|respond|answer|r[ée]pondez|r[ée]pondre|envoyez|responda|responde|env[ií]e|envie|' +
  'antworten?|antworte|rispondi|antwoord|svara|svar|odpisz|mit|with)';
const optOutLines: readonly RegExp[] = [
  new RegExp(`${replyVerb}[\\s:]+(?:with\\s+|by\\s+)?["'“‘«]?\\s?${stopWord}(?![\\p{L}\\p{N}])`, 'iu'),
  /\bSTOPP?["'”’]?\s?(?:to|2|=|:)\s?(?:opt|end|quit|stop|cancel|unsub|leave|\d)/i,
  /\bSTOP (?:au|vers|al|an|>) ?\d{3,}/i,
  /(?:opt[\s-]?out|unsub(?:scribe)?|stop|d[ée]sabonnement|d[ée]sinscription|baja|abmelden|abmeldung|annulla|afmelden|afmeld|avsluta|avslutt|rezygnacja|cancelar)(?: here| at)?\s?:?\s(?:https?:\/\/|www\.)/iu,
];

/** Whether a text already tells its reader how to opt out, so that the line is not said twice. */
export function hasOptOutLine(body: string): boolean {
  return optOutLines.some((pattern) => pattern.test(body));
}
