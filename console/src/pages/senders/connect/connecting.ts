import type { ProviderAccount, Wire } from '../../../api/provider-accounts.ts';
import { randomKey } from '../../../words/random-key.ts';
import { fieldsOf, filledIn, usualSettings } from '../account-fields.ts';

/** An account that is being connected, as far as it is filled in. */
export interface Connecting {
  wire: Wire;
  settings: ProviderAccount['settings'];
  secrets: Record<string, string>;
}

/** What a new one starts with: what is usual, and words made up where any will do. */
export const newConnecting = (wire: Wire): Connecting => ({
  wire,
  settings: usualSettings(wire),
  secrets: Object.fromEntries(
    fieldsOf(wire.secrets)
      .filter(({ isOwnWords }) => isOwnWords)
      .map(({ name }) => [name, randomKey()]),
  ),
});

/** What of it belongs to a step and those before it, as calls take it. */
export function upTo({ wire, settings, secrets }: Connecting, stepName: string) {
  const place = wire.steps.findIndex(({ name }) => name === stepName);
  const asked = new Set(wire.steps.slice(0, place + 1).flatMap(({ fields }) => fields));
  const only = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(filledIn(values)).filter(([name]) => asked.has(name)));
  return { wire: wire.name, step: stepName, settings: only(settings), secrets: only(secrets) };
}
