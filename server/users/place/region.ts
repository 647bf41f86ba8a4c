/** A region's names (as people write them) and every zone in which some of its people live. */
export interface Region {
  readonly names: readonly string[];
  readonly zones: readonly string[];
}

/** Regions of one country by ISO 3166-2 code without the country. */
export type Regions = Readonly<Record<string, Region>>;

/** A region by its names, parted by `/`, and its zones. */
export function region(names: string, ...zones: string[]): Region {
  return { names: names.split('/'), zones };
}

/** Several regions in the same zones, written `code name/name, code name`. */
export function regionsIn(zones: string | readonly string[], list: string): Regions {
  const entries = list.split(',').map((item) => {
    const [code = '', ...name] = item.trim().split(' ');
    return [code, region(name.join(' '), ...[zones].flat())] as const;
  });
  return Object.fromEntries(entries);
}

/** A name as it is compared: no case, accents, blanks or punctuation. */
export function foldedName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
