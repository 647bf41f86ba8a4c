/**
 * Signs outside GSM-7 that Twilio's Smart Encoding replaces by ones inside (twilio.com/docs, smart encoding
 * character list): each row a replacement and the signs it stands for.
 */
const rows: [string, string][] = [
  ['"', '\u00ab\u00bb\u201c\u201d\u02ba\u02ee\u201f\u275d\u275e\u3003\uff02'],
  ["'", '\u2018\u2019\u02bb\u02c8\u02bc\u02bd\u02b9\u201b\uff07\u00b4\u02ca\u0060\u02cb\u275b\u275c\u2032'],
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d'],
  ['...', '\u2026'],
  ['/', '\u00f7\u2044\u2215\u29f8\uff0f'],
  [',', '\u201a\ufe50\uff0c'],
  ['!', '\u01c3\ufe57\uff01'],
  ['?', '\ufe56\uff1f'],
  ['.', '\ufe52\uff0e\u3002'],
  [':', '\u02d0\u02f8\u2982\ufe55\uff1a'],
  [';', '\ufe54\uff1b'],
  ['*', '\u2022\u2217\u204e\ufe61\uff0a'],
  ['<', '\u2039\ufe64\uff1c'],
  ['>', '\u203a\ufe65\uff1e'],
  ['|', '\u2502\u2758\uff5c'],
  ['~', '\u02dc\u223c\uff5e'],
  ['^', '\u02c6\u2303\uff3e'],
  [' ', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  ['', '\u200b\u200c\u200d\u2060\ufeff'],
];

const replacements = new Map(rows.flatMap(([plain, signs]) => [...signs].map((sign) => [sign, plain])));
const replaced = new RegExp(`[${[...replacements.keys()].join('')}]`, 'gu');

/** The text with look-alikes outside GSM-7 replaced. A joined emoji keeps its joiners: nothing would be saved. */
export function smartEncode(text: string): string {
  if (/\p{Extended_Pictographic}\u200d/u.test(text)) return text;
  return text.replace(replaced, (sign) => replacements.get(sign) ?? sign);
}
