import { randomFillSync } from 'node:crypto';

const lanes = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letters = lanes.slice(0, 62);
const LENGTH = 8;
const code = /^[A-Za-z0-9_-][A-Za-z0-9]{8}$/;

/** Where random bytes come from: fills what it is given. */
export type FillRandom = (bytes: Uint8Array) => void;

/**
 * A maker of link codes, which draws random bytes by the batch. `random` is for tests; the default is the
 * machine's cryptographic source, so that nobody finds other people's links by counting.
 */
export function linkCodes(random: FillRandom = randomFillSync): (lane: number) => string {
  const bytes = new Uint8Array(4096);
  let at = bytes.length;
  return function newLinkCode(lane) {
    const first = lanes[lane];
    if (first === undefined) throw new RangeError(`a lane is 0 to ${lanes.length - 1}, not ${lane}`);
    let made = first;
    while (made.length <= LENGTH) {
      if (at === bytes.length) {
        random(bytes);
        at = 0;
      }
      // 248 is the greatest multiple of 62 in a byte; beyond it some letters would come more often.
      const byte = bytes[at++] ?? 0;
      if (byte < 248) made += letters[byte % 62];
    }
    return made;
  };
}

/**
 * A code for a short link: the first character tells the lane (0 to 63 in base64url), eight of 62 follow at
 * random (2.2 × 10¹⁴ in each lane). Throws RangeError for a lane out of range.
 */
export const newLinkCode: (lane: number) => string = linkCodes();

/** The lane a code's link is kept in; null when it is no code of ours. */
export function laneOfLinkCode(text: string): number | null {
  return code.test(text) ? lanes.indexOf(text[0] ?? '') : null;
}
