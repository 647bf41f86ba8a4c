/** Where an account's requests go: its origin, and the path its base URL may add before the provider's own. */
export interface HttpAddress {
  origin: string;
  prefix: string;
}

/** Splits an account's base URL; `null` where it is no http or https URL. */
export function httpAddress(baseUrl: string): HttpAddress | null {
  const url = URL.parse(baseUrl);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}
