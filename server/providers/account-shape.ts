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

/**
 * Makes an account's shape of its schemas. Where it leads is told by the settings of its destination alone, since the others may be to
 * come: `placeOf` reads no others.
 */
export function accountShape<Settings extends TObject>(parts: {
  settings: Settings;
  secrets: TObject;
  destination: readonly [keyof Static<Settings> & string, ...(keyof Static<Settings> & string)[]];
  placeOf(settings: Static<Settings>): Place | NoPlace;
}): AccountShape {
  const { settings, destination } = parts;
  const names: readonly string[] = destination;
  const told = Object.entries(settings.properties).filter(([name]) => names.includes(name));
  const check = Compile(Type.Unsafe<Static<Settings>>(Type.Object(Object.fromEntries(told))));
  return {
    ...parts,
    placeOf: (given) => (check.Check(given) ? parts.placeOf(given) : { fault: 'does not fit its wire' }),
  };
}

/** Fields of an account. One that is not named is refused: a secret among the settings would be kept, and shown. */
export const accountFields = <Fields extends TProperties>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });

/** What helps to fill a field in. */
export interface FieldHelp {
  /** Where its value is found, in plain words. */
  where?: string;
  /** What most accounts have there; asked for only where somebody wants another. */
  usual?: string | number | boolean;
  /** Whether any words of one's own will do, so that a form may make some up. */
  isOwnWords?: boolean;
}

/** A text of an account. */
export const textField = (title: string, help: FieldHelp = {}) =>
  Type.String({ title, minLength: 1, ...help });

/** A text of a form; `description` says in words which, and is what a caller is told who gives another. */
export function patternField(title: string, pattern: string, description: string, help: FieldHelp = {}) {
  return Type.String({ title, pattern, description, ...help });
}

/** Where an HTTP provider's API begins; `usual` is where it is for everybody. */
export const baseUrlField = (usual?: string) =>
  patternField(
    'Base address',
    '^https?://[^\\s]+$',
    'an http(s) address, such as https://api.example.com',
    usual === undefined ? {} : { usual },
  );
