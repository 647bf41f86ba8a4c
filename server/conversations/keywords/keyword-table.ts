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
    [
      'ARRETER, ARRETEZ, STOP SMS, STOPPER, DESABONNER, DESINSCRIRE, DESABONNEMENT, DESINSCRIPTION, DESABO',
      usage,
      'K',
    ],
  ]),
  ...rows('help', 'fr', [['AIDE', usage, 'K']]),
  ...rows('optIn', 'fr', [['DEBUT', usage, 'K']]),
  ...onlyConfirming('fr', [['OUI', usage, 'K']]),

  ...rows('optOut', 'es', [
    [
      'PARAR, ALTO, BAJA, CANCELAR, DETENER, DESUSCRIBIR, DESUSCRIBIRME, DARME DE BAJA, PAREN, REMOVER, DESINSCRIBIR, DETENGAN',
      usage,
      'K',
    ],
  ]),
  ...rows('help', 'es', [['AYUDA', usage, 'K']]),
  ...rows('optIn', 'es', [['ALTA, COMENZAR', usage, 'K']]),
  ...onlyConfirming('es', [['SI', usage, 'K']]),

  ...rows('optOut', 'pt', [
    ['SAIR', 'Anatel, since 2012; montesclaros.com, link.estadao.com.br', 'V'],
    ['PARAR, PARE, CANCELAR, DESCADASTRAR, PAREM, REMOVER, ANULAR, DESCADASTRE, RETIRAR', usage, 'K'],
  ]),
  ...rows('help', 'pt', [['AJUDA', usage, 'K']]),
  ...rows('optIn', 'pt', [['VOLTAR', usage, 'K']]),
  ...onlyConfirming('pt', [['SIM', usage, 'K']]),

  ...rows('optOut', 'de', [
    ['STOPP, ABMELDEN, ABMELDUNG, ENDE, ABBESTELLEN, AUSTRAGEN, STOPPEN', usage, 'K'],
  ]),
  ...rows('help', 'de', [['HILFE', usage, 'K']]),
  ...onlyConfirming('de', [['JA', usage, 'K']]),

  ...rows('optOut', 'it', [
    ['BASTA, CANCELLA, ANNULLA, DISISCRIVI, DISISCRIVIMI, CANCELLAMI, FERMA', usage, 'K'],
  ]),
  ...rows('help', 'it', [['AIUTO', usage, 'K']]),

  ...rows('optOut', 'nl', [['STOPPEN, AFMELDEN, UITSCHRIJVEN, AFMELDING, OPZEGGEN, UIT', usage, 'K']]),
  ...rows('help', 'nl', [['HULP', usage, 'K']]),

  ...rows('optOut', 'sv', [
    ['STOPP, STOPPA, AVSLUTA, AVREGISTRERA, AVANMÄLAN, AVPRENUMERERA, AVANMÄL', usage, 'K'],
  ]),
  ...rows('help', 'sv', [['HJÄLP', usage, 'K']]),
  ...rows('optOut', 'da', [['AFMELD, FRAMELD, AFMELDING', usage, 'K']]),
  ...rows('help', 'da', [['HJÆLP', usage, 'K']]),
  ...rows('optOut', 'no', [['AVSLUTT, AVMELD, STANS, AVMELDING', usage, 'K']]),
  ...rows('help', 'no', [['HJELP', usage, 'K']]),
  ...rows('optOut', 'fi', [['LOPETA, LOPETTAKAA, SEIS, PERUUTA TILAUS', usage, 'K']]),
  ...only('fi', [['PERU, PERUUTA, POISTA', usage, 'U']]),
  ...rows('optOut', 'is', [['STÖÐVA, AFSKRÁ', usage, 'U']]),
  ...rows('optOut', 'et', [['LOOBU, LÕPETA, LOOBUN', usage, 'U']]),
  ...rows('optOut', 'lt', [['ATSISAKYTI, ATSISAKAU', usage, 'U']]),
  ...rows('optOut', 'lv', [['ATTEIKTIES, ATTEIKT', usage, 'U']]),
  ...rows('optOut', 'pl', [['WYPISZ, REZYGNUJĘ, REZYGNACJA, WYREJESTRUJ, WYPISZ MNIE', usage, 'K']]),
  ...rows('help', 'pl', [['POMOC', usage, 'K']]),
  ...rows('optOut', 'cs', [['ODHLÁSIT, ODHLÁŠENÍ, ODHLÁSIT SE, ODHLASTE MĚ', usage, 'K']]),
  ...rows('optOut', 'sk', [['ODHLÁSENIE, ODHLÁSIŤ, ODHLÁS', usage, 'K']]),
  ...rows('optOut', 'hr', [['ODJAVA, ODJAVI, ODJAVITE ME', usage, 'K']]),
  ...rows('optOut', 'sr', [['ОДЈАВА, ОДЈАВИ', usage, 'K']]),
  ...rows('optOut', 'hu', [['LEIRATKOZÁS, LEIRATKOZOM, LEÁLLÍTÁS', usage, 'K']]),
  ...rows('optOut', 'ro', [['DEZABONARE, DEZABONEAZĂ, OPREȘTE, OPRIȚI, OPRIRE, RENUNȚ', usage, 'K']]),
  ...rows('optOut', 'tr', [
    ['RET', 'isobil.com.tr (free refusal number)', 'V'],
    ['İPTAL, DUR', 'sent.dm', 'V'],
    ['DURDUR, DURDURUN, REDDET', usage, 'K'],
  ]),
  ...only('tr', [['ÇIK, SİL', usage, 'U']]),
  ...rows('help', 'tr', [['YARDIM', usage, 'K']]),
  ...rows('optOut', 'ru', [
    ['СТОП, ОТПИСАТЬСЯ, ОТПИСКА, ОТПИШИТЕ, ОТКАЗ, ОТПИСАТЬ, ПРЕКРАТИТЬ, ПРЕКРАТИТЕ, ХВАТИТ', usage, 'K'],
  ]),
  ...rows('help', 'ru', [['ПОМОЩЬ', usage, 'K']]),
  ...rows('optOut', 'uk', [
    ['ВІДПИСАТИСЯ, ВІДПИСКА, ВІДПИСАТИСЬ, ВІДМОВА, ПРИПИНИТИ, ПРИПИНІТЬ', usage, 'K'],
  ]),
  ...rows('optOut', 'bg', [['ОТПИСВАНЕ, СПРИ, СПРЕТЕ', usage, 'K']]),
  ...rows('optOut', 'el', [
    ['ΣΤΟΠ, ΔΙΑΓΡΑΦΗ, ΔΙΑΚΟΠΗ, ΑΠΕΓΓΡΑΦΗ, ΣΤΑΜΑΤΗΣΤΕ, ΣΤΑΜΑΤΑ, ΤΕΛΟΣ, ΑΚΥΡΩΣΗ', usage, 'K'],
  ]),
  ...rows('help', 'el', [['ΒΟΗΘΕΙΑ', usage, 'K']]),
  ...rows('optOut', 'he', [
    [
      'הסר, הסרה, הסירו, להסיר, הסר אותי, הסירו אותי, תסירו אותי',
      'Communications Law 5742-1982, s. 30A, by custom',
      'K',
    ],
    ['עצור, הפסק, הפסיקו, תפסיקו, סטופ, ביטול', usage, 'K'],
  ]),
  ...rows('optOut', 'he', [['להסרה, חלאס', usage, 'K']]),
  ...rows('help', 'he', [['עזרה', usage, 'K']]),
  ...rows('optOut', 'ar', [
    ['توقف, إلغاء, إيقاف', usage, 'U'],
    ['الغاء الاشتراك, إلغاء اشتراكي, أوقف, أوقفوا, وقف, قف, ستوب, إيقاف الرسائل, توقفوا, الغ', usage, 'K'],
  ]),
  ...rows('help', 'ar', [['مساعدة', usage, 'K']]),
  ...rows('optOut', 'fa', [
    ['لغو, لغو اشتراک, لغو۱۱, لغو11, توقف پیامک, استاپ, قطع پیامک, انصراف', usage, 'K'],
  ]),
  ...rows('optOut', 'ur', [['بند کریں, بند کرو, روکیں, روکو, ان سبسکرائب, سٹاپ, اسٹاپ', usage, 'K']]),
  ...rows('optOut', 'hi', [
    ['बंद', usage, 'U'],
    ['रोकें, रोको, बंद करो, बंद करें, बंद कर दो, रोकिए, स्टॉप, अनसब्सक्राइब, रोक दो, हटाओ, हटाएं', usage, 'K'],
    ['BAND KARO, BAND KAR DO, ROKO, BAND KARE, BAND KRO', usage, 'K'],
  ]),
  ...rows('optOut', 'bn', [['বন্ধ, বন্ধ করুন, বন্ধ করো, থামুন, থামান, স্টপ, বাতিল, থামাও, বন্ধ কর', usage, 'K']]),
  ...rows('optOut', 'mr', [['थांबवा, बंद करा, थांबा', usage, 'K']]),
  ...rows('optOut', 'ta', [['நிறுத்து, நிறுத்தவும், நிறுத்துங்கள், ஸ்டாப்', usage, 'K']]),
  ...rows('optOut', 'te', [['ఆపు, ఆపండి, ఆపేయండి, స్టాప్', usage, 'K']]),
  ...rows('optOut', 'pa', [['ਬੰਦ, ਬੰਦ ਕਰੋ, ਰੋਕੋ, ਸਟਾਪ, ਸਟੌਪ', usage, 'K']]),
  ...rows('optOut', 'gu', [['બંધ, બંધ કરો, રોકો, સ્ટોપ', usage, 'K']]),
  ...rows('optOut', 'kn', [['ನಿಲ್ಲಿಸಿ, ನಿಲ್ಲಿಸು', usage, 'K']]),
  ...rows('optOut', 'ml', [['നിർത്തുക, നിർത്തൂ', usage, 'K']]),
  ...rows('optOut', 'th', [['ยกเลิก, หยุด, หยุดส่ง, เลิกส่ง, เลิกรับ, ไม่รับ, ยกเลิกการรับข้อความ', usage, 'K']]),
  ...rows('optOut', 'vi', [
    ['TỪ CHỐI, HỦY ĐĂNG KÝ, HỦY NHẬN, NGỪNG, NGƯNG, NGỪNG LẠI, DỪNG LẠI', usage, 'K'],
  ]),
  // TC is for từ chối, by which people refuse advertising texts; folded, HỦY is a name too, and DỪNG is ĐÚNG, "right", so it is none.
  ...only('vi', [
    ['TC', 'Decree 91/2020/ND-CP, art. 16', 'K'],
    ['HỦY, HUỶ BỎ', usage, 'K'],
  ]),
  ...rows('optOut', 'id', [['BERHENTI, UNREG, BERHENTI BERLANGGANAN, HENTIKAN, SETOP', usage, 'K']]),
  ...only('id', [['BATAL, KELUAR, HAPUS', usage, 'U']]),
  ...rows('optOut', 'ms', [['HENTI, NYAHLANGGAN, BATAL LANGGANAN', usage, 'K']]),
  ...only('ms', [['BATAL, KELUAR, PADAM', usage, 'U']]),
  ...rows('optOut', 'tl', [
    ['TIGIL, ITIGIL, HINTO, IHINTO, TIGILAN, ITIGIL NA, TAMA NA, PAKITIGIL', usage, 'K'],
  ]),
  ...rows('optOut', 'sw', [['SITISHA, SIMAMISHA, JIONDOE, KOMESHA, ACHA, ACHENI', usage, 'U']]),
  ...rows('optOut', 'af', [['STAAK', usage, 'U']]),
  ...rows('optOut', 'ca', [['ATUREU, ATURAR', usage, 'U']]),
  ...rows('optOut', 'ka', [['სტოპ, შეწყვეტა, გაუქმება', usage, 'U']]),
  ...rows('optOut', 'hy', [['ՍՏՈՊ, ԴԱԴԱՐԵՑՆԵԼ', usage, 'U']]),
  ...rows('optOut', 'am', [['አቁም, አቁሙ', usage, 'U']]),
  ...rows('optOut', 'km', [['ឈប់, បញ្ឈប់', usage, 'U']]),
  ...rows('optOut', 'lo', [['ຢຸດ, ຍົກເລີກ', usage, 'U']]),
  ...rows('optOut', 'my', [['ရပ်, ရပ်ပါ', usage, 'U']]),
  ...rows('optOut', 'ko', [
    ['수신거부, 거부', 'phps.kr, smscore.co.kr', 'V'],
    ['수신 거부, 중지, 그만, 해지, 스톱, 스탑, 구독취소, 구독 해지, 수신차단, 정지, 취소', usage, 'K'],
  ]),
  ...rows('optOut', 'ja', [
    ['配信停止, 停止, 解除', usage, 'K'],
    [
      'ストップ, 退会, 解約, 登録解除, 配信解除, やめて, やめてください, 中止, 購読解除, キャンセル',
      usage,
      'K',
    ],
  ]),
  ...rows('optOut', 'zh', [
    ['TD', aws, 'V'],
    ['退订, 退訂, 停止', usage, 'K'],
    ['取消订阅, 取消訂閱, 拒收, 停止发送, 停止發送, 取消, 停, 终止, 終止', usage, 'K'],
  ]),
  ...only('zh', [['R', 'asked for by senders in China: "拒收请回复R"', 'K']]),
  ...only('zh', [['T', usage, 'K']]),
  ...helpWords(),
];

