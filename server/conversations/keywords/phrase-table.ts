/**
 * Wording beyond keywords. 47 CFR 64.1200(a)(10) lets a person revoke by any reasonable means, so a plain
 * request in a sentence counts. Patterns here are tried on folded words (fold.ts) after `everydaySpelling`.
 */

/** How people type, and the one spelling the patterns know. */
export const everydaySpelling: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pls: 'please',
    plz: 'please',
    plse: 'please',
    pleas: 'please',
    u: 'you',
    ur: 'your',
    txt: 'text',
    txts: 'texts',
    txting: 'texting',
    msg: 'message',
    msgs: 'messages',
    msging: 'messaging',
    thx: 'thanks',
    ty: 'thanks',
    anymore: 'more',
    im: 'i am',
    id: 'i would',
    wanna: 'want to',
    cannot: 'cant',
    unsuscribe: 'unsubscribe',
    unsubcribe: 'unsubscribe',
    unsubscibe: 'unsubscribe',
    unsubsribe: 'unsubscribe',
    unsubscrbe: 'unsubscribe',
    unsubscribed: 'unsubscribe',
  }),
);

/**
 * STOP joined to what is to stop, on text without spaces: "STOP2QUIT", "STOPALL" (carriers' lists), "STOP PUB" (France),
 * "STOPSMS".
 */
export const stopJoined: RegExp =
  /^(?:(?:stopp?)(?:2|to|the|all|any|my|your|les|la|le|el|los|las|die|de|et|and|y|und)*(?:quit|end|stop|cancel|unsub|unsubscribe|optout|exit|all|pubs?|publicites?|publicidad|pubblicita|werbung|reklam[ae]?|reclame|promos?|promotions?|sms|mms|rcs|texts?|txts?|texting|msgs?|messages?|mensajes|mensagens|nachrichten|messaggi|berichten|newsletter|infos?|alerts?|marketing|ads?|spam|spamming|whatsapp|now|everything|contact|notifications?|offers?|emails?|messaging)+|stopp?(?:au|to|al|an)?\d{4,6}|(?:unsubscribe|unsub|optout|quit)(?:all|sms|texts?|me|now|everything)+)$/;

/** Words that add manners and no meaning; taken from both ends of a phrase. */
export const courtesy: ReadonlySet<string> = new Set(
  (
    'please thanks thank kindly hi hello hey ok okay sorry now immediately just yes yo sir madam asap ' +
    'svp merci bonjour stp por favor gracias hola bitte danke hallo obrigado obrigada ola per grazie ciao ' +
    'alstublieft alsjeblieft aub bedankt dank tack takk tak lutfen tesekkurler prosze dziekuje prosim favore ' +
    'sil plait vous nope nah'
  ).split(' '),
);

/** Words that may lead to a keyword: "just stop". */
export const leadsIn: ReadonlySet<string> = new Set('just yo so dude bro guys man and'.split(' '));

/** What may not follow a keyword, by which it is put off or is about another thing: "stop another day". */
export const putsOff: ReadonlySet<string> = new Set(
  'another day week single every still keep kept way up down get take put drop pull by via'.split(' '),
);

/** English keywords that are said of orders too, of which "it" may be one: "cancel it". */
export const ofOrders: ReadonlySet<string> = new Set(['cancel', 'end', 'remove']);

const who = '(?:me|us|this (?:phone )?number|my (?:phone|cell|mobile|number|phone number))';
const nouns =
  '(?:(?:any|more|all|of|the|these|this|those|your|you|my|such|damn|stupid|unwanted|further|other|marketing|promotional|' +
  'promo|text|spam|annoying)\\s)*(?:texts?|messages?|sms|alerts?|promos?|promotions?|offers?|ads?|adverts?|' +
  'notifications?|updates?|spam|marketing)';
/** As `nouns`; "these" and "anything" are clear only beside a verb of sending. */
const texts = `(?:${nouns}|these|this|those|stuff|this stuff|anything|anything else|crap|this crap)`;
const ever =
  '(?: (?:now|again|ever|ever again|more|any more|any longer|at all|immediately|right now|forever))*';
const texting =
  '(?:texting|messaging|contacting|spamming|bothering|harassing|pestering|writing to|writing|emailing)';
