import type { Selectable } from 'kysely';
import type { TObject } from 'typebox';
import type { Secrets } from '../config/secrets.ts';
import type { ProviderAccountTable } from '../database/tables/senders.ts';
import type { Fault } from '../http/errors.ts';
import { faultsOf } from '../http/validate.ts';
import { isRecord } from '../providers/json-reading.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { Wire } from '../providers/wire.ts';
import type { Wires } from '../providers/wires.ts';

type Fields = Record<string, unknown>;

/** What is wrong with an account's details, by its wire's schemas, each fault with its field; empty where they fit. */
export function detailFaults({ account }: Wire, settings: unknown, secrets: unknown): Fault[] {
  return [
    ...fieldFaults(account.settings, settings, 'settings'),
    ...fieldFaults(account.secrets, secrets, 'secrets'),
  ];
}

function fieldFaults(schema: TObject, value: unknown, name: string): Fault[] {
  if (!isRecord(value)) return [{ field: name, fault: 'must be object' }];
  const missing = (schema.required ?? [])
    .filter((field) => !Object.hasOwn(value, field))
    .map((field) => ({ field: `${name}.${field}`, fault: 'is missing' }));
  const found = faultsOf(schema, value, name).map(({ field, fault }) => {
    const wanted = schema.properties[field.slice(name.length + 1)];
    const words = wanted && 'description' in wanted ? wanted.description : undefined;
    return { field, fault: words === undefined ? fault : `must be ${words}` };
  });
  // What is said of the whole is said of its fields one by one.
  const ofFields = [...missing, ...found.filter(({ field }) => field !== name)];
  return ofFields.length > 0 ? ofFields : found;
}

/**
 * Opens an account for its wire: the stored row with its secrets decrypted. Throws when the secrets were sealed
 * under another key, the program has no such wire, or the row does not fit it.
 */
export function openAccount(
  row: Selectable<ProviderAccountTable>,
  secrets: Secrets,
  wires: Wires,
): ProviderAccount {
  const wire = wires.named(row.wire);
  if (!wire) throw new Error(`provider account ${row.id} is of a wire that is not here: ${row.wire}`);
  const opened = secrets.open(row.secrets);
  const faults = detailFaults(wire, row.settings, opened);
  if (faults.length > 0) throw new Error(`provider account ${row.id} cannot be used: ${faultWords(faults)}`);
  return { ...fieldsOf(row.settings), ...fieldsOf(opened), id: row.id, wire: row.wire };
}

/** Faults in one sentence each. */
export function faultWords(faults: readonly Fault[]): string {
  return faults.map(({ field, fault }) => `${field} ${fault}`).join('; ');
}

/** The fields of what was stored as an object. */
export function fieldsOf(stored: unknown): Fields {
  return isRecord(stored) ? { ...stored } : {};
}

/** Where a provider calls an account: the start of all its callback addresses. */
export function callbacksOf(publicUrl: string, { wire, id }: ProviderAccount): string {
  return `${publicUrl}/callbacks/${wire}/${id}`;
}