/** Help where nothing else is known of the language but refusals. */
function helpWords(): Keyword[] {
  const words: readonly (readonly [language: string, words: string])[] = [
    ['bg', 'ПОМОЩ'],
    ['bn', 'সাহায্য'],
    ['fa', 'راهنما, کمک'],
    ['fi', 'APUA, OHJE'],
    ['hi', 'मदद, सहायता, MADAD'],
    ['hu', 'SEGÍTSÉG, SÚGÓ'],
    ['id', 'BANTUAN'],
    ['ja', 'ヘルプ, 助けて'],
    ['ko', '도움말, 도움'],
    ['ta', 'உதவி'],
    ['te', 'సహాయం'],
    ['pa', 'ਮਦਦ'],
    ['mr', 'मदत'],
    ['ro', 'AJUTOR'],
    ['sr', 'ПОМОЋ'],
    ['hr', 'POMOĆ'],
    ['sl', 'POMOČ'],
    ['sw', 'MSAADA'],
    ['th', 'ช่วยเหลือ, ช่วยด้วย'],
    ['tl', 'TULONG'],
    ['uk', 'ДОПОМОГА'],
    ['ur', 'مدد'],
    ['vi', 'TRỢ GIÚP'],
    ['zh', '帮助, 幫助, 帮忙, 說明'],
    ['cs', 'NÁPOVĚDA'],
    ['et', 'ABI'],
    ['lt', 'PAGALBA'],
    ['ca', 'AJUT'],
  ];
  return words.flatMap(([language, each]) => rows('help', language, [[each, usage, 'K']]));
}

/** Words that other languages have too, with another meaning. */
function only(language: string, lines: readonly Row[]): Keyword[] {
  return rows('optOut', language, lines).map((row) => ({ ...row, onlyIn: true as const }));
}

function onlyConfirming(language: string, lines: readonly Row[]): Keyword[] {
  return rows('optIn', language, lines).map((row) => ({ ...row, onlyConfirms: true as const }));
}

function rows(meaning: Keyword['meaning'], language: string, lines: readonly Row[]): Keyword[] {
  return lines.flatMap(([words, source, certainty]) =>
    words.split(', ').map((word) => ({ word, meaning, language, source, certainty })),
  );
}
