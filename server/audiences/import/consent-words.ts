import { foldWord } from './header-words.ts';
import { remembered } from './remembered.ts';

/**
 * What a cell of a consent column says. `optOut` is a wish to be left alone, `no` that there is no consent;
 * `pending` an opt-in not finished; `asked` a mark that may mean either, about which the import asks.
 */
export type ConsentReading = 'yes' | 'no' | 'optOut' | 'pending' | 'blank' | 'unknown' | 'asked';

const words: Readonly<Record<'yes' | 'no' | 'optOut' | 'pending' | 'blank', string>> = {
  yes: `yes y true t 1 on ok optin optedin subscribed subscriber agreed agree accepted accepts granted consented given
    confirmed checked enabled allowed resubscribed ✓ ✔ ☑ ✅ ja j jawohl abonniert angemeldet zugestimmt eingewilligt
    erteilt oui inscrit inscrite abonne abonnee accepte si suscrito suscrita inscrito inscrita aceptado acepto sim
    aceito iscritto iscritta acconsentito accettato ingeschreven aangemeld akkoord tak zapisany zapisana zgoda
    zgadzamsie prenumererar godkand evet onayladi abone kayitli да подписан подписана согласен согласна はい 同意
    同意する 同意済み 購読中 許可 許可する 可 可能 希望 希望する 受信する 承諾 許諾 許諾する 配信する 配信希望 受け取る 登録済 登録済み 有 ○ 〇 ◯ erlaubt godkant 是 允许 已订阅 同意接收 예 네 동의 구독`,
  no: `no n false f 0 off none never notsubscribed neversubscribed notoptedin neveroptedin nonsubscribed noconsent
    notconsented disabled declined denied refused rejected unchecked ✗ ✘ ❌ ☐ cleaned bounced hardbounced hardbounce
    bounce softbounced undeliverable invalid notallowed notgranted nonmarketing nein nicht nichtabonniert
    nichtangemeldet abgelehnt non noninscrit nonabonne refuse nosuscrito rechazado nao naoinscrito recusado
    jamaisabonne jamaisinscrit nieabonniert nuncasuscrito nuncainscrito maiiscritto nooitingeschreven
    noniscritto rifiutato nee nietingeschreven geweigerd nie niezapisany odmowa nej ejprenumerant hayir onaylamadi нет
    неподписан несогласен いいえ 不可 不許可 許可しない 希望しない 受信しない 無 不允许 nichterlaubt 不同意 同意しない 許諾しない 配信しない 受け取らない 未登録 否 不 未订阅 아니요 아니오 미동의`,
  optOut: `optout optedout unsubscribed unsubscribe unsub stop stopped stopall donotcontact donottext donotemail
    donotcall donotdisturb dnc dnd suppressed blacklisted blocklisted blocked revoked withdrawn complained complaint
    spamcomplaint markedasspam reportedspam globalunsubscribe globallyunsubscribed removed cancelled canceled abgemeldet
    ausgetragen widerrufen widersprochen gesperrt desinscrit desinscrite desabonne desabonnee desinscription baja
    dadodebaja debaja cancelado cancelada bloqueado descadastrado descadastrada descadastro disiscritto disiscritta
    cancellato uitgeschreven afgemeld wypisany wypisana zrezygnowal avregistrerad avslutad abonelikten cikti
    abonelikiptal отписан отписана отписался отписалась отказ стоп 配信停止 停止 解除 退会 退订 已退订 取消订阅 수신거부
    구독취소 拒否 配信拒否 受信拒否 配信解除`,
  pending: `pending pendingconfirmation unconfirmed notconfirmed awaitingconfirmation awaiting waiting requested
    invited invitesent doubleoptinpending pendingdoubleoptin unverified confirmationsent confirmationpending
    optinpending ausstehend unbestatigt wartend enattente nonconfirme pendiente sinconfirmar pendente naoconfirmado
    inattesa nonconfermato inafwachting nietbevestigd onbevestigd oczekuje oczekujacy niepotwierdzony vantar obekraftad
    beklemede onaybekliyor ожидает ожидание неподтвержден 保留 未確認 確認待ち 仮登録 待确认 未确认 대기 미확인`,
  blank: `na nil null undefined unknown notset notspecified unset nan blank empty unbekannt inconnu desconocido
    desconhecido sconosciuto onbekend nieznany okand bilinmiyor неизвестно 不明 未設定 未回答 未知`,
};

const readings = new Map<string, ConsentReading>();
for (const reading of ['yes', 'no', 'optOut', 'pending', 'blank'] as const)
  for (const word of words[reading].split(/\s+/)) readings.set(foldMark(word), reading);

const activeWords = new Set(
  'active inactive aktiv inaktiv actif inactif activo inactivo ativo inativo attivo inattivo actief inactief'.split(
    ' ',
  ),
);

/** What a cell of a column of opt-ins says; its words in fourteen languages are known. */
export const readConsentWord = remembered((cell: string): ConsentReading => {
  const folded = foldMark(cell);
  if (folded === '') return 'blank';
  const known =
    readings.get(folded) ?? readings.get(folded.replace(/^(?:sms|email|whatsapp|text|marketing)/, ''));
  if (known) return known;
  // Who is active is subscribed to one tool and a customer to the next.
  if (activeWords.has(folded)) return 'asked';
  // An X is a tick to one and a no to the next; S and U stand for subscribed, sí, stopped, unsubscribed.
  return [...folded].length === 1 && /[a-z×✕✖]/u.test(folded) ? 'asked' : 'unknown';
});

/** What a cell of a column of opt-outs, or of their days, says: a wish to be left alone, or nothing. What is not known counts as one. */
export function readRefusalWord(cell: string): 'optOut' | 'blank' {
  const reading = readConsentWord(cell);
  if (/^(?:subscribed|optedin|optin)$/.test(foldMark(cell))) return 'blank';
  return reading === 'no' || reading === 'blank' || /^[\W0]*$/.test(cell) ? 'blank' : 'optOut';
}

/** Whether a cell may stand among those: `Active` and `Bounced` beside `Unsubscribed`. */
export function mayBeSubscriberWord(cell: string): boolean {
  return isSubscriberWord(cell) || activeWords.has(foldMark(cell)) || besideWords.has(foldMark(cell));
}

const besideWords = new Set(
  'pending unconfirmed bounced cleaned suppressed complained blocked blacklisted blocklisted unverified'.split(
    ' ',
  ),
);

/** Whether a cell can only be of a column that tells who subscribes: `NEVER_SUBSCRIBED`, not `yes`. */
export function isSubscriberWord(cell: string): boolean {
  return /^(?:un|not|never|non|re)?(?:subscribed|optedin|optedout)$|^(?:optin|optout|cleaned|abonniert|abgemeldet|desinscrit|suscrito|inscrito|iscritto|disiscritto|uitgeschreven|подписан|отписан)$/.test(
    foldMark(cell),
  );
}

/** Folded, but ticks and crosses, which are no letters, stay. */
function foldMark(cell: string): string {
  const text = cell.trim().replaceAll(/\ufe0f/g, '');
  return /^[✓✔☑✅✗✘❌☐×✕✖○〇◯]$/u.test(text) ? text : foldWord(text);
}
