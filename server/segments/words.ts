import { type Names, type Reference, referenceText } from './leaf-kind.ts';

/** What a thing is called: its name, or its number where it is gone. */
export const nameOf = (reference: Reference, names: Names): string => {
  const name = names.get(referenceText(reference));
  return name === undefined ? String(reference.id) : `“${name}”`;
};

/** `list “A”`, or `one of the lists “A”, “B”`. */
export const oneOf = (what: string, names: readonly string[]): string =>
  names.length === 1 ? `${what} ${names[0]}` : `one of the ${what}s ${names.join(', ')}`;
