import { foldWords } from './fold.ts';

/** Letters of the shortest text that is known as ours when it comes back; a shorter one may be words of theirs too. */
export const shortestOurs = 20;

/**
 * What is the person's own in a text: without lines that quote ("> …") and without the texts of ours that come back
 * with it. Where that leaves nothing, they said nothing.
 */
export function withoutQuotations(text: string, ours: readonly string[]): string {
  let own = text
    .split('\n')
    .filter((line) => !/^\s*>/.test(line))
    .join('\n');
  const folded = foldWords(own);
  for (const sent of ours.map((each) => each.trim()).filter((each) => each.length >= shortestOurs)) {
    const at = own.indexOf(sent);
    if (at >= 0) own = `${own.slice(0, at)}\n${own.slice(at + sent.length)}`;
    else if (foldWords(sent) === folded) return '';
  }
  return own;
}

/** A name under the words, after thanks or after a bare refusal: at most three words with capitals. */
const signature =
  /(?:\n\s*|\s[-–—]{1,2}\s?|(?<=\b(?i:thanks|thank you|thx|regards|sincerely|cheers|merci|cordialement|gracias|saludos|danke|gruß|grüße|obrigad[oa]|grazie|bedankt|groet|tack|takk|mvh|dziękuję|pozdrawiam)[,.!]?)\s+|(?<=\b(?i:stop|stopp|unsub|unsubscribe|opt[ -]?out),)\s+)[-–—~]{0,2}\s*\p{Lu}[\p{L}.'’-]*(?:\s+\p{Lu}[\p{L}.'’-]*){0,2}\s*$/u;

/** The text without the name it is signed with. */
export function withoutSignature(text: string): string {
  return text
    .replace(/\n\s*--\s*\n[\s\S]*$/, '')
    .replace(signature, (signed) => (/\p{Ll}/u.test(signed) ? '' : signed));
}
