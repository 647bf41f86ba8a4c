const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

/** How many parts a text makes, by GSM 03.38: 160/153 septets, or 70/67 UTF-16 units. */
export interface SegmentCount {
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets or UTF-16 units. */
  units: number;
  segments: number;
  /** Room left in the last part. */
  left: number;
}

/** Counts while somebody types; what is billed is counted by the server on the rendered text. */
export function countSegments(text: string): SegmentCount {
  const isGsm = [...text].every((letter) => basic.has(letter) || extended.has(letter));
  const weights = [...text].map((letter) => (isGsm ? (extended.has(letter) ? 2 : 1) : letter.length));
  const units = weights.reduce((sum, weight) => sum + weight, 0);
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1, left: single - units };
  let segments = 1;
  let used = 0;
  for (const weight of weights) {
    // A character of two units is never cut in half.
    if (used + weight > part) {
      segments++;
      used = 0;
    }
    used += weight;
  }
  return { encoding, units, segments, left: part - used };
}
