import type { Medium } from '../../medium/media.ts';

/**
 * Words in the headers of real exports, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
 * Swedish, Turkish, Russian, Japanese, Chinese and Korean: Shopify, Klaviyo, Mailchimp, HubSpot, Attentive,
 * Postscript, Segment, Salesforce, Braze, Iterable, ActiveCampaign, Square and WooCommerce write them so. Compared as `foldWord` leaves them.
 */

/** A text without case, marks, blanks and punctuation: `E-Mail-Adresse` and `emailadresse` are one. */
export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Characters of a header that are read. */
const longestHeader = 200;

/** A header's words, parted at blanks, punctuation and capitals: `smsOptIn` is `sms opt in`. */
export function wordsOf(header: string): string[] {
  return header
    .slice(0, longestHeader)
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(foldWord)
    .filter((word) => word !== '');
}

const list = (...texts: string[]): string[] => texts.join(' ').split(/\s+/).map(foldWord);

/** What a person is known by, and what tells where somebody is; the likelier headers first. */
export const fieldHeaders: Readonly<Record<string, readonly string[]>> = {
  email: list(
    'email emailaddress mail primaryemail contactemail customeremail useremail subscriberemail personemail emailid',
    'emailadresse mailadresse adresseemail adressemail adresseelectronique courriel correo correoelectronico',
    'direcciondecorreo direcciondeemail enderecodeemail indirizzoemail postaelettronica epost epostadress eposta',
    'epostaadresi adresemail emailadres メール メールアドレス Eメール почта электроннаяпочта емейл имейл 邮箱 电子邮件 電子郵件 이메일',
  ),
  userId: list(
    'userid externalid customerid externaluserid contactid recordid subscriberkey contactkey profileid memberid',
    'subscriberid clientid personid customernumber customerno kundennummer kundenid kundennr idcliente clienteid',
    'numerocliente idclient numeroclient klantnummer klantid idklienta kundnummer musterino 顧客ID 会員ID 会員番号',
    'idклиента 客户编号 고객ID id',
  ),
  whatsAppUserId: list('whatsappuserid'),
  firstName: list(
    'firstname givenname forename fname vorname nombre prenom nome imie voornaam fornamn имя 名 first',
  ),
  lastName: list(
    'lastname surname familyname lname nachname apellido apellidos nomdefamille cognome sobrenome nom achternaam',
    'efternamn nazwisko soyad soyadi фамилия 姓 성',
  ),
  postalCode: list(
    'postalcode zip zipcode zippostalcode postalzip postcode plz postleitzahl codepostal codigopostal cp cap cep',
    'postnummer kodpocztowy postakodu postcode 郵便番号 индекс почтовыйиндекс 邮编 우편번호',
  ),
  timeZone: list('timezone tz zeitzone fuseauhoraire zonahoraria fusohorario tijdzone'),
  state: list(
    'state stateregion stateprovince province provincecode statecode estado provincia bundesland 都道府県 省份',
  ),
  country: list(
    'country countrycode countryregion countryname land pays pais paese nazione kraj ulke 国 国名 страна 国家 국가 cc',
  ),
  city: list('city town ort stadt ville ciudad cidade citta stad miasto sehir 市区町村 город 城市 도시'),
};

/** What stands before a field that is part of an address; such a column counts where none says it plainly. */
export const addressPrefix =
  /^(?:defaultaddress|mailing|home|primary|address|customer|contact|shipping|billing)/;

/** Nouns for a number that gets texts, and for any number. */
export const mobileWords: ReadonlySet<string> = new Set(
  list(
    'mobile cell cellular cellphone mobilephone mobilenumber msisdn sms smsnumber whatsapp handy handynummer',
    'mobilnummer mobiltelefon mobilfunknummer natel celular movil portable mobil mobiel komorka cep ceptelefonu',
    'gsm cellulare telemovel мобильный 携帯 携帯電話 携帯番号 携帯電話番号 手机 手机号 手机号码 휴대폰 휴대전화 휴대폰번호',
  ),
);
export const phoneWords: ReadonlySet<string> = new Set(
  list(
    'phone phonenumber telephone tel telefon telefonu telefonnummer rufnummer telefono telefone telephonenumber telefoon',
    'telefoonnummer telefonszam telefonnumarasi phoneno phonenum телефон телефона телефону 電話 電話番号 电话 电话号码 전화 전화번호',
  ),
);
/** What may stand beside those nouns without another meaning. */
export const phoneFillers: ReadonlySet<string> = new Set(
  list(
    'number no nr num n numero nummer numer numara numarasi de di del du da primary main home work business other',
    'private your customer contact user subscriber client person profile e164 international 1 2 3 second secondary',
    'alternate e номер 番号 code with',
  ).filter((word) => word !== 'code'),
);

