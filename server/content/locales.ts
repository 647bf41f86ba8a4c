/**
 * A locale's tag in its usual spelling: `pt_br` is `pt-BR`. Null for what is no tag of a language (BCP 47).
 */
export function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** The locale of a person by their profile: the field `locale`, else `language`; null where neither names one. */
export function personLocale(dataFields: Readonly<Record<string, unknown>>): string | null {
  for (const value of [dataFields.locale, dataFields.language]) {
    const locale = typeof value === 'string' ? canonicalLocale(value) : null;
    if (locale !== null) return locale;
  }
  return null;
}

/**
 * Which of a template's locales a person gets; null for its default. The nearest counts: `pt-BR`, then `pt`. Whoever
 * names a language alone gets its one region, and the default where there are several.
 */
export function chooseLocale(
  wanted: string | null,
  offered: { locales: readonly string[]; default: string | null },
): string | null {
  if (wanted === null) return null;
  const parts = wanted.split('-');
  for (let kept = parts.length; kept > 0; kept--) {
    const tag = parts.slice(0, kept).join('-');
    if (tag === offered.default) return null;
    if (offered.locales.includes(tag)) return tag;
  }
  if (parts.length > 1) return null;
  const regions = [...offered.locales, ...(offered.default === null ? [] : [offered.default])].filter((tag) =>
    tag.startsWith(`${wanted}-`),
  );
  const [only] = regions;
  return regions.length === 1 && only !== undefined && only !== offered.default ? only : null;
}
