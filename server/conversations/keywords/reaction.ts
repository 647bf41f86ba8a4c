import { foldWords } from './fold.ts';
import { reactionMarks, reactionMedia, reactionWords } from './reaction-words.ts';

/** A text that a phone made of a reaction ("Liked “…”"), with what it quotes and what was written besides. */
export interface Reaction {
  /** What stands between the marks; empty for a picture. */
  quoted: string;
  /** What the person wrote after it, on a line of its own or behind the closing mark. */
  besides: string;
}

const openMarks = '“”„‟"«»‹›「『《〈‘’‚‛＂\'';
const closeMarks = '”“‟"»«›‹」』》〉’‘‛＂\'';
/** What closes a mark that opens; marks that do both are in none. */
const pairs: Readonly<Record<string, string>> = {
  ...{ '“': '”', '„': '“”', '«': '»', '‹': '›', '「': '」', '『': '』', '《': '》', '〈': '〉' },
};
const opening = new RegExp(`[${openMarks}]`, 'gu');
const emoji = /\p{Extended_Pictographic}/u;

/**
 * Reads a text as a phone's reaction to a message of ours; null when it is none. Its words outside the quotation must
 * be words of reactions and nothing else, so that what a person adds is never swallowed.
 */
export function readReaction(text: string): Reaction | null {
  const trimmed = text.trim();
  for (const mark of trimmed.matchAll(opening)) {
    const before = trimmed.slice(0, mark.index);
    if (before.length > longestPart) break;
    if (!isReactionPart(before) && before.trim() !== '') continue;
    const read = readQuotation(before, mark[0], trimmed.slice(mark.index + mark[0].length));
    if (read) return read;
  }
  return readMedia(trimmed);
}

/** Words of a reaction before or behind its quotation take no more characters; what is longer is not read as such. */
const longestPart = 60;

/** Reads from the opening mark on, to the mark that closes it. */
function readQuotation(before: string, mark: string, rest: string): Reaction | null {
  const closes = closesOf(mark, rest);
  for (const at of closes) {
    const lineEnd = rest.indexOf('\n', at + 1);
    const end = lineEnd < 0 ? rest.length : lineEnd;
    if (end - at > longestPart) continue;
    const line = rest.slice(at + 1, end);
    if (isMarked(`${before} ${line}`) && isReactionPart(line))
      return { quoted: rest.slice(0, at).trim(), besides: rest.slice(end + 1).trim() };
  }
  if (!isMarked(before)) return null;
  // What follows is the person's own; a quotation that was cut off has no end.
  const [at] = closes;
  return at === undefined
    ? { quoted: rest.trim(), besides: '' }
    : { quoted: rest.slice(0, at).trim(), besides: rest.slice(at + 1).trim() };
}

/** Where the quotation may end, the likeliest first: marks that tell left from right are paired, others are not. */
function closesOf(mark: string, rest: string): number[] {
  const closing = pairs[mark];
  const all = [...rest.matchAll(new RegExp(`[${closing ?? closeMarks}]`, 'gu'))].map((each) => each.index);
  if (closing === undefined) return all.toReversed();
  let depth = 1;
  for (let at = 0; at < rest.length; at++) {
    const sign = rest[at] ?? '';
    if (closing.includes(sign)) depth--;
    else if (sign === mark) depth++;
    if (depth === 0) return [at];
  }
  return all.slice(-1);
}

/** "Loved an image": no words quoted. */
function readMedia(text: string): Reaction | null {
  if (text.includes('\n') || text.length > 80) return null;
  const words = foldWords(text).split(' ');
  const isOne =
    words.some((word) => reactionMarks.has(word) || emoji.test(text)) &&
    words.some((word) => reactionMedia.has(word)) &&
    words.every((word) => reactionMedia.has(word) || isReactionWord(word));
  return isOne ? { quoted: '', besides: '' } : null;
}

/** Whether words outside the quotation are a reaction's; none at all are, too. */
function isReactionPart(text: string): boolean {
  return foldWords(text)
    .split(' ')
    .every((word) => word === '' || isReactionWord(word));
}

/** Whether something says that it is a reaction, and not only a quotation: a verb or an emoji. */
function isMarked(text: string): boolean {
  if (emoji.test(text)) return isReactionPart(text);
  const words = foldWords(text).split(' ');
  return isReactionPart(text) && words.some((word) => reactionMarks.has(word) || isRun(word));
}

function isReactionWord(word: string): boolean {
  return reactionMarks.has(word) || reactionWords.has(word) || isRun(word);
}

/** Chinese, Japanese, Korean and Thai write it as one run. */
function isRun(word: string): boolean {
  return runs.test(word);
}

const runs = new RegExp(
  `^(?:${[
    '赞了?|讚了?|喜欢了?|喜歡了?|不喜欢了?|不喜歡了?|大笑了?|笑了?|强调了?|強調了?|质疑了?|質疑了?|对|對|表示|回应|回應|回复了?|的|了|点赞|移除了?|取消了?|一个|一個|爱心|愛心|心|作出|做出|反应|反應|感到好笑|觉得|覺得|很好笑|表情|按|给|給|加|在|上|添加了?|新增了?|哈哈|疑问|疑問|感叹号|驚嘆號|从|從|中|把',
    'を|に|へ|で|と|いいね|リアクション(?:しました)?|しました|ハート|高く評価|低く評価|評価|笑いました|大笑い|強調|疑問|質問|追加|つけました|付けました|取り消し(?:ました)?|削除(?:しました)?|から|の|スタンプ|画像|写真|動画|大好き|好き|わらい|笑|しない|よくないね|だね|ました|よ',
    '을|를|이|가|에|에서|으로|로|의|좋아함|좋아요|좋아합니다|싫어함|싫어요|사랑함|하트|웃음|웃김|강조함|강조|질문함|질문|표시함|표시|공감함|공감|반응함|반응|제거함|추가함|추가|제거|남김|남겼습니다|했습니다|보냄|삭제함|느낌표|물음표|이미지|사진',
    'ถูกใจ|ชอบ|ไม่ชอบ|รัก|หัวเราะ|เน้น|สงสัย|แสดงความรู้สึก|ด้วย|กับ|ต่อ|ใน|ที่|ลบ|ออกจาก|หัวใจ|ข้อความ|รูปภาพ|ตอบกลับ|คำถาม',
  ]
    .join('|')
    .replace(/[^|?()^:]+/gu, (words) => foldWords(words))})+$`,
  'u',
);
