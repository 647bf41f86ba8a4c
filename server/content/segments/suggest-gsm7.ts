/** Look-alikes that phones and word processors put in, and their GSM-7 equals. */
const lookAlikes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '´': "'",
  '`': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '―': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '.',
  '⁄': '/',
  '‹': '<',
  '›': '>',
  '×': 'x',
  '™': 'TM',
  '®': '(R)',
  '©': '(C)',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '\u00a0': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u200a': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\ufeff': '',
  '\u00ad': '',
  '\t': ' ',
};

const anyLookAlike = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'gu');

/**
 * The text with typographic look-alikes replaced by letters of GSM-7 ("smart encoding"). One curly quote makes
 * a text UCS-2 and more than doubles its price. Accents, emoji and other scripts stay as they are, and a text
 * that holds them is returned unchanged but for what is replaced.
 */
export function suggestGsm7(body: string): string {
  return body.replace(anyLookAlike, (letter) => lookAlikes[letter] ?? letter);
}