const textVerb = '(?:text|message|contact|sms)';
const pesterVerb = '(?:text|message|contact|sms|spam|bother|write to|write)';
const list =
  '(?:(?:your|this|the|all|any|you|of|sms|text|texting|message|messaging|mailing|marketing|contact|distribution|' +
  'subscriber|phone)\\s)*(?:lists?|texts?|messages?|database|system|notifications?|alerts?|records?|contacts?)';
const wish =
  '(?:i (?:would like|want|wish|need|am asking you|ask you) (?:you )?(?:to )?)?(?:(?:can|could|would|will) you )?';
const refuse = '(?:dont|do not|never)';

const english = [
  `${wish}(?:please )?(?:stop|quit|cease) ${texting}(?: ${who})?${ever}`,
  `${wish}(?:please )?(?:stop|quit|cease) sending(?: ${who})?(?: ${texts})?(?: to ${who})?${ever}`,
  `${wish}(?:please )?(?:stop|quit|cease|end) (?:${nouns}|these)${ever}`,
  `${wish}(?:please )?cancel (?:my |the |these |all )?(?:texts|messages|text messages|sms|alerts|text alerts)`,
  `${wish}(?:please )?(?:unsubscribe|unsub|opt out|optout)(?: ${who})?(?: (?:from|of) (?:${list}|everything|all|this|these))?${ever}`,
  `${wish}(?:please )?opt ${who} out(?: (?:from|of) (?:${list}|everything|all|this))?`,
  `${wish}(?:please )?(?:remove|delete) (?:${who}|my name|number)(?: (?:from|off|off of) (?:${list}|this|here))?`,
  `${wish}(?:please )?(?:take|drop|get) (?:${who}|my name) (?:off|from|out of|off of|off from) (?:${list}|this|here)`,
  `${wish}(?:please )?(?:be removed|be taken off|come off|get off)(?: (?:from|of))? ${list}`,
  `${wish}(?:please )?take ${who} off`,
  `(?:please )?lose (?:my|this) number`,
  `(?:please )?${refuse} (?:ever )?${textVerb}(?: ${nouns})?${ever}`,
  `(?:please )?${refuse} (?:ever )?${pesterVerb} ${who}(?: ${texts})?${ever}`,
  `(?:please )?${refuse} (?:ever )?send(?: ${who})?(?: ${texts})(?: to ${who})?${ever}`,
  `(?:please )?no more ${nouns}(?: (?:to|for) ${who})?(?: from you)?`,
  `i (?:dont|do not|no longer) (?:want|wish|need) ${nouns}(?: from you| from you guys)?${ever}`,
  `i (?:dont|do not|no longer) (?:want|wish) (?:to )?(?:receive|get|getting|receiving|have) ${texts}(?: from you| from you guys)?${ever}`,
  `i (?:dont|do not|no longer) (?:want|wish) (?:you )?(?:to be (?:texted|contacted|messaged|on ${list})|you to ${textVerb} ${who})${ever}`,
  `i (?:hereby )?(?:revoke|withdraw)(?: my)?(?: prior)? (?:consent|permission)(?: to (?:be )?(?:text|texted|contact|contacted|receive ${nouns}))?`,
  `(?:revoke|withdraw) (?:my )?(?:consent|permission)`,
  `leave ${who} alone`,
  `(?:please )?(?:put|add|place) ${who} (?:on|to) (?:your|the) do not (?:call|text|contact)(?: list)?`,
  '(?:please )?no (?:(?:more|further|text|sms|spam|marketing|promotional|promo) )*(?:texts?|messages?|sms|spam|marketing)',
  'cease and desist',
  'no more',
  'i no longer (?:want|wish|need)(?: to (?:receive|get))? these',
  'i (?:want|would like) (?:to get )?out',
  `(?:please )?discontinue(?: (?:sending(?: ${who})? )?${texts})?${ever}`,
  `(?:i said |i already said |i told you to )?(?:stop|unsubscribe|stop it now|stop this now)`,
  '(?:please )?(?:stop|quit|end) (?:all )?(?:this|these)(?: (?:now|already|immediately|crap|nonsense|bs))*',
  'how many times (?:do i (?:have|need) to|must i|have i (?:got to)?|should i) (?:say|said|tell you|told you|ask|asked|text)(?: you)?(?: to)? (?:stop|no|quit)(?: (?:texting|messaging)(?: me)?)?',
  `(?:text |texting |reply |replying )?stop to (?:end|quit|unsubscribe|opt out|cancel)`,
];

