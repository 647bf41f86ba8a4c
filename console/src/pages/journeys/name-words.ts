/** What a tile's name says beside its kind: nothing for `wait`, `2` for `wait2`, where new ones are named after `wait`. */
export function nameBeside(id: string, base: string): string | null {
  if (id === base) return null;
  const number = id.startsWith(base) ? id.slice(base.length) : '';
  return /^\d+$/.test(number) ? number : id;
}

/** `notReached` → `Not reached`. */
export function wordsOfName(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
