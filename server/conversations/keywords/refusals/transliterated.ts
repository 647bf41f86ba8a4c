/**
 * Words of other alphabets as people type them on a Latin keyboard. Nobody spells them alike ("soobshcheniya",
 * "soobshenia"), so both what we know and what is written are brought to one rough sound, which is no spelling of any
 * language and only compared with itself.
 */

const cyrillic: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i', і: 'i' },
  ...{ к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh' },
  ...{ ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'a', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia' },
};
const serbian: Readonly<Record<string, string>> = {
  ...cyrillic,
  ...{ х: 'h', ц: 'c', ч: 'c', ћ: 'c', ш: 's', ж: 'z', ђ: 'd', ј: 'j', љ: 'lj', њ: 'nj', џ: 'dz' },
};
const greek: Readonly<Record<string, string>> = {
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm' },
  ...{ ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', τ: 't', υ: 'y', φ: 'f', χ: 'x', ψ: 'ps', ω: 'o' },
};

const spelt = (word: string, letters: Readonly<Record<string, string>>) =>
  [...word].map((letter) => letters[letter] ?? letter).join('');

/** Serbian as it is written in its Latin alphabet, without accents. */
export function serbianLatin(word: string): string {
  return spelt(word, serbian);
}

/** The rough sound of a Slavic word in either alphabet. */
export function slavicSound(word: string): string {
  return spelt(word, cyrillic)
    .replace(/shch|sch|sh|w/g, (sound) => (sound === 'w' ? 'v' : 's'))
    .replaceAll('ch', 'c')
    .replaceAll('4', 'c')
    .replaceAll('zh', 'z')
    .replace(/kh|x|g/g, 'h')
    .replace(/t[sz]/g, 'c')
    .replace(/[jy]/g, 'i')
    .replace(/(.)\1+/gu, '$1');
}

/** The rough sound of a Greek word in either alphabet: η, ι, υ, ει and οι are one. */
export function greekSound(word: string): string {
  return spelt(word, greek)
    .replaceAll('8', 'th')
    .replace(/ch|kh|ks|3/g, 'x')
    .replaceAll('ph', 'f')
    .replaceAll('w', 'o')
    .replace(/o[uy]/g, 'u')
    .replace(/ai/g, 'e')
    .replace(/[eoy]i/g, 'i')
    .replace(/(?<!t)h/g, 'i')
    .replaceAll('y', 'i')
    .replaceAll('mp', 'b')
    .replaceAll('nt', 'd')
    .replace(/(.)\1+/gu, '$1');
}
