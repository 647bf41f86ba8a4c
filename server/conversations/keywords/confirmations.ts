/**
 * The texts that answer a keyword, and the one that asks for a confirmation (`confirm`, double opt-in). US rules
 * shape them: one opt-out confirmation, free of marketing (47 CFR 64.1200(a)(12)), `optOut` where nothing more will
 * come and `optOutPromotional` where needed messages go on; an opt-in confirmation, or the request for one, with
 * brand, that it recurs and how often, rates, HELP and STOP (CTIA Messaging Principles 5.1.2.1); a HELP reply with
 * brand and contact, due even to the opted-out (CTIA Short Code Monitoring Handbook). Wording keeps to letters of
 * GSM-7, so that each stays one segment.
 */
export type ConfirmationKind = 'optOut' | 'optOutPromotional' | 'optIn' | 'help' | 'confirm';

/** How often messages come when nothing is said of it; what a new message type has. */
const frequencyVaries = 'Msg frequency varies';
const frequencyTexts: Readonly<Record<string, string>> = {
  en: frequencyVaries,
  es: 'Frecuencia variable',
  fr: 'Fréquence variable',
  pt: 'Quantidade varia',
  de: 'Anzahl variiert',
  it: 'Frequenza variabile',
  nl: 'Aantal wisselt',
};

/**
 * With `{brand}`, `{help}` (an email address, web page or phone number) and `{frequency}` still to be filled in.
 */
