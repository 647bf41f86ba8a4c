import type { RowWarning, UpsertOutcome, UserUpdate } from './prepare-update.ts';

/** Nouns by which developers call a field that holds a number, and what may stand beside them. */
const nouns: ReadonlySet<string> = new Set(
  (
    'phone telephone tel telefon telefono telefone mobile mobil movil mobiltelefon cell cellphone cellular celular ' +
    'cellulare handy portable sms smsnumber whatsapp msisdn phonenumber mobilephone mobilenumber e164'
  ).split(' '),
);
const beside: ReadonlySet<string> = new Set(
  'number no nr num nummer numero primary main home work business other customer contact user my your the default 1 2'.split(
    ' ',
  ),
);
/** As people write numbers, whole or not. */
const written = /^\+?[\d\s().\-/]{5,}(?:(?:x|ext\.?)\s*\d+)?$/i;

/**
 * Numbers that an update gives as fields of the profile by another name (`dataFields.phone`) while it gives no `phoneNumber`:
 * they are kept as they are, and nothing is texted to them, which whoever sent them may not know.
 */
export function untextedNumbers({ phone, dataFields = {} }: UserUpdate): RowWarning[] {
  if (isGiven(phone) || isGiven(dataFields.phoneNumber)) return [];
  return Object.entries(dataFields).flatMap(([name, value]) =>
    isNumberField(name) && isNumber(value) ? { field: `dataFields.${name}`, value, reason } : [],
  );
}

const reason =
  'is kept as a field like any other and is not texted; what is texted is phoneNumber, so give the number as that';

/** The outcomes of a batch, those that were taken with warnings of numbers that are not texted; `updates` in the same order. */
export function withUntextedNumbers(
  updates: readonly UserUpdate[],
  outcomes: readonly UpsertOutcome[],
): UpsertOutcome[] {
  return outcomes.map((outcome, index) => {
    const untexted = outcome.ok ? untextedNumbers(updates[index]!) : [];
    return outcome.ok && untexted.length > 0
      ? { ...outcome, warnings: [...outcome.warnings, ...untexted] }
      : outcome;
  });
}

const isGiven = (number: unknown) => number !== undefined && number !== null && number !== '';

function isNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 10_000;
  return typeof value === 'string' && written.test(value.trim()) && (value.match(/\d/g)?.length ?? 0) >= 5;
}

/** Whether a name speaks of a number and of nothing else: `phone`, `mobile_number`, `Work Phone`, not `phoneModel`. */
function isNumberField(name: string): boolean {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(\p{Ll})(\p{Lu}|\d)/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.some((word) => nouns.has(word)) && words.every((word) => nouns.has(word) || beside.has(word));
}
