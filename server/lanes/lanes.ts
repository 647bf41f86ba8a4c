/**
 * Every row that belongs to a user carries its user's lane, fixed when the user is created. A lane is what a
 * worker takes, what a batch stays inside, and (on Citus) what a node holds.
 */
export const laneCount = 64;

/** All lanes, in order. */
export const lanes: readonly number[] = Array.from({ length: laneCount }, (_, lane) => lane);

/** The lane of a new user, by a hash of its id. */
export function laneOfUser(userId: number): number {
  return fnv1a(String(userId)) % laneCount;
}

/** The lane of an identity row or a suppression, by a hash of its whole key. */
export function laneOfKey(key: string): number {
  return fnv1a(key) % laneCount;
}

/** FNV-1a, 32 bits, with a final mix so that consecutive ids spread over all lanes. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
