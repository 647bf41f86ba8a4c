import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NoPlace, Place } from '../outbound/place.ts';

/**
 * What an account with a provider is made of. The schemas are checked wherever an account is made, changed or opened;
 * the API gives them out, and the console draws its forms from them: each field's `title` is what a form calls it.
 */
export interface AccountShape {
  /** What is no secret. */
  readonly settings: TObject;
  /** What is sealed before it is stored, and never shown. */
  readonly secrets: TObject;
  /** The settings that say who receives the secrets and whether others can read along; where it leads first. */
  readonly destination: readonly [string, ...string[]];
  /** Where an account with these settings leads. */
  placeOf(settings: unknown): Place | NoPlace;
}

/** Makes an account's shape of its schemas. */
export function accountShape<Settings extends TObject>(parts: {
  settings: Settings;
  secrets: TObject;
  destination: readonly [keyof Static<Settings> & string, ...(keyof Static<Settings> & string)[]];
  placeOf(settings: Static<Settings>): Place | NoPlace;
}): AccountShape {
  const settings = Compile(parts.settings);
  return {
    ...parts,
    placeOf: (given) => (settings.Check(given) ? parts.placeOf(given) : { fault: 'does not fit its wire' }),
  };
}

/** Fields of an account. One that is not named is refused: a secret among the settings would be kept, and shown. */
export const accountFields = <Fields extends TProperties>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });

/** A text of an account. */
export const textField = (title: string) => Type.String({ title, minLength: 1 });

/** A text of a form; `description` says in words which, and is what a caller is told who gives another. */
export function patternField(title: string, pattern: string, description: string) {
  return Type.String({ title, pattern, description });
}

/** Where an HTTP provider's API begins. */
export const baseUrlField = patternField(
  'Base address',
  '^https?://[^\\s]+$',
  'an http(s) address, such as https://api.example.com',
);
