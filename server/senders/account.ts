import type { Selectable } from 'kysely';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Secrets } from '../config/secrets.ts';
import type { ProviderAccountTable } from '../database/schema.ts';
import type { ProviderAccount } from '../providers/wire.ts';

const text = Type.String({ minLength: 1 });
const baseUrl = Type.String({ pattern: '^https?://[^\\s]+$' });

// A secret written among the settings must not be kept, and shown, as one of them.
const closed = { additionalProperties: false };

/** What an account says that is no secret, by wire. */
const accountSettings = {
  twilio: Type.Object({ baseUrl, accountSid: Type.String({ pattern: '^AC[0-9a-f]{32}$' }) }, closed),
  meta: Type.Object(
    { baseUrl, version: Type.String({ pattern: '^v\\d+\\.\\d+$' }), businessAccountId: text },
    closed,
  ),
  smtp: Type.Object(
    {
      host: text,
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      secure: Type.Boolean(),
      user: Type.Optional(text),
    },
    closed,
  ),
};

/** What is sealed before it is stored, by wire. */
const accountSecrets = {
  twilio: Type.Object({ authToken: text, otherAuthToken: Type.Optional(text) }, closed),
  meta: Type.Object({ accessToken: text, appSecret: text, verifyToken: text }, closed),
  smtp: Type.Object({ password: Type.Optional(text) }, closed),
};

export type AccountDetails =
  | {
      wire: 'twilio';
      settings: Static<typeof accountSettings.twilio>;
      secrets: Static<typeof accountSecrets.twilio>;
    }
  | {
      wire: 'meta';
      settings: Static<typeof accountSettings.meta>;
      secrets: Static<typeof accountSecrets.meta>;
    }
  | {
      wire: 'smtp';
      settings: Static<typeof accountSettings.smtp>;
      secrets: Static<typeof accountSecrets.smtp>;
    };

const checks = {
  twilio: { settings: Compile(accountSettings.twilio), secrets: Compile(accountSecrets.twilio) },
  meta: { settings: Compile(accountSettings.meta), secrets: Compile(accountSecrets.meta) },
  smtp: { settings: Compile(accountSettings.smtp), secrets: Compile(accountSecrets.smtp) },
};

/** Reads an account's details, from a call or from storage; null with the faults where they do not fit the wire. */
export function readDetails(
  wire: AccountDetails['wire'],
  settings: unknown,
  secrets: unknown,
): { details: AccountDetails } | { faults: string[] } {
  const { settings: settingsCheck, secrets: secretsCheck } = checks[wire];
  const faults = [
    ...settingsCheck
      .Errors(settings)
      .map((error) => `settings${error.instancePath.replaceAll('/', '.')} ${error.message}`),
    ...secretsCheck
      .Errors(secrets)
      .map((error) => `secrets${error.instancePath.replaceAll('/', '.')} ${error.message}`),
  ];
  if (faults.length > 0) return { faults };
  if (wire === 'twilio' && checks.twilio.settings.Check(settings) && checks.twilio.secrets.Check(secrets))
    return { details: { wire, settings, secrets } };
  if (wire === 'meta' && checks.meta.settings.Check(settings) && checks.meta.secrets.Check(secrets))
    return { details: { wire, settings, secrets } };
  if (wire === 'smtp' && checks.smtp.settings.Check(settings) && checks.smtp.secrets.Check(secrets))
    return { details: { wire, settings, secrets } };
  return { faults: [`settings and secrets do not fit the wire ${wire}`] };
}

/**
 * Opens an account for its wire: the stored row with its secrets decrypted. Throws when the secrets were sealed
 * under another key, or the row does not fit its wire.
 */
export function openAccount(row: Selectable<ProviderAccountTable>, secrets: Secrets): ProviderAccount {
  const read = readDetails(row.wire, row.settings, secrets.open(row.secrets));
  if ('faults' in read)
    throw new Error(`provider account ${row.id} cannot be used: ${read.faults.join('; ')}`);
  const { details } = read;
  switch (details.wire) {
    case 'twilio':
      return { id: row.id, wire: 'twilio', ...details.settings, ...details.secrets };
    case 'meta':
      return { id: row.id, wire: 'meta', ...details.settings, ...details.secrets };
    case 'smtp':
      return { id: row.id, wire: 'smtp', ...details.settings, ...details.secrets };
  }
}
