import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { latestOf } from '../../consent/time-to-come.ts';
import { ApiError } from '../../http/errors.ts';
import { misspeltFields } from '../../http/misspelt-fields.ts';
import { instantInput, rowId } from '../../http/schemas.ts';
import { storageFault } from '../../http/storable.ts';
import { faultsOf, refusalOf } from '../../http/validate.ts';
import { readInstant } from '../../users/instant.ts';

/** Where the people of a file agreed to be written to, as whoever imports it states it. */
const statedConsentSchema = Type.Object({
  source: Type.String({ description: 'Where they agreed: a page, a form, a shop' }),
  method: Type.Enum(['webForm', 'paper', 'inPerson', 'keyword', 'import']),
  wording: Type.Optional(Type.String({ description: 'The text they agreed to' })),
  happenedAt: Type.Optional(instantInput),
  messageTypeIds: Type.Optional(
    Type.Array(rowId, {
      description: 'What they agreed to; each counts by the consent column of its channel',
    }),
  ),
  everyRow: Type.Optional(
    Type.Boolean({ description: 'True: everybody in this file agreed, though no column of it says so' }),
  ),
});

/** What one consent column counts for. */
const consentColumnSchema = Type.Object({
  messageTypeIds: Type.Array(rowId, {
    description: 'None: its yes counts for nothing; who asks in it to be left alone is',
  }),
  values: Type.Optional(
    Type.Record(Type.String(), Type.Enum(['yes', 'no', 'blank']), {
      description: 'What cells of it mean, where that is in doubt: {"X": "yes"}',
    }),
  ),
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
  consentColumns: Type.Optional(
    Type.Record(Type.String(), consentColumnSchema, {
      description: 'Header → what its yes and no count for',
    }),
  ),
  dateOrder: Type.Optional(Type.Enum(['DMY', 'MDY'], { description: 'How 03/04/2025 is read' })),
  sheet: Type.Optional(Type.String({ description: 'Of a workbook with several sheets: which one' })),
});

export type ImportOptions = Static<typeof importOptionsSchema>;

/** What was said of a column. Headers are a stranger's words: `constructor` is none of an object's own. */
export function ofHeader<Said>(said: Readonly<Record<string, Said>>, header: string): Said | undefined {
  return Object.hasOwn(said, header) ? said[header] : undefined;
}

/** Reads the `options` field of an upload. @throws ApiError BadParams or ConsentRequired naming the field. */
export function readOptions(text: string | undefined, now: Date): ImportOptions {
  const value: unknown = parseJson(text ?? '{}');
  const unstorable = storageFault(value);
  if (unstorable) throw refusalOf([{ field: `options.${unstorable.path}`, fault: unstorable.fault }]);
  const unknown = misspeltFields(importOptionsSchema, value, 'options');
  if (unknown.length > 0 || !Check(importOptionsSchema, value))
    throw refusalOf([...unknown, ...faultsOf(importOptionsSchema, value, 'options')]);
  const happenedAt = value.consent?.happenedAt;
  if (happenedAt !== undefined && readInstant('options.consent.happenedAt', happenedAt) > latestOf(now))
    throw new ApiError(
      'BadParams',
      `options.consent.happenedAt ${happenedAt} is yet to come; say when these people agreed, or leave it out`,
      { field: 'options.consent.happenedAt', value: happenedAt },
    );
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('BadParams', 'options is not JSON', { field: 'options' });
  }
}