const otherTongues: Record<string, readonly string[]> = {
  fr: [
    'arrete[zr]? d(?:e )?(?:m ?)?(?:envoyer|ecrire|e contacter|e spammer)(?: (?:des|vos|ces|les) (?:sms|messages|textos|pubs?))?',
    'ne me? ?(?:envoyez|envoie|ecrivez|contactez|contacte) plus(?: (?:de|des|d) (?:sms|messages|textos))?',
    'plus (?:de|aucun) (?:sms|messages?|textos?|pubs?)',
    '(?:desabonnez|desinscrivez|retirez|supprimez|enlevez) moi(?: de (?:la|votre|vos|cette) (?:liste|listes))?',
    'je (?:veux|souhaite|desire|voudrais) (?:me desabonner|me desinscrire|ne plus recevoir (?:de|vos|ces) (?:sms|messages|textos))',
    'je ne (?:veux|souhaite) plus (?:recevoir )?(?:de |vos |ces )?(?:sms|messages|textos)',
  ],
  es: [
    '(?:ya )?no (?:me )?(?:envien|envies|manden|mandes|escriban|escribas|envie)(?: mas)?(?: (?:mensajes|sms|textos))?(?: por favor)?',
    'no mas (?:mensajes|sms|textos)',
    '(?:quiero |deseo )?(?:darme|dame|dar|denme|deme) de baja',
    '(?:ya )?no (?:quiero|deseo) (?:recibir )?(?:mas |sus |estos )*(?:mensajes|sms|textos)',
    '(?:deja|dejen|deje|paren|pare|para) de (?:enviarme|mandarme|enviar|mandar|escribirme)(?: (?:mas |sus |estos )*(?:mensajes|sms|textos))?',
    '(?:borrame|borrenme|eliminame|quitame|quitenme|saquenme) (?:de )?(?:la|su|tu|esta) lista',
  ],
  pt: [
    '(?:ja )?nao (?:quero|desejo) (?:mais )?(?:receber )?(?:mais |suas |essas |estas )*(?:mensagens|mensagem|sms)',
    '(?:pare|parem|para) de (?:me )?(?:enviar|mandar|escrever)(?: (?:mais )?(?:mensagens|mensagem|sms))?',
    'nao (?:me )?(?:envie|enviem|mande|mandem)(?: mais)?(?: (?:mensagens|mensagem|sms))?',
    '(?:quero sair|me (?:remova|remove|tire|tira|retire|exclua)|quero me descadastrar|descadastrar)(?: d(?:a|essa|esta) lista)?',
  ],
  de: [
    '(?:bitte )?keine (?:weiteren )?(?:nachrichten|sms|werbung|texte|mitteilungen)(?: mehr)?',
    '(?:ich (?:mochte|will|moechte) )?(?:mich )?(?:bitte )?(?:abmelden|abbestellen|austragen)',
    '(?:ich (?:mochte|will|moechte) )keine (?:nachrichten|sms|werbung) mehr(?: (?:erhalten|bekommen))?',
    '(?:hor|hort|horen sie) auf (?:mir|uns) (?:zu )?(?:schreiben|sms zu schicken|nachrichten zu schicken)',
    '(?:schicken|senden|schreiben) sie mir (?:nichts|nicht|keine (?:sms|nachrichten)) mehr',
    '(?:schickt|sendet|schreibt|schreib|schick|kontaktiert) (?:mir|mich|uns) (?:nichts|nicht|keine (?:sms|nachrichten)) mehr',
  ],
  it: [
    'non (?:voglio|desidero) (?:piu )?(?:ricevere )?(?:altri |i vostri |questi )*(?:messaggi|sms)',
    'non (?:mandatemi|inviatemi|scrivetemi|mandarmi|inviarmi|scrivermi) piu(?: (?:messaggi|sms))?',
    'basta (?:messaggi|sms)',
    '(?:cancellatemi|cancellami|toglietemi|rimuovetemi)(?: dalla (?:lista|vostra lista))?',
  ],
  nl: [
    'geen (?:berichten|sms|smsjes|reclame) meer',
    'meld (?:me|mij) af',
    'stop met (?:sms en|smsen|sturen|berichten(?: sturen)?|appen)',
    'ik wil (?:me|mij) (?:afmelden|uitschrijven)',
    'ik wil geen (?:berichten|sms|reclame) meer(?: ontvangen| krijgen)?',
  ],
  tr: ['(?:artik )?(?:(?:baska|daha fazla) )?(?:mesaj|sms|reklam)(?: almak)? istemiyorum'],
};