export const confirmationTexts: Readonly<Record<string, Readonly<Record<ConfirmationKind, string>>>> = {
  en: {
    optOut:
      '{brand}: You are unsubscribed and will receive no more messages. Reply START to resubscribe. Help: {help}',
    optOutPromotional:
      '{brand}: You will receive no more marketing messages. Service messages go on. Reply START to resubscribe. Help: {help}',
    optIn:
      '{brand}: You are subscribed to recurring texts. {frequency}. Msg&data rates may apply. Reply HELP for help, STOP to cancel.',
    help: '{brand}: For help, {help}. {frequency}. Msg&data rates may apply. Reply STOP to cancel.',
    confirm:
      '{brand}: Reply YES to get recurring texts. {frequency}. Msg&data rates may apply. Reply HELP for help, STOP to cancel.',
  },
  es: {
    optOut:
      '{brand}: Su baja es efectiva y no le enviaremos otros mensajes. Responda START para volver. Ayuda: {help}',
    optOutPromotional:
      '{brand}: No le enviaremos publicidad. Los avisos de servicio siguen. Responda START para volver. Ayuda: {help}',
    optIn:
      '{brand}: Su alta es efectiva. Mensajes recurrentes. {frequency}. Pueden aplicar cargos de msj y datos. AYUDA: ayuda, STOP: baja.',
    help: '{brand}: Ayuda: {help}. {frequency}. Pueden aplicar cargos de msj y datos. Responda STOP para la baja.',
    confirm:
      '{brand}: Responda SI para recibir mensajes recurrentes. {frequency}. Pueden aplicar cargos de msj y datos. AYUDA: ayuda, STOP: baja.',
  },
  fr: {
    optOut:
      '{brand}: Désabonnement effectué, plus aucun message ne vous sera envoyé. START pour revenir. Aide: {help}',
    optOutPromotional:
      '{brand}: Plus aucune publicité ne vous sera envoyée. Les messages de service continuent. START pour revenir. Aide: {help}',
    optIn:
      '{brand}: Abonnement confirmé, messages réguliers. {frequency}. Frais de messagerie possibles. AIDE pour aide, STOP pour cesser.',
    help: '{brand}: Aide: {help}. {frequency}. Frais de messagerie possibles. STOP pour cesser.',
    confirm:
      '{brand}: Répondez OUI pour recevoir nos SMS réguliers. {frequency}. Frais de messagerie possibles. AIDE pour aide, STOP pour refuser.',
  },
  pt: {
    optOut: '{brand}: Cadastro cancelado, fim das mensagens. Responda START para voltar. Ajuda: {help}',
    optOutPromotional:
      '{brand}: Fim das mensagens de marketing. Avisos sobre pedidos continuam. Responda START para voltar. Ajuda: {help}',
    optIn:
      '{brand}: Cadastro confirmado. Mensagens regulares. {frequency}. Tarifas podem se aplicar. AJUDA para ajuda, SAIR para cancelar.',
    help: '{brand}: Ajuda: {help}. {frequency}. Tarifas podem se aplicar. Responda SAIR para cancelar.',
    confirm:
      '{brand}: Responda SIM para receber mensagens regulares. {frequency}. Tarifas podem se aplicar. AJUDA para ajuda, SAIR para cancelar.',
  },
  de: {
    optOut:
      '{brand}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. START meldet Sie wieder an. Hilfe: {help}',
    optOutPromotional:
      '{brand}: Sie erhalten keine Werbung mehr. Servicenachrichten kommen weiter. START meldet Sie wieder an. Hilfe: {help}',
    optIn:
      '{brand}: Sie sind angemeldet. Wiederkehrende SMS. {frequency}. Es können Kosten entstehen. HILFE für Hilfe, STOP zum Abmelden.',
    help: '{brand}: Hilfe: {help}. {frequency}. Es können Kosten entstehen. STOP zum Abmelden.',
    confirm:
      '{brand}: Antworten Sie JA, um wiederkehrende SMS zu erhalten. {frequency}. Kosten möglich. HILFE für Hilfe, STOP zum Ablehnen.',
  },
  it: {
    optOut:
      '{brand}: La tua iscrizione è annullata, nessun altro messaggio. START per tornare. Aiuto: {help}',
    optOutPromotional:
      '{brand}: Non riceverai più pubblicità. I messaggi di servizio continuano. START per tornare. Aiuto: {help}',
    optIn:
      '{brand}: Iscrizione confermata. Messaggi ricorrenti. {frequency}. Possibili costi di rete. AIUTO per aiuto, STOP per annullare.',
    help: '{brand}: Aiuto: {help}. {frequency}. Possibili costi di rete. STOP per annullare.',
    confirm:
      '{brand}: Rispondi SI per ricevere messaggi ricorrenti. {frequency}. Possibili costi di rete. AIUTO per aiuto, STOP per annullare.',
  },
  nl: {
    optOut: '{brand}: U bent afgemeld en krijgt geen berichten meer. START meldt u weer aan. Hulp: {help}',
    optOutPromotional:
      '{brand}: U krijgt geen reclame meer. Serviceberichten gaan door. START meldt u weer aan. Hulp: {help}',
    optIn:
      '{brand}: U bent aangemeld. Terugkerende berichten. {frequency}. Er kunnen kosten gelden. HULP voor hulp, STOP om te stoppen.',
    help: '{brand}: Hulp: {help}. {frequency}. Er kunnen kosten gelden. STOP om te stoppen.',
    confirm:
      '{brand}: Antwoord JA om terugkerende berichten te krijgen. {frequency}. Er kunnen kosten gelden. HULP voor hulp, STOP om te weigeren.',
  },
};

/**
 * The text to answer with. `language` may carry a region (`pt-BR`); an unknown one is answered in English.
 * `frequency` is a message type's own words on how often it comes, where the text is about one.
 * @example confirmationText('help', 'en', { brand: 'Acme', help: 'acme.com/help' })
 */
export function confirmationText(
  kind: ConfirmationKind,
  language: string,
  fill: { brand: string; help: string; frequency?: string | undefined },
): string {
  const asked = language.toLowerCase().split(/[-_]/)[0] ?? 'en';
  const tongue = Object.hasOwn(confirmationTexts, asked) ? asked : 'en';
  const told = fill.frequency?.trim().replace(/\.$/, '') || frequencyVaries;
  const frequency = told === frequencyVaries ? (frequencyTexts[tongue] ?? told) : told;
  const filled = { brand: fill.brand, help: fill.help, frequency };
  const text = confirmationTexts[tongue]?.[kind] ?? '';
  return text.replace(/\{(brand|help|frequency)\}/g, (_, name: keyof typeof filled) => filled[name]);
}
