import { ApiError } from '../http/errors.ts';
import type { AccountDetails } from './account.ts';

type Fields = Record<string, unknown>;

/** The settings of each wire that say who receives an account's secrets, and whether others can read along. */
const destinationSettings: Record<AccountDetails['wire'], readonly string[]> = {
  twilio: ['baseUrl'],
  meta: ['baseUrl'],
  smtp: ['host', 'port', 'secure'],
};

/**
 * Lets an account's stored secrets go nowhere but where they were given for. A change of its destination must bring
 * each stored secret again, or null for one that is to be taken out.
 * @throws ApiError BadParams that names what changed and the secrets that are asked for.
 */
export function requireSecretsAgain(
  wire: AccountDetails['wire'],
  settings: { stored: Fields; changed: Fields },
  secrets: { stored: Fields; given: Fields },
): void {
  const moved = destinationSettings[wire].find(
    (name) => place(settings.stored[name]) !== place(settings.changed[name]),
  );
  const asked = Object.keys(secrets.stored).filter((name) => !Object.hasOwn(secrets.given, name));
  if (moved === undefined || asked.length === 0) return;
  const fields = asked.map((name) => `secrets.${name}`);
  throw new ApiError(
    'BadParams',
    `settings.${moved} becomes ${JSON.stringify(settings.changed[moved])}, so that the stored secrets would go to another place; ` +
      `give ${fields.join(', ')} again with it, or null to take out one that may be missing`,
    { field: `settings.${moved}`, secrets: fields },
  );
}

/** A setting as one spelling of the place it names: an address without the case of its host and slashes at its end. */
function place(value: unknown): string {
  const text = String(value);
  return (URL.parse(text)?.href ?? text.toLowerCase()).replace(/\/+$/, '');
}
