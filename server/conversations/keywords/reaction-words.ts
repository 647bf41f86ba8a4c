import { foldWords } from './fold.ts';

/**
 * Words by which phones tell of a reaction when the other side takes texts only: iOS ("Liked “…”"), Google Messages
 * ("👍 to “…”", "Reacted 👍 to “…”"), in the languages they speak. From texts seen in public code and from knowledge,
 * November 2026. Any of them may stand outside the quotation, and no other word.
 */

const set = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split(' ')).map(foldWords));

/** Words that say it is a reaction. */
export const reactionMarks: ReadonlySet<string> = set([
  'liked loved disliked laughed emphasized emphasised questioned removed reacted reaction reacts likes loves hearted exclaimed unliked',
  'aimé adoré ri souligné questionné supprimé réagi réaction retiré j’aime j’adore interrogé trouvé apprécié likée liké',
  'gustó encantó risa rio enfatizó exclamó cuestionó preguntó eliminó quitó reaccionó reacción gusta encanta gracia destacó gustaba reaccionado interrogó ama amó',
  'gostou amou adorou riu enfatizou questionou removeu reagiu reação curtiu gosto destacou adora gosta interrogou',
  'piaciuto piaciuta adorato amato riso enfatizzato questionato rimosso reagito reazione piace cuoricino evidenziato apprezzato domandato',
  'gefällt gefiel liebt geliebt lacht gelacht betont hinterfragt infrage reagiert reaktion herz entfernt daumen markiert hervorgehoben fragezeichen ausrufezeichen lachen',
  'leuk vond vindt geweldig gelachen lachte benadrukt benadrukte betwijfeld gereageerd reactie hart hartje verwijderd verwijderde geliket geliked vraagteken uitroepteken duim reageerde lacht',
  'gillade älskade skrattade betonade ifrågasatte ogillade reagerade reaktion hjärta gillar älskar',
  'likte elsket lo understreket reagerte elskede reagerede synes syntes understregede hjerte fjernede fjernet tog misliker',
  'tykkäsi rakasti nauroi korosti kyseenalaisti reagoi reaktio poisti sydämen piti',
  'polubił polubiła pokochał pokochała zareagował zareagowała zaśmiał podkreślił zakwestionował usunął usunęła lubi reakcja serce reakcję polubienie uwielbia wyróżnił roześmiał',
  'понравилось нравится отреагировал отреагировала реакция реакцию выделил выделила лайк сердечко сердце поставил поставила удалил удалила посмеялся посмеялась смех подчеркнул рассмешило полюбил удалена вопрос отметил отметила',
  'сподобалося подобається відреагував відреагувала реакція реакцію серце вподобання вподобав лайк видалив прибрав',
  'líbí milujeme zareagoval zareagovala zdůraznil reakce odebral zasmál páčilo reagoval',
  'tetszett kedvelte szerette nevetett kiemelte megkérdőjelezte reagált reakció eltávolított tetszik',
  'apreciat plăcut reacționat iubit râs subliniat reacție eliminat',
  'beğendi bayıldı güldü vurguladı sorguladı tepki ifade kaldırdı kalp beğenmedi beğeni sevdi bıraktı verdi',
  'αρέσει άρεσε λάτρεψε γέλασε έμφαση αντέδρασε αντίδραση αφαίρεσε καρδιά τόνισε',
  'אהב אהבה אהבתי צחק צחקה הדגיש הדגישה הגיב הגיבה הסיר הסירה תגובה לב לייק סימן',
  'أعجب أعجبني أعجبه أحب ضحك تفاعل تفاعلت بتفاعل أكد استفسر أزال إعجاب قلبا قلب تفاعلا',
  'پسندید لایک واکنش خندید تأکید حذف قلب پسند ردعمل',
  'thích yêu cười nhấn mạnh thả phản ứng bày tỏ cảm xúc xóa tim',
  'menyukai suka mencintai tertawa menekankan mempertanyakan bereaksi reaksi menghapus menyayangi memberi ditambahkan tanggapan bertindak balas',
  'nagustuhan minahal natawa binigyang-diin nag-react tinanggal reaksyon nagustohan',
  'पसंद प्रतिक्रिया पसन्द दिल हँसे हटाया लाइक पছন্দ প্রতিক্রিয়া',
]);

/** Small words around them. */
export const reactionWords: ReadonlySet<string> = set([
  'a an the to from at on with for in of like heart laugh exclamation question mark dislike sticker point and was were by via message',
  'à au aux de du des d’ un une le la les l’ avec sur n’a na pas par dans cœur rire exclamation point interrogation mis posé question accent ajouté pouce l’accent laccent mention en réponse',
  'al el la los le lo les un una me no con por del de que hace dio se ha en corazón signo exclamación pregunta risas añadió agregó quitado han mi ti',
  'ao à o a os as em um uma com não no na do da para de que coração ponto risada exclamação interrogação adicionou se pelo pela',
  'ha hai messo aggiunto mi non per di a al alla su con un una il lo la gli in dubbio cuore punto esclamativo interrogativo da dal dalla risata',
  'mir nicht hat mit auf zu über von dem der die das den ein eine einen einer hinzugefügt für und wird ist als gegen im in aus auf_hoch hoch runter gestellt stellt',
  'heeft van op met een het de niet om naar bij aan voor in toegevoegd er twijfel trok over',
  'med på till från ett en ett ditt at til av fra bort tok tog om for den det et ikke inte tyckte synd gjorde i om',
  'z na do od się że nie to ze w tego by za тебе тебя а ла ло viestistä viestiin на к с от в под для не',
  'na do za od s se si nie je to az egy erre ezt a la de pe cu nu i-a din la pentru',
  'mesajını resmini mesajına mesaja mesajı öğesini öğesine adlı ile olarak için bir şunu şuna kaldırıldı den dan e a i yi ye',
  'σε στο στη με από το την τον για μια ένα דל על ל ב את אל מ עם סימון',
  'على من إلى بـ ب عن في ل رد رمز باستخدام مع رسالة به به_ را از',
  'vào về với cho bằng đã một của pada ke dengan dari untuk di ini sebuah sa ng ang na ni ay po को पर से में ने की का एक दी दिया किया है',
]);

/** What is reacted to where no words can be quoted. */
export const reactionMedia: ReadonlySet<string> = set([
  'image images photo photos picture video movie attachment audio message voice memo sticker link location contact gif file your an',
  'image photo vidéo pièce jointe message vocal autocollant lien film contact imagen foto vídeo archivo adjunto mensaje enlace ubicación anexo imagem',
  'ein eine einen bild foto video anhang sprachnachricht sticker link film afbeelding filmpje bijlage bericht spraakbericht bild bilaga video bilde vedlegg billede',
  'immagine foto video allegato messaggio vocale adesivo kuva kuvasta kuvan video liite zdjęcie obraz film załącznik изображение фото фотографию видео вложение зображення obrázek fotku kép képet imagine poză',
  'resim resmi fotoğraf fotoğrafı video εικόνα φωτογραφία βίντεο תמונה סרטון צורה صورة الصورة فيديو مرفق تصویر ảnh hình gambar foto video litrato larawan 图片 照片 圖片 画像 写真 이미지 사진 视频 影片',
]);
