import { foldPattern } from './fold.ts';

/**
 * Replies of somebody whom the messages are not meant for: the number has passed to another, or its owner has died.
 * Nobody is opted out for it, since the two may be a mistake: the person is paused and somebody decides. Patterns are
 * looked for anywhere in folded text; from knowledge of the languages, November 2026.
 */
export type NotThem = 'wrongNumber' | 'died';

/** Where words are parted by spaces. */
const spaced: Record<NotThem, readonly string[]> = {
  wrongNumber: [
    // English
    '(?:wrong|incorrect) (?:number|num|no|person|phone|guy|recipient|contact)',
    '(?:its |thats |this is |that is |it is )?not (?:me$|my (?:number|account|name)$|the right (?:number|person))|(?:isnt|not) \\w+s (?:number|phone|cell)',
    'this is(?:nt| not) (?!(?:working|good|right|fair|true|it|ok|okay|funny|cool|fun|great|bad|mine|nice|correct|possible|spam|enough|urgent|what|how|for|my|a|the)$)\\w+$',
    '(?:you have|youve got|u have|u got|you got|think you have) (?:the )?wrong \\w+',
    '(?:nobody|no one|noone) (?:here )?(?:by|named|called|with) (?:that|this)? ?\\w+',
    '(?:i am|im) not (?:her|him|them|that person|this person|who you)',
    '(?:my|this) (?:new )?number (?:used to belong|belonged|was) (?:to )?',
    'new (?:owner|number)|changed (?:my |his |her )?number',
    'who(?: is| are|s|se)? (?:this|dis|u|you|number is this)(?: again)?$|who the (?:hell|heck|fuck) (?:is this|are you)|do i know you|i dont know (?:who (?:this|you|u)|you$)',
    '(?:no longer|not) (?:with|at) this number|doesnt (?:live|work) here|no longer (?:lives|works) here',
    // French
    '(?:mauvais|faux|mauvaise) (?:numero|personne|num|destinataire)|(?:erreur|trompez?) de (?:numero|personne|destinataire)|(?:vous (?:vous )?(?:trompez|etes trompe\\w*))',
    '(?:ce nest pas|cest pas|je ne suis pas|je suis pas) (?:moi|mon numero|le bon numero|la bonne personne|la personne)$|qui (?:etes vous|es tu|est ce)$|cest qui$|plus le numero de',
    // Spanish, Portuguese, Italian, Catalan, Romanian
    '(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa]|erronea?o?)|(?:se|te|esta[ns]?|estas|se ha|te has) (?:equivoc\\w+)(?: de (?:numero|persona))?',
    '(?:no soy|este no es|no es) (?:yo|esa persona|mi numero|el numero de|la persona)|quien (?:eres|es|es usted|habla|sos|son ustedes)$|ya no es (?:el|su) numero',
    '(?:numero|pessoa|telefone) (?:errad[oa]|trocado|incorret[oa])|foi engano|(?:nao sou|nao e) (?:eu|essa pessoa|meu numero|o numero de)|quem (?:e|es|e voce|fala|seria)$|enganou se|se enganou|aqui nao e (?:a |o )?\\w+$',
    '(?:numero|persona) (?:sbagliat[oa]|errat[oa])|(?:avete|hai|ha) sbagliato (?:numero|persona)?|(?:non sono|non e) (?:io|questa persona|il mio numero|la persona|il numero di)|chi (?:sei|siete|e|parla)$',
    'numar gresit|(?:ati|ai) gresit (?:numarul|persoana)?|persoana gresita|nu sunt eu|cine (?:esti|sunteti|e|este)$|numero equivocat',
    // German, Dutch, Nordic, Finnish, Estonian
    '(?:falsche|verkehrte) (?:nummer|person)|falsch verbunden|das bin ich nicht|ich bin nicht (?:die|der) richtige|ich bin (?:das|es) nicht|ich bin nicht gemeint|nicht meine nummer|wer (?:ist (?:das|da|dort)|sind sie|bist du|schreibt da)$|verwahlt|nicht mehr die nummer',
    '(?:verkeerd|fout)e? (?:nummer|persoon|verbonden)|(?:dat|dit) ben ik niet|wie (?:is (?:dit|dat)|ben je|bent u|zijn jullie)$|niet mijn nummer|niet meer (?:het|haar|zijn) nummer',
    '(?:fel|forkert|feil) (?:nummer|person|telefonnummer)|(?:inte|ikke) (?:jag|mig|meg|jeg|mitt nummer|mit nummer)$|(?:vem|hvem) (?:ar (?:det|du|detta)|er (?:det|du|dette))$',
    'vaara (?:numero|henkilo)|vaaraan numeroon|en ole (?:han|se|oikea)|kuka (?:tama on|siella|olet|sina olet)$|vale number|kes see on$',
    // Slavic, Baltic, Hungarian
    '(?:не тот|неправильный|неверный|чужой) номер|(?:вы )?ошибл\\w+(?: номером)?|ошиб\\w+ номером|не туда попали|это не я|(?:а )?(?:кто это|вы кто|кто вы|кто ты|кто пишет)$|номер больше не',
    '(?:не той|неправильний|невірний|чужий) номер|помилил\\w+(?: номером)?|це не я|(?:а )?(?:хто це|ви хто|хто ви)$',
    '(?:zly|bledny|nie ten|niewlasciwy) numer|pomyl(?:ka|ka numeru|ile?[sm]?cie sie|iles sie|ili sie panstwo)|to nie ja|nie jestem (?:ta osoba|nim|nia)|kto to(?: jest)?$|kim (?:jestes|pan jest)$|nie (?:ten|moj) numer|zla osoba',
    '(?:spatne|jine|zle|nespravne) cislo|omyl|spletli? jste(?: se| si)?|(?:to )?nejsem (?:ja|to ja|on|ona)|kdo (?:je to|jste|to je|jsi)$|kto (?:je to|ste|si)$|nespravne cislo',
    '(?:pogresan|krivi) broj|pogresili ste|ko je (?:to|ovo)$|tko je (?:to|ovo)$|погрешан број|грешен номер|сгрешили сте|кой е(?: това)?$|napacna stevilka|kdo je to$',
    '(?:rossz|teves|hibas) (?:szam|telefonszam|szemely)\\w*|teves(?:kapcsolas|en)|nem (?:en|o) vagyok|ki (?:vagy|az|ez|on|beszel)$|neteisingas numeris|nepareizs numurs',
    // Greek, Turkish, Hebrew, Arabic, Persian, Urdu
    'λαθος (?:αριθμο|νουμερο|ατομο|προσωπο)\\w*|δεν ειμαι (?:εγω|αυτος|αυτη)|ποιος (?:ειναι|εισαι|ειστε)$|ποια ειναι$|κανατε λαθος',
    'yanlis (?:numara|kisi|numaraya|no)|(?:o )?ben degilim|(?:bu )?kim(?:sin|siniz|dir| bu| o)$|siz kimsiniz$|numara(?:m)? degil|yanlis kisiye',
    'מספר (?:שגוי|לא נכון|טועה)|טעות (?:במספר|בטלפון)|^טעות$|זה לא אני|אני לא (?:הוא|היא)|מי (?:זה|זאת|אתה|אתם|מדבר)$|טעיתם|המספר לא',
    '(?:رقم|الرقم|شخص|نمره|نمرة) (?:خطا|غلط|خاطئ|خاطي|غير صحيح)|الرقم (?:غلط|خطا|خاطي)|غلطان|(?:انا )?(?:لست|مو|مش|ماني) (?:انا|هو|هي|هذا الشخص|صاحب الرقم)|من (?:انت|انتم|معي|معاي|هذا)$|مين (?:معي|معايا|انت|حضرتك|ده)$|اخطات',
    'شماره (?:اشتباه|رو اشتباه|را اشتباه|غلط)|اشتباه (?:گرفتید|گرفتین|فرستادید|است|شده|ارسال)|من (?:نیستم|ایشان نیستم|اون نیستم)|^شما$|کی هستی[دن]?$|غلط نمبر|(?:یہ )?میں نہیں(?: ہوں)?$|کون (?:ہے|ہو|ہیں|ہو تم)$|رانگ نمبر|غلط (?:بندہ|شخص)',
    // South Asia
    'गलत नंबर|रॉन्ग नंबर|रांग नंबर|(?:यह )?मैं नहीं(?: हूं| हूँ)?$|कौन (?:है|हो|हैं|हो तुम|बोल रहा है)$|galat (?:number|no|nambar)|rong number|kaun (?:hai|ho|bol raha)\\w*$|kon (?:hai|ho)$|main nahi(?: hu| hun| hoon)?$',
    'ভুল নম্বর|ভুল নাম্বার|রং নাম্বার|রং নম্বর|আমি (?:সে )?না$|আমি নই|কে (?:আপনি|বলছেন|তুমি)$|(?:আপনি|তুমি|এটা) কে$|चुकीचा नंबर|कोण आहे$|தவறான எண்|யார் (?:இது|நீங்கள்)$|తప్పు నంబర్|ఎవరు|ਗਲਤ ਨੰਬਰ|ਕੌਣ ਹੈ|ખોટો નંબર|કોણ',
    // Vietnamese, Indonesian, Malay, Tagalog, Swahili, Afrikaans
    '(?:nham|lon) (?:so|nguoi|may)|sai so(?: roi)?$|(?:toi )?khong phai (?:toi|la toi|so|nguoi)|(?:ai (?:day|vay|the|do)|ban la ai|la ai)$',
    '(?:salah|keliru) (?:nomor|nomer|no|orang|sambung|nombor|kirim)|(?:bukan|ini bukan) (?:saya|aku|nomor saya|nombor saya|orangnya)|(?:ini )?siapa(?: ini| ni| ya| kamu| anda| sih| kau)?$',
    '(?:maling|mali) (?:ang )?(?:number|numero|tao|namber)|mali po|wrong send|hindi (?:po )?(?:ako|akin)(?: (?:yan|ito|to|iyan|yun))?$|sino (?:to|ito|po ito|ka|po sila|po kayo|po to|ba to)$|namba (?:si sahihi|siyo)|umekosea namba|nani (?:huyu|wewe)$|verkeerde nommer|wie is dit$',
  ],
  died: [
    '(?:passed away|deceased|(?:is )?no longer (?:with us|alive)|rest in peace|late (?:husband|wife|father|mother)|committed suicide)',
    '(?<!(?:phone|battery|car|laptop|computer|internet|power|connection|tablet|watch|i|we) (?:has |just |almost |nearly )?)(?:died(?! (?:laughing|of laughter|down|out))|(?:is|hes|shes) dead(?! (?:again|tired|serious|inside|on)))',
    'decedee?s?|nous a quittes?|a quitte ce monde|est mort(?:e|es|s)?(?! de rire)',
    '(?:ha fallecido|fallecio|fallecid[oa]|murio|ha muerto|ya no esta con nosotros|esta muert[oa]|q e p d|qepd|difunt[oa])',
    '(?:faleceu|falecid[oa]|morreu|partiu desta|ja nao esta (?:entre|conosco)|nao esta mais (?:entre nos|conosco)|obito)',
    '(?:e mort[oa]|e decedut[oa]|decedut[oa]|e mancat[oa]|e venut[oa] a mancare|ci ha lasciat[oi])',
    '(?:a decedat|a murit|decedat|decedata|nu mai traieste|a incetat din viata|ha mort|va morir)',
    '(?:verstorben|gestorben|(?<!(?:handy|akku|telefon|batterie) )ist tot|nicht mehr am leben|verschieden|lebt nicht mehr|todesfall)|(?:overleden|is dood|gestorven|leeft niet meer)',
    '(?:avliden|har (?:dott|gatt bort)|ar dod|gatt bort|dog (?:i|for)|har avlidit|avled)|(?:er dod|(?:er|har) (?:gaet|gatt) bort|afgaet ved doden|gaet bort|gikk bort|er avdod|dode|sovet ind|dod i)|(?:kuollut|kuoli|menehty\\w+|edesmennyt|poisnukkunut|surnud|suri)',
    '(?:умер(?:ла|ли)?|скончал\\w+|нет в живых|погиб\\w*|покойн\\w+|больше нет с нами|ушел из жизни|ушла из жизни)|(?:помер\\w*|загинув\\w*|немає в живих|покійн\\w+)|(?:почина\\w*|умря\\w*|преминал\\w*|умро|умрла|преминуо)',
    '(?:zmarl(?:a|y)?|nie zyje|smierc|zmarlego|zmarlej)|(?:zemrel[ay]?|umrel[ay]?|je po smrti|zesnul[ay]?|uz nezije|zomrel[ay]?|je mrtv[ya]?|zemrelo)|(?:umro|umrla|preminuo|preminula|umrl[ai]?|mirusi|nomira)',
    '(?:meghalt|elhunyt|elhalalozott|nem el mar|mar nem el|halott)',
    '(?:πεθανε|απεβιωσε|εφυγε απο τη ζωη|δεν ζει|δε ζει|εχει πεθανει|απεβιωσαν)|(?:vefat (?:etti|etmis|etmistir|ettiler)|hayatini kaybetti|rahmetli)',
    '(?:נפטר|נפטרה|מתה? לפני|הלך לעולמו|הלכה לעולמה|איננו בין החיים|ז ל|זל$|המנוח|המנוחה|כבר לא בחיים|לא בין החיים)|(?:توفي|توفى|توفيت|مات|ماتت|متوفي|متوفاه|الله يرحمه|الله يرحمها|رحمه الله|رحمها الله|المرحوم|المرحومه|انتقل الي رحمه|انتقلت الي رحمه)',
    '(?:فوت (?:کرده|کردن|کرد|شده|شدند|شد|ہو|ہوگ|ہوچ)\\w*|مرحوم|درگذشت\\w*|از دنیا رفت\\w*|مرده|در قید حیات|انتقال (?:کر|ہو)|وفات|مر (?:گیا|گئی|چکا|گئے))',
    '(?:निधन|देहांत|मृत्यु|मर (?:गए|गया|गई|चुके|चुका)|गुजर (?:गए|गया|गई|चुके)|स्वर्गवास|(?:guzar|gujar|mar) (?:gaye|gaya|gayi|chuke)|expire (?:ho gaye|ho gaya|ho gayi)|death ho (?:gayi|gai)|intqal)|(?:মারা গেছেন|মারা গেছে|মারা গিয়েছেন|মৃত্যু|ইন্তেকাল|প্রয়াত)|(?:இறந்து|காலமான|చనిపోయ|వారు లేరు|મૃત્યુ|અવસાન|ਮੌਤ|ਗੁਜ਼ਰ ਗ|वारले|निधन)',
    '(?:da mat roi|mat roi$|qua doi|chet roi|da chet|da qua doi|khong con song|tu tran)|(?:sudah|telah|udah|dah)? ?(?:meninggal|wafat|mati dunia|kembali ke rahmatullah|almarhum|almarhumah|arwah|tutup usia)|(?:namatay|patay na|pumanaw|yumao|sumakabilang|wala na (?:po )?(?:siya|sya))|(?:amefariki|alifariki|amekufa|marehemu)|(?:oorlede|is dood)',
  ],
};

