import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { ApiError } from '../../http/errors.ts';
import { misspeltFields } from '../../http/misspelt-fields.ts';
import { instantInput, rowId } from '../../http/schemas.ts';
import { storageFault } from '../../http/storable.ts';
import { faultsOf, refusalOf } from '../../http/validate.ts';
import { readInstant } from '../../users/instant.ts';
import { consentColumns } from './columns.ts';

/** Where the people of a file agreed to be written to, as whoever imports it states it. */
const statedConsentSchema = Type.Object({
  source: Type.String({ description: 'Where they agreed: a page, a form, a shop' }),
  method: Type.Union(
    (['webForm', 'paper', 'inPerson', 'keyword', 'import'] as const).map((name) => Type.Literal(name)),
  ),
  wording: Type.Optional(Type.String({ description: 'The text they agreed to' })),
  happenedAt: Type.Optional(instantInput),
  messageTypeIds: Type.Array(rowId),
});

/** How a file is to be taken. */
export const importOptionsSchema = Type.Object({
  mapping: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'Header → field; empty text leaves a column out',
    }),
  ),
  defaultCountry: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  listId: Type.Optional(rowId),
  newListName: Type.Optional(Type.String({ minLength: 1 })),
  consent: Type.Optional(statedConsentSchema),
});

export type ImportOptions = Static<typeof importOptionsSchema>;

/** Reads the `options` field of an upload. @throws ApiError BadParams or ConsentRequired naming the field. */
export function readOptions(text: string | undefined): ImportOptions {
  const value: unknown = parseJson(text ?? '{}');
  const unstorable = storageFault(value);
  if (unstorable) throw refusalOf([{ field: `options.${unstorable.path}`, fault: unstorable.fault }]);
  const unknown = misspeltFields(importOptionsSchema, value, 'options');
  if (unknown.length > 0 || !Check(importOptionsSchema, value))
    throw refusalOf([...unknown, ...faultsOf(importOptionsSchema, value, 'options')]);
  if (value.consent?.happenedAt !== undefined)
    readInstant('options.consent.happenedAt', value.consent.happenedAt);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('BadParams', 'options is not JSON', { field: 'options' });
  }
}

/** A file that speaks of consent needs it stated where that was given. @throws ApiError ConsentRequired. */
export function requireStatedConsent(options: ImportOptions, meanings: readonly string[]): void {
  const { consent } = options;
  if (!consent && !meanings.some((meaning) => consentColumns.has(meaning))) return;
  if (!consent || consent.source.trim() === '')
    throw new ApiError(
      'ConsentRequired',
      'options.consent.source is missing; the file speaks of consent: say where these people agreed, or map its consent columns to "" to import without',
      { field: 'options.consent.source' },
    );
  if (consent.messageTypeIds.length === 0)
    throw new ApiError(
      'ConsentRequired',
      'options.consent.messageTypeIds is empty; say what they agreed to get',
      {
        field: 'options.consent.messageTypeIds',
      },
    );
}
