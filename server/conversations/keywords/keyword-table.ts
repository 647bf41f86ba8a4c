/**
 * Words that a person texts and that mean something by themselves, as the whole message. Each row says where
 * the word comes from: a law, a carriers' code or a provider that acts on it, and how sure that is
 * (V: read on a page that says so, K: known in the trade, U: unsure).
 */
export interface Keyword {
  /** As people write it; compared after folding (see fold.ts). */
  word: string;
  meaning: 'optOut' | 'optIn' | 'help';
  /** ISO 639 code of the tongue. */
  language: string;
  source: string;
  certainty: 'V' | 'K' | 'U';
  /** Set where the word is too short to trust from people of other tongues: from them it is only unclear. */
  onlyIn?: true;
  /** Set where the word answers our question and asks for nothing by itself (YES). */
  onlyConfirms?: true;
  /** Set for words that people of every tongue text: they tell nothing of the writer's. */
  shared?: true;
}

const fcc = '47 CFR 64.1200(a)(10), in force 2025-04-11';
const ctia = 'CTIA Short Code Monitoring Handbook 1.8; Messaging Principles 5.1.3';
const twilio = 'Twilio default opt-out words, twilio.com/docs/messaging/tutorials/advanced-opt-out';
const telnyx =
  'Telnyx default opt-out words, developers.telnyx.com/docs/messaging/messages/advanced-opt-in-out';
const aws = 'AWS default opt-out words, docs.aws.amazon.com/sms-voice keywords-required';
const usage = 'custom of the trade in that tongue';

type Row = readonly [words: string, source: string, certainty: Keyword['certainty']];

/** The earlier row names the language when two tongues share a word (PARAR, CANCELAR, STOPP). */
export const keywords: readonly Keyword[] = [
  ...rows('optOut', 'en', [['STOP', ctia, 'V']]).map((row) => ({ ...row, shared: true as const })),
  ...rows('optIn', 'en', [['START', twilio, 'V']]).map((row) => ({ ...row, shared: true as const })),
  ...rows('optOut', 'en', [
    ['STOP, QUIT, END, REVOKE, OPT OUT, CANCEL, UNSUBSCRIBE', fcc, 'K'],
    ['STOP, END, CANCEL, UNSUBSCRIBE, QUIT', ctia, 'V'],
    ['STOPALL, OPTOUT, REVOKE', twilio, 'V'],
    ['STOP ALL', telnyx, 'V'],
    ['REMOVE, OPT-OUT', aws, 'V'],
    ['UNSUB', usage, 'K'],
  ]),
  ...rows('help', 'en', [['HELP, INFO', twilio, 'V']]),
  ...rows('optIn', 'en', [['UNSTOP', twilio, 'V']]),
  ...onlyConfirming('en', [['YES', twilio, 'V']]),

  ...rows('optOut', 'fr', [
    ['ARRET, ARRETE', aws, 'V'],
    ['ARRETT', twilio, 'V'],
    ['ARRETER, ARRETEZ, DESABONNER, DESINSCRIRE, DESABONNEMENT, DESINSCRIPTION', usage, 'K'],
  ]),
  ...rows('help', 'fr', [['AIDE', usage, 'K']]),
  ...rows('optIn', 'fr', [['DEBUT', usage, 'K']]),
  ...onlyConfirming('fr', [['OUI', usage, 'K']]),

  ...rows('optOut', 'es', [['PARAR, ALTO, BAJA, CANCELAR, DETENER, DESUSCRIBIR, DESUSCRIBIRME', usage, 'K']]),
  ...rows('help', 'es', [['AYUDA', usage, 'K']]),
  ...rows('optIn', 'es', [['ALTA, COMENZAR', usage, 'K']]),
  ...onlyConfirming('es', [['SI', usage, 'K']]),

  ...rows('optOut', 'pt', [
    ['SAIR', 'Anatel, since 2012; montesclaros.com, link.estadao.com.br', 'V'],
    ['PARAR, PARE, CANCELAR', usage, 'K'],
  ]),
  ...rows('help', 'pt', [['AJUDA', usage, 'K']]),
  ...rows('optIn', 'pt', [['VOLTAR', usage, 'K']]),
  ...onlyConfirming('pt', [['SIM', usage, 'K']]),

  ...rows('optOut', 'de', [['STOPP, ABMELDEN, ABMELDUNG, ENDE, ABBESTELLEN', usage, 'K']]),
  ...rows('help', 'de', [['HILFE', usage, 'K']]),
  ...onlyConfirming('de', [['JA', usage, 'K']]),

  ...rows('optOut', 'it', [['BASTA, CANCELLA, ANNULLA, DISISCRIVI, DISISCRIVIMI', usage, 'K']]),
  ...rows('help', 'it', [['AIUTO', usage, 'K']]),

  ...rows('optOut', 'nl', [['STOPPEN, AFMELDEN, UITSCHRIJVEN, UIT', usage, 'K']]),
  ...rows('help', 'nl', [['HULP', usage, 'K']]),

  ...rows('optOut', 'sv', [['STOPP, AVSLUTA, AVREGISTRERA', usage, 'K']]),
  ...rows('optOut', 'da', [['AFMELD', usage, 'K']]),
  ...rows('optOut', 'no', [['AVSLUTT', usage, 'K']]),
  ...rows('optOut', 'pl', [['WYPISZ, REZYGNUJĘ', usage, 'K']]),
  ...rows('optOut', 'cs', [['ODHLÁSIT', usage, 'K']]),
  ...rows('optOut', 'tr', [
    ['RET', 'isobil.com.tr (free refusal number)', 'V'],
    ['İPTAL, DUR', 'sent.dm', 'V'],
  ]),
  ...rows('optOut', 'ru', [['СТОП, ОТПИСАТЬСЯ', usage, 'K']]),
  ...rows('optOut', 'hi', [['बंद', usage, 'U']]),
  ...rows('optOut', 'ar', [['توقف, إلغاء, إيقاف', usage, 'U']]),
  ...rows('optOut', 'ko', [['수신거부, 거부', 'phps.kr, smscore.co.kr', 'V']]),
  ...rows('optOut', 'ja', [['配信停止, 停止, 解除', usage, 'K']]),
  ...rows('optOut', 'zh', [
    ['TD', aws, 'V'],
    ['退订, 退訂, 停止', usage, 'K'],
  ]),
  ...rows('optOut', 'zh', [['T', usage, 'K']]).map((row) => ({ ...row, onlyIn: true as const })),
];

function onlyConfirming(language: string, lines: readonly Row[]): Keyword[] {
  return rows('optIn', language, lines).map((row) => ({ ...row, onlyConfirms: true as const }));
}

function rows(meaning: Keyword['meaning'], language: string, lines: readonly Row[]): Keyword[] {
  return lines.flatMap(([words, source, certainty]) =>
    words.split(', ').map((word) => ({ word, meaning, language, source, certainty })),
  );
}
