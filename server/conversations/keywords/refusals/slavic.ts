import type { RefusalWords } from './refusal-words.ts';

/** The Slavic languages, the Baltic ones and Hungarian. */
export const slavicRefusals: readonly RefusalWords[] = [
  {
    language: 'ru',
    leave:
      'отписаться отписаться_от отпишите_меня отпишите отпиши_меня отпиши отписка отписываюсь удалите_меня удали_меня уберите_меня убери_меня ' +
      'исключите_меня удалите_мой_номер удалите_номер удалите_мой уберите_мой_номер оставьте_меня_в_покое отписацца отписатса отвяжитесь отстаньте ' +
      'отстаньте_от_меня отзываю_согласие отказываюсь отказ отказываюсь_от отзываю отключите отключите_меня отключить отключите_рассылку отписать ' +
      'отцепитесь не_беспокоить не_беспокойте отпишитесь отвалите отвали отстань отвянь отвяньте стереть_мой_номер сотрите_мой_номер вычеркните_меня ' +
      'отпишите_мой отпишите_нас отпишитесь_от отписывайте отписывай отпишусь хочу_отписаться отписаться_бы удалить_меня убрать_меня исключить_меня ' +
      'удали_мой_номер удали_номер убери_мой_номер убери_номер уберите_номер исключите_мой сотрите_номер вычеркните_мой забудьте_мой_номер ' +
      'забудьте_меня забудьте забудь_мой_номер забудь_про_меня отвяжись отстаньте_уже оставьте_в_покое оставь_меня_в_покое оставьте_нас_в_покое ' +
      'отзыв_согласия отзываю_свое_согласие отказ_от отказаться отказаться_от отказатся отключите_от отключи отключи_меня не_согласен не_согласна ' +
      'не_давал_согласия не_давала_согласия против_рассылки заблокируйте_меня выпишите_меня выпишите снимите_с_рассылки снимите_меня расписаться_от ' +
      'не_беспокоит анулируйте',
    cancel:
      'отменить отмените отмена удалить удалите убрать уберите прекращение отключить исключите исключить вычеркните отключите сотрите стереть ' +
      'в_покое удали удаление удаляйте убери уберите_отовсюду исключи вычеркни вычеркнуть отмени отменяйте отключи отключение заблокируйте ' +
      'заблокировать блокируйте аннулируйте аннулировать стирайте сотри вынесите выкиньте выкинь снимите снять закройте закрыть деактивируйте ' +
      'очистите отзываю отозвать отзовите выпишите остановка',
    end:
      'стоп stop стопе хватит прекратите прекрати прекратить перестаньте перестань остановите остановить достали довольно завязывайте заканчивайте ' +
      'кончайте хорош достали_своими прекращайте прекратите_уже прекрати_уже прекратили перестаньте_уже перестанете перестали завязывай ' +
      'завязывайте_с заканчивай заканчивайте_с кончай кончайте_с закончите закончить хватит_уже хватит_мне довольно_уже остановитесь остановись ' +
      'приостановите приостановить тормозите задолбали_своими достали_уже надоели_ваши надоели_со_своими надоело_получать устал_от устала_от конец ' +
      'с_меня_хватит стопните стоп_стоп',
    not: 'не нельзя никогда неnado не_надо не_нужно незачем больше_никогда',
    none: 'без никаких никакой никакие никаких_больше долой ноль',
    send:
      'присылайте присылай присылать шлите шли слать пишите пиши писать отправляйте отправлять отправляй звоните звонить беспокоить беспокойте ' +
      'спамить спамьте тревожьте высылайте посылайте рассылать надоедайте надоедать рекламировать навязывать мешать трогайте доставать доставайте ' +
      'писать_мне отсылайте присылай_мне присылать_мне присылайте_мне шлите_мне слать_мне отправлять_мне отправляйте_мне отсылать посылать посылай ' +
      'рассылайте писать_нам написывайте звоните_мне звони названивайте названивать беспокой тревожить тревожь донимайте донимать надоедай ' +
      'приставайте приставать мучайте мучить доставай дёргайте дергайте дергать докучать докучайте спами спамьте_мне спамить_мне смсить смсите ' +
      'скидывайте скидывать кидайте кидать контактируйте контактировать связывайтесь связываться обращайтесь обращаться заваливайте заваливать ' +
      'засыпайте засоряйте засорять информируйте информировать оповещать оповещайте уведомлять уведомляйте навязывайте предлагайте предлагать ' +
      'впаривайте впаривать направляйте направлять прислать отправить напоминайте рекламируйте присылание отправку отправка отправки',
    want:
      'хочу желаю хотим хотелось_бы нужны нужно нужна надо интересны хачу хатим хочется хотел_бы хотела_бы намерен намерена собираюсь желаем ' +
      'требуется необходимо необходимы интересуют интересует интересна волнуют нужен',
    receive:
      'получать получать_от получении видеть читать слышать принимать приходили присылали получал приходило',
    dontWant:
      'не_интересно не_интересует неинтересно не_заинтересован не_заинтересована незаинтересован не_заинтересованы нет_интереса неинтересны ' +
      'не_интересуют не_интересуюсь не_нуждаюсь не_интересны не_нужны не_нужно_мне',
    noun:
      'сообщен* смс sms смски смсок реклам* рассылк* спам спама предложени* уведомлени* сообщ* писем письма акци* эсэмэс* ваши_смс сообщения ' +
      'сообщение смс_сообщ* сообщений смс_рассылк* месседж* ваши_акции ваши_скидки ваши_акции_и_скидки ваших_акций ваших_скидок смс* sms* эсэмэски ' +
      'эсемески эсэмэсок сообщенька сообщениями смсками смсками_своими письмами рекламное промо промокоды промоакции оповещени* уведомл* извещени* ' +
      'предложениями информаци* подписк* согласие согласия хрень хрени херню херни ерунду ерунды бред мусор фигню фигни звонк* контакт маркетинг* ' +
      'новост* ньюслеттер* рассылать мессенджер* сообщ',
    who:
      'мне меня нам мой_номер этот_номер на_этот_номер на_мой_номер из_списка из_базы из_рассылки список номер мой из_вашей_базы своих_списков ' +
      'из_своих рассылки базы данных контакт мой_телефон моего_номера моему_номеру мои_данные мои_личные_данные персональные_данные ' +
      'мои_персональные_данные личные_данные контакты мои_контакты мой_контакт своей_базы вашей_базы базе базу баз списке списков списка ' +
      'вашего_списка системы из_системы адресной_книги книги телефон телефона телефонный_номер номера номеру номере аккаунт тел номерок данный_номер ' +
      'мобильный рассылок из_рассылки_ваш подписчиков мну мя',
    ask:
      'можете можно могли_бы можете_ли можно_ли не_могли_бы могли_бы_вы можешь могу_я требую прошу_вас хочу_чтобы хотелось_бы_чтобы будьте_добры ' +
      'будьте_любезны очень_прошу убедительная_просьба просьба_больше большая_просьба прекратите_ли',
    joined:
      'подписывался подписывалась подписался подписалась подписан подписана регистрировался регистрировалась зарегистрирован соглашался соглашалась ' +
      'согласился давал давала дал дала согласие_давал просил_об оставлял оставляла оставлял_номер заказывал заказывала запрашивал запрашивала ' +
      'разрешал разрешала разрешение подавал покупал покупала клиент знаю',
    beside:
      'магазин магазина компания компании фирма переехал переехала дорого незаконно фас роскомнадзор жалоба жалобу пожалуюсь суд полиция закон',
    block: 'почему когда если',
    soft:
      'слишком_много_сообщений слишком_много_смс достали надоели задолбали заебали отъебитесь отъебись идите_нахуй идите_на_хуй пошли_нахуй ' +
      'пошли_вон идите_лесом',
    fill:
      'больше пожалуйста спасибо свои свою ваши вашу ваш ваше ваших вашей эту эти этих это от на и я вы уже немедленно никогда привет здравствуйте ' +
      'сюда с по пож плиз все всё всю всех мои рекламные рекламных еще в мой срочно наконец прошу о вас свой своими раз день получения получение ' +
      'ваших_рассылок что_либо ничего вообще пожалуйста_больше любые убедительно просьба надоело надоели задолбали заебали блин блять ребята господа ' +
      'сколько_можно мешайте людям туда как оставьте оставь уважаемые господа_хорошие коллеги уважением с_уважением доброе утро вечер доброго дня ' +
      'заранее благодарю плз пжлст пжл пожалуста пожалуйсто пажалуста пжст плиз_уже спс спасиб спасибочки ну же ка бы то что чтобы хотя а но_и да ' +
      'так вот вам тебя тебе ты мы нас ваша вашими вашим ваши_эти своей своего своё свое моего моей моем моему моим этого этой этом этими этим том ' +
      'того таких такие такую такой подобные подобных подобное дурацкие дурацких тупые тупую навязчивые навязчивую ненужные ненужную надоедливые ' +
      'бесконечные бесконечную постоянные постоянно ежедневно ежедневные каждый достал достала достали достало блиин бля бляха твою мать нафиг ' +
      'нахрен нахер нах сколько говорить просил просила говорил говорила второй третий последний предупреждение впредь дальше далее в_дальнейшем ' +
      'дальнейшем будущем в_будущем отныне вновь снова опять никому никогда_больше ничего_больше никак совсем окончательно навсегда немедля ' +
      'незамедлительно сейчас сейчас_же сию минуту быстро скорее поскорее сразу конкретно реально просто очень до по_смс через посредством для моё ' +
      'мое рекламного характера рекламной рекламную рекламными рекламой рекламный коммерческие спамерские спамеры козлы уроды уже_в мой_номер_из ' +
      'чёрт черт пусть будет любую любой любых каких_либо какие либо какой вашего вашему которые которую человек люди туда_сюда их',
    manners: 'пожалуйста спасибо плиз привет здравствуйте прошу добрый день пж',
  },
  {
    language: 'uk',
    leave:
      'відписатися відпишіть відпишіть_мене відпишить відписка відмова відмовляюсь відмовляюся видаліть_мене видаліть_мій видаліть_номер ' +
      'приберіть_мене заберіть_мене дайте_спокій відчепіться виключіть_мене відписатись відчепись відпишіться зітріть_мій_номер відписати ' +
      'відписатися_від відписка_від відпиши відпиши_мене відпишіть_мій відпишись відписуюсь відписуюся хочу_відписатися вилучіть_мене вилучіть_номер ' +
      'видали_мене видали_мій_номер видаліть_мій_номер приберіть_мій_номер приберіть_номер приберіть_з викресліть_мене викресліть викиньте_мене ' +
      'зніміть_мене забудьте_мій_номер забудьте_мене відчепіться_від відстаньте залиште_мене_в_спокої залиште_в_спокої дайте_мені_спокій ' +
      'залиште_мене_у_спокої облиште_мене відкликаю відкликаю_згоду відкликати_згоду відмовитись відмовитися відмова_від відмовляюсь_від ' +
      'відмовляюся_від відключіть відключіть_мене не_турбувати не_турбуйте не_даю_згоди не_згоден не_згодна заблокуйте_мене відєднайте',
    cancel:
      'скасувати скасуйте видаліть видалити прибрати приберіть скасування виключіть у_спокої в_спокої видали видалення вилучити вилучіть вилучення ' +
      'прибери скасуй скасовую виключити виключи викреслити викресліть викресли зітріть стерти зітри зніміть зняти відключіть відключити вимкніть ' +
      'вимкнути анулюйте анулювати заблокуйте заблокувати викиньте деактивуйте закрийте відкликаю відкликати',
    end:
      'стоп stop досить годі припиніть припини припинити перестаньте зупиніть зупинити вистачить припиняйте припини_вже припиніть_вже перестати ' +
      'перестань перестанете кінчайте кінчай закінчуйте завершуйте завершіть завершити зупиніться зупинись зупиняйте хватить хватит годі_вже ' +
      'досить_вже доволі задовбали_своїми втомився_від втомилась_від вистачить_вже стопе призупиніть призупинити',
    not: 'не ніколи ані не_треба не_потрібно більше_не',
    none: 'без ніяких жодних жодного ніякої жодної нуль',
    send:
      'надсилайте надсилати надсилай пишіть писати пиши шліть слати присилайте присилати дзвоніть дзвонити турбуйте турбувати спамити відправляйте ' +
      'спамте писати_мені діставайте набридайте надокучайте надсилай_мені надсилати_мені надсилайте_мені шліть_мені слати_мені шли шлі пишіть_мені ' +
      'відправляти відправляй відправлення посилайте посилати присилай кидайте кидати скидайте скидати дзвони телефонуйте телефонувати турбуй ' +
      'турбувати_мене тривожте чіпайте чіпати набридай набридати діставати мучте мучити спамити_мені спамте_мені смсити смсте контактуйте ' +
      'контактувати звязуйтесь звязуйтеся звязуватися звертайтеся звертайтесь інформуйте інформувати сповіщайте сповіщати повідомляйте повідомляти ' +
      'навязуйте пропонуйте розсилайте розсилати надсилання',
    want:
      'хочу бажаю хочемо потрібно потрібні потрібна треба бажаємо хотів_би хотіла_би хотілося_б хотілось_би хочемо_більше цікаві цікавлять цікавить ' +
      'цікава маю_бажання збираюся',
    receive: 'отримувати одержувати отримувати_від бачити читати чути приходили приймати отримання',
    dontWant:
      'не_цікаво не_цікавить не_зацікавлений не_зацікавлена незацікавлений не_цікаво_мені нецікаво не_цікавлять не_потребую немає_інтересу ' +
      'не_цікавлюсь',
    noun:
      'повідомлен* смс sms реклам* розсилк* спам спаму пропозиці* смсок смски листи повідомлення ваші_акції ваші_знижки смс* sms* есемес* есемески ' +
      'ерунда розсилц* сповіщен* акці* пропозиц* оголошен* підписк* згод* спамом повідомл* сміття маячн* дзвінк* лист* новин* інформац* маркетинг*',
    who:
      'мені мене нам мій_номер цей_номер на_цей_номер на_мій_номер зі_списку з_бази з_розсилки номер мій бази мій_телефон мого_номера мої_дані ' +
      'персональні_дані особисті_дані мої_персональні_дані дані контакти мій_контакт вашої_бази своєї_бази базу базі списку список списків системи ' +
      'телефон телефону номера номеру номері мобільний',
    ask:
      'можете можна чи_можете чи_можна чи_могли_б могли_б могли_б_ви можете_будь_ласка можеш не_могли_б прошу_вас вимагаю хочу_щоб будьте_ласкаві ' +
      'дуже_прошу переконливе_прохання прохання',
    joined:
      'підписувався підписувалась підписувалася підписався підписалася підписаний підписана реєструвався реєструвалась реєструвалася зареєстрований ' +
      'погоджувався погоджувалась давав давала дав дала залишав залишала просив_про замовляв замовляла дозволяв дозволяла клієнт знаю купував',
    beside:
      'магазин магазину компанія компанії фірма переїхав переїхала дорого незаконно скарга скаргу поліція поскаржусь суд',
    block: 'чому коли якщо',
    soft: 'забагато_повідомлень не_цікаво дістали набридли задовбали відваліть відвали йдіть_нахуй ідіть_нахуй ідіть_лісом',
    fill:
      'більше будь_ласка дякую ваші ваш вашу вашої цю ці від на і я ви вже негайно це привіт добрий день всі усі мені_більше в прошу свої свою з ' +
      'нічого взагалі прошу_вас ваші_смс набридло набридли сюди туди як залиште шановні пане пані панове повагою з_повагою доброго дня ранок вечір ' +
      'вечора наперед заздалегідь плз пліз плізз плііз буль_ласка дякс дякую_заздалегідь пжл ну же що щоб та а й але_й так ось вам вас тебе тобі ти ' +
      'ми нас мого моєї моїх мої моє свого своєї ваша вашими вашого цього цієї цим цими ці_ваші такі таких подібні подібних набридливі навязливі ' +
      'постійні постійно щодня щоденні кожен дістали задовбали достали набридло_вже скільки можна казати раз разів просив просила вдруге втретє ' +
      'останнє попередження надалі далі відтепер майбутньому у_майбутньому знову більше_ніколи ніколи_більше нічого_більше ніяких_більше зовсім ' +
      'назавжди зараз терміново швидко просто дуже до у по для через рекламного рекламні рекламних рекламну рекламної комерційні любі люди уже ' +
      'вже_досить цей якісь будь_які блін блять нахрен нафіг телефонний моєму їх',
    manners: 'будь ласка дякую привіт прошу добрий день',
  },
  {
    language: 'bg',
    leave:
      'отпишете_ме отписване отпиши_ме махнете_ме премахнете_ме изтрийте_ме изтрийте_номера оставете_ме_на_мира отказвам отказ откажете_ме ' +
      'отписвам_се отписване_от отпиши отпишете ме_отпишете спри_да',
    cancel: 'изтрийте премахнете махнете анулирай изтрий премахни махни',
    end: 'стоп stop спрете спри спиране престанете стига спри_да спрете_с прекратете прекратяване достатъчно',
    not: 'не',
    none: 'без никакви',
    send:
      'изпращайте пращайте пишете пращане изпращане да_пращате да_изпращате звънете да_ми_пращате безпокойте пишеш да_пишеш да_пишете пращаш ' +
      'да_пращаш изпращаш ми_пишеш пиши пращай изпращай притеснявайте да_ми_пишеш да_ми_пишете',
    want: 'искам желая',
    receive: 'получавам да_получавам',
    dontWant: 'не_ме_интересува не_ме_интересуват не_се_интересувам',
    noun: 'съобщени* смс sms реклам* спам оферти известия съобщения рекламни',
    who: 'ми мен номера_ми от_списъка списъка от_списък ме моя_номер мой_номер',
    fill: 'повече моля благодаря ви ваши вашите от и вече веднага тези аз да се здравейте на този номер вече_не рекламните повече_не ите',
    manners: 'моля благодаря здравейте',
  },
  {
    language: 'pl',
    leave:
      'wypisz wypisz_mnie wypiszcie_mnie wypisac wypisuje_sie wypisanie rezygnuje rezygnacja rezygnuje_z usun_mnie usuncie_mnie prosze_mnie_wypisac ' +
      'usunac_moj_numer usuncie_moj_numer usun_moj_numer dajcie_mi_spokoj daj_mi_spokoj dajcie_spokoj odczepcie_sie wycofuje_zgode cofam_zgode ' +
      'cofniecie_zgody skresl_mnie skreslcie_mnie odpiszcie_mnie wyrejestruj wyrejestrujcie_mnie nie_zycze_sobie_kontaktu prosze_o_wypisanie ' +
      'wypisanie_mnie wypisuje wypiszcie wypisac_sie prosze_wypisac odsubskrybuj odsubskrybowac wypisz_mi wypisz_moj_numer wypiszcie_moj_numer ' +
      'wypisze wypiszmnie prosze_o_wypisanie_mnie wypisujcie_mnie chce_sie_wypisac wyrejestrowac wyrejestrujcie wyrejestrowanie wyrejestruj_mnie ' +
      'odpisz_mnie odpiszcie odsubskrybowac_sie zrezygnowac zrezygnowac_z rezygnowac dajcie_mi_swiety_spokoj dajcie_mi_juz_spokoj dajcie_nam_spokoj ' +
      'zostawcie_mnie zostawcie_mnie_w_spokoju zostaw_mnie_w_spokoju zostaw_mnie odczep_sie cofam wycofuje wycofac wycofanie sprzeciw ' +
      'sprzeciwiam_sie wnosze_sprzeciw zapomnijcie_o_mnie zapomnijcie_moj_numer zgloszam_sprzeciw nie_wyrazam_zgody nie_wyrazam_zgody_na ' +
      'nie_zgadzam_sie nie_zgadzam_sie_na nie_przeszkadzac zablokujcie_mnie wywalcie_mnie wyrzuccie_mnie wykreslcie_mnie wykresl_mnie usuncie',
    cancel:
      'anuluj anulowac usun usuncie usunac usuniecie odwolaj wykreslcie wykresl skasujcie skasuj w_spokoju usuniecia usuwam wykreslenie wykreslic ' +
      'skreslic skreslcie skasowac kasuj kasujcie wywalcie wywal wyrzuccie wyrzuc zlikwidujcie anulujcie anuluje anulowanie wymaz wymazcie wymazac ' +
      'wylaczcie wylacz wylaczyc dezaktywuj dezaktywujcie zablokuj zablokujcie odwoluje odwolac zdejmijcie zdejmij wypisz wypiszcie',
    end:
      'stop stopp przestancie przestan przestac dosc zatrzymaj zakoncz koniec koniec_z starczy zaprzestancie zaprzestac skonczcie skoncz zatrzymac ' +
      'skonczcie_z przestancie_mi przestan_mi dosyc dosyc_juz dosc_juz dosc_tego mam_dosc mam_dosyc skonczyc konczyc konczcie zakonczyc zakonczcie ' +
      'zakonczenie wstrzymajcie wstrzymac wstrzymanie zatrzymajcie przerwijcie przerwac zaniechajcie zaniechac zaprzestanie zaniechanie wystarczy ' +
      'juz_wystarczy przestaniecie przestalibyscie przestal poprzestancie mam_juz_dosc',
    not: 'nie nigdy nigdy_wiecej juz_nie nje ne',
    none: 'zadnych bez zadnej zadne zadnego zadnych_wiecej zero precz_z won_z bez_zadnych',
    send:
      'wysylajcie wysylaj wysylac wysylania piszcie pisz pisac przysylajcie przysylac kontaktujcie kontaktowac dzwoncie dzwonic spamujcie spamowac ' +
      'nekajcie nekac ślijcie slij sms_owac przesylajcie wysylanie przesylac przysylaj wyslij wyslac niepokoic niepokojcie wysylanie_mi pisania ' +
      'nekania spamowania nagabujcie nagabywac meczcie meczyc zawracajcie zawracac_glowy wysylacie wysylajcie_mi wysylaniem wysyłki wysylki pisac_do ' +
      'pisanie piszcie_do napisz napiszcie przysylania przysylanie przesylania slac slania slijcie dzwonienie dzwonienia dzwoncie_do esemesowac ' +
      'smsujcie smsowac smsuj spamuj niepokoj nekac_mnie nekaj nekanie meczcie_mnie mecz truc trujcie truj dreczcie dreczyc kontaktuj kontaktowania ' +
      'kontaktu kontaktowac_sie kontaktujcie_sie odzywajcie odzywac odzywaj wydzwaniajcie wydzwaniac bombardujcie zasypujcie zasypywac zanudzajcie ' +
      'informujcie informowac powiadamiajcie powiadamiac nachodzcie zaczepiajcie zawracajcie_glowy zawracaj_glowy zawracajcie_mi_glowy ' +
      'zawracajcie_dupy zawracac przesylajcie_mi podsylajcie puszczajcie',
    want:
      'chce zycze chcemy chcialbym chcialabym zyczymy interesuja chcę chce_juz chce_wiecej chce_dostawac chcialbym_juz wole zamierzam potrzebuje ' +
      'potrzebuje_juz mam_ochoty mam_ochote zyczylbym zyczylabym pragne potrzebujemy',
    receive:
      'otrzymywac dostawac dostawal dostawala dostawania otrzymywania otrzymywanie odbierac byc_nekany byc_nekana dostac byc_na widziec czytac miec ' +
      'slyszec',
    dontWant:
      'nie_jestem_zainteresowany nie_jestem_zainteresowana nie_interesuje_mnie niezainteresowany niezainteresowana nie_jestesmy_zainteresowani ' +
      'nie_jestem_juz_zainteresowany nie_jestem_juz_zainteresowana nie_jest_zainteresowany nie_interesuja_mnie nie_interesuje nie_interesuja ' +
      'nie_interesi brak_zainteresowania nie_mam_zainteresowania nie_potrzebuje nie_obchodzi_mnie',
    noun:
      'wiadomo* sms smsy smsow smsami sms_ow sms_y reklam* spam spamu ofert* powiadomie* promocji informacji newsletter* subskrypcj* wiadomosci_sms ' +
      'smsa esemesow esemesy smski wiad esemes* sms_ami smsach tymi_smsami wiadomosc promocj* promo promki oferta oferty newslettera spamem ' +
      'reklamami reklamowych_sms komunikat* informacje informacji_handlowych zgoda zgode zgody subskrypcje subskrypcji bzdur* syf syfu gowna gowno ' +
      'smieci powiadomienia marketing marketingu korespondencj* maili mail maile przetwarzanie przetwarzania kontaktu info ogloszen',
    who:
      'mi mnie nam moj_numer ten_numer na_ten_numer z_listy listy lista z_bazy do_mnie ze_mna moj_nr moje_dane z_waszej_bazy numeru nr bazy ' +
      'mojego_numeru moich_danych danych moje_dane_osobowe dane_osobowe dane danych_osobowych moj_telefon tego_numeru swojej_bazy swojej_listy ' +
      'waszej_listy waszej_bazy liste liscie baze bazie systemu z_systemu waszego_systemu rejestru kontaktow z_kontaktow listy_mailingowej ' +
      'listy_odbiorcow odbiorcow listy_subskrybentow subskrybentow subskrybcji komorki komorke mojej_komorki telefon telefonu moje_konto konto ' +
      'numeru_telefonu moj_numer_telefonu moj_kontakt mnie_z ksiazki_adresowej mojego_nr ten_nr tel mojego moje moj',
    ask:
      'czy_mozecie mozecie czy_mozesz mozna czy_moglibyscie moglibyscie czy_mozna moglby moglaby czy_moglibyscie_juz moze_byscie mozesz ' +
      'czy_mogliby_panstwo mogliby_panstwo prosilbym_o prosilbym prosilabym prosilabym_o bardzo_prosze_o wnosze_o zadam zadam_zebyscie prosze_o ' +
      'prosze_zeby zebyscie aby abyscie zeby',
    joined:
      'zapisywalem zapisywalam zapisalem zapisalam zapisany zapisana zapisywal rejestrowalem rejestrowalam zarejestrowalem zarejestrowany ' +
      'zarejestrowana wyrazalem wyrazalam wyrazilem wyrazilam dawalem dawalam dalem dalam podawalem podawalam podalem podalam zamawialem zamawialam ' +
      'zamowilem subskrybowalem subskrybowalam subskrybuje zgadzalem zgadzalam zgodzilem zgodzilam prosilem_o prosilam_o prosilem_sie kupowalem ' +
      'klientem klientka znam',
    beside:
      'sklep sklepu firma firmy przeprowadzilem wyprowadzilem drogo nielegalne rodo uodo policja zglosze zgloszenie skarga skargę nekanie_to prawnik',
    block: 'dlaczego kiedy jesli czemu nie_dostalem',
    soft: 'za_duzo_wiadomosci za_duzo_smsow mam_dosc mam_dosyc odwalcie_sie odwal_sie spadajcie spadaj odpierdolcie_sie odpieprzcie_sie',
    fill:
      'wiecej juz prosze dziekuje dzieki waszych wasze swoich tych te i z od na do sobie sie zyczę ja natychmiast dzien dobry pod wam panstwo ' +
      'marketingowych reklamowych numer tego dzis w ok o za to natychmiastowe bardzo uprzejmie jakichkolwiek kolejnych nigdy_wiecej juz_nigdy ani ' +
      'na_moj jakies co pan zgody te_wasze wasza waszej mojego mojej niechcianych cholerne prosbe zostawcie zostaw dajcie daj szanowni szanowna ' +
      'szanowny panie panowie pani z_powazaniem powazaniem wyrazami szacunku pls plis plz prosz proszę_juz dziex dzx dzieki_wielkie z_gory gory ' +
      'kurde kurwa do_cholery cholera ludzie ej hej halo hejka siema no weź wezcie juz_tyle sie_juz mi_juz ze byc by bo wiec wciaz ciagle stale ' +
      'codziennie notorycznie caly_czas caly czas nachalnych natretnych natretne glupich glupie durne durnych pieprzone wasze_te jakis jakas ' +
      'jakiekolwiek jakiegokolwiek jakichs zadne_juz nic niczego wiecej_juz zadnych od_teraz teraz odtad ponownie znowu znow nastepnym kolejny raz ' +
      'ostatni ostatnie prosba ostatnia_prosba trzeci drugi niezwlocznie zwloki bez_zwloki bezzwlocznie pilnie pilne szybko jak_najszybciej ' +
      'najszybciej trwale calkowicie definitywnie na_zawsze zawsze raz_na_zawsze handlowych handlowe reklamowe reklamowej marketingowe marketingowej ' +
      'promocyjnych promocyjne niezamowionych swoje swoj swoim swoimi moim waszymi waszym twoich twoje twoj wy ty was panstwa sa ta ten tej ci cie ' +
      'cię mna soba ode ode_mnie przez poprzez dotyczace dotyczacych droga juz_prosilem prosilem prosilam mowilem mowilam mowie wreszcie w_koncu ' +
      'naprawde serio po_prostu jest w_celach celach celu ich je tymi tym taki takie takich tego_typu typu rodzaju tego_rodzaju tylu',
    manners: 'prosze dziekuje dzieki dzien dobry czesc witam pozdrawiam',
  },
  {
    language: 'cs',
    leave:
      'odhlasit odhlaste odhlaste_me odhlasit_se odhlaseni odhlas odhlas_me vyradte_me vyskrtnete_me smazte_me smazte_moje_cislo smazte_me_cislo ' +
      'odstrante_me vymazte_me dejte_mi_pokoj nechte_me_byt nechte_me_na_pokoji odvolavam_souhlas odebrat odvolat_souhlas odhlasuji odhlasuji_se ' +
      'vyradit_z_databaze nerušte neruste vymazte_moje vymazte_me_cislo odhlasit_odber odhlaste_moje_cislo odhlas_moje_cislo odhlaste_me_prosim ' +
      'odhlasit_me odhlasit_odber_zprav odhlasil odhlasil_z odhlasila odhlasit_z rad_bych_se_odhlasil chtel_bych_se_odhlasit chtela_bych_se_odhlasit ' +
      'vyskrtnete vyskrtnete_moje vyskrtni_me vymaz_me vymaz_moje_cislo smaz_me smaz_moje_cislo odstran_me odstran_moje_cislo odstrante_moje_cislo ' +
      'odstrante_moje vyrad_me vyradte_moje_cislo dej_mi_pokoj dejte_mi_uz_pokoj dejte_nam_pokoj nechte_nas_byt nech_me_byt nech_me_na_pokoji ' +
      'dejte_mi_svaty_pokoj zapomente_moje_cislo zapomente_na_me odvolavam odvolavam_svuj_souhlas odvolat beru_zpet_souhlas nesouhlasim ' +
      'nesouhlasim_se nesouhlasim_s rusim_odber zrusit_odber zruste_odber zrusit_odebirani namitka vznasim_namitku odregistrovat odregistrujte_me ' +
      'odpojte_me zablokujte_me nedavam_souhlas nepreji_si_byt_kontaktovan neobtezujte_me odepsat odepiste_me',
    cancel:
      'zrusit zruste smazat smazte zrus odstranit odstrante vyradit vymazat na_pokoji zrusil zrusila zruseni rusim zrusim odstran odstraneni smaz ' +
      'smazani vymaz vymazte vymazani vyrad vyradte vyrazeni vyskrtni vyskrtnout vyjmete vyjmout sundejte stornujte stornovat storno vypnete vypnout ' +
      'deaktivujte deaktivovat zablokujte zablokovat odebrat odeberte odvolat odpojte ukoncete ukoncit_odber skrtnete anulujte likvidovat vyhodte',
    end:
      'prestane stop stopp prestante prestan dost konec zastavte zastavit ukoncit uz_dost skoncete prestante_mi prestante_s prestan_s prestat prestali skonci ' +
      'skoncit skoncete_s ukoncete zastavte_to zastav pozastavte pozastavit dost_uz uz_staci staci mam_dost mam_toho_dost mam_uz_dost stopnete ' +
      'stopnout nechte_toho nech_toho prestanete prestaly pryc_s',
    not: 'ne nikdy nikdy_vic nebudu nj',
    none: 'zadne zadny zadnou bez zadna zadneho zadnych zadnou_dalsi uz_zadne zadny_dalsi nulova',
    send:
      'posilat posilani psat zasilat zasilani zasilejte posilejte kontaktovat volat otravovat obtezovat prudit psani psani_mi posilat_mi posilanim ' +
      'zasilanim zasilani_mi obesilat volani kontaktovani obtezovani spamovani spamovat rusit rozesilat rozesilani smskovat prudeni oslovovat ' +
      'posilali psali zasilali',
    want: 'chci preji prejeme chtel_bych chtela_bych rad_bych rada_bych pral_bych prala_bych chtel chtela zadam zadame prejeme_si',
    receive:
      'dostavat prijimat prijem odebirat mit videt cist slyset byt_kontaktovan byt_kontaktovana obdrzet prijimani dostavani',
    dontSend:
      'neposilejte neposilej nepiste nepis nezasilejte nekontaktujte nevolejte neotravujte nespamujte neobtezujte nepsat neposilat nezasilat ' +
      'neposilejte_mi neposilej_mi neposilali neposlat neposlejte nepsali nepiste_mi nepis_mi nepište nezasilali nezasilej nevolej nevolat nevolali ' +
      'nekontaktovat nekontaktuj neotravuj neotravovat neobtezuj neobtezovat nespamuj nespamovat nerus nerusit nerozesilejte neozyvejte neinformujte ' +
      'neoslovujte neoslovovat nenabizejte nebombardujte neprudte neserte nezahlcujte nesmskujte nezvonte netextujte neupozornujte nepreposilejte ' +
      'nechodte nedorucujte neposielajte',
    dontWant:
      'nechci nepreji nepreju nechceme nemam_zajem_o nemam_zajem nezajima_me nechci_uz uz_nechci nezajem nemame_zajem nemam_zajem_o_vase ' +
      'nejsem_zainteresovany nezajimaji_me nezajimaji nezajima nepotrebuju nepotrebuji nestojim_o nestojime_o nechcu nechtel nechtela nechtel_bych ' +
      'nechtela_bych neni_zajem bez_zajmu nepreju_si nechceme_uz',
    noun:
      'akce akci zpravy zprava zprav sms smsky smsek reklam* spam nabidky nabidek oznameni newsletter odber odberu sms_zpravy reklamnich obchodnich sdeleni ' +
      'zpravicky odebirani sms_ky smskam smskama smskami smskou zpravam zpravami zprave esemesky esemesek textovky reklama spamu spamy nabidka ' +
      'nabidku nabidkami akcni promo promoce inzerce newsletteru newslettery notifikace notifikaci upozorneni informace informaci obchodni_sdeleni ' +
      'souhlas souhlasu registraci registrace odberem odbery odebirani_zprav kecy blbosti kraviny hovadiny kampane kampan kontakt mailu maily emailu ' +
      'emaily marketing marketingu marketingovych marketingove zpracovani volani_a',
    who:
      'mi me mne nam moje_cislo tohle_cislo toto_cislo na_toto_cislo ze_seznamu seznamu z_databaze me_cislo databaze cislo mi_na me_udaje moje_udaje ' +
      'osobni_udaje moje_osobni_udaje udaje osobnich_udaju muj_kontakt kontakt muj_telefon telefon telefonu mobil mobilu muj_mobil cisla ' +
      'tomuto_cislu tohoto_cisla tohle_tel sveho_seznamu vaseho_seznamu z_vaseho_seznamu seznam seznamy vasi_databaze z_vasi_databaze svych_databazi ' +
      'ze_systemu systemu evidence z_evidence kontaktu z_kontaktu mailing_listu listu adresare muj_ucet ucet telefonni_cislo me_telefonni_cislo ' +
      'moje_telefonni_cislo tel',
    ask:
      'muzete muzes mohli_byste muzete_prosim mohl_byste mohla_byste mohli_byste_prosim slo_by je_mozne bylo_by_mozne lze zadam_vas zadam_o prosim_o ' +
      'prosim_aby chci_abyste pozaduji pozaduju prosil_bych prosila_bych laskave',
    joined: 'registroval registrovala prihlasil prihlasila dal dala souhlasil souhlasila objednal objednala',
    reason:
      'neregistroval_jsem neregistroval_jsem_se neregistrovala_jsem_se jsem_se_neregistroval jsem_se_neregistrovala neprihlasil neprihlasila ' +
      'neprihlasoval neprihlasovala nedal_souhlas nedala_souhlas nedal_jsem nedala_jsem jsem_nedal jsem_nedala nedaval nedavala nesouhlasil ' +
      'nesouhlasila neobjednal neobjednala neobjednaval neobjednavala nezadal nezadala nepozadoval neodebiram neregistroval neregistrovala ' +
      'nejsem_vas_zakaznik nejsem_zakaznik nejsem_vasim_zakaznikem neznam_vas nepovolil nepovolila',
    beside:
      'obchod obchodu firma firmy spolecnost prestehoval prestehovala drahe nelegalni gdpr uoou stiznost policie podam nahlasim',
    block: 'proc kdy jestli pokud',
    soft: 'prilis_mnoho_zprav mam_dost mam_toho_dost jdete_do_haje jdete_do_prdele jdete_nekam',
    fill:
      'uz vice dalsi prosim dekuji diky vase vas tyto ty a na od s se ja ihned okamzite dobry den si zadne_dalsi z me_z ahoj jiz techto sve uz_nikdy ' +
      'vubec zadost o vyrazeni_z prosim_vas mi_uz meho mojeho mem tech tem nechte nechejte dejte vazeni vazena vazeny pane pani panove pozdravem ' +
      's_pozdravem preji hezky pekny vecer rano odpoledne dopoledne cau cus dik dikes dikec dikyy predem dekuji_predem prosimvas prosm pls plz ' +
      'please pliz hele hej sakra ksakru kurva do_prdele doprdele proboha uz_opravdu opravdu vazne furt porad stale neustale kazdy denne otravne ' +
      'otravnych otravny nevyzadane nevyzadanych nevyzadana nechtene zbytecne blbe debilni pitome takove takovych takova podobne podobnych nejake ' +
      'nejakych jakekoliv jakekoli jakychkoli zadnych nic nikdy_uz nikdy znovu opet zas zase od_ted ted napriste nadale dale do_budoucna budoucna ' +
      'pristi podruhe potreti naposledy posledni varovani rekl rikam rikal rikala prosil prosila hned neprodlene urychlene co_nejdriv trvale ' +
      'definitivne uplne jednou provzdy navzdy vam vas_aby bych bys by byste abyste aby ze to tu tuhle tohle teto tento techle ty_vase vasich vasimi ' +
      'vasi svoje svou svych muj moje moji mou mym mych me na_me do k za pro pres prostrednictvim kvuli formou i ani ale_uz jsem jste je jsou budte ' +
      'byt no tak teda proste fakt reklamni reklamnich obchodni komercni ze_vseho lidi',
    manners: 'prosim dekuji diky dobry den ahoj',
  },
  {
    language: 'sk',
    leave:
      'odhlasit odhlaste_ma odhlas_ma odhlasenie vymazte_ma odstrante_ma dajte_mi_pokoj nechajte_ma odhlasujem odhlasujem_sa vymazte_moje_cislo ' +
      'zmazte_moje_cislo odhlasit_sa odhlas zmazte_ma vyradte_ma odstrante_moje_cislo',
    cancel: 'zrusit zruste vymazat zmazte vymazte odstrante vyradte zrus',
    end: 'stop stopp prestante dost koniec zastavte prestante_s ukoncite ukoncit uz_dost skoncite',
    not: 'nie nikdy',
    none: 'ziadne bez ziadne_dalsie',
    send: 'posielat pisat zasielat posielanie',
    want: 'chcem zelam',
    receive: 'dostavat prijimat',
    dontSend: 'neposielajte nepiste nezasielajte nekontaktujte nevolajte neotravujte neposielaj',
    dontWant: 'nechcem nezelam_si nezelam nemam_zaujem nezaujima_ma',
    noun: 'spravy sprav sms smsky reklam* spam ponuky odber odberu smsiek spravu newsletter reklamne upozornenia',
    who: 'mi ma moje_cislo zo_zoznamu zoznamu toto_cislo',
    block: 'preco kedy ak',
    fill: 'uz viac dalsie prosim dakujem vase tieto a na od si s ihned dobry den z uz_nikdy prosim_vas mi_uz vasich',
    manners: 'prosim dakujem dobry den',
  },
  {
    language: 'hr',
    leave:
      'odjava odjavi odjavi_me odjavite_me odjavite odjavljujem ispisite_me izbrisite_me uklonite_me obrisite_me ostavite_me_na_miru skinite_me ' +
      'odjavljujem_se izbrisite_moj_broj obrisite_moj_broj maknite_me maknite_moj_broj uklonite_moj_broj brisite_me odjavim odjavim_se zelim_odjavu ' +
      'zelim_se_odjaviti obrisi_me obrisi_moj_broj izbrisi_me skini_me skinite_moj_broj mani_me_se manite_me_se pusti_me_na_miru pustite_me_na_miru ' +
      'odjebite',
    cancel: 'otkazi otkazite obrisite izbrisite',
    end: 'stop stopp prestanite prestani dosta prekid prekinite zaustavite prekini prestani_s dosta_mi_je dosta_je stopiraj',
    not: 'ne nemojte nemoj nikad',
    none: 'bez nikakve',
    send:
      'saljite salji slati pisite pisati kontaktirajte kontaktirati zovite zvati da_saljete poruka_slati slanjem sa_slanjem slanje saljete slati_mi ' +
      'da_mi_saljete da_mi_pisete da_pisete pisete gnjavite gnjaviti uznemiravajte uznemiravati smarajte smarati spamajte spamati spamovati ' +
      'posiljati dosadujte dosadivati javljajte',
    want: 'zelim hocu',
    receive: 'primati dobivati da_primam dobijati da_dobijam',
    dontWant:
      'necu ne_zanima_me nisam_zainteresovan nisam_zainteresovana nisam_zainteresiran nisam_zainteresirana ne_interesuje_me nemam_interesa',
    noun: 'poruk* sms reklam* spam ponud* obavijesti porukice sms_poruk* obavestenja obavjestenja oglas*',
    who: 'mi me moj_broj s_liste sa_liste listu ovaj_broj moj_broj_telefona iz_baze baze telefona s_popisa popisa',
    block: 'zasto kada ako',
    fill:
      'vise molim hvala vase vam od i odmah dobar dan ove mene ja da te pozdrav ovaj vasih vasu nikakve nikakvu na ovog ovu sa da_mi prosim s iz sve ' +
      'listu ljudi vec svoje',
    manners: 'molim hvala pozdrav dobar dan',
  },
  {
    language: 'sr',
    leave: 'одјава одјавите_ме одјави_ме избришите_ме обришите_ме уклоните_ме оставите_ме_на_миру',
    end: 'стоп престаните доста прекид',
    not: 'не немојте',
    send: 'шаљите слати пишите писати да_шаљете са_слањем',
    want: 'желим хоћу',
    receive: 'примам да_примам добијам да_добијам примати',
    dontWant: 'нећу',
    noun: 'порук* смс sms реклам* спам',
    who: 'ми ме мој_број са_листе',
    fill: 'више молим хвала ваше од и одмах ове ја да вас',
    manners: 'молим хвала поздрав',
  },
  {
    language: 'sl',
    leave:
      'odjava odjavi odjavi_me odjavite_me odjavite izbrisite_me odstranite_me pustite_me_pri_miru izbrisite_mojo_stevilko odstranite_mojo_stevilko ' +
      'odjavljam odjavljam_se odjava_od izbrisi_me zbrisite_me zbrisite_mojo_stevilko nehajte_me_nadlegovati odstranite_me_s',
    cancel: 'izbrisite odstranite izbrisi zbrisite preklicite',
    end: 'stop nehajte dovolj prenehajte nehaj prenehaj ustavite ustavi dost',
    not: 'ne',
    none: 'brez nobenih nobenega brez_vec',
    send:
      'posiljajte posiljati pisite pisati z_posiljanjem posiljanjem posiljaj pisi nadlegujte nadlegovati motite kontaktirajte klicite slati poslati ' +
      'posiljati_mi pisarite',
    want: 'zelim hocem',
    receive: 'prejemati',
    dontWant: 'nocem ne_zanima_me nisem_zainteresiran nisem_zainteresirana nocem_vec ne_zelim_vec',
    noun: 'sporocil* sms reklam* spam sporocila sporocilo obvestil* ponudb*',
    who: 'mi me mojo_stevilko s_seznama stevilko seznama mojo',
    fill: 'vec prosim hvala vasih vase in od takoj teh mi te ta nobenih_vec lepo s seznama iz na mi_vec pri miru',
    manners: 'prosim hvala',
  },
  {
    language: 'lt',
    leave:
      'atsisakau atsisakyti isbraukite_mane istrinkite_mane palikite_mane_ramybeje atsisakau_prenumeratos',
    end: 'stop sustabdykite nustokite gana liaukites',
    send: 'siusti siuntineti rasyti',
    receive: 'gauti',
    dontSend: 'nesiuskite neberasykite nerasykite nebesiuskite neskambinkite',
    dontWant: 'nenoriu nebenoriu',
    noun: 'zinuci* zinut* sms reklam* spam*',
    who: 'man mane mano_numeri is_saraso',
    fill: 'daugiau prasau aciu jusu siu',
    manners: 'prasau aciu',
  },
  {
    language: 'lv',
    leave: 'atteikties atteikt atteicos dzesiet_mani iznemiet_mani lieciet_mani_miera',
    end: 'stop beidziet partrauciet pietiek',
    send: 'sutit rakstit',
    receive: 'sanemt',
    dontSend: 'nesutiet nerakstiet nezvaniet',
    dontWant: 'nevelos negribu',
    noun: 'zin* sms reklam* spam*',
    who: 'man mani manu_numuru no_saraksta',
    fill: 'vairs ludzu paldies jusu vairak',
    manners: 'ludzu paldies',
  },
  {
    language: 'hu',
    leave:
      'leiratkozas leiratkozom leiratkozni toroljenek toroljetek toroljenek_a_listarol toroljon vegyenek_le vegyetek_le vegyel_le hagyjanak_beken ' +
      'hagyjatok_beken hagyj_beken lemondom leiratkozast iratkoztassanak_le toroljek torolje le_szeretnek_iratkozni iratkozzon_le leiratkoznek ' +
      'szeretnek_leiratkozni toroljek_a_szamomat ne_zavarjanak toroljek_a_szamom leiratkozast_kerek vegyen_le torolj vegyetek_le_a_listarol ' +
      'leiratkoztat leiratkoztassanak leiratkoztatni iratkoztass_le iratkoztassatok_le iratkoztassatok leiratkozas_a leiratkozna leiratkoztam ' +
      'leiratkozzak le_akarok_iratkozni le_szeretnek_jonni le_akarok_jelentkezni lejelentkezes lejelentkezni lejelentkezem lejelentkeznek ' +
      'szedjetek_le szedjenek_le szedj_le vegyetek_ki vegyenek_ki vegyel_ki vegyen_ki huzzanak_ki toroljetek_ki toroljenek_ki torolj_ki torold_ki ' +
      'torold_a_szamom torold_a_szamomat toroljetek_a_szamom toroljetek_a_szamomat toroljetek_a_listarol torolj_a_listarol hagyjatok_mar_beken ' +
      'hagyjon_beken hagyjal_beken hagyjatok_engem_beken hagyjanak_engem_beken hagyj_mar_beken szalljatok_le_rolam szalljanak_le_rolam ' +
      'szallj_le_rolam felejtsetek_el felejtsenek_el felejtsd_el_a_szamom visszavonom visszavonas visszavonni visszavonom_a_hozzajarulasomat ' +
      'nem_jarulok_hozza tiltakozom ne_zavarjatok ne_zavarj tiltsatok_le tiltsanak_le tiltsak_le kileptetes kilepek lemondani lemondanam lemondom_a ' +
      'feliratkozas_torlese feliratkozas_lemondasa',
    cancel:
      'torles lemondas torolni torolje torlom toroljek toroljetek torold beken torlest torlese torleset torlesemet toroltetni torolnek torolheto ' +
      'torolnie kitorolni kitoroljek toroltesse lemondom lemondani mondjak_le mondd_le szuntessek_meg szuntessetek_meg szuntesd_meg megszuntetes ' +
      'megszuntetni megszunteteset leiratni eltavolitani eltavolitas tavolitsak_el tavolitsatok_el tavolitsd_el kivenni kivetel kapcsoljak_ki ' +
      'kapcsoljatok_ki kapcsold_ki letiltani letiltas blokkolni vonjak_vissza visszavonni visszavonom kihuzni levenni vegyek_le tiltsatok tiltsanak ' +
      'szedjetek szedjenek',
    end:
      'stop stopp eleg elegem_van eleg_volt_az hagyjak_abba hagyjatok_abba hagyd_abba allitsak_le allj fejezzek_be fejezzetek_be leallitas eleg_az ' +
      'hagyja_abba szunjon_meg elegem_lett abbahagyni abbahagyna abbahagynak abbahagynatok abbahagyhatnatok abbahagynad abbahagyjatok abbahagyjak ' +
      'abbahagyod hagyjatok_mar_abba hagyd_mar_abba hagyjak_mar_abba fejezd_be befejezni befejeznek allitsatok_le allitsd_le alljatok_le alljanak_le ' +
      'leallitani leallitast leallitanak leallnatok leallnanak szuntessek szunjon szunjenek_meg megallitani megallj eleg_volt eleg_ebbol eleg_legyen ' +
      'elegem_van_a elegem_van_az elegem_van_ezekbol elegem_van_ezekből unom unom_mar torkig_vagyok torkig legyen_vege stoppoljatok stopp_mar ' +
      'szuneteltessek szuneteltetni',
    not: 'ne nem soha se sem nehogy tobbe_ne tobbet_ne',
    none: 'nincs_szuksegem nem_kell semmi semmilyen nulla nem_kellenek nem_kell_tobb nincs_szuksegem_a nincs_szuksegem_tobb ne_legyen elegem_van_a_sok',
    send:
      'kuldjenek kuldjetek kuldj kuldeni kuldjon kuldeset irjanak irjatok irj irni zaklassanak zaklassatok hivjanak hivjatok keressenek uzengessenek ' +
      'kuldozgessenek kuldozgetni zavarjanak kuldozgeteset irkaljanak irkaljatok irogassanak irogassatok kuldozgess zaklass zavarjatok kuldozgetese ' +
      'kuldes kuldest kuldesert kuldese kuldesetol kuldesevel kuldenek kuldenetek kuldeni_nekem kuldjel kuldjunk kuldjenek_nekem kuldjetek_nekem ' +
      'kuldj_nekem kuldeni_a irogatni irogass irogatast irjal irkalni irkalj irasat irast zaklatni zaklatas zaklatast zaklatasat zavarni zavarj ' +
      'zavarjon zavarja zavargassatok hivogassatok hivogassanak hivogatni hivni hivj hivjon telefonaljanak telefonaljatok telefonalni spameljetek ' +
      'spameljenek spamelni spammeljetek spammelni smsezzenek smsezzetek smsezni uzenjenek uzenjetek uzenj uzenni uzengetni bombazzatok bombazzanak ' +
      'bombazni nyaggassatok nyaggatni hasznaljak kapcsolatba_lepni lepjenek_kapcsolatba vegyek_fel_velem keressetek keresni keressen kontaktaljanak ' +
      'kontaktaljatok megkeresni megkereses boldogitsatok ertesitsenek ertesitsetek ertesiteni tajekoztassanak terheljenek szekaljatok',
    want:
      'kerek akarok szeretnek kivanok szeretnem kerem_oket kerunk kernek akarom akarunk szeretnenk ohajtok ohajtom kivanom kivanunk igenylem ' +
      'igenylek szeretnem_ha erdekel erdekelnek erdekelne kell kellenek kerem_hogy kertem',
    receive:
      'kapni kapok kapjak kapjunk kapni_a fogadni olvasni latni hallani kapnek kapnom lenni jojjon jojjenek erkezzen erkezzenek',
    dontWant:
      'nem_erdekel nem_erdekelnek nem_erdekel_mar nem_erdekel_engem nem_kerek_belole nem_vagyok_erdekelt nem_erdekelt nincs_ra_szuksegem ' +
      'koszonom_nem_kerek nem_kerek_tobbet nem_tartok_igenyt nem_tartok_igenyt_a',
    noun:
      'uzenet* sms smst smseket sms_t sms_eket reklam* spam ertesites* ajanlat* hirlevel* uzi uzit uzik uzenetk* sms_ek sms_eiket sms_uk smsek ' +
      'smseitek smseiket smsek_kel sms_kuldes smskuldes smskuldest reklamuzenet* reklamsms* hirlev* promocio* spamet spameket spameiteket ertesit* ' +
      'hirdetes* tajekoztat* hozzajarul* engedely* beleegyez* feliratkoz* elofizetes* regisztracio* szemet* hulyeseg* levele* level emaile* email* ' +
      'marketing* kampany* hivas* megkeres* adatkezel*',
    who:
      'nekem engem szamom szamomat szamomra erre_a_szamra a_listarol listarol a_telefonszamom listajukrol rolam szamot adataimat mobilomra ' +
      'telefonomra telefonom szamomra_a szamomrol telefonszamomat telefonszamom telefonszamomra mobilszamom mobilszamomat a_szamom a_szamomat ' +
      'ez_a_szam ezt_a_szamot erre_a_telefonszamra erre szam listatokrol a_listatokrol a_listajukrol listabol a_listabol listara lista listarol_a ' +
      'cimlista cimlistarol levelezolistarol hirlevellistarol adatbazisbol adatbazisukbol az_adatbazisbol adatbazisotokbol adatbazis rendszerbol ' +
      'rendszerukbol a_rendszerbol a_rendszerukbol rendszer nyilvantartasbol nyilvantartas kontaktok kontaktjaik nevjegyek adataim az_adataimat ' +
      'szemelyes szemelyes_adataimat nevemet a_nevemet nevem fiokom velem minket nekunk hozzam',
    ask:
      'tudnak kerhetem lehetne tudnatok tudna tudnal tudnanak lehet lehetne_hogy megtennek megtennetek megtenne kerhetnem kerem_szepen_hogy keresem ' +
      'szeretnem_kerni megkernem megkerem kerem_onoket felszolitom felszolitom_onoket kovetelem',
    reason:
      'nem_iratkoztam_fel sosem_iratkoztam_fel soha_nem_iratkoztam_fel nem_iratkoztam_fel_semmire fel_se_iratkoztam fel_sem_iratkoztam ' +
      'iratkoztam_fel nem_regisztraltam sosem_regisztraltam soha_nem_regisztraltam nem_adtam_hozzajarulast nem_adtam_engedelyt ' +
      'nem_adtam_meg_a_szamom nem_adtam_meg sosem_adtam nem_rendeltem nem_kertem nem_kertem_ezeket sosem_kertem nem_egyeztem_bele nem_jarultam_hozza ' +
      'nem_vagyok_ugyfel nem_vagyok_az_ugyfeluk nem_ismerem nem_ismerlek',
    beside:
      'bolt boltjuk ceg cegtol elkoltoztem draga illegalis torvenytelen gdpr nav hatosag feljelentem feljelentes panasz panaszt naih',
    block: 'miert mikor ha kaptam',
    soft: 'tul_sok_uzenet elegem_van elegem_lett kopjatok_le kopj_le kopjanak_le menjetek_a_francba menjetek_a_picsaba',
    fill:
      'tobb tobbet kerem koszonom koszi mar a az ezt ezeket azonnal es legyszives legyszi udv jo napot most ilyen tolem onoktol a_szamomra le ki ' +
      'szeretnem ezekbol soha_tobb kernem levenni kerem_szepen barmilyen tovabbi ertem mondom hogy abba kuldeni_nekem hagyjanak hagyjatok hagyj ' +
      'tisztelt cim uram holgyem urak holgyek udvozlettel tisztelettel udvozlet jo_napot kivanok reggelt estet szep sziasztok szia hello csao ' +
      'szeretettel elore elore_is is eloregem koszi_szepen koszi_elore koszike koszonettel koszonom_szepen legyszives_mar leccives lecci legyszi_mar ' +
      'pls plz please na hat mar_tenyleg tenyleg vegre komolyan bazdmeg bassza kurva a_fenebe a_francba francba istenert az_isten szerelmere sok ' +
      'sokat sokadik sokadszorra folyton allandoan allando mindig naponta minden nap nap_mint_nap idegesito felesleges bosszanto hulye idiota ' +
      'kretlen keretlen kéretlen tovabba tobbet_mar tobbe tobbe_mar tobb_ilyen soha_tobbet soha_tobbe ujra megint ismet jovoben a_jovoben mostantol ' +
      'ezentul a_tovabbiakban tovabbiakban tobbszor masodszor harmadszor utoljara utolso figyelmeztetes szoltam mondtam kertem_mar azonnali ' +
      'hatallyal haladektalanul surgosen surgos mielobb gyorsan vegleg vegerveny veglegesen teljesen barmifele barmi barmely semmit semmit_se ' +
      'semmit_sem semmifele ilyesmit ilyesmi ilyeneket ilyeneket_mar ezeket_a ezeknek ezek ez ezt_a ezt_az azt azokat egy egyetlen ra rajta ti teged ' +
      'ti_tek titeket onok on onoknek magukat maguk nektek tetszik legyenek legyen szives szivesek szivesen lesz van vagyok vagy volna fog fogom ' +
      'kell_mar csak_egyszeruen egyszeruen inkabb meg nekem_a nekem_tobb felem reszemre tolunk toletek tolem_a reklam_celu celu reklamcelu ' +
      'kereskedelmi marketing_celu reszerol cegtol rol rolam_mar ugye haver emberek',
    manners: 'kerem koszonom koszi legyszi legyszives udv',
  },
];