/** Where they are not. */
const spaceless: Record<NotThem, readonly string[]> = {
  wrongNumber: [
    '打错|打錯|发错|發錯|号码错|號碼錯|错号|錯號|电话错|电话號碼錯|不是我(?!要|想|说|說|买|買|订|訂|点|點)|不是本人|不是这个人|不是這個人|认错人|認錯人|找错人|找錯人|你是谁|你是誰|请问是谁|請問是誰|谁啊$|誰啊$|你哪位|您哪位|请问哪位|請問哪位|(?:号码|號碼)(?:已经|已)?换(?:人|了)',
    '番号(?:が|を)?(?:違|間違|まちが)|間違い(?:電話|メール|です|では)|人違い|宛先(?:が)?(?:違|間違)|(?:私|わたし|本人)(?:では|じゃ)(?:ない|ありません)|(?:誰|だれ|どちら様|どなた)(?:です|ですか|さんですか|でしょうか)?$|間違えて(?:ます|います|ない)',
    '(?:잘못(?:된|보내|거|아|누)|번호(?:가)?(?:잘못|틀|바뀌|아닙|아니)|제가아닙|저아닌|저아닙|저아니|사람(?:이)?아닙|본인아|본인이아|누구(?:세요|신가요|시죠|야|시냐|십니까|신지요|에요|예요|임))',
    'ผิดเบอร์|เบอร์ผิด|ส่งผิด|ผิดคน|โทรผิด|ไม่ใช่(?:ฉัน|ผม|เบอร์|เจ้าของ|คนนี้|เรา|หนู|ดิฉัน)|(?:นี่)?ใคร(?:คะ|ครับ|อ่ะ|เนี่ย|หรอ|นะ|ค่ะ|อะ)?$|ເບີຜິດ|ខុសលេខ|ច្រឡំលេខ|နံပါတ်မှား|ဘယ်သူလဲ',
  ],
  died: [
    '去世|过世|過世|(?<!笑|累|忙|热|熱|饿|餓|气|氣|吵|烦|煩|冷|困|心)死了|已故|逝世|往生|不在人世|不在世|走了(?:半年|一年|多年)|離世|离世|病故|身亡',
    '亡くな|死亡|死にました|他界|死去|永眠|故人',
    '돌아가(?:셨|신|셔)|사망|죽었|고인|별세|세상(?:을)?떠|작고',
    'เสียชีวิต|ตายแล้ว|(?:ท่าน|เขา|แม่|พ่อ)เสียแล้ว|ถึงแก่กรรม|ล่วงลับ|จากไปแล้ว|ເສຍຊີວິດ|ស្លាប់|ទទួលមរណភាព|ကွယ်လွန်|ဆုံးသွား|သေဆုံး',
  ],
};

/** Folded, and with `\w` standing for letters of every script. */
const withLetters = (source: string) => foldPattern(source).replaceAll('\\w', '[\\p{L}\\p{N}]');

const patterns = (['died', 'wrongNumber'] as const).map((kind) => ({
  kind,
  ofWords: spaced[kind].map((source) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${withLetters(source)})`, 'u')),
  ofRuns: spaceless[kind].map((source) => new RegExp(withLetters(source), 'u')),
}));

/** Whom folded text says the messages miss; null when it says nothing of it. */
export function whoTheyMiss(words: string): NotThem | null {
  const run = words.replaceAll(' ', '');
  const found = patterns.find(
    ({ ofWords, ofRuns }) =>
      ofWords.some((pattern) => pattern.test(words)) || ofRuns.some((pattern) => pattern.test(run)),
  );
  return found?.kind ?? null;
}
