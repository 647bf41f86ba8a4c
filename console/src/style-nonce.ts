const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

// The package `get-nonce`, by which Mantine's dialogs add their style element, reads webpack's global.
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** The nonce by which this answer's Content-Security-Policy lets style elements in. */
export function styleNonce(): string {
  return nonce;
}