/** Words of consent, found anywhere in a header, and those by which a wish to be left alone is told. */
export const consentStems = list(
  'optin optedin consent acceptsemail acceptssms acceptsmarketing acceptswhatsapp acceptstext acceptsnewsletter',
  'acceptsmail acceptspromo marketingallowed subscrib subscription permission agreed agreesto oktotext oktoemail',
  'oktocontact newsletter gdpr rgpd dsgvo einwilligung zustimmung erlaubnis abonniert angemeldet consentement',
  'acceptation abonne inscrit consentimiento suscrit suscripcion autoriza consentimento inscrito inscricao consenso',
  'iscritto iscrizione toestemming aangemeld ingeschreven zgoda zgody subskrypcja samtycke prenumer izin izni onay abonelik',
  'согласие подписка подписан 同意 許可 購読 订阅 許諾 동의 구독 smsmarketingstate emailmarketingstate メルマガ',
  'ニュースレター 配信希望 受信希望',
);
export const refusalStems = list(
  'optout optedout unsub donotcontact donottext donotemail donotmail donotcall donotdisturb donotsms suppress',
  'blacklist blocklist stoplist abgemeldet abmeldung widerruf widerspruch desinscri desinscription desabonn baja',
  'cancelarsuscripcion descadastr disiscri uitgeschreven afgemeld uitschrijving wypis rezygnacja avregistr',
  'abonelikten отписка отписан отказ 配信停止 配信拒否 配信解除 受信拒否 退会 退订 取消订阅 수신거부',
);
/** Verbs and nouns of agreeing, which are consent beside a word for a medium: “Accetta SMS”, “Erlaubt WhatsApp”. */
export const agreeingStems = list(
  'accept accett aceit acept accord agree allow permit permis permess authori autoris autoriz okto erlaub gestatt',
  'einverstand zustimm genehmig akzept consenti permite consent toesta toegesta akkoord accoord zgad zgod pozwol',
  'akceptu godkann godkan tillat samtyck mottas mottar taremot accepterar kabul izin onay разреш соглас принима',
  '許可 許諾 同意 承諾 承認 希望 允许 允許 接受 同意 授权 허용 허락 동의 수락',
);
/** Of what may be consent: where the cells say yes and no, it is asked about. */
export const maybeConsentStems = list(
  'tcpa marketing promo offers news texting contactable contactme keepintouch werbung publicidad pubblicita publicite',
  'reclame reklam рассылк 広告 お知らせ 推广 营销 광고 마케팅',
);
/** Beside a medium no consent, whatever the cells say: what came of messages, and whether an address is sound. */
export const notConsentStems = list(
  'verified valid bounce deliver opened clicked sent soft hard duplicate landline reachable verifiziert',
);
/** Of a subscription as a thing that is sold, and of keys and counts: no consent. */
export const notConsentWords: ReadonlySet<string> = new Set(
  list(
    'plan price product renewal renew renews box tier count counts total reason campaign link url id ids key form list',
    'lists page type frequency preis level name title last 最終',
  ),
);

/** Ways to reach people that are none of ours: consent to them, or its end, is a field of the profile. */
export const otherMedia: ReadonlySet<string> = new Set(list('push webpush inapp fax postal voicemail'));
/** Beside a medium and a word for a day or a place: when and where somebody joined. */
export const joinStems = list('join signup signedup registr anmeld inscri iscri 登録');

/** What a consent column tells besides yes and no, by its last word or one anywhere in it. */
export const aspectWords = {
  date: new Set(
    list(
      'date datetime time timestamp at on since when datum zeit zeitpunkt fecha hora heure data ora tijd czas tid',
      'tarih tarihi дата время 日 日時 日付 日期 时间 날짜',
    ),
  ),
  source: new Set(
    list(
      'source quelle fuente origen fonte origem origine bron zrodlo kalla kaynak источник 経路 来源 출처 method',
    ),
  ),
  text: new Set(list('text wording language wortlaut texte texto testo tekst metin текст 文言')),
  ip: new Set(list('ip')),
} as const;

/** Words that name a medium, whole words and parts of words. */
const mediumWords: readonly { medium: Medium; words: ReadonlySet<string>; parts: RegExp }[] = [
  { medium: 'whatsApp', words: new Set(['wa']), parts: /whatsapp|ватсап/ },
  {
    medium: 'email',
    words: new Set(list('correo courriel epost eposta')),
    parts: new RegExp(
      `mail|${list('correoelectronico courriel epost メール メルマガ почт 邮件 郵件 이메일 메일').join('|')}`,
    ),
  },
  {
    medium: 'sms',
    words: new Set([...mobileWords, ...phoneWords, ...list('text texts texting txt mms call telefon')]),
    parts: new RegExp(
      `sms|${list('смс 短信 携帯 電話 手机 문자 휴대폰 телефон mobile phone handy telefon celular').join('|')}|^text`,
    ),
  },
];

/** Whether a header names a medium, or several. */
export function namesMedium(header: string): boolean {
  const words = wordsOf(header);
  return mediumWords.some(
    ({ words: own, parts }) => words.some((word) => own.has(word)) || parts.test(words.join('')),
  );
}

/** The one medium that a header names, null where it names none or several. */
export function mediumOf(header: string): Medium | null {
  const words = wordsOf(header);
  // “WhatsApp number” is WhatsApp's, and an “e-mail” is no text.
  const named = mediumWords.filter(
    ({ words: own, parts }) => words.some((word) => own.has(word)) || parts.test(words.join('')),
  );
  const [first, ...others] = named;
  if (!first) return null;
  if (first.medium === 'whatsApp' && others.every(({ medium }) => medium === 'sms'))
    return words.includes('sms') || words.includes('text') ? null : 'whatsApp';
  return others.length === 0 ? first.medium : null;
}
