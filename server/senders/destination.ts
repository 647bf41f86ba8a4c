import { ApiError } from '../http/errors.ts';
import type { Guard } from '../outbound/guard.ts';
import type { Wire } from '../providers/wire.ts';

type Fields = Record<string, unknown>;

/** An account's settings before a change and after it. */
interface SettingsChange {
  stored: Fields;
  changed: Fields;
}

/** The setting by which a change leads an account elsewhere; undefined where it leads where it led. */
export function movedSetting({ account }: Wire, { stored, changed }: SettingsChange): string | undefined {
  return account.destination.find((name) => oneSpelling(stored[name]) !== oneSpelling(changed[name]));
}

/**
 * Lets an account's stored secrets go nowhere but where they were given for. A change of its destination must bring
 * each stored secret again, or null for one that is to be taken out.
 * @throws ApiError BadParams that names what changed and the secrets that are asked for.
 */
export function requireSecretsAgain(
  wire: Wire,
  settings: SettingsChange,
  secrets: { stored: Fields; given: Fields },
): void {
  const moved = movedSetting(wire, settings);
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

/** @throws ApiError BadParams where an account leads to a place that no call may go to. */
export async function requireOutbound(guard: Guard, { account }: Wire, settings: Fields): Promise<void> {
  const [name] = account.destination;
  const place = account.placeOf(settings);
  const fault = 'fault' in place ? place.fault : await guard.check(place);
  if (fault === null) return;
  const field = `settings.${name}`;
  throw new ApiError('BadParams', `${field} ${JSON.stringify(settings[name])} ${fault}`, { field });
}

/** Whether an account leads to the simulator that the operator runs. */
export function isSimulated(guard: Guard, { account }: Wire, settings: Fields): boolean {
  const place = account.placeOf(settings);
  return !('fault' in place) && guard.isSimulator(place);
}

/** A setting without the case of a host, its usual port, or slashes at its end. */
function oneSpelling(value: unknown): string {
  const text = String(value);
  return (URL.parse(text)?.href ?? text.toLowerCase()).replace(/\/+$/, '');
}