/** A whole clause that certainly asks for an end, by language. */
export const optOutPhrases: readonly { language: string; pattern: RegExp }[] = [
  ...english.map((source) => ({ language: 'en', pattern: whole(source) })),
  ...Object.entries(otherTongues).flatMap(([language, sources]) =>
    sources.map((source) => ({ language, pattern: whole(source) })),
  ),
];

/** What somebody will do unless it ends: "…or I will report you". */
export const threat =
  / (?:or|before|and|otherwise) (?:else(?: \w+){0,8}|(?:i|ill|i will|i am going to|i am gonna|we will) (?:am |will |shall )?(?:report|block|blocking|sue|call|contact|take)(?: \w+){0,8})$/;

/** Clauses that may stand beside an opt-out without putting it in doubt: "STOP. Wrong number." */
export const besideOptOut: readonly RegExp[] = [
  '(?:you have (?:the )?)?wrong (?:number|person)',
  '(?:i am )?not interested(?: in (?:this|your \\w+))?',
  'who (?:is|are) (?:this|you)',
  'i (?:never|didnt|did not) (?:sign(?:ed)? up|subscribe|subscribed|agree|agreed|ask|asked)(?: (?:for|to|up for) (?:this|these|any of this))?',
  '(?:this|it) is (?:spam|harassment|annoying|illegal)',
  '(?:i )?(?:have )?(?:already )?(?:asked|told) you (?:before|already|twice|to stop)',
  '(?:i|ive|i have) (?:already |now )?(?:asked|told|said|texted|replied|requested|begged)(?: (?:you|this|it|for it|to stop|stop|now)){0,2} (?:once|twice|(?:three|four|five|ten|several|many|multiple|countless|\\d+) times)(?: (?:now|already|before))?',
  '(?:you|yall)(?: people| guys| lot)? (?:never|dont|wont|cant) (?:learn|listen|understand|get it|take a hint)',
  'i (?:said|mean|meant) (?:it|stop|so)',
  'i (?:have )?moved',
  '(?:no|nope|yes|yep)',
  '(?:i am |this is |it is |its )?not (?!sure|yet|really|bad)\\w+',
  '(?:omg|omfg|ugh|argh|jesus|god|ffs|wtf|seriously)(?: stop)?',
  '(?:or )?i (?:will|am going to|am gonna|shall) (?:report|block|sue)(?: you| this)?(?: to (?:the )?\\w+)?',
  '(?:this is )?(?:my |the )?(?:last|final) warning',
  '(?:this is )?(?:the |for the )?(?:second|third|fourth|fifth|tenth|last|\\d+(?:st|nd|rd|th)) (?:and last )?(?:time|request|warning)(?: (?:i|ive|i have) (?:have |already )?(?:asked|told|said|requested|tried)(?: \\w+){0,4})?',
  // What a phone puts under a text.
  'sent (?:from|via) (?:my )?\\w+(?: \\w+){0,2}',
  'get outlook for (?:ios|android)',
  '(?:envoye (?:de|depuis) mon|enviado desde mi|enviado do meu|von meinem|inviato da(?:l mio)?|verzonden vanaf mijn) \\w+(?: gesendet)?',
  'how many times',
  'enough',
].map(whole);

/**
 * Uses of "stop" that ask for nothing; taken out before looking for an unclear wish. "You won't stop texting
 * me" is left in, since its stop is about our texts.
 */
