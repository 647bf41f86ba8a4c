/** Headers as they are written, a name and a value a line. */
export function headersOf(text: string): { name: string; value: string }[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const [name, value] = colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
      return { name: name.trim(), value: value.trim() };
    });
}

/** What to say beside them: names that are set, whose values are never shown. */
export function headersHint(names: string, isMoved: boolean): string {
  const how = 'A name and a value a line';
  if (names === '') return how;
  return isMoved
    ? `${how}. Set until now: ${names}; empty, there will be none`
    : `${how}. Set: ${names}; empty, they stay as they are`;
}
