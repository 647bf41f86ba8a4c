/** GSM 03.38 basic characters beyond those a plain ASCII test covers; each takes one septet. */
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà');
/** GSM 03.38 extension characters; each takes two septets. */
const extended = new Set('^{}\\[~]|€\f');
const plain = /^[A-Za-z0-9 \r\n@$_!"#%&'()*+,\-./:;<=>?]*$/;

/** The septets of `text` in GSM-7, or null when a character of it is not in that alphabet. */
function septets(text: string): number | null {
  if (plain.test(text)) return text.length;
  let count = 0;
  for (const sign of text) {
    if (extended.has(sign)) count += 2;
    else if (basic.has(sign) || /^[A-Za-z]$/.test(sign)) count += 1;
    else return null;
  }
  return count;
}

/**
 * The number of SMS parts of a text: 160 septets or 153 a part in GSM-7, 70 UTF-16 units or 67 a part in
 * UCS-2. An empty text is one part. (Two-septet characters on a part's edge are not set apart.)
 */
export function countSegments(text: string): number {
  const gsm = septets(text);
  if (gsm !== null) return gsm <= 160 ? 1 : Math.ceil(gsm / 153);
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
