/**
 * The texts that answer a keyword, and the one that asks for a confirmation (`confirm`, double opt-in). US rules
 * shape them: one opt-out confirmation, free of marketing
 * (47 CFR 64.1200(a)(12)); an opt-in confirmation, or the request for one, with brand, that it recurs and how
 * often, rates, HELP and STOP (CTIA Messaging Principles 5.1.2.1); a HELP reply with brand and contact, due even to the opted-out (CTIA
 * Short Code Monitoring Handbook). Wording keeps to letters of GSM-7, so that each stays one segment.
 */
export type ConfirmationKind = 'optOut' | 'optIn' | 'help' | 'confirm';

/** With `{brand}` and `{help}` (an email address, web page or phone number) still to be filled in. */
export const confirmationTexts: Readonly<Record<string, Readonly<Record<ConfirmationKind, string>>>> = {
  en: {
    optOut:
      '{brand}: You are unsubscribed and will receive no more messages. Reply START to resubscribe. Help: {help}',
    optIn:
      '{brand}: You are subscribed to recurring texts. Msg frequency varies. Msg&data rates may apply. Reply HELP for help, STOP to cancel.',
    help: '{brand}: For help, {help}. Msg frequency varies. Msg&data rates may apply. Reply STOP to cancel.',
    confirm:
      '{brand}: Reply YES to get recurring texts. Msg frequency varies. Msg&data rates may apply. Reply HELP for help, STOP to cancel.',
  },
  es: {
    optOut:
      '{brand}: Su baja es efectiva y no le enviaremos otros mensajes. Responda START para volver. Ayuda: {help}',
    optIn:
      '{brand}: Su alta es efectiva. Mensajes recurrentes, frecuencia variable. Pueden aplicar cargos de msj y datos. AYUDA: ayuda, STOP: baja.',
    help: '{brand}: Ayuda: {help}. Frecuencia variable. Pueden aplicar cargos de msj y datos. Responda STOP para la baja.',
    confirm:
      '{brand}: Responda SI para recibir mensajes recurrentes, frecuencia variable. Pueden aplicar cargos de msj y datos. AYUDA: ayuda, STOP: baja.',
  },
  fr: {
    optOut:
      '{brand}: Désabonnement effectué, plus aucun message ne vous sera envoyé. START pour revenir. Aide: {help}',
    optIn:
      '{brand}: Abonnement confirmé, messages réguliers à fréquence variable. Frais de messagerie possibles. AIDE pour aide, STOP pour cesser.',
    help: '{brand}: Aide: {help}. Fréquence variable. Frais de messagerie possibles. STOP pour cesser.',
    confirm:
      '{brand}: Répondez OUI pour recevoir nos SMS réguliers, fréquence variable. Frais de messagerie possibles. AIDE pour aide, STOP pour refuser.',
  },
  pt: {
    optOut: '{brand}: Cadastro cancelado, fim das mensagens. Responda START para voltar. Ajuda: {help}',
    optIn:
      '{brand}: Cadastro confirmado. Mensagens regulares, quantidade varia. Tarifas podem se aplicar. AJUDA para ajuda, SAIR para cancelar.',
    help: '{brand}: Ajuda: {help}. A quantidade de mensagens varia. Tarifas podem se aplicar. Responda SAIR para cancelar.',
    confirm:
      '{brand}: Responda SIM para receber mensagens regulares. Quantidade varia. Tarifas podem se aplicar. AJUDA para ajuda, SAIR para cancelar.',
  },
  de: {
    optOut:
      '{brand}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. START meldet Sie wieder an. Hilfe: {help}',
    optIn:
      '{brand}: Sie sind angemeldet. Wiederkehrende SMS, Anzahl variiert. Es können Kosten entstehen. HILFE für Hilfe, STOP zum Abmelden.',
    help: '{brand}: Hilfe: {help}. Anzahl der SMS variiert. Es können Kosten entstehen. STOP zum Abmelden.',
    confirm:
      '{brand}: Antworten Sie JA, um wiederkehrende SMS zu erhalten. Anzahl variiert. Kosten möglich. HILFE für Hilfe, STOP zum Ablehnen.',
  },
  it: {
    optOut:
      '{brand}: La tua iscrizione è annullata, nessun altro messaggio. START per tornare. Aiuto: {help}',
    optIn:
      '{brand}: Iscrizione confermata. Messaggi ricorrenti, frequenza variabile. Possibili costi di rete. AIUTO per aiuto, STOP per annullare.',
    help: '{brand}: Aiuto: {help}. Frequenza variabile. Possibili costi di rete. STOP per annullare.',
    confirm:
      '{brand}: Rispondi SI per ricevere messaggi ricorrenti. Frequenza variabile. Possibili costi di rete. AIUTO per aiuto, STOP per annullare.',
  },
  nl: {
    optOut: '{brand}: U bent afgemeld en krijgt geen berichten meer. START meldt u weer aan. Hulp: {help}',
    optIn:
      '{brand}: U bent aangemeld. Terugkerende berichten, aantal wisselt. Er kunnen kosten gelden. HULP voor hulp, STOP om te stoppen.',
    help: '{brand}: Hulp: {help}. Aantal berichten wisselt. Er kunnen kosten gelden. STOP om te stoppen.',
    confirm:
      '{brand}: Antwoord JA om terugkerende berichten te krijgen. Aantal wisselt. Er kunnen kosten gelden. HULP voor hulp, STOP om te weigeren.',
  },
};

/**
 * The text to answer with. `language` may carry a region (`pt-BR`); an unknown one is answered in English.
 * @example confirmationText('help', 'en', { brand: 'Acme', help: 'acme.com/help' })
 */
export function confirmationText(
  kind: ConfirmationKind,
  language: string,
  fill: { brand: string; help: string },
): string {
  const tongue = language.toLowerCase().split(/[-_]/)[0] ?? 'en';
  const text = (confirmationTexts[tongue] ?? confirmationTexts.en)?.[kind] ?? '';
  return text.replace(/\{(brand|help)\}/g, (_, name: 'brand' | 'help') => fill[name]);
}
