import type { ConsentColumn, ImportOptions, PreviewColumn } from '../../api/imports.ts';
import type { ConsentDraft } from './consent-fields.tsx';
import type { Answers } from './questions.tsx';

const consentDetails = new Set(['optInDate', 'optInSource', 'optInText', 'optInIp']);

/** The options that carry what was answered. */
export function answerOptions(
  answers: Answers,
  columns: readonly PreviewColumn[],
): Pick<ImportOptions, 'consentColumns' | 'dateOrder' | 'sheet'> {
  const consentColumns: Record<string, ConsentColumn> = { ...answers.columns };
  for (const [header, values] of Object.entries(answers.marks)) {
    const bound =
      consentColumns[header]?.messageTypeIds ??
      columns.find((each) => each.header === header)?.messageTypeIds;
    consentColumns[header] = { messageTypeIds: bound ?? [], values };
  }
  return {
    ...(Object.keys(consentColumns).length > 0 ? { consentColumns } : {}),
    ...(answers.dateOrder ? { dateOrder: answers.dateOrder } : {}),
    ...(answers.sheet ? { sheet: answers.sheet } : {}),
  };
}

/** The preview shows whom the file opts in to what; by which proof is stated below it and matters only later. */
export function consentInPreview(consent: ConsentDraft, everyRow: boolean): Pick<ImportOptions, 'consent'> {
  if (!consent.agreed) return {};
  const { messageTypeIds } = consent;
  return {
    consent: { source: 'stated below', method: 'import', messageTypeIds, ...(everyRow ? { everyRow } : {}) },
  };
}

/** Columns that opt people in count for nothing when nobody states where they agreed; opt-outs count all the same. */
export function withoutConsent(
  columns: readonly PreviewColumn[],
): Pick<ImportOptions, 'mapping' | 'consentColumns'> {
  const headersOf = (isMeant: (field: string) => boolean) =>
    columns.filter(({ field }) => isMeant(field)).map(({ header }) => header);
  return {
    mapping: Object.fromEntries(
      headersOf((field) => consentDetails.has(field)).map((header) => [header, '']),
    ),
    consentColumns: Object.fromEntries(
      headersOf((field) => field === 'optIn').map((header) => [header, { messageTypeIds: [] }]),
    ),
  };
}

/** The statement of consent as an import takes it. */
export function statedConsent(draft: ConsentDraft, everyRow: boolean): Pick<ImportOptions, 'consent'> {
  if (!draft.agreed) return {};
  const { source, method, wording, day, messageTypeIds } = draft;
  return {
    consent: {
      ...{ source: source.trim(), method, messageTypeIds },
      ...(everyRow ? { everyRow } : {}),
      ...(wording.trim() ? { wording: wording.trim() } : {}),
      ...(day ? { happenedAt: `${day}T00:00:00Z` } : {}),
    },
  };
}
