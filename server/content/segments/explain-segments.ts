import { countSegments } from './count-segments.ts';
import { suggestGsm7 } from './suggest-gsm7.ts';

const emoji = /\p{Extended_Pictographic}/u;

/**
 * What characters beyond the SMS alphabet cost in plain words, with the remedy; null where they cost nothing. One of
 * them makes every part of a text hold 70 characters in place of 160.
 */
export function explainSegments(body: string): string | null {
  const now = countSegments(body);
  if (now.encoding === 'GSM-7') return null;
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const foreign = [...segmenter.segment(body)]
    .map(({ segment }) => segment)
    .filter((character) => countSegments(character).encoding !== 'GSM-7');
  const better = [...segmenter.segment(body)]
    .map(({ segment }) => (foreign.includes(segment) ? withinAlphabet(segment) : segment))
    .join('');
  const then = countSegments(better);
  if (then.segments >= now.segments) return null;
  const kinds = [...new Set(foreign)];
  const what =
    foreign.length === 1
      ? `${emoji.test(foreign[0] ?? '') ? 'One emoji' : 'One character'} (${foreign[0]}) makes`
      : `${kinds.slice(0, 5).join(' ')} make`;
  const texts = then.segments === 1 ? '1' : String(then.segments);
  const remedy = kinds.every((kind) => withinAlphabet(kind) !== '')
    ? `Write ${kinds.slice(0, 5).map(withinAlphabet).join(' ')} in ${kinds.length === 1 ? 'its' : 'their'} place.`
    : `Take ${kinds.length === 1 ? 'it' : 'them'} out, or accept the cost.`;
  return `${what} this ${now.segments} texts in place of ${texts}: with it a text holds 70 characters, not 160. ${remedy}`;
}

/** The nearest in the alphabet of SMS, empty where there is none. */
function withinAlphabet(character: string): string {
  const near = suggestGsm7(character);
  return countSegments(near).encoding === 'GSM-7' ? near : '';
}
