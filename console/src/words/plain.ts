/** A text without case and accents, for searches that find `Café` by `cafe`. */
export const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