export const innocentStops: readonly RegExp[] = [
  /\bstopp? (?:aldrig|aldri|nooit|nie|nunca|mai|jamais|never)\b/g,
  /\b(?:non ?stop|dont (?:ever )?stop|do not stop|never (?:ever )?stops?|please dont stop)\b/g,
  /\b(?:cant|couldnt|could not|can not|wont|will not|didnt|wouldnt) (?:even |ever |seem to |really )?stop\b(?! (?:texting|messaging|sending|contacting|spamming|your|these|the (?:texts|messages)))/g,
  /\b(?:bus|pit|truck|rest|full|next|last|first|one|tram|train|metro|short|door|whistle) ?stops?\b/g,
  /\bstop (?:by|in|over|off|at|sign|light|lights|watch|motion|serving|selling|shipping|delivering|accepting|taking|working|making|carrying|loss)\b/g,
];

/** Signs of a wish to have fewer or no messages, too weak to act on alone. */
export const unclearSigns: readonly RegExp[] = [
  /\b(?:stop|stopp|unsubscribe|unsub|opt out|optout|opting out|revoke|arret|arretez|basta|abmelden|sair da lista|de baja)\b/,
  /\b(?:desinscription|desabonnement|desabonner|desinscrire|desuscribir(?:me)?|abmeldung|disiscriv\w+|uitschrijven|afmelden)\b/,
  /^(?:please )?(?:go away|get lost|(?:f|fuck|piss|bugger) off|fuck you|shut up)(?: (?:please|now|already|you|thanks))*$/,
  /^no mas(?: (?:por|favor|gracias))*$/,
  /\b(?:(?:remove|delete) (?:me|us|my (?:number|phone|name))|take (?:me|us) off)\b/,
  /\b(?:dont|do not|never) (?:\w+ )?(?:text|message|contact|spam|bother) (?:me|us)\b/,
  /\b(?:dont|do not) (?:want|need|send)(?: \w+){0,4} (?:texts?|messages?|sms|alerts|ads|spam)\b/,
  /\b(?:too|so) many (?:\w+ )?(?:texts?|messages?|sms|alerts|promos|promotions|ads|offers)\b/,
  /\b(?:texts?|texting|messages?|messaging|sending)(?: \w+){0,3} (?:too (?:much|often)|so much|so often)\b/,
  /\b(?:less|fewer) (?:texts?|messages?|sms|alerts)\b/,
  /\b(?:no more|quit|cease) (?:\w+ ){0,2}(?:texts?|texting|messages?|messaging|sending|sms|spam|spamming)\b/,
  /\b(?:spam|spamming|spammers?|harass|harassing|harassment|leave me alone|lose my number|wrong number|wrong person)\b/,
  /\bnot interested\b/,
  /\b(?:text|message|contact) (?:me |us )?less\b/,
  /\bonly (?:want|need|send|text) (?:\w+ ){0,3}(?:updates|messages|texts|alerts|notifications)\b/,
  /\b(?:cancel|end) (?:my |this |the )?(?:subscription|membership|texts?|messages?|alerts?)\b/,
  /^(?:cancel|end|quit|no more|stp|enough|pause|remove|delete)(?: (?:it|this|that|please|thanks|all|now|everything|me))*$/,
  // It may be the whole of what was asked about, and somebody must see to it either way; an order with its number is no more than one.
  /^(?!.*\d{3}).*\b(?:cancel|cancelar?|cancela|annuler?|annulez|stornieren|absagen|annullare|disdire|annuleren|afzeggen|avboka|aflys|avbestill) (?:\w+ ){0,4}(?:appointment|appt|booking|reservation|order|table|visit|slot|subscription|cita|reserva|pedido|consulta|rendez ?vous|rdv|reservation|commande|termin|buchung|bestellung|appuntamento|prenotazione|ordine|afspraak|bestelling|tid|bokning|bestallning|ordre|time)\b/,
  /^(?!.*\d{3}).*\b(?:termin|afspraak|buchung|bestellung|tid) (?:\w+ ){0,4}(?:absagen|stornieren|annuleren|afzeggen|avboka|aflyse)\b/,
  /\b(?:withdraw|revoke) (?:my )?consent\b/,
  /\b(?:report(?:ing)? you|block(?:ing)? you|blocked you|sue you|my lawyer|my attorney|fcc|tcpa)\b/,
];

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}
