import type { Selectable } from 'kysely';
import type { TObject } from 'typebox';
import type { Secrets } from '../config/secrets.ts';
import type { ProviderAccountTable } from '../database/tables/senders.ts';
import type { Context } from '../http/context.ts';
import { ApiError, type Fault } from '../http/errors.ts';
import { faultsOf } from '../http/validate.ts';
import type { AccountShape } from '../providers/account-shape.ts';
import { isRecord } from '../providers/json-reading.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { Wires } from '../providers/wires.ts';

type Fields = Record<string, unknown>;

/** What is wrong with an account's details, by its wire's schemas, each fault with its field; empty where they fit. */
export function detailFaults(
  shape: Pick<AccountShape, 'settings' | 'secrets'>,
  settings: unknown,
  secrets: unknown,
): Fault[] {
  return [
    ...fieldFaults(shape.settings, settings, 'settings'),
    ...fieldFaults(shape.secrets, secrets, 'secrets'),
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

type AccountRow = Selectable<ProviderAccountTable>;

/** An account as its wire uses it, or why it cannot be used. */
export type OpenedAccount = { account: ProviderAccount } | { fault: string };

/**
 * Opens an account for its wire: the stored row with its secrets decrypted. It cannot be used when the secrets were sealed
 * under another key, the program has no such wire, or the row does not fit it; all other accounts go on.
 */
export function tryAccount(row: AccountRow, secrets: Secrets, wires: Wires): OpenedAccount {
  const wire = wires.named(row.wire);
  if (!wire) return { fault: `this program has no wire ${row.wire}` };
  const opened = openSealed(row, secrets);
  if (opened === null)
    return {
      fault: 'its secrets cannot be opened with the key in DATA_DIR/secret.key; give all of them again',
    };
  const faults = detailFaults(wire.account, row.settings, opened);
  if (faults.length > 0) return { fault: faultWords(faults) };
  return { account: { ...fieldsOf(row.settings), ...opened, id: row.id, wire: row.wire } };
}

/** The same of an account that must be usable. Throws when it is not. */
export function openAccount(row: AccountRow, secrets: Secrets, wires: Wires): ProviderAccount {
  const opened = tryAccount(row, secrets, wires);
  if ('fault' in opened) throw new Error(`provider account ${row.id} cannot be used: ${opened.fault}`);
  return opened.account;
}

/** The account for a call that somebody made. @throws ApiError InvalidState that says why it cannot be used. */
export function requireUsable(
  row: AccountRow,
  { secrets, providers }: Pick<Context, 'secrets' | 'providers'>,
): ProviderAccount {
  const opened = tryAccount(row, secrets, providers.known);
  if ('account' in opened) return opened.account;
  throw new ApiError('InvalidState', `Provider account ${row.id} cannot be used: ${opened.fault}`, {
    providerAccountId: row.id,
  });
}

/** An account's secrets; null where they were sealed under another key, or their bytes were changed. */
export function openSealed(
  { secrets: sealed }: Pick<AccountRow, 'secrets'>,
  secrets: Secrets,
): Fields | null {
  try {
    return fieldsOf(secrets.open(sealed));
  } catch {
    return null;
  }
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
export function callbacksOf(publicUrl: string, { wire, id }: Pick<ProviderAccount, 'wire' | 'id'>): string {
  return `${publicUrl}/callbacks/${wire}/${id}`;
}
